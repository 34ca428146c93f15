# Tokens in the place of their IDs.

$ tokvec -n 20 --vocab $TESTS/vocab/encoder.json ' the' 8 Paris
tensor([[ 1.3010,  1.2753, -0.2010],
        [ 0.4965, -1.5723,  0.9666],
        [-0.6315, -2.8400, -1.3250]], grad_fn=<EmbeddingBackward0>)
$ tokvec -n 20 -d 1 --vocab $TESTS/vocab/encoder.json -f jsonl ' the' 7 Ġthe '<0xE6>' 2
{"id": 7, "token": " the", "vector": [-0.2009531]}
{"id": 7, "token": " the", "vector": [-0.2009531]}
{"id": 7, "token": " the", "vector": [-0.2009531]}
{"id": 13, "token": "<0xE6>", "vector": [0.325471]}
{"id": 2, "token": "\n", "vector": [-0.3035276]}
$ printf 'the "Ġthe" "\\u00e9" [" Paris", 5]' | tokvec -n 20 -d 1 --vocab $TESTS/vocab/encoder.json -f csv
id,token,0
8,the,-0.16056378
7, the,-0.2009531
11,é,-1.8060527
9, Paris,-0.401488
5,",",1.3010399
$ printf '[["the", 0], [42, !]]' | tokvec -n 50 -d 1 --vocab $TESTS/vocab/encoder.json -f json
{"source": {"seed": 123, "vocab_size": 50, "dim": 1},
 "dtype": "float32",
 "shape": [2, 2, 1],
 "ids": [[8, 0], [42, 0]],
 "tokens": [["the", "!"], [null, "!"]],
 "vectors": [[[0.76710707],
  [0.3373702]],
  [[-0.28084245],
  [0.3373702]]]}
$ printf ' the\n42\n "quoted"\n,\n' | tokvec -n 20 -d 1 --vocab $TESTS/vocab/encoder.json -f tsv --tokens
id	token	0
7	 the	-0.2009531
16	42	-0.78485334
15	 "quoted"	-2.839994
5	,	1.3010399
$ tokvec -n 20 -d 1 --vocab $TESTS/vocab/encoder.json -f jsonl --tokens 42
{"id": 16, "token": "42", "vector": [-0.78485334]}
$ tokvec -n 20 -d 1 --vocab $TESTS/vocab/encoder.json --ids the
! tokvec: 'the' is not an integer (argument 8); token IDs are decimal integers such as 0 or 15496
[2]
$ tokvec -n 20 -d 1 --vocab $TESTS/vocab/encoder.json --ids --tokens the
! tokvec: the input cannot be all tokens and all IDs; choose one of --tokens and --ids
[2]
$ tokvec -n 20 -d 1 --vocab $TESTS/vocab/encoder.json --raw-tokens -f jsonl Ġthe 13
{"id": 7, "token": "Ġthe", "vector": [-0.2009531]}
{"id": 13, "token": "æ", "vector": [0.325471]}
$ tokvec -n 20 -d 1 --vocab $TESTS/vocab/encoder.json --raw-tokens ' the'
! tokvec: the vocabulary does not have the token ' the' (argument 8); did you mean 'the'?
[2]
$ tokvec -n 20 -d 1 --vocab $TESTS/vocab/encoder.json --no-labels -f jsonl ' the'
{"id": 7, "vector": [-0.2009531]}
$ tokvec -n 20 -d 1 --vocab $TESTS/vocab/encoder.json , -f jsonl
{"id": 5, "token": ",", "vector": [1.3010399]}
$ tokvec -n 20 -d 1 --vocab $TESTS/vocab/encoder.json 4:7 : -f jsonl
{"id": 4, "token": "\\", "vector": [1.5809696]}
{"id": 5, "token": ",", "vector": [1.3010399]}
{"id": 6, "token": " ", "vector": [1.2753012]}
{"id": 19, "token": ":", "vector": [0.7953261]}
--
# Unknown tokens, and tokens out of range.

