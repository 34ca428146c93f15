# Compressed files: what is in them is read as if they were not, by all commands.

$ /usr/bin/python3 -c 'import random; r = random.Random(1); print(20000, 12); [print(f"w{i}", *(f"{r.uniform(-1, 1):.4f}" for _ in range(12))) for i in range(20000)]' > w.vec; gzip -nk1 w.vec; bzip2 -k1 w.vec; xz -k0 w.vec
$ for f in w.vec.gz w.vec.bz2 w.vec.xz; do for a in "w19998 w3 w3" "19999 0 7 19999" "-f csv w12345 5"; do tokvec -w w.vec $a > a; tokvec -w $f $a | cmp - a; done; done
$ for a in "weight -f csv" "stats -f csv" "near w777"; do tokvec ${a%% *} -w w.vec $(echo $a | sed 's/^[a-z]*//') > a; tokvec ${a%% *} -w w.vec.gz $(echo $a | sed 's/^[a-z]*//') | sed s/w.vec.gz/w.vec/ | cmp - a; done
$ tokvec digest w.vec | cut -c1-64 > a; tokvec digest w.vec.gz | cut -c1-64 | cmp - a
$ tokvec -w w.vec.gz nosuch > /dev/null 2>&1; echo $?
2
$ (head -n 9000 w.vec | gzip -n1; tail -n +9001 w.vec | gzip -n1; printf '\0\0\0') > m.vec.gz; tokvec weight -w m.vec.gz -f raw > b; tokvec weight -w w.vec -f raw | cmp - b
$ head -c -20 w.vec.gz > cut.vec.gz; tokvec weight -w cut.vec.gz -f raw > /dev/null 2>&1; echo $?
2
$ (cat w.vec.gz; echo more) > after.vec.gz; tokvec weight -w after.vec.gz -f raw > /dev/null 2>&1; echo $?
2
$ (head -c -8 w.vec.gz; printf 'abcd'; tail -c 4 w.vec.gz) > crc.vec.gz; tokvec weight -w crc.vec.gz -f raw > /dev/null 2>&1; echo $?
2
