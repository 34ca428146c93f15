# What is printed in front of IDs is not one of them: R's index of a line's first element.

$ printf '[1]  3  5  4\n' | tokvec -f csv
id,0,1,2
1,0.9177646,1.5809696,1.3010399
! tokvec: '3' follows a list on the same line (standard input, line 1, column 6); R prints [1] and the like in front of numbers: leave that out
[2]
$ printf '[1]  3  5  4\n' | tokvec -f jsonl
{"id": 1, "vector": [0.9177646, 1.5809696, 1.3010399]}
! tokvec: '3' follows a list on the same line (standard input, line 1, column 6); R prints [1] and the like in front of numbers: leave that out
[2]
$ printf '[1]  3  5  4\n' | tokvec
! tokvec: '3' follows a list on the same line (standard input, line 1, column 6); R prints [1] and the like in front of numbers: leave that out
[2]
$ printf ' [1]  3  5\n [3]  4\n' > r.txt; tokvec -i r.txt -f raw | wc -c
12
! tokvec: '3' follows a list on the same line (r.txt, line 1, column 7); R prints [1] and the like in front of numbers: leave that out
$ tokvec -f csv '[1]' 3 5
! tokvec: '3' follows a list on the same line (argument 4); R prints [1] and the like in front of numbers: leave that out
[2]
$ tokvec -f csv '[1] 3:5'
! tokvec: '3:5' follows a list on the same line (argument 3); R prints [1] and the like in front of numbers: leave that out
[2]
$ printf '[1, 2]\n3 4\n[5]' | tokvec -f csv | wc -l
6
$ printf '[1]\n[0]\n' | tokvec -f csv | wc -l
3
--

# UTF-16, with its mark and without; the mark of UTF-8, and lines that end as Windows has them.

$ printf '\xff\xfe1\0 \0002\0' | tokvec
! tokvec: the text is UTF-16 (standard input, line 1, column 1); convert it: iconv -f UTF-16 -t UTF-8
[2]
$ printf '\xfe\xff\0001\0 \0002' | tokvec
! tokvec: the text is UTF-16 (standard input, line 1, column 1); convert it: iconv -f UTF-16 -t UTF-8
[2]
$ printf '1\0\n\0002\0' | tokvec -f csv
id,0,1,2
! tokvec: '1?' has zero bytes in it (standard input, line 1, column 1); the text may be UTF-16: convert it with iconv -f UTF-16 -t UTF-8
[2]
$ printf '\xff\xfet\0h\0e\0' | tokvec -w $TESTS/words/word2vec.vec --tokens
! tokvec: the text is UTF-16 (standard input, line 1, column 1); convert it: iconv -f UTF-16 -t UTF-8
[2]
$ printf '\xef\xbb\xbf1\r\n2\r\n' | tokvec -f csv
id,0,1,2
1,0.9177646,1.5809696,1.3010399
2,1.2753012,-0.2009531,-0.16056378
--
