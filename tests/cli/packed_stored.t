# --stored: the numbers of a packed tensor as they are stored, in every command that reads tables.

$ cd $TESTS/packed && tokvec --stored -w mlx-q4-g64-bf16 5 1 -f jsonl | cut -c1-70
{"id": 5, "vector": [496433542, 130676802, 3694938544, 2336967494, 124
{"id": 1, "vector": [2859151510, 1180011709, 3380705670, 1610347882, 1
$ cd $TESTS/packed && tokvec weight --stored -w mlx-mxfp4 -f json | cut -c1-200 | head -n 4
{"source": {"file": "mlx-mxfp4/model.safetensors", "tensor": "model.embed_tokens.weight"},
 "dtype": "uint32",
 "shape": [4, 8],
 "ids": [0, 1, 2, 3],
$ cd $TESTS/packed && tokvec weight --stored -w gemma-int2 -f csv
id,0,1,2
0,128,51,245
1,161,101,96
2,52,63,97
3,116,137,144
4,73,203,236
$ cd $TESTS/packed && tokvec weight --stored -w bnb-nf4 -f json | grep shape
 "shape": [128, 1],
$ cd $TESTS/packed && for part in scales biases; do tokvec diff --bits --stored mlx-q4-g64-bf16 mlx-q4-g64-bf16 -t model.embed_tokens.$part | head -n 3; tokvec digest --stored mlx-q4-g64-bf16 -t model.embed_tokens.$part | cut -c1-64 > $TMP/one; tokvec digest mlx-q4-g64-bf16 -t model.embed_tokens.$part | cut -c1-64 | cmp - $TMP/one; done
equal               true
shape               [6, 2]
dtype               bfloat16
equal               true
shape               [6, 2]
dtype               bfloat16
$ cd $TESTS/packed && tokvec weight --stored -w gptq -t model.layers.0.self_attn.q_proj.qweight -f csv
id,0,1,2,3,4,5,6,7
0,1028660185,-1651927585,-507558652,193696517,-549189042,-1897958237,323570817,-2039858175
$ cd $TESTS/packed && tokvec weight -w gptq -t model.layers.0.self_attn.q_proj.qweight
! tokvec: tensor 'model.layers.0.self_attn.q_proj.qweight' is stored by GPTQ or AWQ (gptq/model.safetensors); tokvec does not read it; take the original model, or save it as plain floats; --stored gives the codes
[2]
$ cd $TESTS/packed && tokvec --stored -w mlx-bits-7 0 -f json | grep -E 'dtype|shape'
 "dtype": "uint32",
 "shape": [1, 8],
$ cd $TESTS/packed && tokvec list --stored model2vec-mapping-weights
  NAME        DTYPE    SHAPE   BYTES  OFFSET  KIND
  mapping     int64    [6]        48     200  -
  weights     float64  [6]        48     248  -
* embeddings  float32  [3, 4]     48     296  model2vec, mapping and weights

  FILE               WHY
* config.json        config
* model.safetensors  weights
$ cd $TESTS/packed && tokvec weight --stored -w model2vec-mapping-weights -f csv
id,0,1,2,3
0,-0.7165013,-0.67244786,-1.1985859,-0.5976673
1,-0.9983524,-0.73293173,-0.38869768,1.7224576
2,-0.5010284,-0.09626914,-1.7408537,0.65673983
$ cd $TESTS/packed && tokvec --stored -w model2vec-mapping-weights 5
! tokvec: '5' is out of range (argument 4); valid are 0 to 2 in 'embeddings' of model2vec-mapping-weights
[2]
$ cd $TESTS/packed && tokvec weight --stored -w model2vec-mapping-weights -t mapping -f csv
id,0,1,2,3,4,5
0,1,2,0,0,0,2
$ cd $TESTS/packed && tokvec weight --stored -w model2vec-mapping-weights -t weights -f csv
id,0,1,2,3,4,5
0,0.7218505144119263,0.6573165059089661,0.3565097451210022,0.20036214590072632,0.15617722272872925,0.23275190591812134
$ cd $TESTS/packed && tokvec digest --stored mlx-q4-g64-bf16 fp8-row > $TMP/list; tokvec digest mlx-q4-g64-bf16 >> $TMP/list; cut -c1-16,65- $TMP/list; tokvec digest --check $TMP/list
7a8dff6e89982c41  --stored mlx-q4-g64-bf16:model.embed_tokens.weight
9ef9f495071a1fbf  --stored fp8-row:model.embed_tokens.weight
216a4efb8a3cf581  mlx-q4-g64-bf16:model.embed_tokens.weight
--stored mlx-q4-g64-bf16:model.embed_tokens.weight: OK
--stored fp8-row:model.embed_tokens.weight: OK
mlx-q4-g64-bf16:model.embed_tokens.weight: OK
$ cd $TESTS/packed && tokvec digest --all --stored ct-int4-asym > $TMP/list && tokvec digest --check $TMP/list
--stored ct-int4-asym:model.embed_tokens.weight_shape: OK
--stored ct-int4-asym:model.norm.weight: OK
--stored ct-int4-asym:model.embed_tokens.weight_packed: OK
--stored ct-int4-asym:model.embed_tokens.weight_zero_point: OK
--stored ct-int4-asym:model.embed_tokens.weight_scale: OK
$ cd $TESTS/packed && printf '%064d  --stored seed:1:6x3:float32\n' 0 > $TMP/list && tokvec digest --check $TMP/list
--stored seed:1:6x3:float32: FAILED open or read
! tokvec: cannot open: No such file or directory (seed:1:6x3)
! tokvec: WARNING: 1 listed file could not be read
[1]
$ cd $TESTS/packed && tokvec diff --stored mlx-q4-g64-bf16 mlx-q4-g64-bf16 | head -n 4
equal               true
shape               [6, 16]
dtype               uint32
rows                6
$ cd $TESTS/packed && tokvec weight --stored -w fp8-row -f safetensors -o $TMP/codes.safetensors && tokvec diff --stored --bits fp8-row $TMP/codes.safetensors | head -n 3
equal               true
shape               [6, 8]
dtype               float8_e4m3fn
$ cd $TESTS/packed && tokvec diff fp8-row fp8-row-flat --stored | head -n 4
equal               true
shape               [6, 8]
dtype               float8_e4m3fn
rows                6
$ cd $TESTS/packed && tokvec diff --all --stored model2vec-mapping model2vec-mapping-weights
TENSOR      STATUS  SHAPE   SHAPE B  VALUES  DIFFERENT  MAX ABS  RMSE  COSINE MIN
mapping     equal   [6]     [6]           6          0      0.0   0.0         1.0
embeddings  equal   [3, 4]  [3, 4]       12          0      0.0   0.0         1.0
weights     only_b  -       [6]           -          -        -     -           -
[1]
$ cd $TESTS/packed && tokvec stats --stored -w mlx-q4-g64-bf16 -f json | grep -oE '"(dtype|rows|dim)": [^,]*'
"rows": 6
"dim": 16
"dtype": "uint32"
$ tokvec --stored -w $TESTS/packed/gptq 1 -f csv
id,0,1,2,3,4,5,6,7
1,-0.15844727,2.3046875,-0.32470703,-0.23547363,-0.9301758,-0.67285156,0.96191406,0.031097412
$ tokvec --stored 1
! tokvec: --stored needs a weights file; name one with -w FILE
[2]
$ tokvec --stored --seed 1 0
! tokvec: --stored needs a weights file; name one with -w FILE
[2]
$ tokvec digest --stored
! tokvec: --stored needs a weights file; name one with -w FILE
[2]
$ tokvec --stored -w $TESTS/packed/fp8-row 1 --add-positions sinusoidal
! tokvec: --stored does not go with --add-positions; leave out one of the two: codes are not vectors
[2]
$ cp $TESTS/gguf/align64.gguf .; tokvec --stored -w align64.gguf 1
! tokvec: tensor 'token_embd.weight' is stored in blocks of the type Q8_0, which are no numbers by themselves (align64.gguf); without asking for what is stored it gives its values
[2]
$ tokvec digest --stored --check $TMP/list
! tokvec: --check does not go with --stored; leave it out: the lines of the list say which tables they are of
[2]
