# spaCy's vectors: words by their hashes in key2row, labels out of strings.json. The files are spaCy 3.8's own.

$ cp -r $TESTS/spacy .
$ tokvec -w spacy/model -f csv 0:10
id,token,0,1,2
0,the,0.5,0.0,0.25
1,of,1.5,-1.0,0.25
2,number,2.5,-2.0,0.25
3,naïve,3.5,-3.0,0.25
4,New York,4.5,-4.0,0.25
5,"x""y",5.5,-5.0,0.25
6,42,6.5,-6.0,0.25
7,back\slash,7.5,-7.0,0.25
8,,0.0,0.0,0.0
9,,0.0,0.0,0.0
$ tokvec -w spacy/model -f csv the number naïve 'New York' Alias 'x"y' 'back\slash'
id,token,0,1,2
0,the,0.5,0.0,0.25
2,number,2.5,-2.0,0.25
3,naïve,3.5,-3.0,0.25
4,New York,4.5,-4.0,0.25
1,of,1.5,-1.0,0.25
5,"x""y",5.5,-5.0,0.25
7,back\slash,7.5,-7.0,0.25
$ tokvec -w spacy/model --tokens -f csv 42 number
id,token,0,1,2
6,42,6.5,-6.0,0.25
2,number,2.5,-2.0,0.25
$ tokvec -w spacy/model/vocab -f csv of
id,token,0,1,2
1,of,1.5,-1.0,0.25
$ tokvec -w spacy/model/vocab/vectors -f csv Alias
id,token,0,1,2
1,of,1.5,-1.0,0.25
$ tokvec -w spacy/model/vocab/vectors --vocab spacy/model/vocab -f csv Alias
id,token,0,1,2
1,of,1.5,-1.0,0.25
$ tokvec -w spacy/model/vocab/vectors --vocab spacy/model/vocab/key2row -f csv of
id,token,0,1,2
1,of,1.5,-1.0,0.25
--
# A word of strings.json that has no row, one that is nowhere, and the list itself, which is not one of the rows' words.

$ tokvec -w spacy/model unseen
! tokvec: the vocabulary does not have the token 'unseen' (argument 3); see the tokens with tokvec list --tokens
[2]
$ tokvec -w spacy/model nowhere
! tokvec: the vocabulary does not have the token 'nowhere' (argument 3); see the tokens with tokvec list --tokens
[2]
$ tokvec -w spacy/model/vocab/vectors --vocab spacy/model/vocab/strings.json -f csv 0
! tokvec: the file is a list of strings of spaCy, not the words of its vectors (spacy/model/vocab/strings.json); name key2row beside it, or the folder of both
[2]
--
# Without strings.json words can be looked up, rows have no labels but for spaCy's own names.

$ mkdir bare && cp spacy/model/vocab/key2row spacy/model/vocab/vectors bare
$ tokvec -w bare -f csv naïve 2
id,token,0,1,2
3,,3.5,-3.0,0.25
2,number,2.5,-2.0,0.25
$ echo '["the", 1]' > bare/strings.json; tokvec -w bare of; tokvec -w bare -f csv of
tensor([[ 1.5000, -1.0000,  0.2500]])
id,token,0,1,2
1
(no newline)
! tokvec: the JSON: expected a string (bare/strings.json, byte 8); the file is damaged or of another kind; fetch or save it again
[2]
$ tokvec list --tokens bare; tokvec check bare; tokvec -w bare nowhere
FINDING  LEVEL  TENSOR  ID  TOKEN  DETAIL
file     error  -        -  -      the JSON: expected a string (bare/strings.json, byte 8)
! tokvec: the JSON: expected a string (bare/strings.json, byte 8); the file is damaged or of another kind; fetch or save it again
! tokvec: the vocabulary does not have the token 'nowhere' (argument 3); see the tokens with tokvec list --tokens
[2]
$ rm bare/strings.json; tokvec list --tokens bare; tokvec check bare; tokvec -w bare nowhere
FINDING  LEVEL  TENSOR  ID  TOKEN  DETAIL
file     error  -        -  -      strings.json, which has the words, is not beside key2row (bare/strings.json)
! tokvec: strings.json, which has the words, is not beside key2row (bare/strings.json); fetch it
! tokvec: the vocabulary does not have the token 'nowhere' (argument 3); see the tokens with tokvec list --tokens
[2]
--
# Rows of floret are buckets: they have numbers, not words.

$ tokvec -w spacy/floret -f csv 3
id,0,1,2
3,9.0,10.0,11.0
! tokvec: warning: no labels: the rows belong to parts of words (floret), not to words
$ tokvec -w spacy/floret the
! tokvec: the rows belong to parts of words (floret), not to words (spacy/floret/key2row); give the numbers of rows
[2]
--
# A key2row that is cut, goes on, or names rows that are not there.

$ mkdir bad && cp spacy/model/vocab/vectors bad && head -c -1 spacy/model/vocab/key2row > bad/key2row
$ tokvec -w bad the
! tokvec: the msgpack ends within an item (bad/key2row, byte 84); the file is damaged or of another kind; fetch or save it again
[2]
$ (cat spacy/model/vocab/key2row; echo) > bad/key2row; tokvec -w bad the
! tokvec: something follows the map (bad/key2row, byte 85); the file is damaged or of another kind; fetch or save it again
[2]
$ printf '\x81\x01\xff' > bad/key2row; tokvec -w bad the
! tokvec: a pair that is not a hash and a row (bad/key2row, byte 1); the file is damaged or of another kind; fetch or save it again
[2]
$ printf '\xde\xff\xff\x01\x01' > bad/key2row; tokvec -w bad the
! tokvec: the file is not a vocabulary that tokvec knows (bad/key2row, byte 0); name a tokenizer.json, vocab.json, vocab.txt, or weights that have token strings
[2]
$ printf '\x81\xcd\x01\xb0\x63' > bad/key2row; tokvec -w bad number
! tokvec: 'number' has the ID 99, which is out of range (argument 3); valid are 0 to 9 in bad
[2]
