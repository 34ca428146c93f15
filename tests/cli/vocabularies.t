# Text with a rule of its own on every line: read by the rule, or refused by it.

$ printf 'IQ== 0\nYQ== 1\nIHdvcmxk 2\n44E= 3\n' > x.tiktoken; tokvec list --tokens x.tiktoken
0	!
1	a
2	 world
3	<0xE3><0x81>
$ tokvec -n 4 -d 1 --vocab x.tiktoken -f csv ' world'
id,token,0
2, world,-0.3696345
$ printf "1 'a' 1\n2 b'\\\\xe3\\\\x81' 2\n3 '\\\\n' 1\n" > rwkv.txt; tokvec list --tokens rwkv.txt
1	a
2	<0xE3><0x81>
3	\n
$ printf '<eps> 0\nthe 2\nof 1\n' > words.txt; tokvec list --tokens words.txt
0	<eps>
1	of
2	the
$ printf 'the 9\nof 5\n' > vocab.txt; tokvec list --tokens vocab.txt; cp vocab.txt dict.txt; tokvec list --tokens dict.txt
0	the
1	of
0	<s>
1	<pad>
2	</s>
3	<unk>
4	the
5	of
$ printf '</s>: 0\n"\\u2581the": 1\n' > vocab.yml; tokvec list --tokens vocab.yml
0	</s>
1	 the
$ printf -- '- a\n- b: 1\n' > other.yml; tokvec list --tokens other.yml
! tokvec: the file is YAML other than tokens with IDs (other.yml); write a vocab.json, an object from token to ID
[2]
$ printf '@@UNKNOWN@@\nthe\n' > tokens.txt; tokvec list --tokens tokens.txt
0	@@PADDING@@
1	@@UNKNOWN@@
2	the
$ printf '#version: 0.2\nt h\n' > merges.txt; tokvec list --tokens merges.txt
! tokvec: the file is a list of merges, not of tokens (merges.txt); name the vocab.json or tokenizer.json beside it
[2]
$ printf "'the_'\n'of_'\n" > t2t.vocab; tokvec list --tokens t2t.vocab
! tokvec: each line is in quotes, as in the subwords of tensor2tensor (t2t.vocab); write a vocab.json, an object from token to ID
[2]
$ printf 'token,id\nthe,1\nof,0\n' > table.csv; tokvec list --tokens table.csv
! tokvec: each line is a token and a number, under a header (table.csv); write a vocab.json, an object from token to ID
[2]
$ printf 'the 0.5\nof 0.2\n' > share.txt; tokvec list --tokens share.txt
! tokvec: each line ends in a number, as no list of tokens does (share.txt); write a vocab.json, an object from token to ID
[2]
$ printf '\n\016\n\005<unk>\025\0\0\0\0\030\002' > spm.model; tokvec list --tokens spm.model
0	<unk>
--
# JSON that is not a vocabulary, or not that of the table.

$ echo '[1, 2, 3]' > numbers.json; tokvec list --tokens numbers.json
! tokvec: the file is a list of numbers, not a vocabulary (numbers.json); name a tokenizer.json, vocab.json or vocab.txt
[2]
$ echo '{"n_layers": 2, "vocab_size": 5}' > params.json; tokvec list --tokens params.json
! tokvec: the file is the configuration of a model, not a vocabulary (params.json); name the tokenizer.json beside it
[2]
$ echo '["a", "b", "c"]' > list.json; tokvec -n 3 -d 1 --vocab list.json -f csv b
id,token,0
1,b,0.120362945
$ tokvec -n 2 -d 1 --vocab list.json -f csv 1
! tokvec: the vocabulary has 3 tokens, but the table has only 2 rows (list.json); name a vocabulary that gives an ID to each token
[2]
$ cp list.json strings.json; tokvec list --tokens strings.json
! tokvec: the file is a list of strings of spaCy, not the words of its vectors (strings.json); name key2row beside it, or the folder of both
[2]
$ printf '\xef\xbb\xbf{"a": 1, "b": 0, "a": 2}' > bom.json; tokvec list --tokens bom.json
0	b
2	a
--
# IDs past the last row: the others keep their labels.

$ echo '{"a": 0, "b": 1, "c": 5, "d": 6}' > beyond.json; tokvec -n 3 -d 1 --vocab beyond.json -f csv b
id,token,0
1,b,0.120362945
! tokvec: warning: the vocabulary has token IDs up to 6, the table has only 3 rows
$ tokvec -n 6 -d 1 --vocab beyond.json -f csv a >/dev/null
! tokvec: warning: the vocabulary has token IDs up to 6, the table has only 6 rows
$ tokvec -n 3 -d 1 --vocab beyond.json -f csv d
! tokvec: 'd' has the ID 6, which is out of range (argument 9); valid are 0 to 2 in the seeded table (seed 123, vocabulary 3, dimension 1)
[2]
$ tokvec -n 7 -d 1 --vocab beyond.json -f csv d
id,token,0
6,d,-0.972355
--
# Added tokens in files beside a vocabulary count where an ID has none.

$ mkdir model; echo '{"a": 0, "b": 1}' > model/vocab.json; echo '{"<x>": 2, "a": 3, "<z>": 1}' > model/added_tokens.json; tokvec list --tokens model
0	a
1	b
2	<x>
$ echo '{"added_tokens_decoder": {"4": {"content": "<y>"}}}' > model/tokenizer_config.json; tokvec list --tokens model
0	a
1	b
4	<y>
$ echo '{"added_tokens_decoder": {"x": {"content": "<y>"}}}' > model/tokenizer_config.json; tokvec list --tokens model
! tokvec: the JSON: an added token without ID or content (model/tokenizer_config.json, byte 30); the file is damaged or of another kind; fetch or save it again
[2]
$ rm model/*.json; cp spm.model model/tokenizer.model; cp $TESTS/models/sharded/* model; tokvec -w model -f csv 13 --as float32
id,token,0,1,2,3
13,,0.0033721924,-0.022460938,-0.0025787354,0.013916016
$ tokvec -w model the
! tokvec: the vocabulary does not have the token 'the' (argument 3); see the tokens with tokvec list --tokens
[2]
