# Words and their vectors, whatever the words are.

$ printf '{"king": [1, 2], "vector": [3, 4], "embedding": [5, 6]}\n' > a.json; tokvec weight -w a.json -f csv
id,token,0,1
0,king,1.0,2.0
1,vector,3.0,4.0
2,embedding,5.0,6.0
$ printf '{"vectors": [1, 2], "values": [3, 4]}' > a.json; tokvec weight -w a.json -f csv
id,token,0,1
0,vectors,1.0,2.0
1,values,3.0,4.0
$ printf '{"vectors": [1],\n"king": [2],\n"tokens": [3]}' > a.json; tokvec -w a.json -f csv king vectors
id,token,0
1,king,2.0
0,vectors,1.0
$ printf '{"king": [1, 2], "vector": [3]}\n' > a.json; tokvec -w a.json king
! tokvec: the vector is not as long as those before it (a.json, line 1, column 28); correct it, or what it contradicts
[2]
$ printf '{"ids": [7], "vectors": [1]}' > a.json; tokvec -w a.json 7
! tokvec: the members may be those of one table, or words (a.json, line 1, column 1); write the vectors as a list of lists, or the words one a line, as {"token": ..., "vector": [...]}
[2]
$ printf '{"vector": [1, 2], "offset": [3, 4]}\n' > a.jsonl; tokvec -w a.jsonl 0
! tokvec: the only line may be one vector, or have a vector in each member (a.jsonl, line 1, column 1); if the members are words, give the file a name that ends in .json; if not, leave out those that are not part of the table
[2]
$ printf '{"name": "x", "vector": [1, 2], "box": [3, 4]}\n' > a.jsonl; tokvec -w a.jsonl -f csv 0
id,0,1
0,1.0,2.0
$ printf '{"vector": [1, 2], "offset": [3, 4]}\n{"vector": [5, 6], "offset": [3, 4]}\n' > a.jsonl; tokvec -w a.jsonl -f csv 1
id,0,1
1,5.0,6.0
$ printf '{"king": [1, 2], "k\\u0069ng": [3, 4]}' > a.json; tokvec -w a.json king
! tokvec: a word is repeated (a.json, line 1, column 16); correct it, or what it contradicts
[2]
--

# Words that are all numbers are IDs too.

$ printf '{"5": [1, 2], "2": [3, 4]}' > a.json; tokvec -w a.json -f csv 2 5; tokvec -w a.json -f csv --tokens 5
id,token,0,1
2,2,3.0,4.0
5,5,1.0,2.0
id,token,0,1
5,5,1.0,2.0
! tokvec: warning: all words of this table are numbers, so they are taken as the IDs of its rows
! tokvec: warning: all words of this table are numbers, so they are taken as the IDs of its rows
$ tokvec -w a.json -f csv 0
! tokvec: warning: all words of this table are numbers, so they are taken as the IDs of its rows
! tokvec: '0' is not an ID of the table (argument 5); a.json has 2 IDs, 2 to 5
[2]
$ printf '{"0": [1, 2], "1": [3, 4]}' > a.json; tokvec -w a.json -f csv 1
id,token,0,1
1,1,3.0,4.0
$ printf '{"5": [1, 2], "05": [3, 4]}' > a.json; tokvec -w a.json -f csv 05 1
! tokvec: '05' is out of range (argument 5); valid are 0 to 1 in a.json
[2]
$ printf '{"token": "5", "vector": [1, 2]}\n{"token": "0", "vector": [3, 4]}\n' > a.jsonl; tokvec -w a.jsonl -f csv 0; tokvec -w a.jsonl -f csv --tokens 0
id,token,0,1
0,5,1.0,2.0
id,token,0,1
1,0,3.0,4.0
! tokvec: warning: the words of this table are numbers, but not the numbers of its rows: a number without quotes is a row, not a word
! tokvec: warning: the words of this table are numbers, but not the numbers of its rows: a number without quotes is a row, not a word
--

