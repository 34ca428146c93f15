# Which first lines name the columns, and which are rows.

$ printf 'id,1,2\n0,5,6\n' > a.csv; tokvec weight -w a.csv -f csv
id,0,1
0,5.0,6.0
$ printf 'word,1,2,3\nking,1,2,3\n' > a.csv; tokvec weight -w a.csv -f csv
id,token,0,1,2
0,king,1.0,2.0,3.0
$ printf 'word,"1","2"\nking,1,2\n' > a.csv; tokvec weight -w a.csv -f csv
id,token,0,1
0,king,1.0,2.0
$ printf 'id,10,20\n3,1,2\n' > a.csv; tokvec weight -w a.csv -f csv
id,0,1
3,1.0,2.0
$ printf 'id,0.0,1.0\n3,1,2\n' > a.csv; tokvec weight -w a.csv -f csv
id,0,1
3,1.0,2.0
$ printf 'id, 0, 1\n3,1,2\n' > a.csv; tokvec weight -w a.csv -f csv
id,0,1
3,1.0,2.0
$ printf 'id,2,1,0\n1,2,3,4\n' > a.csv; tokvec weight -w a.csv -f csv
id,0,1,2
1,2.0,3.0,4.0
$ printf 'token,1,0\na,1,2\n' > a.csv; tokvec weight -w a.csv -f csv
id,token,0,1
0,a,1.0,2.0
$ printf '1,2\n1.5,2.5\n' > a.csv; tokvec weight -w a.csv -f csv
id,0,1
0,1.5,2.5
$ printf '1,2\n3,4\n' > a.csv; tokvec weight -w a.csv -f csv
id,0,1
0,1.0,2.0
1,3.0,4.0
$ printf 'the,1,2\nof,3,4\n' > a.csv; tokvec weight -w a.csv -f csv
id,token,0,1
0,the,1.0,2.0
1,of,3.0,4.0
$ printf 'word,d1,d2\na,1,2\n' > a.csv; tokvec weight -w a.csv -f csv
id,token,0,1
0,a,1.0,2.0
$ printf 'word\t1\t2\t3\nking\t1\t2\t3\n' > a.tsv; tokvec weight -w a.tsv -f csv
id,token,0,1,2
0,king,1.0,2.0,3.0
$ printf 'word 1 2 3\nking 1 2 3\n' > a.txt; tokvec weight -w a.txt -f csv
id,token,0,1,2
0,king,1.0,2.0,3.0
$ printf '1 2\n1.5 2.5\n' > a.txt; tokvec weight -w a.txt -f csv
id,0,1
0,1.5,2.5
--

# A row with a number that is damaged or left out is not a line of names, and what may be both is
# refused; so is a column of IDs or words that is not in front.

$ printf 'king,1,NA\nqueen,3,4\n' > a.csv; tokvec weight -w a.csv -f csv
! tokvec: field 3 of the line is not a number: 'NA' (a.csv, line 1, column 8); the file is damaged or of another kind; fetch or save it again
[2]
$ printf 'king,1.5,\n' > a.csv; tokvec weight -w a.csv -f csv
! tokvec: field 3 of the line is not a number: '' (a.csv, line 1, column 10); the file is damaged or of another kind; fetch or save it again
[2]
$ printf '1,5,2.x\n3,4,5\n' > a.csv; tokvec weight -w a.csv -f csv
! tokvec: field 3 of the line is not a number: '2.x' (a.csv, line 1, column 5); the file is damaged or of another kind; fetch or save it again
[2]
$ printf '5,NA\n3,4\n' > a.csv; tokvec weight -w a.csv -f csv
! tokvec: field 2 of the line is not a number: 'NA' (a.csv, line 1, column 3); the file is damaged or of another kind; fetch or save it again
[2]
$ printf 'king,NA,NA\nqueen,3,4\n' > a.csv; tokvec weight -w a.csv -f csv
! tokvec: field 3 of the line is not a number: 'NA' (a.csv, line 1, column 9); the file is damaged or of another kind; fetch or save it again
[2]
$ printf 'word,2,2\na,1,2\n' > a.csv; tokvec weight -w a.csv -f csv
! tokvec: the first line may be column names or a row (a.csv, line 1, column 1); if it is a row, put a line of names before it: d0, d1, ...; if not, delete it or use such names
[2]
$ printf 'id,1.5,2.5\n7,1,2\n' > a.csv; tokvec weight -w a.csv -f csv
! tokvec: the first line may be column names or a row (a.csv, line 1, column 1); if it is a row, put a line of names before it: d0, d1, ...; if not, delete it or use such names
[2]
$ printf '0,1,id\n5,6,1\n' > a.csv; tokvec weight -w a.csv -f csv
! tokvec: field 3 of the line is not a number: 'id' (a.csv, line 1, column 5); the file is damaged or of another kind; fetch or save it again
[2]
$ printf 'a,b,id\n5,6,1\n' > a.csv; tokvec weight -w a.csv -f csv
! tokvec: the column 'id' is not in front of the numbers (a.csv, line 1, column 5); make it the first column, or leave it out
[2]
$ printf 'a,b,label\n1,1,king\n' > a.csv; tokvec weight -w a.csv -f csv
! tokvec: the column 'label' is not in front of the numbers (a.csv, line 1, column 5); make it the first column, or leave it out
[2]
$ printf 'foo,1,2\n7,.5,.6\n' > a.csv; tokvec weight -w a.csv -f csv
! tokvec: the column 'foo' is neither an ID nor a word nor one of the numbers (a.csv, line 1, column 1); leave it out of the file
[2]
$ printf '1,2\n3,4,5\n' > a.csv; tokvec weight -w a.csv -f csv
! tokvec: the line has 3 fields, the first one has 2 (a.csv, line 2, column 1); the file is damaged or of another kind; fetch or save it again
[2]
$ printf 'king,NA\nqueen,"[3,4]"\n' > a.csv; tokvec weight -w a.csv -f csv
! tokvec: field 2 of the line is not a number: 'NA' (a.csv, line 1, column 6); the file is damaged or of another kind; fetch or save it again
[2]
$ printf 'word,1,2\n' > a.csv; tokvec weight -w a.csv -f csv
! tokvec: the file has no rows (a.csv, line 1, column 1); the file is damaged or of another kind; fetch or save it again
[2]
$ printf 'king\t1\tNA\nqueen\t3\t4\n' > a.tsv; tokvec weight -w a.tsv -f csv
! tokvec: field 3 of the line is not a number: 'NA' (a.tsv, line 1, column 8); the file is damaged or of another kind; fetch or save it again
[2]
$ printf 'king 1 NA\nqueen 3 4\n' > a.txt; tokvec weight -w a.txt -f csv
! tokvec: the line is not a word and as many numbers as others have (a.txt, line 1, column 1); the file is damaged or of another kind; fetch or save it again
[2]
$ printf 'king NA NA\nqueen 3 4\n' > a.txt; tokvec weight -w a.txt -f csv
! tokvec: the line is not a word and as many numbers as others have (a.txt, line 1, column 1); the file is damaged or of another kind; fetch or save it again
[2]
--

