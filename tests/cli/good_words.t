# Word vectors as other programs write them.

$ cd $TESTS/good/binary-cut; tokvec weight -w trunc.bin
! tokvec: the file is cut in the vector of word 3 (trunc.bin, byte 69); the file is damaged or of another kind; fetch or save it again
[2]
$ cd $TESTS/good/doc2vec-tags-and-words; tokvec -w d2v.vec -f jsonl --tokens '*dt_0' >/dev/null && tokvec -w d2v.bin -f jsonl --tokens '*dt_3' the >/dev/null && echo found
found
$ cd $TESTS/good/glove-merge-conflict-markers; tokvec -w conflict.txt the
! tokvec: the line is not a word and as many numbers as others have (conflict.txt, line 1, column 1); the file is damaged or of another kind; fetch or save it again
[2]
$ cd $TESTS/good/label-among-words; tokvec -w sg.bin __label__
! tokvec: '__label__' is a label of the model and has no vector (sg.bin); look up a word of its vocabulary, not a label
[2]
$ cd $TESTS/good/node-ids-as-words; tokvec -w node.emb --tokens 7 12 -f jsonl
{"id": 1, "token": "7", "vector": [1.5, 2.25]}
{"id": 0, "token": "12", "vector": [0.5, 0.25]}
$ cd $TESTS/good/phrases-in-text-format; tokvec -w phrases.vec -f csv 'new york city' the | cut -d, -f1-3
id,token,0
0,new york city,0.12573022
1,the,-0.70373523
$ cd $TESTS/good/trailing-blank-and-crlf; tokvec weight -w crlf.vec -f jsonl
{"id": 0, "token": "</s>", "vector": [0.5, -0.25, 0.0, 0.0]}
{"id": 1, "token": "b", "vector": [1.5, -1.25, 0.125, 0.001]}
{"id": 2, "token": "c", "vector": [2.5, -2.25, 0.25, 0.002]}
{"id": 3, "token": "d", "vector": [3.5, -3.25, 0.375, 0.003]}
$ cd $TESTS/good/word-is-a-blank; tokvec -w gensim_blank.vec --tokens ' ' -f jsonl
{"id": 1, "token": " ", "vector": [1.5, -1.25, 0.125, 0.001]}
$ cd $TESTS/good/word-missing; tokvec weight -w missing_token.vec
! tokvec: the line has 3 numbers after its word, not 4 (missing_token.vec, line 3, column 1); the file is damaged or of another kind; fetch or save it again
[2]
$ cd $TESTS/good/word2vec-sparse-pairs; tokvec -w ppmi.word of
! tokvec: the line has 2 numbers after its word, not 5 (ppmi.word, line 2, column 1); sparse vectors, pairs of an index and a value, are not read
[2]
$ cd $TESTS/good/words-not-utf8; tokvec weight -w badutf.vec -f jsonl
{"id": 0, "token": "a", "vector": [0.5, -0.25, 0.0, 0.0]}
{"id": 1, "token": "<0xED><0xA0><0xBD><0xED><0xB8><0x80>", "vector": [1.5, -1.25, 0.125, 0.001]}
{"id": 2, "token": "<0xBA>", "vector": [2.5, -2.25, 0.25, 0.002]}
{"id": 3, "token": "caf<0xE9>", "vector": [3.5, -3.25, 0.375, 0.003]}
{"id": 4, "token": "<0xE3><0x81>", "vector": [4.5, -4.25, 0.5, 0.004]}
$ cd $TESTS/good/words-of-tab-and-cr; tokvec weight -w crtok.vec -f jsonl
{"id": 0, "token": "the", "vector": [0.5, 1.0]}
{"id": 1, "token": "\r", "vector": [1.5, 2.0]}
{"id": 2, "token": "\t", "vector": [2.5, 3.0]}
{"id": 3, "token": "a\tb", "vector": [3.5, 4.0]}
$ cd $TESTS/good/words-with-blanks; tokvec -w glove840.txt '. . .' 'at name@domain.com' 2.5 -f jsonl
{"id": 1, "token": ". . .", "vector": [1.5, -1.25, 0.125, 0.001]}
{"id": 2, "token": "at name@domain.com", "vector": [2.5, -2.25, 0.25, 0.002]}
{"id": 6, "token": "2.5", "vector": [6.5, -6.25, 0.75, 0.006]}
