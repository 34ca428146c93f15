# CSV and TSV as other programs write them.

# pandas: columns without names of their own are 0, 1, 2, ...; an index has no name, or id.
$ printf '0,1,2\n0.5,1.5,2.5\n3,4,5\n' > a.csv; tokvec weight -w a.csv -f csv
id,0,1,2
0,0.5,1.5,2.5
1,3.0,4.0,5.0
$ printf '0\t1\n0.5\t1.5\n3\t4\n' > a.tsv; tokvec weight -w a.tsv -f csv
id,0,1
0,0.5,1.5
1,3.0,4.0
$ printf 'token_id,0,1\n7,1,2\n9,3,4\n' > a.csv; tokvec -w a.csv -f csv 9
id,0,1
9,3.0,4.0
$ printf 'Unnamed: 0,0,1\n4,1,2\n6,3,4\n' > a.csv; tokvec -w a.csv -f csv 4
id,0,1
4,1.0,2.0
$ printf ',0,1\nthe,1,2\nof,3,4\n' > a.csv; tokvec -w a.csv -f csv of
id,token,0,1
1,of,3.0,4.0
$ printf ',id,token,0,1\n0,12,the,1,2\n1,11,of,3,4\n' > a.csv; tokvec -w a.csv -f csv 12 of
id,token,0,1
12,the,1.0,2.0
11,of,3.0,4.0
$ printf 'word_name,0,1\nthe,1,2\nof,3,4\n' > a.csv; tokvec -w a.csv -f csv of
id,token,0,1
1,of,3.0,4.0
$ printf '0 1 2\n0.5 1.5 2.5\n' > a.txt; tokvec weight -w a.txt -f csv
id,0,1,2
0,0.5,1.5,2.5
$ printf ' 0 1 2\nthe 0.5 1.5 2.5\n"New York" 1 2 3\n' > a.txt; tokvec -w a.txt -f csv 'New York'
id,token,0,1,2
1,New York,1.0,2.0,3.0
$ printf '"x""y"\t1\t2\n"\t3\t4\n' > a.tsv; tokvec weight -w a.tsv -f csv
id,token,0,1
0,"x""y",1.0,2.0
1,"""",3.0,4.0
$ printf '0,1,2\n3,4,5\n' > a.csv; tokvec weight -w a.csv -f csv
id,0,1,2
0,0.0,1.0,2.0
1,3.0,4.0,5.0
$ printf '0 1 2\n3 4 5\n' > a.txt; tokvec weight -w a.txt -f csv
id,0,1,2
0,0.0,1.0,2.0
1,3.0,4.0,5.0
$ printf 'id,token,count,0,1\n0,the,9,1,2\n' > a.csv; tokvec -w a.csv the
! tokvec: the column 'count' is neither an ID nor a word nor one of the numbers (a.csv, line 1, column 10); leave it out of the file
[2]
--

# R: a header with a field less than the rows, whose first one is the word.

$ printf '"V1","V2"\n"the",0.1,0.2\n"of",0.3,0.4\n' > r.csv; tokvec -w r.csv -f csv of
id,token,0,1
1,of,0.3,0.4
$ printf 'V1\tV2\nthe\t0.1\t0.2\nof\t0.3\t0.4\n' > r.tsv; tokvec -w r.tsv -f csv of
id,token,0,1
1,of,0.3,0.4
$ printf 'V1 V2 V3\nthe 0.1 0.2 0.3\nof 0.3 0.4 0.5\n' > r.txt; tokvec -w r.txt -f csv of
id,token,0,1,2
1,of,0.3,0.4,0.5
$ printf '"V1"  "V2"\n"a\\"b"  0.1  0.2\n"c d"  0.3  0.4\n' > r.txt; tokvec weight -w r.txt -f csv
id,token,0,1
0,"a""b",0.1,0.2
1,c d,0.3,0.4
$ printf '"" "V1" "V2"\n"the" 0.1 0.2\n' > r.txt; tokvec weight -w r.txt -f csv
id,token,0,1
0,the,0.1,0.2
$ printf 'V1,V2\n1,0.5,1.5\n2,2.5,3.5\n' > r.csv; tokvec -w r.csv -f csv 2
id,0,1
2,2.5,3.5
$ printf 'V1,V2\nthe,0.5,1.5,2.5\n' > r.csv; tokvec -w r.csv the
! tokvec: the line has 4 fields, the header has 2 (r.csv, line 2, column 1); the file is damaged or of another kind; fetch or save it again
[2]
--

# A comma for the point, where something else separates.

$ printf ';0;1\nthe;0,126;-1,5e-3\n"a;b";0,105;3\n' > d.csv; tokvec weight -w d.csv -f csv
id,token,0,1
0,the,0.126,-0.0015
1,a;b,0.105,3.0
$ printf 'the\t0,5\t1\n' > d.tsv; tokvec weight -w d.tsv -f csv
id,token,0,1
0,the,0.5,1.0
$ printf ';0;1\nthe;1.234,5;1\n' > d.csv; tokvec weight -w d.csv
! tokvec: field 1 of the line is not a number: ';0;1' (d.csv, line 1, column 1); the file is damaged or of another kind; fetch or save it again
[2]
$ printf 'word,x,y\nthe,a,1\n' > d.csv; tokvec weight -w d.csv
! tokvec: field 2 of the line is not a number: 'a' (d.csv, line 2, column 5); the file is damaged or of another kind; fetch or save it again
[2]
$ printf 'the,a,1\n' > d.csv; tokvec weight -w d.csv
! tokvec: field 2 of the line is not a number: 'a' (d.csv, line 1, column 5); the file is damaged or of another kind; fetch or save it again
[2]
$ printf '0,1\na,1\n' > d.csv; tokvec weight -w d.csv
! tokvec: the first line may be column names or a row (d.csv, line 1, column 1); if it is a row, put a line of names before it: d0, d1, ...; if not, delete it or use such names
[2]
$ printf '0,1;0,2\n0,3;0,4\n' > d.csv; tokvec weight -w d.csv -f csv
id,0,1
0,0.1,0.2
1,0.3,0.4
--

# Vectors as text in one column.

$ printf ',text,n_tokens,embedding\n0,the,1,"[0.5, 1.5]"\n3,"of\n, all",1,"[2.5, -3e-2]"\n' > l.csv; tokvec weight -w l.csv -f csv
id,token,0,1
0,the,0.5,1.5
3,"of
, all",2.5,-0.03
$ tokvec -w l.csv 3
tensor([[ 2.5000, -0.0300]])
$ printf 'id,embedding\n7,"[1,2]"\n5,"[3,4]"\n' > l.csv; tokvec -w l.csv -f csv 5
id,0,1
5,3.0,4.0
$ printf '7\t[1,2]\n5\t[3,4]\n' > l.tsv; tokvec -w l.tsv -f csv 5
id,0,1
5,3.0,4.0
$ printf 'embedding,content\n"[1. 2.\n 3.]",the\n[ 4. 5.  6.],of\n' > l.csv; tokvec weight -w l.csv -f csv
id,token,0,1,2
0,the,1.0,2.0,3.0
1,of,4.0,5.0,6.0
$ printf 'embedding\n"[1, 2]"\n' > l.csv; tokvec weight -w l.csv -f csv
id,0,1
0,1.0,2.0
$ printf 'id\tvec\n3\t{0.5,1}\n' > l.tsv; tokvec weight -w l.tsv -f csv
id,0,1
3,0.5,1.0
$ printf 'embedding\n[1. 2. ... 3. 4.]\n' > l.csv; tokvec weight -w l.csv
! tokvec: '...' in the list is not a number (l.csv, line 2, column 8); NumPy left numbers out: write the lists with array.tolist()
[2]
$ printf 'embedding\n"[1, 2]"\n"[1, 2, 3]"\n' > l.csv; tokvec weight -w l.csv
! tokvec: the list has more than 2 numbers (l.csv, line 3, column 9); the file is damaged or of another kind; fetch or save it again
[2]
$ printf 'embedding\n"[1, 2]"\n"[1]"\n' > l.csv; tokvec weight -w l.csv
! tokvec: the list has 1 numbers, not 2 (l.csv, line 3, column 3); the file is damaged or of another kind; fetch or save it again
[2]
$ printf 'embedding\n"[1, 2]"\n""\n' > l.csv; tokvec weight -w l.csv
! tokvec: the field is not a list of numbers (l.csv, line 3, column 2); the file is damaged or of another kind; fetch or save it again
[2]
$ printf 'embedding\n"[1, 2]"\n"[1,,2]"\n' > l.csv; tokvec weight -w l.csv
! tokvec: '' in the list is not a number (l.csv, line 3, column 5); the file is damaged or of another kind; fetch or save it again
[2]
$ printf 'a,b\n"[1, 2]","[3, 4]"\n' > l.csv; tokvec weight -w l.csv
! tokvec: 2 columns hold lists of numbers (l.csv, line 2, column 1); write a file with one of them
[2]
--

# Control characters in tokens come back from what tokvec wrote.

$ printf '["a", "\\u0000\\u0001", "b\\nc", "\\r", "\\t", "\\"", "\\u007f", "\\ufeff", "", " ", "\\\\n", "\\\\", ",", "\\u0085"]' | python3 -c 'import json, sys; print("\n".join(json.dumps({"token": t, "vector": [i, 0.5]}) for i, t in enumerate(json.load(sys.stdin))))' > t.jsonl
$ for f in csv tsv jsonl; do tokvec weight -w t.jsonl -f $f -o w.$f; tokvec weight -w w.$f -f jsonl > back; tokvec weight -w t.jsonl -f jsonl | cmp - back && wc -l < back; done
14
14
14
--
