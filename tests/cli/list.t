# The tensors of a file, what the file says beside them, and the same as JSON.

$ tokvec list $TESTS/gguf/align64.gguf
  NAME                    DTYPE     SHAPE      BYTES  OFFSET
  rope_freqs.weight       float32   [33]         132    2240
  blk.0.attn_norm.weight  float32   [512]       2048    2432
  blk.0.attn_q.weight     Q4_K      [5, 512]    1440    4480
  token_types             int8      [13]          13    5952
* token_embd.weight       Q8_0      [12, 512]   6528    6016
  blk.0.ffn_down.weight   float16   [5, 3]        30   12544
  blk.0.ffn_exps.weight   bfloat16  [2, 3, 4]     48   12608
  output_norm.weight      float32   [7]           28   12672
  output.weight           Q6_K      [12, 512]   5040   12736
$ tokvec list --metadata $TESTS/gguf/align64.gguf | tail -n +12
general.architecture                    llama
general.name                            tokvec fixture alignment 64
general.quantization_version            2
llama.context_length                    2048
llama.embedding_length                  512
llama.block_count                       1
llama.vocab_size                        12
llama.attention.layer_norm_rms_epsilon  1e-05
tokenizer.ggml.model                    gpt2
tokenizer.ggml.tokens                   ["<s>", "the", "Ġworld", ... 12 strings]
tokenizer.ggml.token_type               [3, 1, 1, ... 12 int32s]
tokenizer.ggml.bos_token_id             0
fixture.u8                              200
fixture.i8                              -100
fixture.u16                             60000
fixture.i16                             -30000
general.alignment                       64
fixture.i32                             -2000000000
fixture.u64                             18000000000000000000
fixture.i64                             -9000000000000000000
fixture.f64                             0.1
fixture.bool                            true
fixture.empty_string                    
fixture.array.u8                        [1, 2, 3]
fixture.array.i8                        [-1, 2]
fixture.array.u16                       [65535]
fixture.array.i16                       [-5, 5, 7]
fixture.array.u32                       [4000000000]
fixture.array.f32                       [0.5, -0.25]
fixture.array.bool                      [true, false, true]
fixture.array.u64                       [9223372036854775808]
fixture.array.i64                       [-1, 1]
fixture.array.f64                       [1e+300, -1e-300]
fixture.array.str                       ["", "x", "é"]
fixture.array.empty                     []
fixture.array.no_strings                []
$ tokvec list --metadata $TESTS/models/sharded
  NAME                                    DTYPE     SHAPE    BYTES  OFFSET  FILE
  lm_head.weight                          bfloat16  [14, 4]    112     288  model-00002-of-00002.safetensors
* model.embed_tokens.weight               bfloat16  [14, 4]    112     224  model-00001-of-00002.safetensors
  model.layers.0.self_attn.q_proj.weight  bfloat16  [4, 4]      32     336  model-00001-of-00002.safetensors
  model.layers.1.self_attn.q_proj.weight  bfloat16  [4, 4]      32     400  model-00002-of-00002.safetensors
  model.norm.weight                       bfloat16  [4]          8     432  model-00002-of-00002.safetensors

  FILE                              WHY
* config.json                       config
* model-00001-of-00002.safetensors  a part of the weights
* model-00002-of-00002.safetensors  a part of the weights
* model.safetensors.index.json      index

