# The vocabulary that lies beside weights is found in every layout.

$ cp -r $TESTS/layouts/{words,neox,deepspeed,st-old} .; chmod -R u+w .; tokvec -w words cat -f csv; tokvec -w words/0_WordEmbeddings/pytorch_model.bin the -f csv; tokvec list --tokens words; tokvec -w st-old cat -f csv
id,token,0,1
2,cat,4.0,5.0
id,token,0,1
1,the,2.0,3.0
0	PADDING_TOKEN
1	the
2	cat
id,token,0,1,2,3
2,cat,1.375,1.125,-0.3125,1.4375
$ echo '{"a": 0, "b": 1, "c": 2, "d": 5}' > deepspeed/vocab.json; tokvec -w deepspeed d -f csv; tokvec -w deepspeed/ d -f csv | tail -1; tokvec -w deepspeed/global_step10/mp_rank_00_model_states.pt 5 -f csv
id,token,0,1,2,3
5,d,0.5,0.9375,-0.6875,0.125
5,d,0.5,0.9375,-0.6875,0.125
id,0,1,2,3
5,0.5,0.9375,-0.6875,0.125
$ mkdir -p sd/text_encoder_2 sd/tokenizer_2; cp $TESTS/models/single/* sd/text_encoder_2; echo '{"cat": 1, "a</w>": 0, "cat</w>": 2, "b</w>": 13}' > sd/tokenizer_2/vocab.json; for w in sd sd/text_encoder_2 sd/text_encoder_2/model.safetensors; do tokvec -w $w cat -f csv | tail -1; done; cd sd/text_encoder_2; for w in . ./ model.safetensors; do tokvec -w $w cat -f csv | tail -1; done
2,cat</w>,0.40545827,-1.1105937,0.47505918,-0.91740644
2,cat</w>,0.40545827,-1.1105937,0.47505918,-0.91740644
2,cat</w>,0.40545827,-1.1105937,0.47505918,-0.91740644
2,cat</w>,0.40545827,-1.1105937,0.47505918,-0.91740644
2,cat</w>,0.40545827,-1.1105937,0.47505918,-0.91740644
2,cat</w>,0.40545827,-1.1105937,0.47505918,-0.91740644
$ tokvec -w neox 0 4 -f csv; tokvec -w neox/global_step5/layer_00-model_01-model_states.pt 0; tokvec list neox | tail -5
id,0,1
0,0.0,1.0
4,102.0,103.0
tensor([[100., 101.]])
* latest                                          names the place
* global_step5/layer_00-model_00-model_states.pt  a part of the weights
* global_step5/layer_00-model_01-model_states.pt  a part of the weights
  global_step5/mp_rank_00_model_states.pt         other weights
  global_step5/mp_rank_01_model_states.pt         other weights
! tokvec: warning: neox/global_step5/layer_00-model_01-model_states.pt is one of 2 files that hold a part of the rows: 'word_embeddings.weight' has the model's IDs 3 to 5, here from 0
--

# Beside a file that was named itself it counts if it may be its own.

$ mkdir -p f; cp $TESTS/models/single/model.safetensors f/model.safetensors; cp f/model.safetensors f/mine.safetensors; echo '["a", "b"]' > f/vocab.json; tokvec -w f/mine.safetensors 0 -f csv; tokvec -w f/mine.safetensors b -f csv; echo '{"a": 0, "b": 12}' > f/vocab.json; tokvec -w f/mine.safetensors b -f csv | tail -1; echo '{"a": 0, "b": 99}' > f/vocab.json; tokvec -w f/mine.safetensors 0 -f csv | tail -1;  tokvec -w f/model.safetensors 0 -f csv | tail -1; tokvec -w f/model.safetensors b -f csv
id,0,1,2,3
0,-0.2195609,0.22050133,2.1147065,1.2384818
12,b,-0.48530796,0.61294794,1.2007576,0.6193268
0,-0.2195609,0.22050133,2.1147065,1.2384818
0,a,-0.2195609,0.22050133,2.1147065,1.2384818
! tokvec: 'b' is not an integer (argument 3); token IDs are decimal integers such as 0 or 15496; for tokens, name a vocabulary with --vocab
! tokvec: warning: the vocabulary has token IDs up to 99, the table has only 14 rows
! tokvec: 'b' has the ID 99, which is out of range (argument 3); valid are 0 to 13 in 'wte.weight' of f/model.safetensors
[2]
$ echo '{"a": 0, ' > f/vocab.json; tokvec -w f/model.safetensors 0 -f csv | tail -1; tokvec -w f/mine.safetensors 0 -f csv | tail -1; tokvec -w f/model.safetensors 0; rm f/mine.safetensors; tokvec -w f 0 -f csv; printf 'version https://git-lfs.github.com/spec/v1\noid sha256:aa\nsize 3\n' > f/vocab.json; tokvec -w f/model.safetensors 0 -f csv | tail -1; tokvec -w f/model.safetensors a
0,-0.2195609,0.22050133,2.1147065,1.2384818
0,-0.2195609,0.22050133,2.1147065,1.2384818
tensor([[-0.2196,  0.2205,  2.1147,  1.2385]])
0,-0.2195609,0.22050133,2.1147065,1.2384818
! tokvec: warning: no labels: the JSON: expected a member's name in double quotes
! tokvec: the JSON: expected a member's name in double quotes (f/vocab.json, byte 10); the file is damaged or of another kind; fetch or save it again
! tokvec: warning: no labels: the file is a Git LFS pointer, not the file of 3 bytes
! tokvec: the file is a Git LFS pointer, not the file of 3 bytes (f/vocab.json); in its repository: git lfs pull; or download the file
[2]
$ cp $DATA/table.npy f; echo '{"a": 0, "b": 5}' > f/vocab.json; tokvec -w f/table.npy 0 -f csv | head -1; tokvec -w - 0 -f csv < f/model.safetensors | head -1
id,0,1,2,3
id,0,1,2,3
--

# The order in which names count, and what was added.

$ rm f/*; cp $TESTS/models/single/model.safetensors f; printf 'dict 5\nof 4\na 1\n' > f/dict.txt; tokvec -w f 4 -f jsonl | cut -c1-30; printf 'txt\n' > f/vocab.txt; tokvec -w f 0 -f jsonl | cut -c1-30; echo '{"encoder": 0}' > f/encoder.json; tokvec -w f 0 -f jsonl | cut -c1-30; echo '{"vocab": 0}' > f/vocab.json;  tokvec -w f 0 -f jsonl | cut -c1-30; echo '{"model": {"vocab": {"tokenizer": 0}}}' > f/tokenizer.json; echo '{"added": 3, "not": 0}' > f/added_tokens.json; tokvec -w f 0 3 -f jsonl | cut -c1-30
{"id": 4, "token": "dict", "ve
{"id": 0, "token": "txt", "vec
{"id": 0, "token": "encoder", 
{"id": 0, "token": "vocab", "v
{"id": 0, "token": "tokenizer"
{"id": 3, "token": "added", "v
--

# Small files that are none.

$ function modules { head -c ${2:-9999999} > st-old/modules.json; tokvec -w st-old 1 2>&1 | cut -c1-150; }; yes '[' | tr -d '\n' | modules x 60000; yes '[' | modules x 9000000; printf '[{"idx": 0, "path": "%s"}]' $(head -c 5000 /dev/zero | tr '\0' 'a') | modules; printf '[{"idx": 0, "path": "a\\u0000b"}]' | modules; printf '[{"idx": 0, "path": "a\\nb"}]' | modules;  printf '[{"idx": 0, "path": "modules.json"}]' | modules; printf '[{"idx": 0, "path": "0_Transformer/../../.."}]' | modules; printf '[{"idx": 0, "path": ""}]' | modules; printf '[{"idx": 0, "path": "x"}]' | modules; rm st-old/modules.json; mkfifo st-old/modules.json; tokvec -w st-old 1
tokvec: the JSON: nested too deeply (st-old/modules.json, byte 127); name the weights file
tensor([[ 2.3750, -0.5625,  1.1250,  0.3750]])
tokvec: the folder holds no model that tokvec knows (st-old/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
tokvec: the folder holds no model that tokvec knows (st-old/a??b); it opens model.safetensors, pytorch_model.bin, their .index.json, or a single .safe
tokvec: the folder holds no model that tokvec knows (st-old/a?b); it opens model.safetensors, pytorch_model.bin, their .index.json, or a single .safet
tokvec: the JSON is neither a table of numbers nor an index of weights (st-old/modules.json, line 1, column 2); write the objects one a line, as with 
tokvec: the path '0_Transformer/../../..' points out of the folder (st-old/modules.json); name the weights file
tensor([[ 2.3750, -0.5625,  1.1250,  0.3750]])
tokvec: the folder holds no model that tokvec knows (st-old/x); it opens model.safetensors, pytorch_model.bin, their .index.json, or a single .safeten
tensor([[ 2.3750, -0.5625,  1.1250,  0.3750]])
$ mkdir -p ring/0; echo '[{"idx": 0, "path": "0"}]' | tee ring/modules.json > ring/0/modules.json; ln -s ../0 ring/0/0; tokvec -w ring 1; rm ring/0/0; mkdir -p ring/0/0/0/0/0/0; for i in 0 0/0 0/0/0 0/0/0/0 0/0/0/0/0; do cp ring/modules.json ring/$i; done; cp $TESTS/models/single/model.safetensors ring/0/0/0/0/0/0; tokvec -w ring 1
tensor([[1.6700, 1.7442, 0.6219, 2.5079]])
! tokvec: the folder holds no model that tokvec knows (ring/0/0); it opens model.safetensors, pytorch_model.bin, their .index.json, or a single .safetensors or .gguf file
