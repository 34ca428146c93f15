# One vector of each sentence, as fasttext print-sentence-vectors makes it.
$ cp $TESTS/sentences/*.bin .
$ printf 'king queen\n\nunknown\nking' | tokvec -w words.bin --bag sentence -f csv
id,0,1,2,3,4,5,6,7
0,0.18607804,-0.2770772,0.13308826,0.77986836,-0.13031842,0.21777059,0.22392157,-0.0927711
1,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0
2,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0
3,0.044185705,-0.33901322,-0.034580115,0.7567496,-0.38725463,0.16052005,0.3562179,-0.081412695
$ printf 'king queen\n' | tokvec -w words.bin --bag sentence
tensor([[ 0.1861, -0.2771,  0.1331,  0.7799, -0.1303,  0.2178,  0.2239, -0.0928]])
$ tokvec -w words.bin --bag sentence king queen
tensor([[ 0.1861, -0.2771,  0.1331,  0.7799, -0.1303,  0.2178,  0.2239, -0.0928]])
$ tokvec -w words.bin --bag sentence 'king queen'
tensor([[ 0.1861, -0.2771,  0.1331,  0.7799, -0.1303,  0.2178,  0.2239, -0.0928]])
$ tokvec -w words.bin --bag sentence $'king\nqueen' -f json
{"source": {"file": "words.bin", "bag": "sentence"},
 "dtype": "float32",
 "shape": [2, 8],
 "ids": [0, 1],
 "vectors": [[0.044185705, -0.33901322, -0.034580115, 0.7567496, -0.38725463, 0.16052005, 0.3562179, -0.081412695],
  [0.3279704, -0.2151412, 0.30075663, 0.8029871, 0.12661779, 0.27502114, 0.09162524, -0.10412951]]}
$ tokvec -w words.bin --bag sentence ''
tensor([[0., 0., 0., 0., 0., 0., 0., 0.]])
$ printf '' | tokvec -w words.bin --bag sentence
tensor([], size=(0, 8))
$ tokvec -w words.bin --bag sentence king --as float16 -f jsonl
{"id": 0, "vector": [0.044189453, -0.33911133, -0.034576416, 0.75683594, -0.38720703, 0.16052246, 0.35620117, -0.0814209]}
$ tokvec -w words.bin --bag sentence zero king -f vec
1 8
0 0.044185705 -0.33901322 -0.034580115 0.7567496 -0.38725463 0.16052005 0.3562179 -0.081412695
--
# A supervised model ends sentences with </s>, wherever it stands.
$ tokvec -w sup.bin --bag sentence king
tensor([[-0.9353,  0.1764, -0.8812, -0.0660, -0.0419]])
$ printf 'king' | tokvec -w sup.bin --bag sentence
tensor([[ 0.4324, -0.0610, -0.8855,  1.5240, -0.0491]])
$ printf 'king </s> queen\n' | tokvec -w sup.bin --bag sentence
tensor([[-0.9353,  0.1764, -0.8812, -0.0660, -0.0419],
        [-1.2388,  0.6298,  0.6978, -0.4278, -0.3541]])
$ printf 'king </s>' | tokvec -w sup.bin --bag sentence
tensor([[-0.9353,  0.1764, -0.8812, -0.0660, -0.0419]])
$ printf 'king </s>  ' | tokvec -w sup.bin --bag sentence
tensor([[-0.9353,  0.1764, -0.8812, -0.0660, -0.0419],
        [ 0.0000,  0.0000,  0.0000,  0.0000,  0.0000]])
$ printf '\n' | tokvec -w sup.bin --bag sentence
tensor([[-2.3029,  0.4138, -0.8768, -1.6560, -0.0346]])
$ printf '__label__x king' | tokvec -w sup.bin --bag sentence
tensor([[ 0.4324, -0.0610, -0.8855,  1.5240, -0.0491]])
--
# What cannot be.
$ tokvec --bag sentence king
! tokvec: only models of fastText make vectors of sentences; --bag mean makes the mean of any table's rows
[2]
$ tokvec -w $DATA/glove.txt --bag sentence king
! tokvec: only models of fastText make vectors of sentences; --bag mean makes the mean of any table's rows
[2]
$ tokvec -w words.bin --bag sentence --ids 1
! tokvec: --bag sentence takes words, not IDs; leave out --ids
[2]
$ tokvec -w words.bin --bag sentence --padding-idx 0 king
! tokvec: --bag sentence has no padding; leave out --padding-idx
[2]
$ tokvec -w words.bin --bag sentence --vocab $TESTS/vocab/encoder.json king
! tokvec: --bag sentence takes the model's own words; leave out --vocab
[2]
$ tokvec -w words.bin --bag sentence --per-sample-weights king:1
! tokvec: --per-sample-weights does not go with --bag sentence; as in nn.EmbeddingBag, only a sum has weights: --bag sum
[2]
$ tokvec -w words.bin --bag sentence --onehot king
! tokvec: --onehot and --bag do not go together; choose one of the two
[2]
