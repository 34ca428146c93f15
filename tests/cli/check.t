# What a check finds in models shaped like those that are published: notes at most.

$ python3 $TESTS/check/make.py m && cd m/healthy && for model in *; do echo "== $model"; tokvec check $model || echo "status $?"; done
== bert
FINDING        LEVEL  TENSOR                                  ID  TOKEN      DETAIL
zero_rows      note   bert.embeddings.word_embeddings.weight   0  [PAD]      1 row of special or reserved tokens: 0
repeated_rows  note   bert.embeddings.word_embeddings.weight   1  [unused0]  2 rows in 1 group of equal ones: 1 = 2
== byte_level
FINDING    LEVEL  TENSOR                     ID  TOKEN   DETAIL
zero_rows  note   model.embed_tokens.weight  40  <0xC0>  4 rows of special or reserved tokens: 40 to 43
== e5
== gemma
FINDING        LEVEL  TENSOR                     ID  TOKEN               DETAIL
vocab_size     note   model.embed_tokens.weight  48  <image_soft_token>  a token has no row: the table has 48; pictures and sounds have their vectors elsewhere
repeated_rows  note   model.embed_tokens.weight   0  <pad>               11 rows in 1 group of equal ones: 0 = 4 = 5 = 6 = 7 = ...
== gpt2
== llama2
FINDING    LEVEL  TENSOR                     ID  TOKEN  DETAIL
zero_rows  note   model.embed_tokens.weight   0  <unk>  17 rows of special or reserved tokens: 0, 3 to 18
== llama3
FINDING         LEVEL  TENSOR                     ID  TOKEN                         DETAIL
zero_rows       note   model.embed_tokens.weight  54  <|reserved_special_token_6|>  6 rows of special or reserved tokens: 54 to 59
repeated_rows   note   model.embed_tokens.weight  48  <|reserved_special_token_0|>  6 rows in 1 group of equal ones: 48 = 49 = 50 = 51 = 52 = ...
untrained_rows  note   model.embed_tokens.weight  48  <|reserved_special_token_0|>  6 rows of special or reserved tokens: 48 to 53
== mllama
FINDING     LEVEL  TENSOR                                    ID  TOKEN  DETAIL
vocab_size  note   language_model.model.embed_tokens.weight  50  -      8 rows without a token: 50 to 57
== neox
FINDING     LEVEL  TENSOR                    ID  TOKEN  DETAIL
vocab_size  note   gpt_neox.embed_in.weight  50  -      14 rows without a token: 50 to 63
== nllb
FINDING    LEVEL  TENSOR         ID  TOKEN  DETAIL
zero_rows  note   shared.weight   1  word1  7 rows of special or reserved tokens: 1 to 3, 7 to 10
== opt
FINDING    LEVEL  TENSOR                       ID  TOKEN           DETAIL
zero_rows  note   decoder.embed_tokens.weight  47  madeupword0000  3 rows of special or reserved tokens: 47 to 49
== phi
FINDING     LEVEL  TENSOR                     ID  TOKEN        DETAIL
vocab_size  note   model.embed_tokens.weight  55  -            9 rows without a token: 55 to 63
zero_rows   note   model.embed_tokens.weight  50  <|dummy_0|>  14 rows without a token, or of special or reserved ones: 50 to 63
== qwen
FINDING        LEVEL  TENSOR                     ID  TOKEN         DETAIL
vocab_size     note   model.embed_tokens.weight  48  -             16 rows without a token: 48 to 63
repeated_rows  note   model.embed_tokens.weight  47  <|im_start|>  17 rows in 1 group of equal ones: 47 = 48 = 49 = 50 = 51 = ...
== scaled
$ cd m/gguf && tokvec check healthy.gguf
FINDING    LEVEL  TENSOR             ID  TOKEN  DETAIL
zero_rows  note   token_embd.weight   0  <unk>  4 rows of special or reserved tokens: 0, 1, 43, 44
--

# The same with something wrong.

