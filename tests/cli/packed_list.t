# list says how a tensor is packed, and the shape of its values; or by whom, where it is not decoded.

$ cd $TESTS/packed && for f in *; do if [ -d $f ]; then echo "$f: $(tokvec list $f | grep '^\*')"; fi; done
awq: * model.embed_tokens.weight                float16  [6, 8]     96     560  -
* config.json        config
* model.safetensors  weights
bnb-fp4: * model.embed_tokens.weight                                bfloat16  [4, 64]    128     576  bitsandbytes fp4
* config.json        config
* model.safetensors  weights
bnb-int8: * model.embed_tokens.weight         float32  [4, 64]    256     392  bitsandbytes, 8 bits
* config.json        config
* model.safetensors  weights
bnb-nf4: * model.embed_tokens.weight                                bfloat16  [4, 64]    128     576  bitsandbytes nf4
* config.json        config
* model.safetensors  weights
bnb-nf4-nested: * model.embed_tokens.weight                                bfloat16  [4, 64]    128    1796  bitsandbytes nf4
* config.json        config
* model.safetensors  weights
ct-int4-asym: * model.embed_tokens.weight_packed      bfloat16  [6, 64]    192     504  compressed-tensors, 4 bits
* config.json        config
* model.safetensors  weights
ct-int4-channel: * model.embed_tokens.weight_packed  bfloat16  [6, 64]    192     408  compressed-tensors, 4 bits
* config.json        config
* model.safetensors  weights
ct-int4-group: * model.embed_tokens.weight_packed  bfloat16  [6, 64]    192     408  compressed-tensors, 4 bits
* config.json        config
* model.safetensors  weights
ct-int8: * model.embed_tokens.weight        float32  [6, 64]    384     320  int8 with scales
* config.json        config
* model.safetensors  weights
ct-int8-pack: * model.embed_tokens.weight_packed  bfloat16  [6, 64]    384     408  compressed-tensors, 8 bits
* config.json        config
* model.safetensors  weights
ct-nvfp4: * model.embed_tokens.weight_packed        float32        [6, 64]    192     428  compressed-tensors nvfp4
* config.json        config
* model.safetensors  weights
fp8-block-partial: * model.embed_tokens.weight            float32  [130, 200]  26000     328  float8_e4m3fn with scales
* config.json        config
* model.safetensors  weights
fp8-comfy: * model.embed_tokens.weight        float32        [6, 8]     48     372  float8_e4m3fn with scales
* config.json        config
* model.safetensors  weights
fp8-e8m0-u8: * model.embed_tokens.weight            float32  [6, 8]     48     304  float8_e4m3fn with scales
* config.json        config
* model.safetensors  weights
fp8-input-scale: * model.embed_tokens.weight       float8_e4m3fn  [6, 8]     48     300
* config.json        config
* model.safetensors  weights
fp8-inv-tensor: * model.embed_tokens.weight            float32  [6, 8]     48     308  float8_e4m3fn with scales
* config.json        config
* model.safetensors  weights
fp8-row: * model.embed_tokens.weight        float32  [6, 8]     48     328  float8_e4m3fn with scales
* config.json        config
* model.safetensors  weights
fp8-row-flat: * model.embed_tokens.weight        float32   [6, 8]     48     316  float8_e4m3fn with scales
* config.json        config
* model.safetensors  weights
fp8-tensor: * model.embed_tokens.weight        float32  [6, 8]     48     300  float8_e4m3fn with scales
* config.json        config
* model.safetensors  weights
fp8-tensor-1: * model.embed_tokens.weight        float32  [6, 8]     48     300  float8_e4m3fn with scales
* config.json        config
* model.safetensors  weights
fp8-unscaled: * model.embed_tokens.weight  float8_e4m3fn  [6, 8]     48     216
* config.json        config
* model.safetensors  weights
fp8-wrong-grid: * model.embed_tokens.weight        float8_e4m3fn  [6, 8]     48     332  codes with scales, not decoded
* config.json        config
* model.safetensors  weights
gemma-int2: * model.embed_tokens.embedding_quantized  float32  [5, 10]     15     332  Gemma, 2 bits
* config.json        config
* model.safetensors  weights
gemma-int4: * model.embed_tokens.embedding_quantized  float32  [5, 10]     25     332  Gemma, 4 bits
* config.json        config
* model.safetensors  weights
gemma-int8: * model.embed_tokens.embedding_quantized  float32  [5, 10]     50     332  Gemma, 8 bits
* config.json        config
* model.safetensors  weights
gptq: * model.embed_tokens.weight                float16  [6, 8]     96     688  -
* config.json        config
* model.safetensors  weights
mlx-bad-shape: * model.embed_tokens.weight  uint32   [4, 8]    128     376  MLX affine, not decoded
* config.json        config
* model.safetensors  weights
mlx-bits-7: * model.embed_tokens.weight  uint32   [4, 8]    128     376  MLX affine, not decoded
* config.json        config
* model.safetensors  weights
mlx-mixed: * model.embed_tokens.weight  float16  [5, 128]    640     376  MLX affine, 8 bits, groups of 32
* config.json        config
* model.safetensors  weights
mlx-mxfp4: * model.embed_tokens.weight  bfloat16  [4, 64]    128     296  MLX mxfp4
* config.json        config
* model.safetensors  weights
mlx-mxfp8: * model.embed_tokens.weight  bfloat16  [4, 64]    256     296  MLX mxfp8
* config.json        config
* model.safetensors  weights
mlx-no-config: * model.embed_tokens.weight  float16  [4, 64]    128     376  MLX affine, 4 bits, groups of 64
* model.safetensors  weights
mlx-not-this-layer: * model.embed_tokens.weight     bfloat16  [5, 16]     160    1112  -
* config.json        config
* model.safetensors  weights
mlx-nvfp4: * model.embed_tokens.weight  bfloat16  [4, 64]    128     296  MLX nvfp4
* config.json        config
* model.safetensors  weights
mlx-q2-g32-f16: * model.embed_tokens.weight  float16  [6, 64]     96     376  MLX affine, 2 bits, groups of 32
* config.json        config
* model.safetensors  weights
mlx-q3-g64-bf16: * model.embed_tokens.weight  bfloat16  [6, 128]    288     384  MLX affine, 3 bits, groups of 64
* config.json        config
* model.safetensors  weights
mlx-q4-g64-bf16: * model.embed_tokens.weight  bfloat16  [6, 128]    384     384  MLX affine, 4 bits, groups of 64
* config.json        config
* model.safetensors  weights
mlx-q5-g32-f32: * model.embed_tokens.weight  float32  [6, 64]    240     472  MLX affine, 5 bits, groups of 32
* config.json        config
* model.safetensors  weights
mlx-q6-g64-f16: * model.embed_tokens.weight  float16  [6, 128]    576     376  MLX affine, 6 bits, groups of 64
* config.json        config
* model.safetensors  weights
mlx-q8-g128-bf16: * model.embed_tokens.weight  bfloat16  [6, 256]   1536     384  MLX affine, 8 bits, groups of 128
* config.json        config
* model.safetensors  weights
model2vec-bad-mapping: * embeddings  float32  [6, 4]     48     184  model2vec, mapping
* config.json        config
* model.safetensors  weights
model2vec-int8: * embeddings  int8   [3, 4]     12      80
* config.json        config
* model.safetensors  weights
model2vec-mapping: * embeddings  float32  [6, 4]     48     184  model2vec, mapping
* config.json        config
* model.safetensors  weights
model2vec-mapping-weights: * embeddings  float32  [6, 4]     48     296  model2vec, mapping and weights
* config.json        config
* model.safetensors  weights
model2vec-weights: * embeddings  float32  [3, 4]     48     136  model2vec, weights
* config.json        config
* model.safetensors  weights
$ cd $TESTS/packed && tokvec list gptq
  NAME                                     DTYPE    SHAPE   BYTES  OFFSET  KIND
  model.norm.weight                        float32  [4]        16     576  -
  model.layers.0.self_attn.q_proj.g_idx    int32    [8]        32     592  -
  model.layers.0.self_attn.q_proj.qweight  int32    [1, 8]     32     624  GPTQ or AWQ, not decoded
  model.layers.0.self_attn.q_proj.qzeros   int32    [1, 8]     32     656  -