$ tokvec -n 20 --vocab $TESTS/vocab/encoder.json ' Pariss'
! tokvec: the vocabulary does not have the token ' Pariss' (argument 5); did you mean ' Paris'?
[2]
$ tokvec -n 20 --vocab $TESTS/vocab/encoder.json naïve
! tokvec: the vocabulary does not have the token 'naïve' (argument 5); did you mean ' naïve'?
[2]
$ tokvec -n 20 --vocab $TESTS/vocab/encoder.json 0 xyzzy
! tokvec: the vocabulary does not have the token 'xyzzy' (argument 6); see the tokens with tokvec list --tokens
[2]
$ printf '1\n2 xyzzy 3' | tokvec -n 20 -d 1 --vocab $TESTS/vocab/encoder.json -f csv
id,token,0
1,"""",-0.17777722
2,"
",-0.3035276
! tokvec: the vocabulary does not have the token 'xyzzy' (standard input, line 2, column 3); see the tokens with tokvec list --tokens
[2]
$ printf '1\n2 xyzzy 3' | tokvec -n 20 -d 1 --vocab $TESTS/vocab/encoder.json -f vec
! tokvec: the vocabulary does not have the token 'xyzzy' (standard input, line 2, column 3); see the tokens with tokvec list --tokens
[2]
$ tokvec -n 5 --vocab $TESTS/vocab/encoder.json ' the'
! tokvec: ' the' has the ID 7, which is out of range (argument 5); valid are 0 to 4 in the seeded table (seed 123, vocabulary 5, dimension 3)
[2]
$ printf '1 "the' | tokvec -n 20 --vocab $TESTS/vocab/encoder.json
! tokvec: '"the' has no closing quote (standard input, line 1, column 3); close the quote
[2]
$ printf '1 "the\n" 2' | tokvec -n 20 --vocab $TESTS/vocab/encoder.json
! tokvec: '"the' has no closing quote (standard input, line 1, column 3); a token in quotes ends on its line
[2]
$ printf '1 "\\x" 2' | tokvec -n 20 --vocab $TESTS/vocab/encoder.json
! tokvec: '"\x"' is not a valid JSON string (standard input, line 1, column 3); unknown escape in a string
[2]
$ head -c 5000 /dev/zero | tr '\0' x | tokvec -n 20 --vocab $TESTS/vocab/encoder.json
! tokvec: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...' is too long for a token (standard input, line 1, column 1); no model has tokens that long
[2]
$ tokvec three
! tokvec: 'three' is not an integer (argument 1); token IDs are decimal integers such as 0 or 15496; for tokens, name a vocabulary with --vocab
[2]
$ tokvec --tokens 3
! tokvec: --tokens needs a vocabulary; name one with --vocab FILE
[2]
$ tokvec --vocab nowhere.json 3
! tokvec: cannot open: No such file or directory (nowhere.json); check the name
[2]
$ tokvec --vocab $TESTS/vocab/make_vocab.py 3 -f csv
id,token,0,1,2
3,alphabet.txt has a line for each byte: its number and the character that GPT-2's byte-level BPE,-0.401488,0.96657157,-1.148144
! tokvec: warning: the vocabulary has token IDs up to 127, the table has only 6 rows
$ echo '{"a": 0, "b": x}' > bad.json; tokvec --vocab bad.json a
! tokvec: the JSON: not a JSON number (bad.json, byte 14); the file is damaged or of another kind; fetch or save it again
[2]
$ tokvec --vocab bad.json 3 -f npy | wc -c
140
--
# Labels in every format that has them.

$ tokvec -n 22 -d 2 --vocab $TESTS/vocab/byte_level.tokenizer.json -f csv 1 2 4 5 7 13 15 19 21
id,token,0,1
1,"""",-0.3035276,-0.58801186
2,"
",0.3486052,0.66034096
4,\,0.76710707,-1.192502
5,",",0.6983519,-1.4097229
7, the,0.49544638,0.26919857
13,<0xE6>,0.96657157,-1.148144
15," ""quoted""",-0.96199805,1.2824754
19,<|end of text|>,0.41351023,0.28916928
21,,-0.28084245,0.76967627
$ tokvec -n 22 -d 2 --vocab $TESTS/vocab/byte_level.tokenizer.json -f tsv 1 2 3 4 7 13 15 17 19 21
id	token	0	1
1	"	-0.3035276	-0.58801186
2	\n	0.3486052	0.66034096
3	\t	-0.21963762	-0.37916982
4	\\	0.76710707	-1.192502
7	 the	0.49544638	0.26919857
13	<0xE6>	0.96657157	-1.148144
15	 "quoted"	-0.96199805	1.2824754
17	\x00	-1.477942	1.133107
19	<|end of text|>	0.41351023	0.28916928
21		-0.28084245	0.76967627
$ tokvec -n 22 -d 2 --vocab $TESTS/vocab/byte_level.tokenizer.json -f jsonl 1 2 4 7 13 17 21
{"id": 1, "token": "\"", "vector": [-0.3035276, -0.58801186]}
{"id": 2, "token": "\n", "vector": [0.3486052, 0.66034096]}
{"id": 4, "token": "\\", "vector": [0.76710707, -1.192502]}
{"id": 7, "token": " the", "vector": [0.49544638, 0.26919857]}
{"id": 13, "token": "<0xE6>", "vector": [0.96657157, -1.148144]}
{"id": 17, "token": "\u0000", "vector": [-1.477942, 1.133107]}
{"id": 21, "token": null, "vector": [-0.28084245, 0.76967627]}
$ tokvec -n 22 -d 2 --vocab $TESTS/vocab/byte_level.tokenizer.json -f json 1 7 13 17 21
{"source": {"seed": 123, "vocab_size": 22, "dim": 2},
 "dtype": "float32",
 "shape": [5, 2],
 "ids": [1, 7, 13, 17, 21],
 "tokens": ["\"", " the", "<0xE6>", "\u0000", null],
 "vectors": [[-0.3035276, -0.58801186],
  [0.49544638, 0.26919857],
  [0.96657157, -1.148144],
  [-1.477942, 1.133107],
  [-0.28084245, 0.76967627]]}