$ cd m/wrong && for model in *; do echo "== $model"; tokvec check --no-header $model && echo "status 0"; done
== config
vocab_size     note   model.embed_tokens.weight  48  -             16 rows without a token: 48 to 63
repeated_rows  note   model.embed_tokens.weight  47  <|im_start|>  17 rows in 1 group of equal ones: 47 = 48 = 49 = 50 = 51 = ...
config         error  model.embed_tokens.weight   -  -             the config was not compared with the weights: its JSON: expected a member's name in double quotes (config/config.json, byte 1)
== copy-for-special
vocab_size     note  model.embed_tokens.weight  48  -      16 rows without a token: 48 to 63
repeated_rows  note  model.embed_tokens.weight   3  word3  19 rows in 2 groups of equal ones: 3 = 46, 47 = 48 = 49 = 50 = 51 = ...
status 0
== evil.pt
pickle  error  -  -  -  the pickle asks for os.system, which no model needs and an attack would call (evil.pt, byte 45)
== head-nan
vocab_size  note   model.embed_tokens.weight  55  -            9 rows without a token: 55 to 63
zero_rows   note   model.embed_tokens.weight  50  <|dummy_0|>  14 rows without a token, or of special or reserved ones: 50 to 63
nan         error  lm_head.weight              3  -            1 value in 1 row: 3
== hidden-size
vocab_size     note   model.embed_tokens.weight  48  -             16 rows without a token: 48 to 63
repeated_rows  note   model.embed_tokens.weight  47  <|im_start|>  17 rows in 1 group of equal ones: 47 = 48 = 49 = 50 = 51 = ...
config         error  model.embed_tokens.weight   -  -             hidden-size/config.json says hidden_size 41, but 'model.embed_tokens.weight' has 40 columns
== hole
file  error  -  -  -  the data of tensor 'wte.weight' begins at byte 85 instead of 81 (hole/model.safetensors, byte 8)
== inf
vocab_size     note   model.embed_tokens.weight  48  -             16 rows without a token: 48 to 63
inf            error  model.embed_tokens.weight   4  word4         2 values in 1 row: 4
repeated_rows  note   model.embed_tokens.weight  47  <|im_start|>  17 rows in 1 group of equal ones: 47 = 48 = 49 = 50 = 51 = ...
== int8
scale       note  model.embed_tokens.weight   -  -  the scale 'model.embed_tokens.weight_scale' was applied
vocab_size  note  model.embed_tokens.weight  48  -  16 rows without a token: 48 to 63
status 0
== nan
vocab_size     note   model.embed_tokens.weight  48  -      16 rows without a token: 48 to 63
nan            error  model.embed_tokens.weight   4  word4  2 values in 2 rows: 4, 63
repeated_rows  note   model.embed_tokens.weight   4  word4  18 rows in 2 groups of equal ones: 4 = 63, 47 = 48 = 49 = 50 = 51 = ...
== negative
vocab_size      note   model.embed_tokens.weight  48  -             16 rows without a token: 48 to 63
repeated_rows   note   model.embed_tokens.weight  47  <|im_start|>  17 rows in 1 group of equal ones: 47 = 48 = 49 = 50 = 51 = ...
untrained_rows  error  model.embed_tokens.weight   4  word4         1 row: 4
== no-row
vocab_size     error  model.embed_tokens.weight  64  more64        3 tokens have no row, IDs 64 to 70: the table has 64
vocab_size     note   model.embed_tokens.weight  48  -             16 rows without a token: 48 to 63
repeated_rows  note   model.embed_tokens.weight  47  <|im_start|>  17 rows in 1 group of equal ones: 47 = 48 = 49 = 50 = 51 = ...
== other-nan
vocab_size     note  model.embed_tokens.weight  48  -             16 rows without a token: 48 to 63
repeated_rows  note  model.embed_tokens.weight  47  <|im_start|>  17 rows in 1 group of equal ones: 47 = 48 = 49 = 50 = 51 = ...
status 0
== repeated
vocab_size     note   model.embed_tokens.weight  48  -             16 rows without a token: 48 to 63
repeated_rows  error  model.embed_tokens.weight   4  word4         3 rows in 1 group of equal ones: 4 = 9 = 46
repeated_rows  note   model.embed_tokens.weight  47  <|im_start|>  17 rows in 1 group of equal ones: 47 = 48 = 49 = 50 = 51 = ...
== scale
scale          error  model.embed_tokens.weight   -  -             the scale 'model.embed_tokens.weight_scale' was not applied
vocab_size     note   model.embed_tokens.weight  48  -             16 rows without a token: 48 to 63
repeated_rows  note   model.embed_tokens.weight  47  <|im_start|>  17 rows in 1 group of equal ones: 47 = 48 = 49 = 50 = 51 = ...
== tied-differs
vocab_size     note   model.embed_tokens.weight  48  -             16 rows without a token: 48 to 63
repeated_rows  note   model.embed_tokens.weight  47  <|im_start|>  17 rows in 1 group of equal ones: 47 = 48 = 49 = 50 = 51 = ...
tie            error  lm_head.weight              5  word5         tied-differs/config.json says that it is 'model.embed_tokens.weight' (tie_word_embeddings), but 1 row differs
== tied-other-shape
vocab_size     note   model.embed_tokens.weight  48  -             16 rows without a token: 48 to 63
repeated_rows  note   model.embed_tokens.weight  47  <|im_start|>  17 rows in 1 group of equal ones: 47 = 48 = 49 = 50 = 51 = ...
tie            error  lm_head.weight              -  -             tied-other-shape/config.json says that it is 'model.embed_tokens.weight' (tie_word_embeddings), but that is 64 x 40 of float32, and this 48 x 40 of float32
== tiny
vocab_size      note   model.embed_tokens.weight  48  -             16 rows without a token: 48 to 63
repeated_rows   error  model.embed_tokens.weight   4  word4         3 rows in 1 group of equal ones: 4 = 5 = 47
repeated_rows   note   model.embed_tokens.weight  48  -             16 rows in 1 group of equal ones: 48 = 49 = 50 = 51 = 52 = ...
untrained_rows  error  model.embed_tokens.weight   4  word4         2 rows: 4, 5
untrained_rows  note   model.embed_tokens.weight  47  <|im_start|>  1 row of special or reserved tokens: 47
== untied-no-head
vocab_size     note   model.embed_tokens.weight  48  -             16 rows without a token: 48 to 63
repeated_rows  note   model.embed_tokens.weight  47  <|im_start|>  17 rows in 1 group of equal ones: 47 = 48 = 49 = 50 = 51 = ...
tie            error  model.embed_tokens.weight   -  -             untied-no-head/config.json says that the output head is another table (tie_word_embeddings), but the model has none
== vocab-size
vocab_size     note   model.embed_tokens.weight  48  -             16 rows without a token: 48 to 63
repeated_rows  note   model.embed_tokens.weight  47  <|im_start|>  17 rows in 1 group of equal ones: 47 = 48 = 49 = 50 = 51 = ...
config         error  model.embed_tokens.weight   -  -             vocab-size/config.json says vocab_size 48, but 'model.embed_tokens.weight' has 64 rows
== zero
vocab_size     note   model.embed_tokens.weight  48  -             16 rows without a token: 48 to 63
zero_rows      error  model.embed_tokens.weight   4  word4         4 rows: 4, 10 to 12
zero_rows      note   model.embed_tokens.weight  47  <|im_start|>  2 rows without a token, or of special or reserved ones: 47, 60
repeated_rows  note   model.embed_tokens.weight  48  -             15 rows in 1 group of equal ones: 48 = 49 = 50 = 51 = 52 = ...
[1]
$ cd m/gguf && for file in cut gap overlap unaligned nameless; do tokvec check --no-header $file.gguf; done; echo "status $?"
file  error  token_embd.weight  -  -  tensor 'token_embd.weight' has 7200 bytes, and the file ends 3 bytes too soon (cut.gguf, byte 1312)
file  error  token_embd.weight  -  -  the data of tensor 'token_embd.weight' is behind a gap: it begins at byte 224 of the data instead of 160 (gap.gguf, byte 1139)
file  error  token_embd.weight  -  -  tensor 'token_embd.weight' has 7200 bytes, and the file ends 64 bytes too soon (gap.gguf, byte 1376)
file  error  token_embd.weight  -  -  the data of tensor 'token_embd.weight' overlaps other data: it begins at byte 128 of the data instead of 160 (overlap.gguf, byte 1139)
file  error  token_embd.weight  -  -  the offset of tensor 'token_embd.weight', 152, is not a multiple of the alignment, 32 (unaligned.gguf, byte 1139)
file  error  token_embd.weight  -  -  the data of tensor 'token_embd.weight' overlaps other data: it begins at byte 152 of the data instead of 160 (unaligned.gguf, byte 1139)
file  error  b  -  -  the data of tensor 'b' is behind a gap: it begins at byte 512 of the data instead of 160 (nameless.gguf, byte 1123)
file  error  b  -  -  tensor 'b' has 320 bytes, and the file ends 352 bytes too soon (nameless.gguf, byte 1664)
status 1
--