* model.embed_tokens.weight                float16  [6, 8]     96     688  -
  model.layers.0.self_attn.q_proj.scales   float16  [1, 8]     16     784  -

  FILE               WHY
* config.json        config
* model.safetensors  weights
$ cd $TESTS/packed && tokvec list -f jsonl ct-int4-asym
{"name": "model.embed_tokens.weight_shape", "dtype": "int64", "shape": [2], "bytes": 16, "offset": 472, "kind": null, "decoded": null, "stored_dtype": "int64", "stored_shape": [2], "chosen": false}
{"name": "model.norm.weight", "dtype": "float32", "shape": [4], "bytes": 16, "offset": 488, "kind": null, "decoded": null, "stored_dtype": "float32", "stored_shape": [4], "chosen": false}
{"name": "model.embed_tokens.weight_packed", "dtype": "bfloat16", "shape": [6, 64], "bytes": 192, "offset": 504, "kind": "compressed-tensors, 4 bits", "decoded": true, "stored_dtype": "int32", "stored_shape": [6, 8], "chosen": true}
{"name": "model.embed_tokens.weight_zero_point", "dtype": "int32", "shape": [1, 2], "bytes": 8, "offset": 696, "kind": null, "decoded": null, "stored_dtype": "int32", "stored_shape": [1, 2], "chosen": false}
{"name": "model.embed_tokens.weight_scale", "dtype": "bfloat16", "shape": [6, 2], "bytes": 24, "offset": 704, "kind": null, "decoded": null, "stored_dtype": "bfloat16", "stored_shape": [6, 2], "chosen": false}
$ cd $TESTS/packed && tokvec list --stored mlx-q4-g64-bf16
  NAME                       DTYPE     SHAPE    BYTES  OFFSET  KIND
  model.norm.weight          float32   [4]         16     368  -
* model.embed_tokens.weight  uint32    [6, 16]    384     384  MLX affine, 4 bits, groups of 64
  model.embed_tokens.biases  bfloat16  [6, 2]      24     768  -
  model.embed_tokens.scales  bfloat16  [6, 2]      24     792  -

  FILE               WHY
* config.json        config
* model.safetensors  weights
