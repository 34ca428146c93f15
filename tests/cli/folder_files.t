# Which files of a folder were taken, and a word where there was a choice.

$ mkdir -p m/onnx m/vae .x; cp $TESTS/models/single/* m; cp m/model.safetensors m/model.fp16.safetensors; cp m/model.safetensors m/consolidated.safetensors; touch m/{tf_model.h5,optimizer.pt,README.md,vocab.txt,dict.txt,tokenizer_config.json,.hidden,onnx/model.onnx,vae/diffusion_pytorch_model.safetensors}; echo '["a"]' > m/vocab.json; mkfifo m/pipe; ln -s nowhere m/gone.safetensors
$ tokvec -w m 0; tokvec -w m -q 0; tokvec list m/; tokvec list m -q -f json | tail -14; tokvec list m -q -f csv | tail -1
tensor([[-0.2196,  0.2205,  2.1147,  1.2385]])
tensor([[-0.2196,  0.2205,  2.1147,  1.2385]])
  NAME         DTYPE    SHAPE    BYTES  OFFSET
  ln_f.weight  float32  [4]         16     240
  wpe.weight   float32  [3, 4]      48     256
* wte.weight   float32  [14, 4]    224     304

  FILE                                     WHY
  README.md                                not needed
* config.json                              config
  consolidated.safetensors                 other weights
  dict.txt                                 other vocabulary
  model.fp16.safetensors                   other weights
* model.safetensors                        weights
  optimizer.pt                             training state
  tf_model.h5                              other format
* tokenizer_config.json                    added tokens
* vocab.json                               vocabulary
  vocab.txt                                other vocabulary
  onnx/model.onnx                          other format
  vae/diffusion_pytorch_model.safetensors  no token embedding
 "files": [
  {"file": "README.md", "why": "not needed", "taken": false},
  {"file": "config.json", "why": "config", "taken": true},
  {"file": "consolidated.safetensors", "why": "other weights", "taken": false},
  {"file": "dict.txt", "why": "other vocabulary", "taken": false},
  {"file": "model.fp16.safetensors", "why": "other weights", "taken": false},
  {"file": "model.safetensors", "why": "weights", "taken": true},
  {"file": "optimizer.pt", "why": "training state", "taken": false},
  {"file": "tf_model.h5", "why": "other format", "taken": false},
  {"file": "tokenizer_config.json", "why": "added tokens", "taken": true},
  {"file": "vocab.json", "why": "vocabulary", "taken": true},
  {"file": "vocab.txt", "why": "other vocabulary", "taken": false},
  {"file": "onnx/model.onnx", "why": "other format", "taken": false},
  {"file": "vae/diffusion_pytorch_model.safetensors", "why": "no token embedding", "taken": false}]}
wte.weight,float32,"[14, 4]",224,304,true
! tokvec: model.safetensors is read, not consolidated.safetensors, model.fp16.safetensors beside it
! tokvec: model.safetensors is read, not consolidated.safetensors, model.fp16.safetensors beside it
$ rm m/*fp16* m/consolidated*; tokvec -w m 0
tensor([[-0.2196,  0.2205,  2.1147,  1.2385]])
$ cp -r $TESTS/layouts/* .; chmod -R u+w .; for m in st-old st-static sd megatron meta-one; do tokvec list $m | sed '1,/^$/d'; done
  FILE                             WHY
* modules.json                     names the place
* 0_Transformer/pytorch_model.bin  weights
* 0_Transformer/vocab.txt          vocabulary
  1_Pooling/config.json            not needed
  FILE                                 WHY
* modules.json                         names the place
* 0_StaticEmbedding/model.safetensors  weights
  FILE                                        WHY
* latest_checkpointed_iteration.txt           names the place
* iter_0000005/mp_rank_00/model_optim_rng.pt  weights
  FILE                 WHY
* consolidated.00.pth  weights
* params.json          config
! tokvec: the folder holds 2 text encoders (sd); name one of them: text_encoder, text_encoder_2
$ cp $DATA/model.gguf m/x.gguf; rm m/model.safetensors; tokvec list m | tail -14
  output.weight           Q6_K      [12, 512]   5040   12736

  FILE                                     WHY
  README.md                                not needed
* config.json                              config
  dict.txt                                 other vocabulary
  optimizer.pt                             training state
  tf_model.h5                              other format
  tokenizer_config.json                    not needed
  vocab.json                               other vocabulary
  vocab.txt                                other vocabulary
* x.gguf                                   weights
  onnx/model.onnx                          other format
  vae/diffusion_pytorch_model.safetensors  no token embedding
--

# Folders that are none of a model's.

$ mkdir -p many; cp $TESTS/models/single/model.safetensors many; (cd many; seq -f '%g.safetensors' 1 3000 | xargs touch; seq -f 'd%g' 1 300 | xargs mkdir); timeout 20 tokvec -w many 0 2>&1 | cut -c1-200; timeout 20 tokvec list many -q -f json | grep -c '"why"'; tokvec list many 2>&1 | tail -2
tokvec: model.safetensors is read, not 1.safetensors, 10.safetensors, 100.safetensors, 1000.safetensors and 2996 more beside it
tensor([[-0.2196,  0.2205,  2.1147,  1.2385]])
1001
* model.safetensors  weights
tokvec: the folder has more files than are listed
$ mkdir -p odd; cp $TESTS/models/single/model.safetensors odd/$'model\n.x\e[1m.safetensors'; cp $TESTS/models/single/model.safetensors odd/model.safetensors; tokvec -w odd 0; tokvec list odd; tokvec list odd -q -f json | tail -2
tensor([[-0.2196,  0.2205,  2.1147,  1.2385]])
  NAME         DTYPE    SHAPE    BYTES  OFFSET
  ln_f.weight  float32  [4]         16     240
  wpe.weight   float32  [3, 4]      48     256
* wte.weight   float32  [14, 4]    224     304

  FILE                          WHY
  model\n.x\x1b[1m.safetensors  other weights
* model.safetensors             weights
  {"file": "model\n.x\u001b[1m.safetensors", "why": "other weights", "taken": false},
  {"file": "model.safetensors", "why": "weights", "taken": true}]}
! tokvec: model.safetensors is read, not model?.x?[1m.safetensors beside it
! tokvec: model.safetensors is read, not model?.x?[1m.safetensors beside it
$ mkdir -p loop/a; cp $TESTS/models/single/model.safetensors loop/a; ln -s .. loop/a/up; ln -s . loop/self; ln -s loop.safetensors loop/loop.safetensors; tokvec -w loop 0; tokvec list loop | tail -2
tensor([[-0.2196,  0.2205,  2.1147,  1.2385]])
  FILE                 WHY
* a/model.safetensors  weights