# In other formats; nothing where there is nothing; and by status alone.

$ cd m/wrong && tokvec check -f json zero
[
  {"finding": "vocab_size", "level": "note", "tensor": "model.embed_tokens.weight", "id": 48, "token": null, "detail": "16 rows without a token: 48 to 63"},
  {"finding": "zero_rows", "level": "error", "tensor": "model.embed_tokens.weight", "id": 4, "token": "word4", "detail": "4 rows: 4, 10 to 12"},
  {"finding": "zero_rows", "level": "note", "tensor": "model.embed_tokens.weight", "id": 47, "token": "<|im_start|>", "detail": "2 rows without a token, or of special or reserved ones: 47, 60"},
  {"finding": "repeated_rows", "level": "note", "tensor": "model.embed_tokens.weight", "id": 48, "token": null, "detail": "15 rows in 1 group of equal ones: 48 = 49 = 50 = 51 = 52 = ..."}
]
[1]
$ cd m/wrong && tokvec check -f jsonl -w zero/model.safetensors
{"finding": "vocab_size", "level": "note", "tensor": "model.embed_tokens.weight", "id": 48, "token": null, "detail": "16 rows without a token: 48 to 63"}
{"finding": "zero_rows", "level": "error", "tensor": "model.embed_tokens.weight", "id": 4, "token": "word4", "detail": "4 rows: 4, 10 to 12"}
{"finding": "zero_rows", "level": "note", "tensor": "model.embed_tokens.weight", "id": 47, "token": "<|im_start|>", "detail": "2 rows without a token, or of special or reserved ones: 47, 60"}
{"finding": "repeated_rows", "level": "note", "tensor": "model.embed_tokens.weight", "id": 48, "token": null, "detail": "15 rows in 1 group of equal ones: 48 = 49 = 50 = 51 = 52 = ..."}
[1]
$ cd m/wrong && tokvec check -f csv repeated
finding,level,tensor,id,token,detail
vocab_size,note,model.embed_tokens.weight,48,,16 rows without a token: 48 to 63
repeated_rows,error,model.embed_tokens.weight,4,word4,3 rows in 1 group of equal ones: 4 = 9 = 46
repeated_rows,note,model.embed_tokens.weight,47,<|im_start|>,17 rows in 1 group of equal ones: 47 = 48 = 49 = 50 = 51 = ...
[1]
$ cd m/wrong && tokvec check -f tsv nan
finding	level	tensor	id	token	detail
vocab_size	note	model.embed_tokens.weight	48		16 rows without a token: 48 to 63
nan	error	model.embed_tokens.weight	4	word4	2 values in 2 rows: 4, 63
repeated_rows	note	model.embed_tokens.weight	4	word4	18 rows in 2 groups of equal ones: 4 = 63, 47 = 48 = 49 = 50 = 51 = ...
[1]
$ cd m/healthy && tokvec check gpt2; tokvec check -f json gpt2; tokvec check -f csv gpt2; tokvec check -f jsonl gpt2
[]
finding,level,tensor,id,token,detail
$ cd m && tokvec check -q wrong/zero
[1]
$ cd m && tokvec check --quiet healthy/gpt2
$ cd m && tokvec check -o found.json wrong/zero; wc -l found.json; tokvec check -o wrong/zero/model.safetensors wrong/zero
6 found.json
! tokvec: a report cannot have the format safetensors (wrong/zero/model.safetensors); give the file another name
[2]
--

