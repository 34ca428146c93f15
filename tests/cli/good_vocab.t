# Vocabularies that do not fit the table exactly.

$ cd $TESTS/good/marian-vocab-json-not-spm; tokvec -w marian -f csv ' the' ' of' 's'
id,token,0,1
100, the,100.0,25.0
83, of,83.0,20.75
12,s,12.0,3.0
$ cd $TESTS/good/vocab-fewer-than-rows; tokvec -w m.safetensors --vocab padded.json 7 -f jsonl
{"id": 7, "token": null, "vector": [6.0, 6.25, 6.5, 6.75]}
$ cd $TESTS/good/vocab-only-added; tokvec -w m.safetensors --vocab onlyadded.json my-place-holder -f jsonl
{"id": 0, "token": "my-place-holder", "vector": [-1.0, -0.75, -0.5, -0.25]}
$ cd $TESTS/good/vocab-token-beyond-rows; tokvec -w m.safetensors --vocab beyond.json '▁<PRE>'
! tokvec: '▁<PRE>' has the ID 8, which is out of range (argument 5); valid are 0 to 7 in 'wte.weight' of m.safetensors
[2]
$ cd $TESTS/good/vocab-token-twice; tokvec -w m.safetensors --vocab dup.txt '<unk>' '<s>' -f jsonl
{"id": 3, "token": "<unk>", "vector": [2.0, 2.25, 2.5, 2.75]}
{"id": 0, "token": "<s>", "vector": [-1.0, -0.75, -0.5, -0.25]}
