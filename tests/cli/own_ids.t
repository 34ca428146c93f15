# Tables that carry their IDs are addressed by them.

$ for f in csv tsv jsonl json safetensors; do tokvec 5 1 3 1 -f $f -o s.$f; done
$ for f in csv tsv jsonl json safetensors; do tokvec -w s.$f -f csv 1 5; done
id,0,1,2
1,0.9177646,1.5809696,1.3010399
5,-2.839994,-0.78485334,-1.4095725
id,0,1,2
1,0.9177646,1.5809696,1.3010399
5,-2.839994,-0.78485334,-1.4095725
id,0,1,2
1,0.9177646,1.5809696,1.3010399
5,-2.839994,-0.78485334,-1.4095725
id,0,1,2
1,0.9177646,1.5809696,1.3010399
5,-2.839994,-0.78485334,-1.4095725
id,0,1,2
1,0.9177646,1.5809696,1.3010399
5,-2.839994,-0.78485334,-1.4095725
$ tokvec -w s.csv 4
! tokvec: '4' is not an ID of the table (argument 3); s.csv has 3 IDs, 1 to 5
[2]
$ tokvec -w s.json -f csv 3:4
id,0,1,2
3,-0.401488,0.96657157,-1.148144
$ tokvec -w s.json 1:4
! tokvec: '1:4' names 2, which is not an ID of the table (argument 3); s.json has 3 IDs, 1 to 5
[2]
$ tokvec -w s.safetensors -- -1
! tokvec: '-1' is not an ID of the table (argument 4); 'embeddings' of s.safetensors has 3 IDs, 1 to 5
[2]
$ tokvec -w s.jsonl 0
! tokvec: '0' is not an ID of the table (argument 3); s.jsonl has 3 IDs, 1 to 5
[2]
$ for f in csv tsv jsonl json safetensors; do tokvec weight -w s.$f -f csv; done | sort | uniq -c
     10 1,0.9177646,1.5809696,1.3010399
      5 3,-0.401488,0.96657157,-1.148144
      5 5,-2.839994,-0.78485334,-1.4095725
      5 id,0,1,2
$ for f in text json npy raw vec; do tokvec -w s.csv -f $f 3 1 | sed 's/s.csv/FILE/' > a; tokvec -w s.safetensors -f $f 3 1 | sed 's/s.safetensors/FILE/; s/, "tensor": "embeddings"//' > b; cmp a b; done
--

# Nested, one, none; more than one thread; streams.

$ echo '[[5, 1], [3, 1]]' | tokvec -f json -o n.json; echo '[[5, 1], [3, 1]]' | tokvec -f safetensors -o n.safetensors
$ tokvec -w n.json -f csv 1 3; tokvec -w n.safetensors -f csv 1 3
id,0,1,2
1,0.9177646,1.5809696,1.3010399
3,-0.401488,0.96657157,-1.148144
id,0,1,2
1,0.9177646,1.5809696,1.3010399
3,-0.401488,0.96657157,-1.148144
$ tokvec -f json -o none.json < /dev/null; tokvec -w none.json 0
! tokvec: '0' is out of range (argument 3); none.json has no rows
[2]
$ echo 'tensor(4)' | tokvec -f safetensors -o one.safetensors; tokvec -w one.safetensors -f csv 4
id,0,1,2
4,-1.1588678,0.325471,-0.63150537
$ tokvec -n 3000 -d 64 -f csv -o big.csv 2999:3000 $(seq 1 2 2999)
$ seq 1 2 2999 | tokvec -w big.csv -f jsonl -j 8 | cksum; seq 1 2 2999 | tokvec -n 3000 -d 64 -f jsonl | cksum
3165250688 1179801
3165250688 1179801
--

# Tokens: the file's own belong to its rows, those of another vocabulary to the IDs. A row of a word
# outside the vocabulary has no ID.

$ printf '{"id": 7, "token": "a", "vector": [1, 2]}\n{"id": null, "token": "b", "vector": [3, 4]}\n{"id": 2, "token": "c", "vector": [5, 6]}\n' > t.jsonl
$ tokvec -w t.jsonl -f csv b c 7
id,token,0,1
,b,3.0,4.0
2,c,5.0,6.0
7,a,1.0,2.0
$ tokvec weight -w t.jsonl -f safetensors -o t.safetensors && tokvec weight -w t.safetensors -f csv
id,0,1
7,1.0,2.0
,3.0,4.0
2,5.0,6.0
$ printf 'zero\none\ntwo\nthree\nfour\nfive\nsix\nseven\n' > v.txt
$ tokvec weight -w t.safetensors --vocab v.txt -f csv
id,token,0,1
7,seven,1.0,2.0
,,3.0,4.0
2,two,5.0,6.0
$ tokvec -w t.safetensors --vocab v.txt -f csv seven two 2
id,token,0,1
7,seven,1.0,2.0
2,two,5.0,6.0
2,two,5.0,6.0
$ tokvec -w t.safetensors --vocab v.txt six
! tokvec: 'six' has the ID 6, which the table does not have (argument 5); 'embeddings' of t.safetensors has 2 IDs, 2 to 7
[2]
$ printf '{"id": null, "token": "b", "vector": [3, 4]}\n' > u.jsonl; tokvec -w u.jsonl 0; tokvec -w u.jsonl -f csv b
id,token,0,1
,b,3.0,4.0
! tokvec: '0' is not an ID of the table (argument 3); the rows of u.jsonl have no IDs, only tokens
--

# What is no ID, and IDs that are not as many as the vectors.

$ printf 'id,0,1\n3,1,2\n-4,1,2\n' > bad.csv; tokvec -w bad.csv 3
! tokvec: '-4' is not a token ID (bad.csv, line 3, column 1); the file is damaged or of another kind; fetch or save it again
[2]
$ printf 'id,0,1\n3,1,2\n1.5,1,2\n' > bad.csv; tokvec -w bad.csv 3
! tokvec: '1.5' is not a token ID (bad.csv, line 3, column 1); the file is damaged or of another kind; fetch or save it again
[2]
$ printf 'id,0,1\n3,1,2\n99999999999999999999,1,2\n' > bad.csv; tokvec -w bad.csv 3
! tokvec: '99999999999999999999' is not a token ID (bad.csv, line 3, column 1); the file is damaged or of another kind; fetch or save it again
[2]
$ printf '{"ids": [1], "vectors": [[1, 2], [3, 4]]}' > bad.json; tokvec -w bad.json 1
! tokvec: there is not one ID for each vector (bad.json, line 1, column 9); correct it, or what it contradicts
[2]
$ printf '{"ids": [1, "x"], "vectors": [[1, 2], [3, 4]]}' > bad.json; tokvec -w bad.json 1
! tokvec: the ID is text, but one before it is a number (bad.json, line 1, column 13); correct it, or what it contradicts
[2]
$ printf '{"ids": [[1], [2]], "vectors": [[1, 2], [3, 4]]}' > bad.json; tokvec -w bad.json 1
! tokvec: there is not one ID for each vector (bad.json, line 1, column 9); correct it, or what it contradicts
[2]
$ printf '{"id": 1, "vector": [1, 2]}\n{"id": -1, "vector": [1, 2]}\n' > bad.jsonl; tokvec -w bad.jsonl 1
! tokvec: the ID is not an integer from 0 to 2^63-1 (bad.jsonl, line 2, column 8); correct it, or what it contradicts
[2]
--