# Labels 0, 1, 2, ... before rows of whole numbers may be a row. Fractions tell, or quotes, or a
# row that goes on counting.

$ printf '0,1,2\n1,2,3\n0,0,1\n' > a.csv; tokvec weight -w a.csv -f csv
! tokvec: the first line may be column names or a row (a.csv, line 1, column 1); if it is a row, put a line of names before it: d0, d1, ...; if not, delete it or use such names
[2]
$ printf '0.0,1.0\n1.0,0.0\n' > a.csv; tokvec weight -w a.csv -f csv
! tokvec: the first line may be column names or a row (a.csv, line 1, column 1); if it is a row, put a line of names before it: d0, d1, ...; if not, delete it or use such names
[2]
$ printf 'king,0,1,2\nqueen,1,2,3\n' > a.csv; tokvec weight -w a.csv -f csv
! tokvec: the first line may be column names or a row (a.csv, line 1, column 1); if it is a row, put a line of names before it: d0, d1, ...; if not, delete it or use such names
[2]
$ printf 'king,0.0,1.0\nqueen,1.0,2.0\n' > a.csv; tokvec weight -w a.csv -f csv
! tokvec: the first line may be column names or a row (a.csv, line 1, column 1); if it is a row, put a line of names before it: d0, d1, ...; if not, delete it or use such names
[2]
$ printf '0.0,1.0\n2.0,3.0\n' > a.csv; tokvec weight -w a.csv -f csv
id,0,1
0,0.0,1.0
1,2.0,3.0
$ printf '"1","2"\n5,1\n4,5\n' > a.csv; tokvec weight -w a.csv -f csv
id,0,1
0,5.0,1.0
1,4.0,5.0
$ printf ' 3 5 8\nking .5 .6 .7\n' > a.txt; tokvec weight -w a.txt -f csv
id,token,0,1,2
0,king,0.5,0.6,0.7
--

# A column of IDs or labels is not a dimension, wherever it stands; of two of IDs the one counts whose
# name says more.

$ printf 'node_id,d1,d2\n7,1,2\n' > a.csv; tokvec weight -w a.csv -f csv
id,0,1
7,1.0,2.0
$ printf ',index,d1,d2\n0,7,1,2\n' > a.csv; tokvec weight -w a.csv -f csv
id,0,1
7,1.0,2.0
$ printf 'd1,d2,node_id\n1,2,7\n' > a.csv; tokvec weight -w a.csv -f csv
! tokvec: the column 'node_id' is not in front of the numbers (a.csv, line 1, column 7); make it the first column, or leave it out
[2]
$ printf 'class,d1,d2\n1,2,7\n' > a.csv; tokvec weight -w a.csv -f csv
! tokvec: the column 'class' is neither an ID nor a word nor one of the numbers (a.csv, line 1, column 1); leave it out of the file
[2]
$ { seq -s, -f 'd%g' 100 | tr '\n' ','; echo id; seq -s, 101; } > a.csv; tokvec weight -w a.csv -f csv
! tokvec: the column 'id' is not in front of the numbers (a.csv, line 1, column 393); make it the first column, or leave it out
[2]
$ printf ',emb,emb\n,0,1\n0,5,6\n' > a.csv; tokvec weight -w a.csv -f csv
! tokvec: this line may be column names, as the one before it is (a.csv, line 2, column 1); write a file with one line of names, all different
[2]
--

# Comments of numpy are not words, and words that are all in quotes are so written.

$ printf '# 3 2\n.5 .5\n.6 .7\n' > a.txt; tokvec weight -w a.txt -f csv
id,0,1
0,0.5,0.5
1,0.6,0.7
$ printf '"king" .5 .5\n"queen" .6 .7\n' > a.txt; tokvec weight -w a.txt -f csv
id,token,0,1
0,king,0.5,0.5
1,queen,0.6,0.7
--
