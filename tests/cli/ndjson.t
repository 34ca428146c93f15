# JSON lines have two suffixes, which mean the same.

$ printf '{"a": [1, 2], "vector": [3, 4]}\n' > a.ndjson; cp a.ndjson a.jsonl; cp a.ndjson a.json; tokvec -w a.jsonl 0
! tokvec: the only line may be one vector, or have a vector in each member (a.jsonl, line 1, column 1); if the members are words, give the file a name that ends in .json; if not, leave out those that are not part of the table
[2]
$ tokvec -w a.ndjson 0
! tokvec: the only line may be one vector, or have a vector in each member (a.ndjson, line 1, column 1); if the members are words, give the file a name that ends in .json; if not, leave out those that are not part of the table
[2]
$ tokvec -w a.json 0
tensor([[1., 2.]])
$ printf '{"id": 3, "vector": [3, 4]}\n{"id": 1, "vector": [5, 6]}\n' > b.ndjson; tokvec -w b.ndjson -o c.ndjson 1 && cat c.ndjson
{"id": 1, "vector": [5.0, 6.0]}
$ : > d.ndjson; tokvec -w d.ndjson 0 2>&1 | grep -c 'ndjson, .csv'
1
--