# Findings that are left out count for nothing; unless they keep all else from being known.

$ cd m/wrong && tokvec check --ignore zero_rows,repeated_rows,vocab_size zero
$ cd m/wrong && tokvec check --ignore zero_rows --ignore vocab_size zero
FINDING        LEVEL  TENSOR                     ID  TOKEN  DETAIL
repeated_rows  note   model.embed_tokens.weight  48  -      15 rows in 1 group of equal ones: 48 = 49 = 50 = 51 = 52 = ...
$ cd m/wrong && tokvec check --ignore zero zero
! tokvec: 'zero' is not a valid value for --ignore; choose nan, inf, zero_rows, repeated_rows, untrained_rows, vocab_size, config, tie, scale, file or pickle
[2]
$ cd m/wrong && tokvec check --ignore nan, zero
! tokvec: '' is not a valid value for --ignore; choose nan, inf, zero_rows, repeated_rows, untrained_rows, vocab_size, config, tie, scale, file or pickle
[2]
$ cd m/wrong && tokvec check --ignore '' zero
! tokvec: '' is not a valid value for --ignore; choose nan, inf, zero_rows, repeated_rows, untrained_rows, vocab_size, config, tie, scale, file or pickle
[2]
$ cd m/wrong && tokvec check --ignore file hole; tokvec check --ignore pickle evil.pt
! tokvec: the data of tensor 'wte.weight' begins at byte 85 instead of 81 (hole/model.safetensors, byte 8); the file is damaged or of another kind; fetch or save it again
! tokvec: the pickle asks for os.system, which no model needs and an attack would call (evil.pt, byte 45); tokvec never runs a pickle; do not load the file with a program that does
[2]
--