# Lines: IDs under any of their names, as numbers or in quotes; text is a word.

$ printf '{"id": "3", "vector": [1, 2]}\n{"id": "1", "vector": [3, 4]}\n' > a.jsonl; tokvec -w a.jsonl -f csv 1 3
id,0,1
1,3.0,4.0
3,1.0,2.0
$ printf '{"index": 3, "vector": [1, 2]}\n{"index": 1, "vector": [3, 4]}\n' > a.jsonl; tokvec -w a.jsonl -f csv 1
id,0,1
1,3.0,4.0
$ printf '{"token_id": 3, "id": "3", "vector": [1, 2]}\n{"token_id": 1, "id": 1, "vector": [3, 4]}\n' > a.jsonl; tokvec -w a.jsonl -f csv 1
id,0,1
1,3.0,4.0
$ printf '{"token_id": 3, "id": 3, "vector": [1, 2]}\n{"token_id": 1, "id": 0, "vector": [3, 4]}\n' > a.jsonl; tokvec -w a.jsonl 1
! tokvec: the line has two IDs that differ (a.jsonl, line 2, column 1); correct it, or what it contradicts
[2]
$ printf '{"id": "d0", "index": 4, "vector": [1, 2]}\n{"id": "3", "index": 6, "vector": [3, 4]}\n' > a.jsonl; tokvec -w a.jsonl -f csv d0 6
id,token,0,1
4,d0,1.0,2.0
6,3,3.0,4.0
$ printf '{"id": "d0", "text": "a", "vector": [1, 2]}\n{"id": "d1", "text": null, "vector": [3, 4]}\n' > a.jsonl; tokvec weight -w a.jsonl -f csv
id,token,0,1
0,a,1.0,2.0
1,,3.0,4.0
$ printf '{"id": "d0", "vector": [1, 2]}\n{"id": 5, "vector": [3, 4]}\n' > a.jsonl; tokvec -w a.jsonl 0
! tokvec: the ID is a number, but one before it is text (a.jsonl, line 2, column 8); correct it, or what it contradicts
[2]
$ printf '{"id": 5, "vector": [1, 2]}\n{"id": "d0", "vector": [3, 4]}\n' > a.jsonl; tokvec -w a.jsonl 5
! tokvec: the ID is text, but one before it is a number (a.jsonl, line 2, column 8); correct it, or what it contradicts
[2]
$ printf '{"id": 1.5, "vector": [1, 2]}\n' > a.jsonl; tokvec -w a.jsonl 1
! tokvec: the ID is not an integer from 0 to 2^63-1 (a.jsonl, line 1, column 8); correct it, or what it contradicts
[2]
$ printf '{"id": [1], "vector": [1, 2]}\n' > a.jsonl; tokvec -w a.jsonl 1
! tokvec: the ID is not an integer from 0 to 2^63-1 (a.jsonl, line 1, column 8); correct it, or what it contradicts
[2]
--

# All lines have the same members, or none is read.

