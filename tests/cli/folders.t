# Models as folders: model.safetensors, or an index and the files that it names.

$ cp -r $TESTS/models/* .
$ tokvec -w sharded 0 13
tensor([[ 0.0108,  0.0266, -0.0025,  0.0081],
        [ 0.0034, -0.0225, -0.0026,  0.0139]], dtype=torch.bfloat16)
$ tokvec -w sharded/ -t lm_head.weight 0
tensor([[-0.0291,  0.0083,  0.0026, -0.0342]], dtype=torch.bfloat16)
$ tokvec -w sharded/model.safetensors.index.json 13
tensor([[ 0.0034, -0.0225, -0.0026,  0.0139]], dtype=torch.bfloat16)
$ cd sharded && tokvec -w model.safetensors.index.json 13
tensor([[ 0.0034, -0.0225, -0.0026,  0.0139]], dtype=torch.bfloat16)
$ cd sharded && tokvec -w . -t nothing 13
! tokvec: no tensor is named 'nothing' (./model.safetensors.index.json); see the names with tokvec list, and give one with -t
[2]
$ tokvec -w single 0
tensor([[-0.2196,  0.2205,  2.1147,  1.2385]])
$ tokvec list sharded | cut -c1-60
  NAME                                    DTYPE     SHAPE   
  lm_head.weight                          bfloat16  [14, 4] 
* model.embed_tokens.weight               bfloat16  [14, 4] 
  model.layers.0.self_attn.q_proj.weight  bfloat16  [4, 4]  
  model.layers.1.self_attn.q_proj.weight  bfloat16  [4, 4]  
  model.norm.weight                       bfloat16  [4]     

  FILE                              WHY
* config.json                       config
* model-00001-of-00002.safetensors  a part of the weights
* model-00002-of-00002.safetensors  a part of the weights
* model.safetensors.index.json      index
--

# Only the file that holds the tensor is opened.

$ mv sharded/model-00002-of-00002.safetensors away
$ tokvec -w sharded 13
tensor([[ 0.0034, -0.0225, -0.0026,  0.0139]], dtype=torch.bfloat16)
$ tokvec -w sharded -t lm_head.weight 0
! tokvec: cannot open: No such file or directory (sharded/model-00002-of-00002.safetensors); it is a part of the model, as sharded/model.safetensors.index.json says; all belong in one folder
[2]
$ tokvec list sharded
  NAME                                    DTYPE     SHAPE    BYTES  OFFSET  FILE
  lm_head.weight                          -         -            -       -  model-00002-of-00002.safetensors
* model.embed_tokens.weight               bfloat16  [14, 4]    112     224  model-00001-of-00002.safetensors
  model.layers.0.self_attn.q_proj.weight  bfloat16  [4, 4]      32     336  model-00001-of-00002.safetensors
  model.layers.1.self_attn.q_proj.weight  -         -            -       -  model-00002-of-00002.safetensors
  model.norm.weight                       -         -            -       -  model-00002-of-00002.safetensors

  FILE                              WHY
* config.json                       config
* model-00001-of-00002.safetensors  a part of the weights
* model.safetensors.index.json      index
! tokvec: warning: sharded/model-00002-of-00002.safetensors, which the index names, is not there
$ mv away sharded/model-00002-of-00002.safetensors
--

# A file without the tensor that the index says it holds.

$ sed 's/\(embed_tokens.weight": "model-0000\)1/\12/' -i sharded/model.safetensors.index.json
$ tokvec -w sharded 13
! tokvec: the file holds no tensor 'model.embed_tokens.weight', though the model's index says so (sharded/model-00002-of-00002.safetensors); fetch the file and sharded/model.safetensors.index.json again
[2]
--

# Names that lead out of the folder.

$ cp $TESTS/models/sharded/*.index.json index.json
$ function index { sed "s|model-00001-of-00002.safetensors|$1|" index.json > sharded/model.safetensors.index.json; tokvec -w sharded 1; }; index ../single/model.safetensors; index /dev/zero; index ..; index ""; index 'a\\\\b'; index model.safetensors.index.json; index config.json; index nowhere.safetensors
! tokvec: the weight_map names '../single/model.safetensors' for tensor 'model.embed_tokens.weight', but no file of that name is beside it (sharded/model.safetensors.index.json); fetch the index again, or name one of the weights files
! tokvec: the weight_map names '/dev/zero' for tensor 'model.embed_tokens.weight', but no file of that name is beside it (sharded/model.safetensors.index.json); fetch the index again, or name one of the weights files
! tokvec: the weight_map names '..' for tensor 'model.embed_tokens.weight', but no file of that name is beside it (sharded/model.safetensors.index.json); fetch the index again, or name one of the weights files
! tokvec: the weight_map names '' for tensor 'model.embed_tokens.weight', but no file of that name is beside it (sharded/model.safetensors.index.json); fetch the index again, or name one of the weights files
! tokvec: the weight_map names 'a\b' for tensor 'model.embed_tokens.weight', but no file of that name is beside it (sharded/model.safetensors.index.json); fetch the index again, or name one of the weights files
! tokvec: the weight_map names an index as a file of the model (sharded/model.safetensors.index.json); fetch the index again, or name one of the weights files
! tokvec: the JSON is neither a table of numbers nor an index of weights (sharded/config.json, line 2, column 20); name the weights file, the model's folder, or its .index.json
! tokvec: cannot open: No such file or directory (sharded/nowhere.safetensors); it is a part of the model, as sharded/model.safetensors.index.json says; all belong in one folder
[2]
--

# Files that are named as indexes but are not.

$ function index { printf "$1" > sharded/model.safetensors.index.json; tokvec -w sharded 1; }; index '{}'; index '[]'; index '{"weight_map": []}'; index '{"weight_map": {}}'; index '{"weight_map": {"a": 1}}'; index '{"weight_map": {"a": "b", "a": "c"}}'; index '{"weight_map": {'; index ''; index 'a'
! tokvec: the JSON has no weight_map, so it indexes no weights (sharded/model.safetensors.index.json); name the weights file, the model's folder, or its .index.json
! tokvec: the JSON has no weight_map, so it indexes no weights (sharded/model.safetensors.index.json); name the weights file, the model's folder, or its .index.json
! tokvec: the weight_map is not an object (sharded/model.safetensors.index.json); fetch the index again, or name one of the weights files
! tokvec: the file holds no tensors (sharded/model.safetensors.index.json); name another file
! tokvec: the weight_map has no file name for tensor 'a' (sharded/model.safetensors.index.json); fetch the index again, or name one of the weights files
! tokvec: the tensor name 'a' is repeated (sharded/model.safetensors.index.json, byte 0); the file is damaged or of another kind; fetch or save it again
! tokvec: the index: expected a member's name in double quotes (sharded/model.safetensors.index.json, byte 16); the file is damaged or of another kind; fetch or save it again
! tokvec: the file is empty (sharded/model.safetensors.index.json); it opens files such as .gguf, .npy, .npz, .pt, .pth, .ckpt, .bin, .safetensors, .index.json, .zip, .vec, .w2v, .glove, .txt, .json, .jsonl, .ndjson, .csv, .tsv, and folders of models; for bare values give --dtype and --dim
! tokvec: the index: not a JSON number (sharded/model.safetensors.index.json, byte 0); the file is damaged or of another kind; fetch or save it again
[2]
--

# The config is compared with the table, and is never in the way.

$ cp $TESTS/models/sharded/*.index.json sharded
$ function config { printf "$1" > sharded/config.json; tokvec -w sharded 13 > out; cat out; }; config '{"vocab_size": 15}'; config '{"vocab_size": 14, "hidden_size": 5}'; config '{"vocab_size": 14, "d_model": 4}'; config '{"hidden_size": 8, "embedding_size": 4}'; config '{"text_config": {"n_embd": 8}}'; config '{"vocab_size": "many", "n_embd": []}'; config '['; config ''; config '[1]'
tensor([[ 0.0034, -0.0225, -0.0026,  0.0139]], dtype=torch.bfloat16)
tensor([[ 0.0034, -0.0225, -0.0026,  0.0139]], dtype=torch.bfloat16)
tensor([[ 0.0034, -0.0225, -0.0026,  0.0139]], dtype=torch.bfloat16)
tensor([[ 0.0034, -0.0225, -0.0026,  0.0139]], dtype=torch.bfloat16)
tensor([[ 0.0034, -0.0225, -0.0026,  0.0139]], dtype=torch.bfloat16)
tensor([[ 0.0034, -0.0225, -0.0026,  0.0139]], dtype=torch.bfloat16)
tensor([[ 0.0034, -0.0225, -0.0026,  0.0139]], dtype=torch.bfloat16)
tensor([[ 0.0034, -0.0225, -0.0026,  0.0139]], dtype=torch.bfloat16)
tensor([[ 0.0034, -0.0225, -0.0026,  0.0139]], dtype=torch.bfloat16)
! tokvec: warning: sharded/config.json says vocab_size 15, but 'model.embed_tokens.weight' has 14 rows
! tokvec: warning: sharded/config.json says hidden_size 5, but 'model.embed_tokens.weight' has 4 columns
! tokvec: warning: sharded/config.json says n_embd 8, but 'model.embed_tokens.weight' has 4 columns
! tokvec: warning: sharded/config.json says vocab_size, but not as a number
! tokvec: warning: the config was not compared with the weights: its JSON: not a JSON number (sharded/config.json, byte 1)
! tokvec: warning: the config was not compared with the weights: its JSON: not a JSON number (sharded/config.json, byte 0)
$ rm sharded/config.json; tokvec -w sharded 13
tensor([[ 0.0034, -0.0225, -0.0026,  0.0139]], dtype=torch.bfloat16)
--

# Folders with files of other names.

$ mkdir other; tokvec -w other 1
! tokvec: the folder holds no model that tokvec knows (other); it opens model.safetensors, pytorch_model.bin, their .index.json, or a single .safetensors or .gguf file
[2]
$ cp single/model.safetensors other/weights.safetensors; tokvec -w other 1
tensor([[1.6700, 1.7442, 0.6219, 2.5079]])
$ cp $TESTS/gguf/q4_0.gguf other/; tokvec -w other 1
! tokvec: the folder holds 2 weights files and no index (other); name one of them: q4_0.gguf, weights.safetensors
[2]
$ rm other/*.safetensors; tokvec -w other 1 -f csv | cut -c1-40
id,token,0,1,2,3,4,5,6,7,8,9,10,11,12,13
1,the,-0.0,0.51708984,-0.34472656,0.3447
$ mkfifo other/model.safetensors; tokvec -w other 1 -f csv | cut -c1-40
id,token,0,1,2,3,4,5,6,7,8,9,10,11,12,13
1,the,-0.0,0.51708984,-0.34472656,0.3447
$ tokvec -w nowhere/ 1
! tokvec: cannot open: No such file or directory (nowhere/); check the name
[2]
--

# The files of an index are told by their content, here under the names of another format.

$ mkdir bin; for i in 1 2; do cp $TESTS/models/sharded/model-0000$i-of-00002.safetensors bin/pytorch_model-0000$i-of-00002.bin; done
$ sed 's/: "model-/: "pytorch_model-/; s/safetensors"/bin"/' $TESTS/models/sharded/*.index.json > bin/pytorch_model.bin.index.json
$ tokvec -w bin 13
tensor([[ 0.0034, -0.0225, -0.0026,  0.0139]], dtype=torch.bfloat16)
$ tokvec -w bin/pytorch_model.bin.index.json -t lm_head.weight 0
tensor([[-0.0291,  0.0083,  0.0026, -0.0342]], dtype=torch.bfloat16)
$ tokvec -w bin 13 -f json
{"source": {"file": "bin/pytorch_model-00001-of-00002.bin", "tensor": "model.embed_tokens.weight"},
 "dtype": "bfloat16",
 "shape": [1, 4],
 "ids": [13],
 "vectors": [[0.0033721924, -0.022460938, -0.0025787354, 0.013916016]]}
$ cp single/model.safetensors bin/pytorch_model.bin; tokvec -w bin 13
tensor([[ 1.5438,  0.5400, -1.1209, -0.4425]])
! tokvec: pytorch_model.bin is read, not pytorch_model.bin.index.json beside it
--

# A model in several GGUF files: its first part leads to the others, and any part to all.

$ tokvec -w split 0
tensor([[1.0000, 1.5000]])
$ tokvec -w split/tiny-00002-of-00002.gguf -t output.weight 0
tensor([[0.0000, 0.5000]])
$ tokvec list split
  NAME               DTYPE    SHAPE   BYTES  OFFSET  FILE
  output.weight      float32  [1, 2]      8     128  tiny-00001-of-00002.gguf
* token_embd.weight  float32  [1, 2]      8     128  tiny-00002-of-00002.gguf

  FILE                      WHY
* tiny-00001-of-00002.gguf  a part of the weights
* tiny-00002-of-00002.gguf  a part of the weights
$ cp -r split half; rm half/tiny-00002-of-00002.gguf; tokvec -w half 0
! tokvec: cannot open: No such file or directory (half/tiny-00002-of-00002.gguf); it is part 2 of the 2 of this model; all belong in one folder
[2]
$ mv half/tiny-00001-of-00002.gguf half/tiny-00002-of-00002.gguf; tokvec -w half 0
! tokvec: split.no is 0 in part 2 of a split model (half/tiny-00002-of-00002.gguf, byte 24); the file is damaged or of another kind; fetch or save it again
[2]
$ cp split/tiny-00002-of-00002.gguf half/; tokvec -w half 0
! tokvec: cannot open: No such file or directory (half/tiny-00001-of-00002.gguf); it is part 1 of the 2 of this model; all belong in one folder
[2]