total_size  296
$ function members { python3 -c 'import json, sys; d = json.load(sys.stdin); [print(json.dumps(eval("d" + m), ensure_ascii=False)) for m in sys.argv[1:]]' "$@"; }; tokvec list --metadata -f json $TESTS/gguf/align64.gguf | members '["format"]' '["tensors"][4]' '["metadata"].__len__()' '["metadata"]["tokenizer.ggml.tokens"]' '["metadata"]["fixture.i8"]' '["metadata"]["fixture.array.f64"]' '["metadata"]["fixture.array.empty"]'
"gguf"
{"name": "token_embd.weight", "dtype": "Q8_0", "shape": [12, 512], "bytes": 6528, "offset": 6016, "chosen": true}
36
["<s>", "the", "Ġworld", "café", "日本", "", "two words\nnext", "🙂", "\"quoted\\\"", "a,b\tc", "<0x0A>", "[]{}"]
-100
[1e+300, -1e-300]
[]
$ cd $TESTS/models && tokvec list --metadata -f json sharded
{"file": "sharded",
 "format": "index",
 "tensors": [
  {"name": "lm_head.weight", "dtype": "bfloat16", "shape": [14, 4], "bytes": 112, "offset": 288, "file": "sharded/model-00002-of-00002.safetensors", "chosen": false},
  {"name": "model.embed_tokens.weight", "dtype": "bfloat16", "shape": [14, 4], "bytes": 112, "offset": 224, "file": "sharded/model-00001-of-00002.safetensors", "chosen": true},
  {"name": "model.layers.0.self_attn.q_proj.weight", "dtype": "bfloat16", "shape": [4, 4], "bytes": 32, "offset": 336, "file": "sharded/model-00001-of-00002.safetensors", "chosen": false},
  {"name": "model.layers.1.self_attn.q_proj.weight", "dtype": "bfloat16", "shape": [4, 4], "bytes": 32, "offset": 400, "file": "sharded/model-00002-of-00002.safetensors", "chosen": false},
  {"name": "model.norm.weight", "dtype": "bfloat16", "shape": [4], "bytes": 8, "offset": 432, "file": "sharded/model-00002-of-00002.safetensors", "chosen": false}],
 "files": [
  {"file": "config.json", "why": "config", "taken": true},
  {"file": "model-00001-of-00002.safetensors", "why": "a part of the weights", "taken": true},
  {"file": "model-00002-of-00002.safetensors", "why": "a part of the weights", "taken": true},
  {"file": "model.safetensors.index.json", "why": "index", "taken": true}],
 "metadata": {
  "total_size": 296}}
$ cd $TESTS/models && tokvec list -f json single
{"file": "single",
 "format": "safetensors",
 "tensors": [
  {"name": "ln_f.weight", "dtype": "float32", "shape": [4], "bytes": 16, "offset": 240, "chosen": false},
  {"name": "wpe.weight", "dtype": "float32", "shape": [3, 4], "bytes": 48, "offset": 256, "chosen": false},
  {"name": "wte.weight", "dtype": "float32", "shape": [14, 4], "bytes": 224, "offset": 304, "chosen": true}],
 "files": [
  {"file": "config.json", "why": "config", "taken": true},
  {"file": "model.safetensors", "why": "weights", "taken": true}]}
--

# Terminals get no control characters, long texts are cut, and lists shortened.

$ function file { python3 -c 'import sys, struct; h = sys.argv[1].encode("utf-8", "surrogateescape"); sys.stdout.buffer.write(struct.pack("<Q", len(h)) + h + bytes(4))' "$1" > x.safetensors; }; file '{"__metadata__":{"a\u001b[31m\n\u0000b":"\u009b\u007f é","long":"012345678901234567890123456789012345678901234567890123456789012345678901234567890"},"n\u001b[0m":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}'
$ tokvec list --metadata x.safetensors
  NAME      DTYPE    SHAPE  BYTES  OFFSET
* n\x1b[0m  float32  [1]        4     220

a\x1b[31m\n\xc0\x80b  \xc2\x9b\x7f é
long                  012345678901234567890123456789012345678901234567890123456789012345678901...
$ tokvec list --metadata x.safetensors -f json
{"file": "x.safetensors",
 "format": "safetensors",
 "tensors": [
  {"name": "n\u001b[0m", "dtype": "float32", "shape": [1], "bytes": 4, "offset": 220, "chosen": true}],
 "metadata": {
  "a\u001b[31m\n\u0000b": "\u007f é",
  "long": "012345678901234567890123456789012345678901234567890123456789012345678901234567890"}}
$ tokvec list -f csv x.safetensors
name,dtype,shape,bytes,offset,chosen
"n[0m",float32,[1],4,220,true
$ tokvec list --metadata $TESTS/gguf/f32.gguf -o out | cat; grep tokens out
tokenizer.ggml.tokens                   ["<s>", "the", "Ġworld", ... 12 strings]
$ tokvec -w x.safetensors --metadata
! tokvec: unknown option '--metadata'; 'tokvec lookup' does not take it
[2]
