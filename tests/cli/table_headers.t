# Which first lines name the columns, and which are rows.

$ printf 'id,1,2\n0,5,6\n' > a.csv; tokvec weight -w a.csv -f csv
$ printf 'word,1,2,3\nking,1,2,3\n' > a.csv; tokvec weight -w a.csv -f csv
$ printf 'word,"1","2"\nking,1,2\n' > a.csv; tokvec weight -w a.csv -f csv
$ printf 'id,10,20\n3,1,2\n' > a.csv; tokvec weight -w a.csv -f csv
$ printf 'id,0.0,1.0\n3,1,2\n' > a.csv; tokvec weight -w a.csv -f csv
$ printf 'id, 0, 1\n3,1,2\n' > a.csv; tokvec weight -w a.csv -f csv
$ printf 'id,2,1,0\n1,2,3,4\n' > a.csv; tokvec weight -w a.csv -f csv
$ printf 'token,1,0\na,1,2\n' > a.csv; tokvec weight -w a.csv -f csv
$ printf '1,2\n1.5,2.5\n' > a.csv; tokvec weight -w a.csv -f csv
$ printf '1,2\n3,4\n' > a.csv; tokvec weight -w a.csv -f csv
$ printf 'the,1,2\nof,3,4\n' > a.csv; tokvec weight -w a.csv -f csv
$ printf 'word,d1,d2\na,1,2\n' > a.csv; tokvec weight -w a.csv -f csv
$ printf 'word\t1\t2\t3\nking\t1\t2\t3\n' > a.tsv; tokvec weight -w a.tsv -f csv
$ printf 'word 1 2 3\nking 1 2 3\n' > a.txt; tokvec weight -w a.txt -f csv
$ printf '1 2\n1.5 2.5\n' > a.txt; tokvec weight -w a.txt -f csv
--

# A row with a number that is damaged or left out is no line of names, and what may be both is
# refused; so is a column of IDs or words that is not in front.

$ printf 'king,1,NA\nqueen,3,4\n' > a.csv; tokvec weight -w a.csv -f csv
$ printf 'king,1.5,\n' > a.csv; tokvec weight -w a.csv -f csv
$ printf '1,5,2.x\n3,4,5\n' > a.csv; tokvec weight -w a.csv -f csv
$ printf '5,NA\n3,4\n' > a.csv; tokvec weight -w a.csv -f csv
$ printf 'king,NA,NA\nqueen,3,4\n' > a.csv; tokvec weight -w a.csv -f csv
$ printf 'word,2,2\na,1,2\n' > a.csv; tokvec weight -w a.csv -f csv
$ printf 'id,1.5,2.5\n7,1,2\n' > a.csv; tokvec weight -w a.csv -f csv
$ printf '0,1,id\n5,6,1\n' > a.csv; tokvec weight -w a.csv -f csv
$ printf 'a,b,id\n5,6,1\n' > a.csv; tokvec weight -w a.csv -f csv
$ printf 'a,b,label\n1,1,king\n' > a.csv; tokvec weight -w a.csv -f csv
$ printf 'foo,1,2\n7,.5,.6\n' > a.csv; tokvec weight -w a.csv -f csv
$ printf '1,2\n3,4,5\n' > a.csv; tokvec weight -w a.csv -f csv
$ printf 'king,NA\nqueen,"[3,4]"\n' > a.csv; tokvec weight -w a.csv -f csv
$ printf 'word,1,2\n' > a.csv; tokvec weight -w a.csv -f csv
$ printf 'king\t1\tNA\nqueen\t3\t4\n' > a.tsv; tokvec weight -w a.tsv -f csv
$ printf 'king 1 NA\nqueen 3 4\n' > a.txt; tokvec weight -w a.txt -f csv
$ printf 'king NA NA\nqueen 3 4\n' > a.txt; tokvec weight -w a.txt -f csv
--