$ tokvec -n 22 -d 2 --vocab $TESTS/vocab/byte_level.tokenizer.json -f vec 1 2 7 13 19 21
6 2
" -0.3035276 -0.58801186
Ċ 0.3486052 0.66034096
Ġthe 0.49544638 0.26919857
æ 0.96657157 -1.148144
<|end<0x20>of<0x20>text|> 0.41351023 0.28916928
<0x> -0.28084245 0.76967627
$ tokvec -d 2 -f vec 1 2
2 2
1 -0.3696345 -0.24041797
2 -1.1969243 0.20926936
$ echo '[[1, 2], [3]]' | tokvec -d 2 -f vec
! tokvec: lists of one level have different lengths (standard input, line 1, column 12); nested IDs must form a rectangle, as a tensor does
[2]
$ tokvec -d 2 -f vec </dev/null
0 2
$ tokvec weight -n 3 -d 2 --vocab $TESTS/vocab/vocab.txt -f csv
id,token,0,1
0,[PAD],-0.111467116,0.120362945
1,[UNK],-0.3696345,-0.24041797
2,[CLS],-1.1969243,0.20926936
! tokvec: warning: the vocabulary has token IDs up to 17, the table has only 3 rows
$ tokvec weight -n 3 -d 2 --vocab $TESTS/vocab/vocab.txt
Parameter containing:
tensor([[-0.1115,  0.1204],
        [-0.3696, -0.2404],
        [-1.1969,  0.2093]], requires_grad=True)
--
# The token strings of a weights file, and of a model's folder.

