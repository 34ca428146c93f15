# Words in brackets, as vocabularies of BERT begin with them, are not lists of numbers.

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
--
# Words that look like lists of numbers, in columns that are named so; without names, there is no
# telling.

$ printf 'id,token,0\n5,"{1,2}",0.5\n6,[7],0.25\n' > b.csv; tokvec weight -w b.csv -f csv
id,token,0
5,"{1,2}",0.5
6,[7],0.25
$ printf ',0,1\n[1],1.5,2.5\n[2],3.5,4.5\n' > b.csv; tokvec weight -w b.csv -f csv
id,token,0,1
0,[1],1.5,2.5
1,[2],3.5,4.5
$ printf 'word,vector\n[1],"[1, 2]"\n[2],"[3, 4]"\n' > b.csv; tokvec weight -w b.csv -f csv
id,token,0,1
0,[1],1.0,2.0
1,[2],3.0,4.0
$ printf 'vector,word\n"[1, 2]",[1]\n"[3, 4]",x\n' > b.csv; tokvec weight -w b.csv -f csv
id,token,0,1
0,[1],1.0,2.0
1,x,3.0,4.0
$ printf 'vector,count\n"[1, 2]",7\n"[3, 4]",8\n' > b.csv; tokvec weight -w b.csv -f csv
id,0,1
0,1.0,2.0
1,3.0,4.0
$ printf '[1],1.5,2.5\n[2],3.5,4.5\n' > b.csv; tokvec weight -w b.csv -f csv
! tokvec: something after the JSON value (b.csv, line 1, column 4); the file is damaged or of another kind; fetch or save it again
[2]
$ printf 'the,1.5,2.5\n[2],3.5,4.5\n' > b.csv; tokvec weight -w b.csv -f csv
id,token,0,1
0,the,1.5,2.5
1,[2],3.5,4.5
$ printf 'the\t"[1, 2]"\n[2]\t"[3, 4]"\n' > b.tsv; tokvec weight -w b.tsv -f csv
id,token,0,1
0,the,1.0,2.0
1,[2],3.0,4.0
