# Comments before tables of nothing but numbers, as numpy.savetxt(header=...) writes them.

$ printf '# a,b\n# second\n1.5,2\n3,4\n' > c.csv; tokvec weight -w c.csv -f csv
id,0,1
0,1.5,2.0
1,3.0,4.0
$ printf '#a\n1.5;2\n3;4\n' > c.dat; tokvec weight -w c.dat -f csv
id,0,1
0,1.5,2.0
1,3.0,4.0
$ printf '# 0.5 0.25\n1.5\t2\n 3\t4\n' > c.dat; tokvec weight -w c.dat -f csv
id,0,1
0,1.5,2.0
1,3.0,4.0
$ printf '#,1.5,2\nthe,3,4\n' > c.csv; tokvec weight -w c.csv -f csv
id,token,0,1
0,#,1.5,2.0
1,the,3.0,4.0
$ printf '# word,d0,d1\nthe,3,4\n' > c.csv; tokvec weight -w c.csv -f csv
id,token,0,1
0,the,3.0,4.0
$ printf '// 1 2 3\n0.5 1.5 2.5\n3.5 4.5 5.5\n' > c.txt; tokvec weight -w c.txt 2>&1 | cut -c1-55
tokvec: the file is not in a format that tokvec knows (
$ printf '// 1 2 3\n   0.5 1.5 2.5\n   3.5 4.5 5.5\n' > c.dat; tokvec weight -w c.dat 2>&1 | cut -c1-55
tokvec: the file is not in a format that tokvec knows (
$ printf '1.5 2.5\n1.5 1.#INF\n' > c.txt; tokvec weight -w c.txt -f csv
id,0,1
! tokvec: '1.#INF' is not a valid float32 number (c.txt, line 2, column 5); the file is damaged or of another kind; fetch or save it again
[2]
$ printf '1.5 2.5 # comment\n3.5 4.5\n' > c.txt; tokvec weight -w c.txt -f csv
id,0,1
0,1.5,2.5
1,3.5,4.5
--
# Names of columns over rows of nothing but numbers, as R writes them; a name of words tells that the first column has them.

$ printf '"V1" "V2"\n1 2\n3 4\n' > n.txt; tokvec weight -w n.txt -f csv
id,0,1
0,1.0,2.0
1,3.0,4.0
$ printf 'x y\n1.5 2\n3 4\n' > n.txt; tokvec weight -w n.txt -f csv
id,0,1
0,1.5,2.0
1,3.0,4.0
$ printf 'word x y\nthe 1.5 2\nof 3 4\n' > n.txt; tokvec weight -w n.txt -f csv
id,token,0,1
0,the,1.5,2.0
1,of,3.0,4.0
$ printf '"x"\t"y"\n"a\\"b"\t1.5\t2\n' > n.tsv; tokvec weight -w n.tsv -f jsonl
{"id": 0, "token": "a\"b", "vector": [1.5, 2.0]}
--
# A number that is spoilt does not become a word, nor do numbers that a line has too many.

$ printf '1L,1.5,2.5\n0.5,3,4\n' > s.csv; tokvec weight -w s.csv
! tokvec: field 1 of the line is not a number: '1L' (s.csv, line 1, column 1); the file is damaged or of another kind; fetch or save it again
[2]
$ printf 'd0,d1,d2\n1L,1.5,2.5\n' > s.csv; tokvec weight -w s.csv
! tokvec: field 1 of the line is not a number: '1L' (s.csv, line 2, column 1); the file is damaged or of another kind; fetch or save it again
[2]
$ printf '0,1,2\n1L,1.5,2.5\n' > s.csv; tokvec weight -w s.csv
! tokvec: field 1 of the line is not a number (s.csv, line 2, column 1); the file is damaged or of another kind; fetch or save it again
[2]
$ printf '0.25 1.5 2.5\n1,5 3.5 4.5\n' > s.txt; tokvec weight -w s.txt
! tokvec: '1,5' is not a valid float32 number (s.txt, line 2, column 1); numbers need a decimal point in place of the comma
[2]
$ printf '2 2\nthe 0.5 1.5\nof -2.5 3.5 4.5\n' > s.vec; tokvec weight -w s.vec -f csv
id,token,0,1
! tokvec: the line has more numbers after its word than 2 (s.vec, line 3, column 1); the file is damaged or of another kind; fetch or save it again
[2]
$ printf '3 2\nthe 0.5 1.5\nof 2.50001 3.5 cat 4.5 5.5\na 1 2\n' > s.vec; tokvec -w s.vec cat
! tokvec: the line has more numbers after its word than 2 (s.vec, line 3, column 1); the file is damaged or of another kind; fetch or save it again
[2]
$ printf 'the 0.5 1.5\nof 2.5\na 6.5 7.5\nan 8.5 9.5\n' > s.txt; tokvec weight -w s.txt
! tokvec: the line is not a word and as many numbers as others have (s.txt, line 2, column 1); the file is damaged or of another kind; fetch or save it again
[2]
$ printf '2 2\npython 3.6 0.5 1.5\nroute 66 2.5 3.5\n' > s.vec; tokvec -w s.vec -f csv 'python 3.6' 'route 66'
id,token,0,1
0,python 3.6,0.5,1.5
1,route 66,2.5,3.5
--
# Of columns that may be words, the one of text is it. An index that was written twice is no number.

$ printf 'text,label,d0,d1\nthe,1,0.5,0.25\n' > t.csv; tokvec weight -w t.csv -f csv
id,token,0,1
0,the,0.5,0.25
$ printf 'label,text,embedding\n1,the,"[0.5,0.25]"\n' > t.csv; tokvec weight -w t.csv -f csv
id,token,0,1
0,the,0.5,0.25
$ printf 'label,d0,d1\n1,0.5,0.25\n' > t.csv; tokvec weight -w t.csv -f csv
id,token,0,1
0,1,0.5,0.25
$ printf 'Unnamed: 0.1,Unnamed: 0,0,1\n0,0,0.5,0.25\n1,1,1.5,1.25\n' > t.csv; tokvec weight -w t.csv -f csv
id,0,1
0,0.5,0.25
1,1.5,1.25
$ printf 'd0,d1,d2\nthe,0.5,0.25\nof,1.5,1.25\n' > t.csv; tokvec weight -w t.csv -f csv
id,token,0,1
0,the,0.5,0.25
1,of,1.5,1.25
$ printf 'd0,d1,d2\n1L,0.5,0.25\n0.5,1.5,1.25\n' > t.csv; tokvec weight -w t.csv -f csv
! tokvec: field 1 of the line is not a number: '1L' (t.csv, line 2, column 1); the file is damaged or of another kind; fetch or save it again
[2]
--
# Names that are longer than a piece of a line tells.

$ (seq -f '"V%g"' -s ' ' 800; seq -f '%.1f' -s ' ' 800) > long.txt; tokvec list long.txt
  NAME  DTYPE    SHAPE     BYTES  OFFSET
*       float32  [1, 800]   4692    5492
