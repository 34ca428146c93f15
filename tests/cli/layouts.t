# Folders whose own files say where in them the model is.

$ cp -r $TESTS/layouts/* .
$ tokvec -w st-old 1; tokvec -w st-old/0_Transformer 1
tensor([[ 2.3750, -0.5625,  1.1250,  0.3750]])
tensor([[ 2.3750, -0.5625,  1.1250,  0.3750]])
$ tokvec -w st-static 1
tensor([[-0.3750, -0.8125, -1.0625, -0.5000]])
$ tokvec -w sd 1; tokvec -w sd/text_encoder 1
tensor([[-1.1250, -0.3125,  0.0625,  0.8750]])
! tokvec: the folder holds 2 text encoders (sd); name one of them: text_encoder, text_encoder_2
$ mkdir sd1; cp -r sd/text_encoder sd/unet sd1; echo '{"text_encoder": ["transformers", "CLIPTextModel"], "text_encoder_2": [null, null]}' > sd1/model_index.json; tokvec -w sd1 1
tensor([[-1.1250, -0.3125,  0.0625,  0.8750]])
$ rm -r sd1/text_encoder; tokvec -w sd1 1
! tokvec: the pipeline has no text encoder here (sd1/model_index.json); name the weights file
[2]
$ mkdir -p hub/models--me--tiny/{blobs,refs,snapshots/one,snapshots/two}; cp $TESTS/models/single/model.safetensors hub/models--me--tiny/blobs/7e; for s in one two; do ln -s ../../blobs/7e hub/models--me--tiny/snapshots/$s/model.safetensors; done; tokvec -w hub/models--me--tiny 0
! tokvec: the folder holds 2 snapshots, and refs/main names none of them (hub/models--me--tiny); name one of them: snapshots/one, snapshots/two
[2]
$ printf 'two\n' > hub/models--me--tiny/refs/main; tokvec -w hub/models--me--tiny 0 -f json | head -1; tokvec -w hub 0
{"source": {"file": "hub/models--me--tiny/snapshots/two/model.safetensors", "tensor": "wte.weight"},
tensor([[-0.2196,  0.2205,  2.1147,  1.2385]])
$ mv hub/models--me--tiny/blobs/7e{,.incomplete}; tokvec -w hub/models--me--tiny/snapshots/one/model.safetensors 0; tokvec -w hub 0
! tokvec: cannot open: No such file or directory (hub/models--me--tiny/snapshots/one/model.safetensors); it is a link to ../../blobs/7e, which is not there: fetch the file again
! tokvec: the link points to nothing (hub/models--me--tiny/snapshots/two/model.safetensors); it is a link to ../../blobs/7e, which is not there: fetch the file again
[2]
$ tokvec -w deepspeed 1; tokvec -w megatron 1
tensor([[-1.0625, -0.3125,  0.8125,  0.6250]])
tensor([[-0.1875,  0.1875,  0.0625, -0.1875]])
$ echo 6 > megatron/latest_checkpointed_iteration.txt; tokvec -w megatron 1
! tokvec: the folder 'iter_0000006', which it names, is not here (megatron/latest_checkpointed_iteration.txt); name the weights file
[2]
$ tokvec -w ollama/models/manifests/registry.ollama.ai/library/tiny/latest 1
tensor([[-0.1875,  0.1250,  0.7500,  0.0625]])
$ mv ollama/models/blobs ollama/models/gone; tokvec -w ollama/models/manifests/registry.ollama.ai/library/tiny/latest 1
! tokvec: the file is a manifest of Ollama's whose model is not in blobs/ (ollama/models/manifests/registry.ollama.ai/library/tiny/latest); pull the model again
[2]
--

# Such files lead nowhere else.

$ function modules { echo "$1" > st-old/modules.json; tokvec -w st-old 1; }; modules '[{"idx": 0, "path": "../st-static"}]'; modules '[{"idx": 0, "path": "/etc"}]'; modules '[{"idx": 0, "path": "0_Transformer/../../st-static"}]'; modules '[{"idx": 1, "path": "0_Transformer"}]'; modules '{}'; modules '['; modules '[{"idx": 0, "path": "1_Pooling"}]'; modules '[{"idx": 0, "path": "0_Transformer/./"}]'
tensor([[ 2.3750, -0.5625,  1.1250,  0.3750]])
! tokvec: the path '../st-static' points out of the folder (st-old/modules.json); name the weights file
! tokvec: the path '/etc' points out of the folder (st-old/modules.json); name the weights file
! tokvec: the path '0_Transformer/../../st-static' points out of the folder (st-old/modules.json); name the weights file
! tokvec: no module has idx 0 (st-old/modules.json); name the weights file
! tokvec: no module has idx 0 (st-old/modules.json); name the weights file
! tokvec: the JSON: not a JSON number (st-old/modules.json, byte 2); name the weights file
! tokvec: the folder holds no model that tokvec knows (st-old/1_Pooling); it opens model.safetensors, pytorch_model.bin, their .index.json, or a single .safetensors or .gguf file
$ echo ../other > hub/models--me--tiny/refs/main; tokvec -w hub/models--me--tiny 0
! tokvec: the link points to nothing (hub/models--me--tiny/snapshots/one/model.safetensors); it is a link to ../../blobs/7e, which is not there: fetch the file again
[2]
$ echo .. > deepspeed/latest; tokvec -w deepspeed 1; : > deepspeed/latest; tokvec -w deepspeed 1
! tokvec: the file does not name a folder (deepspeed/latest); name the weights file
! tokvec: the file does not name a folder (deepspeed/latest); name the weights file
[2]
$ mkdir -p linked other/below; cp $TESTS/models/single/model.safetensors other/below; ln -s ../other linked/away; tokvec -w linked 0; tokvec -w other 0
tensor([[-0.2196,  0.2205,  2.1147,  1.2385]])
! tokvec: the folder holds no model that tokvec knows (linked); it opens model.safetensors, pytorch_model.bin, their .index.json, or a single .safetensors or .gguf file
$ mkdir -p a/b/c/d; cp other/below/model.safetensors a/b/c/d; tokvec -w a 0; tokvec -w a/b 0; mkdir -p hide/.git; cp other/below/model.safetensors hide/.git; tokvec -w hide 0
tensor([[-0.2196,  0.2205,  2.1147,  1.2385]])
! tokvec: the folder holds no model that tokvec knows (a); it opens model.safetensors, pytorch_model.bin, their .index.json, or a single .safetensors or .gguf file
! tokvec: the folder holds no model that tokvec knows (hide); it opens model.safetensors, pytorch_model.bin, their .index.json, or a single .safetensors or .gguf file
[2]
$ mkdir -p two/x two/y; cp other/below/model.safetensors two/x; cp other/below/model.safetensors two/y; tokvec -w two 0
! tokvec: the folder holds 2 models, each in a folder of its own (two); name one of them: x/model.safetensors, y/model.safetensors
[2]
$ mkdir -p dense/2_Dense dense/unet; cp other/below/model.safetensors dense/2_Dense; cp other/below/model.safetensors dense/unet/diffusion_pytorch_model.safetensors; tokvec -w dense 0
! tokvec: the folder holds no model that tokvec knows (dense); it opens model.safetensors, pytorch_model.bin, their .index.json, or a single .safetensors or .gguf file
[2]
--

# A checkpoint that was split among machines holds a part of the rows or of every row.

$ tokvec -w meta-one 1
tensor([[-1.0000,  1.4375, -0.1250,  1.3750]])
$ tokvec -w meta-columns 1; tokvec -w meta-columns/consolidated.00.pth 1
tensor([[ 0.8125,  0.6250,  1.4375, -2.0000]])
tensor([[0.8125, 0.6250]])
! tokvec: warning: meta-columns/consolidated.00.pth is one of 2 files that hold a part of each row: 'tok_embeddings.weight' has 2 of the 4 columns
$ tokvec -w meta-rows 1; tokvec -w meta-rows/consolidated.01.pth 1
tensor([[-0.9375,  0.0625,  0.5625, -0.9375]])
tensor([[-0.3125,  0.3125, -0.9375, -0.1250]])
! tokvec: warning: meta-rows/consolidated.01.pth is one of 2 files that hold a part of the rows: 'tok_embeddings.weight' has the model's IDs 3 to 5, here from 0
$ rm meta-columns/consolidated.01.pth; tokvec -w meta-columns 1
! tokvec: meta-columns/consolidated.00.pth is one of 2 files that hold a part of each row: 'tok_embeddings.weight' has 2 of the 4 columns; join the files, or name the one whose part is wanted
[2]
$ mkdir -p parts; cp -r megatron/iter_0000005/mp_rank_00 parts; tokvec -w parts/mp_rank_00/model_optim_rng.pt 1; cp -r parts/mp_rank_00 parts/mp_rank_01; tokvec -w parts/mp_rank_01/model_optim_rng.pt 1
tensor([[-0.1875,  0.1875,  0.0625, -0.1875]])
tensor([[-0.1875,  0.1875,  0.0625, -0.1875]])
! tokvec: warning: parts/mp_rank_01/model_optim_rng.pt is one of 2 files that hold a part of the rows: 'model.language_model.embedding.word_embeddings.weight' has the model's IDs 6 to 11, here from 0
--

# What is there instead.

$ tokvec -w peft-none 1
! tokvec: the file is an adapter of me/base without a token embedding (peft-none/adapter_model.safetensors); name the base model; or name a tensor with -t
[2]
$ tokvec -w shards-no-index 1
tensor([[ 0.1250, -0.0625,  0.1250,  0.5000]])
$ mkdir keras; touch keras/tf_model.h5 keras/readme.md; tokvec -w keras 1
! tokvec: the folder holds no model that tokvec knows (keras); it opens model.safetensors, pytorch_model.bin, their .index.json, or a single .safetensors or .gguf file; there is tf_model.h5
[2]
$ for f in .metadata manifest.ocdbt saved_model.pb checkpoint; do mkdir x; touch x/$f; tokvec -w x 1; rm -r x; done
! tokvec: the folder is a distributed checkpoint of PyTorch (x); join it: python3 -m torch.distributed.checkpoint.format_utils dcp_to_torch FOLDER model.pt
! tokvec: the folder is a checkpoint of Orbax (x); in Python: orbax.checkpoint.StandardCheckpointer().restore(FOLDER), then numpy.save
! tokvec: the folder is a SavedModel of TensorFlow (x); in Python: numpy.save('table.npy', tensorflow.train.load_checkpoint(FOLDER + '/variables/variables').get_tensor(NAME))
! tokvec: the folder is a checkpoint of TensorFlow (x); in Python: numpy.save('table.npy', tensorflow.train.load_checkpoint(FOLDER).get_tensor(NAME))
$ tokvec -w cut/model.safetensors.incomplete 1
! tokvec: the data of tensor 'x' lies outside the file, which is 20 bytes short (cut/model.safetensors.incomplete, byte 8); its name (.incomplete) is that of an unfinished download: let it finish, or fetch it again
[2]
$ mv cut/model.safetensors.incomplete cut/model.safetensors; tokvec -w cut/model.safetensors 1; head -c 20 cut/model.safetensors > short.safetensors; tokvec -w short.safetensors 1
! tokvec: the data of tensor 'x' lies outside the file, which is 20 bytes short (cut/model.safetensors, byte 8); the file is damaged or of another kind; fetch or save it again
! tokvec: the header's length of 160 goes past the end of the file, which is 148 bytes short at least (short.safetensors, byte 0); the file is damaged or of another kind; fetch or save it again
[2]
$ ln -s .git/annex/objects/xx/SHA256E-s5--0 annexed.bin; tokvec -w annexed.bin 1
! tokvec: cannot open: No such file or directory (annexed.bin); it is a link of git-annex: in its repository, git annex get FILE
[2]
--

# Links of the hub's cache that were copied as text.

$ mkdir -p flat/blobs flat/snapshots/one; cp $TESTS/models/single/model.safetensors flat/blobs/7e; printf ../../blobs/7e > flat/snapshots/one/model.safetensors; tokvec -w flat 0; rm flat/blobs/7e; tokvec -w flat 0
tensor([[-0.2196,  0.2205,  2.1147,  1.2385]])
! tokvec: the file is the text of a link to ../../blobs/7e, which is not there (flat/snapshots/one/model.safetensors); fetch the file again
[2]
$ printf ../../../etc/7e > flat/snapshots/one/model.safetensors; tokvec -w flat 0
! tokvec: the file is text, not weights: '../../../etc/7e' (flat/snapshots/one/model.safetensors); fetch it again
[2]
