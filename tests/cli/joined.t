# Models in several files without an index of them: parts of a row or of the rows are joined.

$ cp -r $TESTS/layouts/* .; chmod -R u+w .
$ for m in meta-columns meta-rows; do tokvec weight -w $m; tokvec -w $m 5 0 5 3 -f csv; tokvec -w $m -t output.weight 3 -f csv; tokvec list $m; done
Parameter containing:
tensor([[-2.8125, -0.5625, -1.3750,  0.3125],
        [ 0.8125,  0.6250,  1.4375, -2.0000],
        [-0.1250,  1.3125,  0.0625, -1.5000],
        [-1.1875, -0.7500, -1.1250, -0.6250],
        [-1.1875,  0.1250, -1.0625,  0.6250],
        [ 0.6875, -2.0000,  1.0000, -0.1875]])
id,0,1,2,3
5,0.6875,-2.0,1.0,-0.1875
0,-2.8125,-0.5625,-1.375,0.3125
5,0.6875,-2.0,1.0,-0.1875
3,-1.1875,-0.75,-1.125,-0.625
id,0,1,2,3
3,1.0,1.0,1.0,1.0
  NAME                   DTYPE    SHAPE   BYTES  OFFSET
* tok_embeddings.weight  float32  [6, 4]     96     832
  output.weight          float32  [6, 4]     96     960

  FILE                 WHY
* consolidated.00.pth  a part of the weights
* consolidated.01.pth  a part of the weights
* params.json          config
Parameter containing:
tensor([[ 0.1250,  0.7500, -0.0000, -1.3125],
        [-0.9375,  0.0625,  0.5625, -0.9375],
        [-0.1875, -0.7500,  0.8750, -0.1250],
        [-0.1875, -0.2500, -1.3125,  0.3125],
        [-0.3125,  0.3125, -0.9375, -0.1250],
        [-0.3750,  0.8750, -0.3750,  0.6875]])
id,0,1,2,3
5,-0.375,0.875,-0.375,0.6875
0,0.125,0.75,-0.0,-1.3125
5,-0.375,0.875,-0.375,0.6875
3,-0.1875,-0.25,-1.3125,0.3125
id,0,1,2,3
3,1.0,1.0,1.0,1.0
  NAME                   DTYPE    SHAPE   BYTES  OFFSET
* tok_embeddings.weight  float32  [6, 4]     96     832
  output.weight          float32  [6, 4]     96     960

  FILE                 WHY
* consolidated.00.pth  a part of the weights
* consolidated.01.pth  a part of the weights
* params.json          config
$ tokvec digest meta-columns meta-rows; tokvec -w meta-rows 3 -f raw | cmp - <(tokvec -w meta-rows/consolidated.01.pth 0 -q -f raw); tokvec diff -q meta-rows meta-rows; seq 0 5 | tokvec -w meta-columns -j 8 -f csv | md5sum; tokvec stats -w meta-rows -f csv | cut -d, -f3-8; tokvec check meta-rows
05bfbcc32d35304a1266b97e80aa37b619123e7a9149bcfcb09974e4c6a4b147  meta-columns:tok_embeddings.weight
245a67446370fb3928eb87959d1fe0ecf0b73366f83e57f7a3fcc69b9f581a23  meta-rows:tok_embeddings.weight
e503612a267805451f884b642977e4ab  -
rows,dim,dtype,count,nan,inf
6,4,float32,24,0,0
$ tokvec weight -w shards-no-index | head -2; tokvec list shards-no-index
Parameter containing:
tensor([[ 1.2500,  0.3750,  0.5000,  0.5625],
  NAME                                    DTYPE    SHAPE   BYTES  OFFSET  FILE
* model.embed_tokens.weight               float32  [6, 4]     96     120  model-00001-of-00002.safetensors
  model.layers.0.self_attn.q_proj.weight  float32  [4, 4]     64     136  model-00002-of-00002.safetensors

  FILE                              WHY
* model-00001-of-00002.safetensors  a part of the weights
* model-00002-of-00002.safetensors  a part of the weights
$ cp -r megatron/iter_0000005/mp_rank_00 megatron/iter_0000005/mp_rank_01; tokvec -w megatron 1 7 11; tokvec -w megatron 12
tensor([[-0.1875,  0.1875,  0.0625, -0.1875],
        [-0.1875,  0.1875,  0.0625, -0.1875],
        [ 0.1875, -0.0625, -1.1250,  1.5625]])
! tokvec: '12' is out of range (argument 3); valid are 0 to 11 in 'model.language_model.embedding.word_embeddings.weight' of megatron
[2]
--

# Parts that are missing, or of another model.

$ cd meta-columns; mv consolidated.01.pth consolidated.02.pth; tokvec -w . 0; rm consolidated.02.pth; tokvec -w . 0; cp ../meta-rows/consolidated.01.pth .; tokvec -w . 0; printf x > consolidated.01.pth; tokvec -w . 0; cp ../peft-none/adapter_model.safetensors consolidated.01.pth; tokvec -w . 0
! tokvec: cannot open: No such file or directory (./consolidated.01.pth); it is a part of the model; all belong in one folder
! tokvec: ./consolidated.00.pth is one of 2 files that hold a part of each row: 'tok_embeddings.weight' has 2 of the 4 columns; join the files, or name the one whose part is wanted
! tokvec: tensor 'tok_embeddings.weight' has another shape or dtype than in the other parts of the model (./consolidated.01.pth); fetch all parts of one model again
! tokvec: the file is text, not weights: 'x' (./consolidated.01.pth); fetch it again
! tokvec: the part does not have tensor 'tok_embeddings.weight', as the first has (./consolidated.01.pth); fetch all parts of one model again
[2]
$ cd meta-rows; echo '{"dim": 4, "vocab_size": 12}' > params.json; tokvec -w . 0; echo '{"dim": 3, "vocab_size": 6}' > params.json; tokvec -w . 0; rm consolidated.01.pth; echo '{"dim": 4, "vocab_size": 6}' > params.json; tokvec -w . 0; tokvec -w consolidated.00.pth 0
tensor([[ 0.1250,  0.7500, -0.0000, -1.3125]])
! tokvec: the 2 parts have 6 of the 12 rows of 'tok_embeddings.weight': others are missing (./consolidated.00.pth); fetch them, or name the file whose part is wanted
! tokvec: tensor 'tok_embeddings.weight' is in parts that tokvec does not know how to join (./consolidated.00.pth); save it again as plain numbers, or choose another tensor
! tokvec: ./consolidated.00.pth is one of several files that hold a part of the rows: 'tok_embeddings.weight' has 3 of the 6 rows; join the files, or name the one whose part is wanted
! tokvec: warning: consolidated.00.pth is one of several files that hold a part of the rows: 'tok_embeddings.weight' has 3 of the 6 rows
$ cd shards-no-index; mv model-00002-of-00002.safetensors away; tokvec -w . 0; cp model-00001-of-00002.safetensors model-00002-of-00002.safetensors; tokvec -w . 0; echo > model-00002-of-00002.safetensors; tokvec -w . 0; cp away model-00002-of-00002.safetensors; cp away model-00003-of-00003.safetensors; tokvec -w . 0; rm model-00003*; mv model-00001-of-00002.safetensors model-00001-of-90000.safetensors; tokvec -w . 0
tensor([[1.2500, 0.3750, 0.5000, 0.5625]])
! tokvec: the folder holds 1 of the 2 files of a model and no index (.); fetch the others, or name one of them: model-00001-of-00002.safetensors
! tokvec: the tensor name 'model.embed_tokens.weight' is repeated (./model-00001-of-00002.safetensors, byte 0); the file is damaged or of another kind; fetch or save it again
! tokvec: the file is text, not weights: '' (./model-00002-of-00002.safetensors); fetch it again
! tokvec: the folder holds 1 of the 2 files of a model and no index (.); fetch the others, or name one of them: model-00002-of-00002.safetensors
[2]
$ mkdir bins; cp $TESTS/layouts/shards-no-index/model-00001-of-00002.safetensors bins/pytorch_model-00001-of-00002.bin; cp $TESTS/layouts/shards-no-index/model-00002-of-00002.safetensors bins/pytorch_model-00002-of-00002.bin; tokvec -w bins 1
tensor([[ 0.1250, -0.0625,  0.1250,  0.5000]])
