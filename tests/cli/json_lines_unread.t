# Opening JSON lines checks every line's members, but not the numbers of vectors: those of the rows
# that are read are checked then.

$ printf '{"vector": [1, 2]}\n{"vector": [1, 2x]}\n{"vector": [5, 6]}\n' > a.jsonl; tokvec -w a.jsonl -f csv 0 2
id,0,1
0,1.0,2.0
2,5.0,6.0
$ tokvec -w a.jsonl 1
! tokvec: expected a comma or a closing bracket (a.jsonl, line 2, column 17); the file is damaged or of another kind; fetch or save it again
[2]
$ tokvec weight -w a.jsonl
! tokvec: expected a comma or a closing bracket (a.jsonl, line 2, column 17); the file is damaged or of another kind; fetch or save it again
[2]
$ printf '{"vector": [1, NaN]}\n' > b.jsonl; tokvec -w b.jsonl 0
! tokvec: NaN and Infinity are not valid JSON, though Python writes them (b.jsonl, line 1, column 16); the file is damaged or of another kind; fetch or save it again
[2]
$ printf '[1, 2]\n[01, 2]\n[5, 6]\n' > c.jsonl; tokvec -w c.jsonl -f csv 2
id,0,1
2,5.0,6.0
$ tokvec -w c.jsonl 1
! tokvec: not a JSON number (c.jsonl, line 2, column 2); the file is damaged or of another kind; fetch or save it again
[2]
$ printf '{"vector": [1, 2], "id": 4}\n{"vector": [+1, 2], "id": 9}\n' > d.jsonl; tokvec -w d.jsonl -f csv 4
id,0,1
4,1.0,2.0
$ tokvec -w d.jsonl 9
! tokvec: not a JSON number (d.jsonl, line 2, column 13); the file is damaged or of another kind; fetch or save it again
[2]
$ printf '{"vector": [1, 2]}\n{"vector": [1, 2\n{"vector": [5, 6]}\n' > e.jsonl; tokvec -w e.jsonl 0
! tokvec: expected a comma or a closing bracket (e.jsonl, line 2, column 17); the file is damaged or of another kind; fetch or save it again
[2]
$ printf '{"vector": [1, 2]}\n{"vector": [1, 2]} 3\n' > e.jsonl; tokvec -w e.jsonl 0
! tokvec: something after the JSON value (e.jsonl, line 2, column 20); the file is damaged or of another kind; fetch or save it again
[2]
$ printf '{"vector": [1, 2]}\n{"vector": [1, 2], "id": 7}\n' > e.jsonl; tokvec -w e.jsonl 0
! tokvec: the line has the member 'id', which the first one does not have (e.jsonl, line 2, column 1); correct this line or the first one: all rows must have the same
[2]
$ printf '{"vector": [1, 2]}\n{"vector": [1, "]"]}\n{"vector": [3, 4]}\n' > e.jsonl; tokvec -w e.jsonl -f csv 2
id,0,1
2,3.0,4.0
$ tokvec -w e.jsonl 1
! tokvec: this is not a valid float32 number (e.jsonl, line 2, column 16); the file is damaged or of another kind; fetch or save it again
[2]
$ printf '{"vector": [1, 2]}\n{"vector": [1, 2, {"a": [}]}\n' > e.jsonl; tokvec -w e.jsonl 0
! tokvec: not a JSON number (e.jsonl, line 2, column 26); the file is damaged or of another kind; fetch or save it again
[2]
$ printf '{"vector": [1, 2]}\n{"vector": [1, [2]]}\n' > e.jsonl; tokvec -w e.jsonl -f csv 0
id,0,1
0,1.0,2.0
--