$ tokvec -w $TESTS/vocab/gpt2.gguf ' the'
tensor([[3.5000, 3.7500]])
$ tokvec -w $TESTS/vocab/gpt2.gguf -f csv ' the' '<|endoftext|>' 3
id,token,0,1
7, the,3.5,3.75
20,<|endoftext|>,10.0,10.25
3,	,1.5,1.75
$ tokvec -w $TESTS/vocab/llama.gguf -f jsonl ' the' '<0x0A>' 8
{"id": 9, "token": " the", "vector": [4.5, 4.75]}
{"id": 4, "token": "\n", "vector": [2.0, 2.25]}
{"id": 8, "token": " ", "vector": [4.0, 4.25]}
$ tokvec -w $TESTS/vocab/bytes.gguf weight -f csv
! tokvec: 'weight' is not a valid token ID (argument 3); a command comes before everything else: tokvec weight ...
[2]
$ tokvec weight -w $TESTS/vocab/bytes.gguf -f csv
id,token,0,1
0,a,0.0,0.25
1,<0xFF><0xFE>,0.5,0.75
2,,1.0,1.25
3,a,1.5,1.75
$ tokvec -n 22 -d 2 --vocab $TESTS/vocab/gpt2.gguf -f csv ' the'
id,token,0,1
7, the,0.49544638,0.26919857
$ mkdir model; cp $TESTS/models/sharded/* model; cp $TESTS/vocab/vocab.txt model; tokvec -w model -f csv the 3 --as float32
id,token,0,1,2,3
3,the,0.012451172,-0.006958008,-0.011291504,-0.00013637543
3,the,0.012451172,-0.006958008,-0.011291504,-0.00013637543
! tokvec: warning: the vocabulary has token IDs up to 17, the table has only 14 rows
$ tokvec -n 20 -d 1 --vocab model -f csv the
id,token,0
3,the,-0.58801186
$ cp $TESTS/vocab/encoder.json model/vocab.json; tokvec -w model -f csv ' the'
id,token,0,1,2,3
7, the,-0.0016937256,0.015197754,-0.0026550293,0.020263672
! tokvec: warning: the vocabulary has token IDs up to 19, the table has only 14 rows
$ mkdir empty; tokvec --vocab empty a
! tokvec: the folder has no vocabulary (empty); it would be tokenizer.json, vocab.json, tokenizer.model or vocab.txt
[2]
--
# list --tokens

$ tokvec list --tokens $TESTS/vocab/vocab.txt
0	[PAD]
1	[UNK]
2	[CLS]
3	the
4	##s
5	paris
6	Ġ
7	é
8	,
9	##42
10	cat
11	sat
12	on
13	mat
14	and
15	##ing
16	of
17	to
$ tokvec list --tokens $TESTS/vocab/gpt2.gguf
0	!
1	"
2	\n
3	\t
4	\\
5	,
6	 
7	 the
8	the
9	 Paris
10	Paris
11	é
12	 日
13	<0xE6>
14	<0xA5>
15	 "quoted"
16	42
17	\x00
18	 naïve
19	:
20	<|endoftext|>
$ tokvec list --tokens --raw-tokens $TESTS/vocab/gpt2.gguf | sed -n '8p;13p'
7	Ġthe
12	ĠæĹ¥
$ cp $TESTS/vocab/escaped.json . && tokvec list --tokens -f json escaped.json
{"file": "escaped.json",
 "tokens": [
  {"id": 0, "token": "a\"\\/\u0008\u000c\n\r\t"},
  {"id": 1, "token": " the"},
  {"id": 3, "token": "😀"},
  {"id": 7, "token": "\u0000"},
  {"id": 1000000007, "token": " "}]}
$ tokvec list --tokens $TESTS/gguf/f16.gguf
0	<s>
1	the
2	 world
3	caf<0xE9>
4	日本
5	
6	two words\nnext
7	🙂
8	"quoted\\"
9	a,b\tc
10	<0x0A>
11	[]{}
$ cp $TESTS/safetensors/vector.safetensors . && tokvec list --tokens vector.safetensors
! tokvec: the file has no token strings (vector.safetensors); name the model's tokenizer.json, vocab.json or vocab.txt
[2]
