# With -q diff, check and digest --check print no report of any format, and make no file.

$ cp $DATA/table.npy a.npy; tokvec digest a.npy > sums; printf '\x00\x00\xc0\x7f' | cat - a.npy | head -c 4 > bits; (head -c -4 a.npy; cat bits) > b.npy; sed 's/a.npy/b.npy/' sums > wrong
$ for f in text json jsonl csv tsv; do tokvec digest --check -q -f $f sums; tokvec digest --check -q -f $f wrong; tokvec check -q -f $f b.npy; tokvec diff -q -f $f a.npy b.npy; tokvec diff -q --rows -f $f a.npy b.npy; tokvec diff -q --all -f $f a.npy b.npy; echo $?; done
1
1
1
1
1
$ tokvec digest --check -q -o out wrong; tokvec check -q -o out b.npy; tokvec diff -q -o out a.npy b.npy; tokvec diff -q --rows -o out a.npy b.npy; tokvec diff -q --all -o out a.npy b.npy; ls
a.npy
b.npy
bits
sums
wrong
--
