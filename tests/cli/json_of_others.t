# JSON lines and JSON as other programs write them.

$ printf '{"word": "the", "embedding": [0.5, 0.25]}\n{"word": "of", "embedding": [1.5, 2.25]}\n' > a.jsonl; tokvec -w a.jsonl -f csv of
id,token,0,1
1,of,1.5,2.25
$ printf '{"id": "d0", "document": "a b", "embedding": [0.5, 0.25], "metadata": {"p": [[1]]}}\n' > a.jsonl; tokvec weight -w a.jsonl -f csv
id,token,0,1
0,a b,0.5,0.25
$ printf '{"id": 9, "values": [0.5, 0.25]}\n{"id": 4, "values": [1, 2]}\n' > a.jsonl; tokvec -w a.jsonl -f csv 4
id,0,1
4,1.0,2.0
$ printf '[0.5, 0.25]\n[1.5, 2.25]\n' > a.jsonl; tokvec weight -w a.jsonl -f csv
id,0,1
0,0.5,0.25
1,1.5,2.25
$ printf '[0.5, 0.25]\n' > a.json; tokvec weight -w a.json
Parameter containing:
tensor([[0.5000, 0.2500]])
$ printf '[[0.5, 0.25],\n[1.5, 2.25]]\n' > a.json; tokvec weight -w a.json
Parameter containing:
tensor([[0.5000, 0.2500],
        [1.5000, 2.2500]])
$ printf '{"ids": ["x", "y"], "vectors": [[0.5, 0.25], [1, 2]]}\n' > a.json; tokvec -w a.json -f csv 1
id,token,0,1
1,y,1.0,2.0
--

# What is not read, and what to do.

$ printf '[0.5, 0.25]\n[1.5]\n' > a.jsonl; tokvec weight -w a.jsonl
! tokvec: the list is shorter than those before it (a.jsonl, line 2, column 5); correct it, or what it contradicts
[2]
$ printf '[0.5, 0.25]\n{"vector": [[1]]}\n' > a.jsonl; tokvec weight -w a.jsonl
! tokvec: something after the JSON value (a.jsonl, line 2, column 1); write JSON values that follow one another one a line, as with jq -c .
[2]
$ printf '[{"word": "the", "embedding": [0.5, 0.25]}]' > a.json; tokvec weight -w a.json
! tokvec: the JSON is neither a table of numbers nor an index of weights (a.json, line 1, column 2); write the objects one a line, as with jq -c '.[]'
[2]
$ printf '{"object": "list", "data": [{"index": 0, "embedding": [0.5, 0.25]}]}' > a.json; tokvec weight -w a.json
! tokvec: the JSON is neither a table of numbers nor an index of weights (a.json, line 1, column 12); of an answer of an embedding service take the vectors alone, as with jq -c '.data | sort_by(.index)[].embedding'
[2]
$ printf '{\n"vector": [1, 2]\n}\n{\n"vector": [1, 2]\n}\n' > a.json; tokvec weight -w a.json
! tokvec: something after the JSON value (a.json, line 4, column 1); write JSON values that follow one another one a line, as with jq -c .
[2]
$ printf '{"vector": [1, 2]} {"vector": [1, 2]}\n' > a.json; tokvec weight -w a.json
! tokvec: something after the JSON value (a.json, line 1, column 20); write JSON values that follow one another one a line, as with jq -c .
[2]
$ printf '[[1, 2]] x' > a.json; tokvec weight -w a.json
! tokvec: something after the JSON value (a.json, line 1, column 10); the file is damaged or of another kind; fetch or save it again
[2]
$ printf '[[1, NaN]]' > a.json; tokvec weight -w a.json
! tokvec: NaN and Infinity are not valid JSON, though Python writes them (a.json, line 1, column 6); the file is damaged or of another kind; fetch or save it again
[2]
--
