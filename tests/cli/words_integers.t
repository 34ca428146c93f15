# Words that are integers, as of the nodes of a graph: an ID is the number of a row, and where its word is another integer, that is said once.

$ printf '4 1\n12 0.5\n7 1.5\n-3 2.5\n2 3.5\n' > nodes.vec
$ tokvec -w nodes.vec 1 0 -f csv
id,token,0
1,7,1.5
0,12,0.5
! tokvec: warning: row 1 has the word '7'; --tokens looks words up, --ids takes all numbers for rows
$ tokvec -w nodes.vec --tokens 7 12 -f csv
id,token,0
1,7,1.5
0,12,0.5
$ tokvec -w nodes.vec --ids 1 0 -f csv
id,token,0
1,7,1.5
0,12,0.5
$ tokvec -w nodes.vec 1:3 -f csv
id,token,0
1,7,1.5
2,-3,2.5
$ echo '1 2' | tokvec -w nodes.vec -f csv
id,token,0
1,7,1.5
2,-3,2.5
! tokvec: warning: row 1 has the word '7'; --tokens looks words up, --ids takes all numbers for rows
$ echo '[1, "7"]' | tokvec -w nodes.vec -f csv
id,token,0
1,7,1.5
1,7,1.5
$ echo '{"12": [0.5], "7": [1.5], "2": [2.5]}' > nodes.json && tokvec -w nodes.json 0 -f csv
! tokvec: warning: all words of this table are numbers, so they are taken as the IDs of its rows
! tokvec: '0' is not an ID of the table (argument 3); nodes.json has 3 IDs, 2 to 12
[2]
$ printf '3 1\n0 0.5\n1 1.5\n2 2.5\n' > same.vec && tokvec -w same.vec 0 1 2 -f csv
id,token,0
0,0,0.5
1,1,1.5
2,2,2.5
$ printf '4 1\n2008 0.5\n7 1.5\nthe 2.5\n3 3.5\n' > some.vec && tokvec -w some.vec 0 1 3 -f csv
id,token,0
0,2008,0.5
1,7,1.5
3,3,3.5
$ printf '2 1\n12 0.5\n7 1.5\n' > two.vec && tokvec -w two.vec 1 -f csv
id,token,0
1,7,1.5
$ tokvec -w nodes.vec 9 -f csv
! tokvec: '9' is out of range (argument 3); valid are 0 to 3 in nodes.vec
[2]
$ printf 'id,0\n12,0.5\n7,1.5\n3,2.5\n' > ids.csv && tokvec -w ids.csv 7 -f csv
id,0
7,1.5
$ seq 3 3 | tokvec -w nodes.vec -f jsonl -j 8
{"id": 3, "token": "2", "vector": [3.5]}
! tokvec: warning: row 3 has the word '2'; --tokens looks words up, --ids takes all numbers for rows
$ (seq 0 3; seq 0 3) | tokvec -w nodes.vec -f raw | wc -c
32
! tokvec: warning: row 0 has the word '12'; --tokens looks words up, --ids takes all numbers for rows
$ tokvec weight -w nodes.vec -f csv
id,token,0
0,12,0.5
1,7,1.5
2,-3,2.5
3,2,3.5