$ printf '{"vector": [1, 2]}\n{"id": 0, "vector": [3, 4]}\n' > a.jsonl; tokvec -w a.jsonl 0
! tokvec: the line has the member 'id', which the first one does not have (a.jsonl, line 2, column 1); correct this line or the first one: all rows must have the same
[2]
$ printf '{"id": 1, "vector": [1, 2]}\n{"vector": [3, 4]}\n' > a.jsonl; tokvec -w a.jsonl 1
! tokvec: the line does not have the member 'id', as the first one does (a.jsonl, line 2, column 1); correct this line or the first one: all rows must have the same
[2]
$ printf '{"vector": [1, 2]}\n{"token": "a", "vector": [3, 4]}\n' > a.jsonl; tokvec -w a.jsonl 0
! tokvec: the line has the member 'token', which the first one does not have (a.jsonl, line 2, column 1); correct this line or the first one: all rows must have the same
[2]
$ printf '{"token": "a", "vector": [1, 2]}\n\n{"vector": [3, 4]}\n' > a.jsonl; tokvec -w a.jsonl a
! tokvec: the line does not have the member 'token', as the first one does (a.jsonl, line 3, column 1); correct this line or the first one: all rows must have the same
[2]
$ printf '{"vector": [1, 2]}\n{"embedding": [3, 4]}\n' > a.jsonl; tokvec -w a.jsonl 0
! tokvec: the line does not have the member 'vector', as the first one does (a.jsonl, line 2, column 1); correct this line or the first one: all rows must have the same
[2]
$ printf '[1, 2]\n[3, 4]\n{"vector": [3, 4]}\n' > a.jsonl; tokvec -w a.jsonl 0
! tokvec: the line does not have the member 'vector', as the first one does (a.jsonl, line 3, column 1); correct this line or the first one: all rows must have the same
[2]
$ printf '{"vector": [1, 2]}\n[3, 4]\n' > a.jsonl; tokvec -w a.jsonl 0
! tokvec: the line is a list, but the first one is an object (a.jsonl, line 2, column 1); correct it, or what it contradicts
[2]
$ printf '{"vector": [1, 2]}\n3\n' > a.jsonl; tokvec -w a.jsonl 0
! tokvec: the line has no list 'vector' (a.jsonl, line 2, column 1); the file is damaged or of another kind; fetch or save it again
[2]
$ printf '{"vector": [1, 2], "embedding": [3, 4], "id": 0}\n' > a.jsonl; tokvec -w a.jsonl 0
! tokvec: the line has two vectors (a.jsonl, line 1, column 1); correct it, or what it contradicts
[2]
$ printf '{"id": 5, "token": "", "vector": [1, 2]}\n{"id": 6, "token": "a", "vector": [3, 4]}\n' > a.jsonl; tokvec -w a.jsonl -f csv a ''
id,token,0,1
6,a,3.0,4.0
5,,1.0,2.0
$ tokvec weight -w a.jsonl -f jsonl | cmp - <(tokvec weight -w a.jsonl -f jsonl -o b.jsonl; tokvec weight -w b.jsonl -f jsonl)
--

# Empty lines mean nothing, nor does a byte order mark.

$ printf '\n[1, 2]\n \n\r\n[3, 4]\r\n\n\n' > a.jsonl; tokvec weight -w a.jsonl -f csv
id,0,1
0,1.0,2.0
1,3.0,4.0
$ printf '\357\273\277{"token": "a", "vector": [1, 2]}\n\n{"token": "\177", "vector": [3, 4]}' > a.jsonl; tokvec weight -w a.jsonl -f jsonl
{"id": 0, "token": "a", "vector": [1.0, 2.0]}
{"id": 1, "token": "\u007f", "vector": [3.0, 4.0]}
$ printf '\357\273\277{"a": [1, 2]}' > a.json; tokvec -w a.json -f csv a
id,token,0,1
0,a,1.0,2.0
$ printf '\357\273\277\n[[1, 2]]' > a.json; tokvec weight -w a.json -f csv
id,0,1
0,1.0,2.0
$ printf '\357\273\277[[1, 2], [x]]' > a.json; tokvec weight -w a.json
! tokvec: not a JSON number (a.json, line 1, column 14); the file is damaged or of another kind; fetch or save it again
[2]
$ printf '\357\273\277[\n{"id": 1, "embedding": [1, 2]}\n]' > a.json; tokvec weight -w a.json
! tokvec: the JSON is neither a table of numbers nor an index of weights (a.json, line 2, column 1); write the objects one a line, as with jq -c '.[]'
[2]
--

# What an object says about its rows is heeded.

