# Vocabularies whose lines keep to a rule: read by it, or refused by name, never "one token a line".

$ cp -r $TESTS/rules .
$ cd rules && for f in ranks.tiktoken rwkv.txt dict.txt counts.txt symbols.txt marian.yml padded.txt base64_words.txt bom.json; do echo "# $f"; tokvec -w rows.safetensors --vocab $f 0:8 -f jsonl | cut -d, -f1,2; done
# ranks.tiktoken
{"id": 0, "token": "!"
{"id": 1, "token": "a"
{"id": 2, "token": " world"
{"id": 3, "token": "<0xE3><0x81>"
{"id": 4, "token": "the"
{"id": 5, "token": "b"
{"id": 6, "token": "\n"
{"id": 7, "token": "  "
# rwkv.txt
{"id": 0, "token": null
{"id": 1, "token": "\u0000"
{"id": 2, "token": "\n"
{"id": 3, "token": "'"
{"id": 4, "token": "\""
{"id": 5, "token": "\\"
{"id": 6, "token": "<0xE3><0x81>"
{"id": 7, "token": " the"
# dict.txt
{"id": 0, "token": "<s>"
{"id": 1, "token": "<pad>"
{"id": 2, "token": "</s>"
{"id": 3, "token": "<unk>"
{"id": 4, "token": "river"
{"id": 5, "token": "stone"
{"id": 6, "token": "winter"
{"id": 7, "token": "garden"
# counts.txt
{"id": 0, "token": "river"
{"id": 1, "token": "stone"
{"id": 2, "token": "winter"
{"id": 3, "token": "garden"
{"id": 4, "token": "yellow"
{"id": 5, "token": "morning"
{"id": 6, "token": "travel"
{"id": 7, "token": "silver"
# symbols.txt
{"id": 0, "token": "<eps>"
{"id": 1, "token": "<blk>"
{"id": 2, "token": "the"
{"id": 3, "token": "of"
{"id": 4, "token": "#0"
{"id": 5, "token": null
{"id": 6, "token": null
{"id": 7, "token": null
# marian.yml
{"id": 0, "token": "</s>"
{"id": 1, "token": "<unk>"
{"id": 2, "token": " the"
{"id": 3, "token": "\""
{"id": 4, "token": " of"
{"id": 5, "token": null
{"id": 6, "token": null
{"id": 7, "token": null
# padded.txt
{"id": 0, "token": "@@PADDING@@"
{"id": 1, "token": "@@UNKNOWN@@"
{"id": 2, "token": "the"
{"id": 3, "token": "of"
{"id": 4, "token": "\n"
{"id": 5, "token": null
{"id": 6, "token": null
{"id": 7, "token": null
# base64_words.txt
{"id": 0, "token": "IQ=="
{"id": 1, "token": "YQ=="
{"id": 2, "token": "the"
{"id": 3, "token": null
{"id": 4, "token": null
{"id": 5, "token": null
{"id": 6, "token": null
{"id": 7, "token": null
# bom.json
{"id": 0, "token": "<pad>"
{"id": 1, "token": "the"
{"id": 2, "token": " world"
{"id": 3, "token": "!"
{"id": 4, "token": "a"
{"id": 5, "token": "b"
{"id": 6, "token": "<|end|>"
{"id": 7, "token": null
$ cd rules && for f in quoted.vocab merges.txt bpe.txt; do tokvec -w rows.safetensors --vocab $f 0 -f csv && echo wrong; done
! tokvec: each line is in quotes, as in the subwords of tensor2tensor (quoted.vocab); write a vocab.json, an object from token to ID
! tokvec: the file is a list of merges, not of tokens (merges.txt); name the vocab.json or tokenizer.json beside it
! tokvec: the file is a list of merges, not of tokens (bpe.txt); name the vocab.json or tokenizer.json beside it
[2]
--

# Spelling: found by text, in the order in which tokenizers look.

$ cp -r $TESTS/rules . && cd rules && tokvec -w rows.safetensors --vocab ranks.tiktoken ' world' '<0xE3><0x81>' -f csv
id,token,0
2, world,2.0
3,<0xE3><0x81>,3.0
$ cp -r $TESTS/rules . && cd rules && tokvec -w rows.safetensors --vocab added.json café 'ñandú' 'Ġb' -f csv
id,token,0
8,café,8.0
9,ñandú,9.0
13,Ġb,13.0
! tokvec: warning: the vocabulary has token IDs up to 16, the table has only 16 rows
$ cp -r $TESTS/rules . && cd rules && tokvec -w rwkv.gguf 中 ' é' 11 8 -f csv
id,token,0,1
7,中,7.0,7.5
13, é,13.0,13.5
11,\,11.0,11.5
8,<0xE4><0xB8>,8.0,8.5
$ cp -r $TESTS/rules . && cd rules && tokvec -w rows.safetensors --vocab duplicates.json a b d -f csv
id,token,0
3,a,3.0
1,b,1.0
4,c,4.0
--

# A line that is not as all others; counts that are neither; IDs of another vocabulary for words.

$ printf 'IQ== 0\nYQ== 1\nYg== 1\n' > twice && tokvec -w $TESTS/rules/rows.safetensors --vocab twice 0 -f csv
! tokvec: the numbers after the tokens are not their ranks (twice); in a tiktoken file each rank occurs once; if they are counts, write a vocab.json, an object from token to ID
[2]
$ printf 'the 5\nof 90\nand 7\n' > neither && tokvec -w $TESTS/rules/rows.safetensors --vocab neither 0 -f csv
! tokvec: each line is a word and a number, and the numbers are neither IDs nor counts that fall (neither); write a vocab.json, an object from token to ID
[2]
$ printf '13 850\n262 800\n11 700\n' > dict.txt && tokvec -w $TESTS/rules/rows.safetensors --vocab dict.txt 0 -f csv
! tokvec: the words are numbers, the token IDs of another vocabulary (dict.txt); name the vocab.json or encoder.json of the model
[2]
$ for i in $(seq 40); do echo "w$i $i"; done > odd && echo none >> odd && tokvec -w $TESTS/rules/rows.safetensors --vocab odd 0 -f csv
! tokvec: the line does not have what all others have: a word and a number (odd, line 41); correct it, or name the model's tokenizer.json or vocab.json
[2]
$ printf "1 'a' 1\n2 'bc' 3\n" > rwkv && tokvec -w $TESTS/rules/rows.safetensors --vocab rwkv 1 -f csv
! tokvec: the token has another length than the line says (rwkv, line 2, column 1); the file is damaged or of another kind; fetch or save it again
[2]
$ printf 'the,0\nof,1\n' > commas && tokvec -w $TESTS/rules/rows.safetensors --vocab commas 0 -f csv
! tokvec: each line ends in a number, as no list of tokens does (commas); write a vocab.json, an object from token to ID
[2]
$ printf '[UNK]\n2004\n:\n"\nn 1\n' > plain && tokvec -w $TESTS/rules/rows.safetensors --vocab plain 'n 1' 2 3 -f csv
id,token,0
4,n 1,4.0
2,:,2.0
3,"""",3.0
--
