# Other weights files, whole, cut and of other kinds.

$ cd $TESTS/good/fp16-variant; tokvec -w fp16v 1 -f jsonl
{"id": 1, "vector": [0.0, 0.25, 0.5, 0.75]}
$ cd $TESTS/good/gensim-vectors-npy; tokvec -w big.kv.vectors.npy 1 -f jsonl
{"id": 1, "vector": [0.0, 0.25, 0.5, 0.75]}
$ cd $TESTS/good/ggml-before-gguf; tokvec -w ggjt.bin 1
! tokvec: the file is of a GGML format (GGJT), which GGUF has replaced (ggjt.bin, byte 0); convert the model to GGUF with the tools of llama.cpp
[2]
$ cd $TESTS/good/gguf-blob-without-suffix; tokvec -w sha256-deadbeef 1 -f jsonl
{"id": 1, "token": " the", "vector": [0.0, 0.25, 0.5, 0.75]}
$ cd $TESTS/good/gguf-control-characters; tokvec weight -w ctrl.gguf -f jsonl
{"id": 0, "token": "e", "vector": [-1.0, -0.75, -0.5, -0.25]}
{"id": 1, "token": "\r\n", "vector": [0.0, 0.25, 0.5, 0.75]}
{"id": 2, "token": "A\u0000B", "vector": [1.0, 1.25, 1.5, 1.75]}
{"id": 3, "token": "\"", "vector": [2.0, 2.25, 2.5, 2.75]}
{"id": 4, "token": "\t", "vector": [3.0, 3.25, 3.5, 3.75]}
{"id": 5, "token": "\\", "vector": [4.0, 4.25, 4.5, 4.75]}
$ cd $TESTS/good/gguf-eos-out-of-range; tokvec -w eos.gguf 1 -f jsonl
{"id": 1, "token": " the", "vector": [0.0, 0.25, 0.5, 0.75]}
$ cd $TESTS/good/gguf-tokens-wrong-type; tokvec -w inttok.gguf 1 -f jsonl
{"id": 1, "vector": [0.0, 0.25, 0.5, 0.75]}
$ cd $TESTS/good/gguf-unaligned; tokvec -w unaligned.gguf 1
! tokvec: the offset of tensor 'token_embd.weight', 12, is not a multiple of the alignment, 32 (unaligned.gguf, byte 162); the file is damaged or of another kind; fetch or save it again
[2]
$ cd $TESTS/good/gguf-unknown-architecture; tokvec -w gemma3n.gguf 1 -f jsonl
{"id": 1, "token": " the", "vector": [0.0, 0.25, 0.5, 0.75]}
$ cd $TESTS/good/gguf-version-1; tokvec -w v1.gguf 1
! tokvec: version 1 of GGUF is out of use since 2023; 2 and 3 are known (v1.gguf, byte 4); the file is damaged or of another kind; fetch or save it again
[2]
$ cd $TESTS/good/npy-object-array; tokvec -w obj.npy 1
! tokvec: the elements are Python objects, which can only be read by running a pickle (obj.npy, byte 20); in Python: numpy.save(NEW, numpy.load(FILE, allow_pickle=True).astype('float32'))
[2]
$ cd $TESTS/good/npy-saved-twice; tokvec -w twice.npy 1 -f jsonl
{"id": 1, "vector": [0.0, 0.25, 0.5, 0.75]}
$ cd $TESTS/good/npz-words-and-vectors; tokvec -w words_obj.npz 1 -f jsonl
{"id": 1, "vector": [0.0, 0.25, 0.5, 0.75]}
$ cd $TESTS/good/partial-download; tokvec -w partial 1 -f jsonl
{"id": 1, "vector": [0.0, 0.25, 0.5, 0.75]}
$ cd $TESTS/good/peft-adapter-with-embedding; tokvec -w adapter 1 -f jsonl
{"id": 1, "vector": [0.0, 0.25, 0.5, 0.75]}
$ cd $TESTS/good/peft-lora-on-embedding; tokvec -w adapter 1
! tokvec: the file is an adapter that changes its token embedding (lora_embedding_A, lora_embedding_B) (adapter/adapter_model.safetensors); merge it: in Python, model.merge_and_unload(); or name a tensor with -t
[2]
$ cd $TESTS/good/peft-modules-to-save; tokvec list adapter | grep -c "^\* base_model.model.model.embed_tokens.weight"
1
$ cd $TESTS/good/prefix-compile-ddp; tokvec -w ddp_compile.safetensors 1 -f jsonl
{"id": 1, "vector": [0.0, 0.25, 0.5, 0.75]}
$ cd $TESTS/good/safetensors-cut; tokvec -w cut.safetensors 1
! tokvec: the data of tensor 'a' lies outside the file, which is 20 bytes short (cut.safetensors, byte 8); the file is damaged or of another kind; fetch or save it again
[2]
$ cd $TESTS/good/safetensors-metadata-empty; tokvec -w meta_empty.safetensors 1 -f jsonl
{"id": 1, "vector": [0.0, 0.25, 0.5, 0.75]}
$ cd $TESTS/good/safetensors-metadata-only; tokvec -w metaonly_ok.safetensors 1
! tokvec: the file holds no tensors (metaonly_ok.safetensors); name another file
[2]
$ cd $TESTS/good/several-components-in-names; tokvec -w scalar.safetensors 1 -f jsonl
{"id": 1, "vector": [0.0, 0.25, 0.5, 0.75]}
$ cd $TESTS/good/shard-missing; tokvec -w missing 1
! tokvec: cannot open: No such file or directory (missing/model-00001-of-00003.safetensors); it is a part of the model, as missing/model.safetensors.index.json says; all belong in one folder
[2]
$ cd $TESTS/good/stale-shards-beside-one-file; tokvec -w stale -f csv 1
id,0,1,2,3
1,1.0,1.25,1.5,1.75
! tokvec: model.safetensors is read, not model.safetensors.index.json beside it