# All tensors, another tensor, and tokens from elsewhere.

$ cd m/wrong && tokvec check --no-header --all --ignore vocab_size,repeated_rows other-nan
nan  error  model.norm.weight  0  -  1 value in 1 row: 0
[1]
$ cd m/wrong && tokvec check --no-header -t lm_head.weight head-nan
vocab_size  note   lm_head.weight  55  -      9 rows without a token: 55 to 63
nan         error  lm_head.weight   3  word3  1 value in 1 row: 3
[1]
$ cd m/wrong && tokvec check --no-header -t model.norm.weight other-nan
nan  error  model.norm.weight  0  -  1 value in 1 row: 0
[1]
$ cp m/wrong/zero/model.safetensors alone.safetensors; tokvec check --no-header alone.safetensors
zero_rows      error  model.embed_tokens.weight   4  -  6 rows: 4, 10 to 12, 47, 60; no vocabulary is known, so that every row counts
repeated_rows  error  model.embed_tokens.weight  48  -  15 rows in 1 group of equal ones: 48 = 49 = 50 = 51 = 52 = ...; no vocabulary is known, so that every row counts
[1]
$ tokvec check --no-header --vocab m/wrong/zero/tokenizer.json alone.safetensors
vocab_size     note   model.embed_tokens.weight  48  -             16 rows without a token: 48 to 63
zero_rows      error  model.embed_tokens.weight   4  word4         4 rows: 4, 10 to 12
zero_rows      note   model.embed_tokens.weight  47  <|im_start|>  2 rows without a token, or of special or reserved ones: 47, 60
repeated_rows  note   model.embed_tokens.weight  48  -             15 rows in 1 group of equal ones: 48 = 49 = 50 = 51 = 52 = ...
[1]
$ cd m/wrong && tokvec check --no-header zero/model.safetensors | cut -c1-60
vocab_size     note   model.embed_tokens.weight  48  -      
zero_rows      error  model.embed_tokens.weight   4  word4  
zero_rows      note   model.embed_tokens.weight  47  <|im_st
repeated_rows  note   model.embed_tokens.weight  48  -      
--

# A model in several files.

$ tokvec check $TESTS/models/sharded
$ cp -r $TESTS/models/sharded cut; truncate -s -3 cut/model-00001-of-00002.safetensors; tokvec check --no-header cut
file  error  -  -  -  the data of tensor 'model.layers.0.self_attn.q_proj.weight' lies outside the file, which is 3 bytes short (cut/model-00001-of-00002.safetensors, byte 8)
[1]
$ rm cut/model-00001-of-00002.safetensors; tokvec check cut
! tokvec: cannot open: No such file or directory (cut/model-00001-of-00002.safetensors); it is a part of the model, as cut/model.safetensors.index.json says; all belong in one folder
[2]
--

# What cannot be checked.

