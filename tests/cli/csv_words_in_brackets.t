# Words in brackets, as vocabularies of BERT begin with them, are no lists of numbers.

$ printf '[PAD],1,2\n[CLS],3,4\n' > b.csv; tokvec weight -w b.csv -f csv
id,token,0,1
0,[PAD],1.0,2.0
1,[CLS],3.0,4.0
$ printf ',0,1\n"[PAD]",1,2\nthe,3,4\n[],5,6\n' > b.csv; tokvec -w b.csv -f csv '[PAD]' '[]' the
id,token,0,1
0,[PAD],1.0,2.0
2,[],5.0,6.0
1,the,3.0,4.0
$ printf '"the",1,2\n"[CLS]",3,4\n' > b.csv; tokvec weight -w b.csv -f csv
id,token,0,1
0,the,1.0,2.0
1,[CLS],3.0,4.0
$ printf '{x}\t1\t2\n[unused0]\t3\t4\n' > b.tsv; tokvec weight -w b.tsv -f csv
id,token,0,1
0,{x},1.0,2.0
1,[unused0],3.0,4.0
--
# Beside lists they are words, too.

$ printf 'word,vector\n[PAD],"[1, 2]"\n[CLS],"[3, 4]"\n' > b.csv; tokvec weight -w b.csv -f csv
id,token,0,1
0,[PAD],1.0,2.0
1,[CLS],3.0,4.0
$ printf 'word,vector\n[PAD],"[1, ... 2]"\n' > b.csv; tokvec weight -w b.csv
! tokvec: '...' in the list is not a number (b.csv, line 2, column 12); NumPy left numbers out: write the lists with array.tolist()
[2]
$ printf 'word,vector\n[PAD],"[x, 2]"\n' > b.csv; tokvec weight -w b.csv
! tokvec: field 2 of the line is not a number: '[x, 2]' (b.csv, line 2, column 8); the file is damaged or of another kind; fetch or save it again
[2]
