# An ID that several rows have: what tokvec wrote when it was asked for one twice, which is the
# same twice; or rows that differ, of which none is the answer.

$ tokvec 2 1 2 -f csv > same.csv; tokvec -w same.csv 2 1 -f csv
id,0,1,2
2,1.2753012,-0.2009531,-0.16056378
1,0.9177646,1.5809696,1.3010399
$ printf 'id,0\n5,1\n6,2\n5,3\n5,1\n' > other.csv; tokvec -w other.csv 6 -f csv
id,0
6,2.0
$ tokvec -w other.csv 6 5
! tokvec: '5' means the ID 5, which several rows have that differ (argument 4); write the table with one row for each ID
[2]
$ echo '6 5' | tokvec -w other.csv -f csv
id,0
6,2.0
! tokvec: '5' means the ID 5, which several rows have that differ (standard input, line 1, column 3); write the table with one row for each ID
[2]
$ tokvec -w other.csv 5:7 -f csv
! tokvec: '5:7' means the ID 5, which several rows have that differ (argument 3); write the table with one row for each ID
[2]
$ tokvec -w other.csv : -f csv
! tokvec: ':' means the ID 5, which several rows have that differ (argument 3); write the table with one row for each ID
[2]
$ tokvec weight -w other.csv -f csv
id,0
5,1.0
6,2.0
5,3.0
5,1.0
$ echo '{"a": 6, "b": 5}' > vocab.json; tokvec -w other.csv --vocab vocab.json a b
! tokvec: 'b' has the ID 5, which several rows have that differ (argument 6); other.csv has 2 IDs, 5 to 6
[2]
$ printf '{"id": 7, "vector": [1]}\n{"id": 7, "vector": [-1]}\n{"id": 8, "vector": [0]}\n{"id": 8, "vector": [-0.0]}\n{"id": 9, "vector": [0]}\n' > other.jsonl; tokvec -w other.jsonl 9; tokvec -w other.jsonl 8; tokvec -w other.jsonl 7
tensor([[0.]])
! tokvec: '8' means the ID 8, which several rows have that differ (argument 3); write the table with one row for each ID
! tokvec: '7' means the ID 7, which several rows have that differ (argument 3); write the table with one row for each ID
[2]
$ tokvec weight -w other.csv -o other.safetensors; tokvec -w other.safetensors -f csv 5
! tokvec: '5' means the ID 5, which several rows have that differ (argument 5); write the table with one row for each ID
[2]