$ tokvec check
! tokvec: 'tokvec check' needs a weights file; write tokvec check FILE
[2]
$ tokvec check a b
! tokvec: 'tokvec check' takes one file (argument 3); write tokvec check FILE
[2]
$ tokvec check -w a b
! tokvec: 'tokvec check' takes one file (argument 4); write tokvec check FILE
[2]
$ tokvec check nowhere.safetensors
! tokvec: cannot open: No such file or directory (nowhere.safetensors); check the name
[2]
$ echo '# Notes' > notes.md; tokvec check notes.md
! tokvec: the file is not in a format that tokvec knows (notes.md); it opens files such as .gguf, .npy, .npz, .pt, .pth, .ckpt, .bin, .safetensors, .index.json, .zip, .vec, .w2v, .glove, .txt, .json, .jsonl, .ndjson, .csv, .tsv, and folders of models; for bare values give --dtype and --dim
[2]
$ tokvec check -t nothing m/healthy/gpt2
! tokvec: no tensor is named 'nothing' (m/healthy/gpt2/model.safetensors); see the names with tokvec list, and give one with -t
[2]
$ tokvec check --vocab nothing.json m/healthy/gpt2
! tokvec: cannot open: No such file or directory (nothing.json); check the name
[2]
$ tokvec check --dim 4 --dtype float32 m/healthy/gpt2/model.safetensors
! tokvec: the file is of a format with a shape of its own (safetensors) (m/healthy/gpt2/model.safetensors); leave out --dim; or give --offset, the bytes before its bare values
[2]
$ tokvec check --help
Usage: tokvec check [OPTION]... [FILE]
Tell what is wrong with a model's embedding.
One line a finding. The status is 1 if one has the level error, 0 if none has;
with --quiet it alone tells.

Findings:
  nan, inf        values that are not finite, in the embedding or the output head
  zero_rows       rows of zeros
  repeated_rows   rows with the bytes of another
  untrained_rows  rows in which nothing is above 1e-16
  vocab_size      tokens without a row, or rows without a token
  config          config.json, where it says another shape
  tie             an output head that is not what config.json says it is
  scale           scales beside the weight
  file            gaps, overlaps, repeated names and other damage
  pickle          a pickle that calls what no model needs

Of rows without a token, and of special, reserved and unused tokens, they are notes
where they say nothing about training, and so are scales that were applied.

Options:
  -w, --weights FILE      take the table from a weights file or a model's folder (-: a pipe)
  -t, --tensor NAME       this tensor, not the token embedding
  -d, --dim N             its columns (3); or those of a file of bare values
      --dtype T           its dtype (float32); or that of bare values, of text
      --offset N          bytes before the bare values in the file (0)
      --ignore FINDING,...  leave these findings out
      --all               look in all tensors for what is not finite
      --vocab FILE        take token strings from a tokenizer.json, vocab.txt, ...
  -f, --format F          output format, see below
  -o, --output FILE       write to a file, which appears whole or not at all
      --no-header         leave out the names of the columns
  -j, --threads N         use N threads (as many as there are processors)
  -q, --quiet             print no warnings; where the status tells, nothing
  -h, --help              show this help
  -V, --version           show the version

Formats:
  text      for people, in aligned columns
  json      an array with an object a line, or one object
  jsonl     an object a line
  csv       comma-separated, with a header row
  tsv       tab-separated, with a header row
--

# A vocabulary or a config that is damaged; one that is not read.

$ cp -r m/healthy/gpt2 d; printf '{"model"' > d/tokenizer.json; tokvec check --no-header d
file  error  -  -  -  the JSON: expected a colon (d/tokenizer.json, byte 8)
[1]
$ printf '[]' > d/config.json; rm d/tokenizer.json; tokvec check --no-header d
config  error  wte.weight  -  -  the config was not compared with the weights: its JSON is not an object (d/config.json, byte 0)
[1]
$ printf '\n\x0e\n\x05<unk>\x15\0\0\0\0\x18\x02\n\x08\n\x01a\x15\0\0\0\0' > d/tokenizer.model; rm d/config.json; tokvec check d
FINDING     LEVEL  TENSOR      ID  TOKEN  DETAIL
vocab_size  note   wte.weight   2  -      48 rows without a token: 2 to 49
! tokvec: warning: the SentencePiece model has 2 pieces, the table 50 rows: the model may give tokens other IDs than their places; name its tokenizer.json if it has one
--

# Rows that end before the file says.

$ cp $TESTS/words/head.vec .; tokvec check --no-header head.vec
file  error  -  -  -  the file ends after 3 of 2519370 words (head.vec, line 5, column 1)
! tokvec: warning: the first line announces 2519370 words, the file has 3 (head.vec); correct the line to '3 2', or delete it
[1]
$ tokvec check -q head.vec
[1]