$ printf '{"ids": [5, 2], "tokens": ["a", "\\u00e9"], "shape": [2, 2], "dim": 2, "vectors": [[1, 2], [3, 4]]}' > a.json; tokvec -w a.json -f csv é 5
id,token,0,1
2,é,3.0,4.0
5,a,1.0,2.0
$ tokvec weight -w a.json -f json -o b.json; tokvec weight -w b.json -f json | cmp - <(tokvec weight -w a.json -f json | sed s/a.json/b.json/)
$ printf 'a\nb\n\nd\n' > v.txt; echo '[[0, 1], [3, 2]]' | tokvec --seed 1 -n 4 -d 2 --vocab v.txt -f json -o n.json; tokvec -w n.json -f csv d b 2
id,token,0,1
3,d,-1.5227685,0.38168392
1,b,0.06167726,0.6213173
2,,-0.45190597,-0.16613023
$ printf '{"ids": ["5", "2"], "vectors": [[1, 2], [3, 4]]}' > a.json; tokvec -w a.json -f csv 2
id,0,1
2,3.0,4.0
$ printf '{"ids": ["x", "2"], "vectors": [[1, 2], [3, 4]]}' > a.json; tokvec -w a.json -f csv x
id,token,0,1
0,x,1.0,2.0
$ printf '{"ids": ["x", "y"], "tokens": ["a", null], "vectors": [[1, 2], [3, 4]]}' > a.json; tokvec weight -w a.json -f csv
id,token,0,1
0,a,1.0,2.0
1,,3.0,4.0
$ printf '{"ids": null, "index": [4, 3], "vectors": [[1, 2], [3, 4]]}' > a.json; tokvec weight -w a.json -f csv
id,0,1
4,1.0,2.0
3,3.0,4.0
$ printf '{"ids": [1, 2], "index": [4, 3], "vectors": [[1, 2], [3, 4]]}' > a.json; tokvec weight -w a.json -f csv
! tokvec: two members give the IDs or the tokens of the rows (a.json, line 1, column 26); correct it, or what it contradicts
[2]
$ for m in '"tokens": ["a"]' '"tokens": [["a", "b"]]' '"tokens": {"a": 0}' '"ids": [1, 2, 3]' '"shape": [2, 3]' '"shape": [2]' '"shape": [2, 2, 1]' '"shape": [-2, 2]' '"dim": 3'; do printf '{%s, "vectors": [[1, 2], [3, 4]]}' "$m" > a.json; tokvec -w a.json 1; done
! tokvec: there is not one token for each vector (a.json, line 1, column 12); correct it, or what it contradicts
! tokvec: there is not one token for each vector (a.json, line 1, column 12); correct it, or what it contradicts
! tokvec: there is not one token for each vector (a.json, line 1, column 12); correct it, or what it contradicts
! tokvec: there is not one ID for each vector (a.json, line 1, column 9); correct it, or what it contradicts
! tokvec: 'shape' does not fit the vectors (a.json, line 1, column 11); correct it, or leave it out
! tokvec: 'shape' does not fit the vectors (a.json, line 1, column 11); correct it, or leave it out
! tokvec: 'shape' does not fit the vectors (a.json, line 1, column 11); correct it, or leave it out
! tokvec: 'shape' does not fit the vectors (a.json, line 1, column 11); correct it, or leave it out
! tokvec: 'dim' does not fit the vectors (a.json, line 1, column 9); correct it, or leave it out
[2]
$ printf '{"dtype": "float32", "shape": [1, 2], "vectors": []}' > a.json; tokvec weight -w a.json
! tokvec: 'shape' does not fit the vectors (a.json, line 1, column 31); correct it, or leave it out
[2]
$ printf '{"shape": [2, 0, 3], "ids": [[], []], "vectors": [[], []]}' > a.json; tokvec weight -w a.json -f json
{"source": {"file": "a.json"},
 "dtype": "float32",
 "shape": [2, 0, 3],
 "ids": [[], []],
 "vectors": [[], []]}
$ printf '{"vectors": [[1, 2]]}\n' > a.json; tokvec weight -w a.json -f csv
id,0,1
0,1.0,2.0
