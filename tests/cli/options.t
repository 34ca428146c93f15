# Options: each of them, and what is wrong with them.

$ tokvec --version
tokvec 0.3.0
$ tokvec -V
tokvec 0.3.0
$ tokvec --help
Usage: tokvec [lookup] [OPTION]... [ID|TOKEN]...
Print the vectors of token IDs or tokens (the default command).
Without IDs, reads them from standard input. Without -w, uses a table that is seeded
as torch.manual_seed(123) seeds torch.nn.Embedding(6, 3).

Commands:
  lookup    print the vectors of token IDs or tokens (the default command)
  weight    print the whole weight matrix
  list      list the tensors in a weights file, or its tokens
  stats     tell what the numbers are like: of the table, of some rows, of each tensor
  near      find the rows that are nearest to tokens, IDs or vectors; analogies
  diff      compare two tables: status 0 equal, 1 different
  digest    print the SHA-256 of a table's values, the same in every container
  check     tell what is wrong with a model's embedding
  whence    find the seed, generator and distribution that made a table
  help      show what a command does and which options it takes

Options:
  -w, --weights FILE      take the table from a weights file or a model's folder (-: a pipe)
  -t, --tensor NAME       this tensor, not the token embedding
      --stored            the stored numbers of a packed tensor, not the values
  -n, --vocab-size N      rows of the seeded table (6)
  -d, --dim N             its columns (3); or those of a file of bare values
      --dtype T           its dtype (float32); or that of bare values, of text
      --offset N          bytes before the bare values in the file (0)
      --padding-idx N     make its row N zero, as nn.Embedding does
      --seed N            seed a table as torch.manual_seed(N) does (123)
      --rng LIBRARY       whose generator draws it from the seed (torch)
      --init DIST         from this distribution: normal:0,0.02 is, of torch,
                          torch.nn.init.normal_(torch.empty(N, D), 0, 0.02)
      --times X           and multiply the values by X, as table * X does
      --torch RELEASE     as this release of PyTorch draws: 1.13 to 2.15, as
                          2.11 or 2.11.0 (the newest); they differ in 16 bits
      --numpy RELEASE     as this release of NumPy draws, as 1.19 (the newest)
      --jax RELEASE       as this release of JAX draws, as 0.4.35 (the newest); 64-bit
                          dtypes as in x64 mode, where the key has all 64 bits of N
      --layer LAYER       linear: torch.nn.Linear(D, N).weight, of N rows; linear.bias:
                          its bias, one row (embedding: torch.nn.Embedding(N, D))
      --after LAYERS      what the same generator made before, in order: 50257x768 is
                          Embedding(50257, 768), linear:768x9 is Linear(768, 9),
                          linear:768x9:nobias, init:normal:0,0.02:9x768 is
                          init.normal_(empty(9, 768), 0, 0.02); with :DTYPE behind it
                          if not float32; skip:N is N outputs of 32 bits
      --state FILE        begin as torch.set_rng_state(torch.load(FILE)) does,
                          in place of --seed; or as with numpy.load
      --jax-key STEPS     how the key came from the seed's, as split:0/2 or fold_in:7;
                          given again, the next step
      --path NAME         whose parameter it is in the model, as blk/pos
      --call N            how many draws came before (0)
      --jit               as a function under jax.jit draws and multiplies it
  -i, --input FILE        read token IDs from a file ('-': standard input)
      --vocab FILE        take token strings from a tokenizer.json, vocab.txt, ...
      --tokens            all input is tokens; on standard input one a line
      --ids               all input is IDs; a word is an error
      --raw-tokens        tokens as they are stored, not as text
      --no-labels         print no tokens beside the IDs
      --onehot            multiply one-hot rows by the matrix; same result
      --bag HOW           make one vector of each line or inner list, see below
      --per-sample-weights  with --bag sum: items are ID:WEIGHT; of --tokens, lines
                            are TOKEN, TAB, WEIGHT, TAB, TOKEN, ...
      --add-positions HOW  print tok(ids) + pos(arange(T)), and nothing more that a
                           model may add; T counts in each inner list. HOW is
                             learned[:P]  an nn.Embedding of P rows, drawn right after
                                          the table as it is; P: the longest list
                             sinusoidal   sin and cos of the Transformer, in float32
                                          with last bits that are not PyTorch's
                             auto         the file's own table of positions
                             TENSOR       this one of the file; ./learned if so called
      --position-offset N  the position of the first ID of each list (0)
  -f, --format F          output format, see below
      --as T              round to float32, float64, float16 or bfloat16; for a seeded
                          table --dtype draws in that dtype instead
  -o, --output FILE       write to a file, which appears whole or not at all
      --precision N       text: digits after the point (4)
      --threshold N       text: summarise if there are more values (1000)
      --edgeitems N       text: values shown at each end of a summary (3)
      --linewidth N       text: characters on a line (80)
      --sci-mode WHEN     text: scientific notation auto, always or never
      --profile P         text: default, short or full
      --save-state FILE   after the whole table, save the generator's state as
                          torch.save(torch.get_rng_state(), FILE) does
  -j, --threads N         use N threads (as many as there are processors)
  -q, --quiet             print no warnings; where the status tells, nothing
  -h, --help              show this help
  -V, --version           show the version

Generators, and what they draw from the seed N into V rows of D columns:
  torch             torch.manual_seed(N); torch.nn.Embedding(V, D)
                    --init normal:MEAN,STD uniform:A,B xavier_normal:GAIN
                           xavier_uniform:GAIN
                           kaiming_normal:A,MODE,NONLINEARITY
                           kaiming_uniform:A,MODE,NONLINEARITY
                           trunc_normal:MEAN,STD,A,B ones zeros constant:VALUE
                           eye
  numpy             numpy.random.default_rng(N).standard_normal((V, D)), on Linux; a Mac's last bits differ
                    --init standard_normal normal:LOC,SCALE uniform:LOW,HIGH
                           random
  numpy-legacy      numpy.random.seed(N); numpy.random.randn(V, D), on Linux; a Mac's last bits differ
                    --init standard_normal normal:LOC,SCALE uniform:LOW,HIGH
                           random randn rand
  jax               jax.random.normal(jax.random.key(N), (V, D)), JAX 0.5 and newer
                    --init bits uniform:LOW,HIGH normal truncated_normal
  jax-original      the same in JAX 0.4 and older
                    --init bits uniform:LOW,HIGH normal truncated_normal
  flax              flax.linen.Embed(V, D).init(jax.random.key(N), ids)
                    --init normal:STD uniform:SCALE truncated_normal:STD
  nnx               flax.nnx.Embed(V, D, rngs=flax.nnx.Rngs(N))
                    --init normal:STD uniform:SCALE truncated_normal:STD
  keras-jax         keras.utils.set_random_seed(N); keras.layers.Embedding(V, D), on JAX
                    --init uniform:LOW,HIGH normal:MEAN,STD
                           truncated_normal:MEAN,STD glorot_uniform
                           glorot_normal he_uniform he_normal lecun_uniform
                           lecun_normal
  keras-tensorflow  keras.utils.set_random_seed(N); keras.layers.Embedding(V, D), on TensorFlow
                    --init uniform:LOW,HIGH normal:MEAN,STD
                           truncated_normal:MEAN,STD glorot_uniform
                           glorot_normal he_uniform he_normal lecun_uniform
                           lecun_normal
  tensorflow        tf.random.set_seed(N); tf.random.normal((V, D)); N,M: stateless_normal, seed=(N, M)
                    --init normal:MEAN,STD uniform:LOW,HIGH
                           truncated_normal:MEAN,STD
  mlx               mx.random.seed(N); nn.Embedding(V, D).weight, as MLX on a Linux CPU
                    --init normal:LOC,SCALE uniform:LOW,HIGH
  gensim            gensim.models.keyedvectors.prep_vectors((V, D), seed=N); of a model N is 1 unless told

Bags:
  sum       as nn.EmbeddingBag
  mean      as nn.EmbeddingBag
  max       as nn.EmbeddingBag
  sentence  as fasttext print-sentence-vectors

Formats:
  text         what PyTorch prints
  json         one object: source, dtype, shape, ids, tokens, vectors
  jsonl        one object a row: id, token, vector
  csv          comma-separated, with a header row
  tsv          tab-separated, with a header row
  npy          NumPy array file
  raw          the bare values, little-endian, in the table's dtype
  safetensors  tensors 'embeddings' and 'ids', in the table's dtype
  vec          word2vec text, with tokens as they are stored
$ tokvec weight -h
Usage: tokvec weight [OPTION]...
Print the whole weight matrix.

Options:
  -w, --weights FILE      take the table from a weights file or a model's folder (-: a pipe)
  -t, --tensor NAME       this tensor, not the token embedding
      --stored            the stored numbers of a packed tensor, not the values
  -n, --vocab-size N      rows of the seeded table (6)
  -d, --dim N             its columns (3); or those of a file of bare values
      --dtype T           its dtype (float32); or that of bare values, of text
      --offset N          bytes before the bare values in the file (0)
      --padding-idx N     make its row N zero, as nn.Embedding does
      --seed N            seed a table as torch.manual_seed(N) does (123)
      --rng LIBRARY       whose generator draws it from the seed (torch)
      --init DIST         from this distribution: normal:0,0.02 is, of torch,
                          torch.nn.init.normal_(torch.empty(N, D), 0, 0.02)
      --times X           and multiply the values by X, as table * X does
      --torch RELEASE     as this release of PyTorch draws: 1.13 to 2.15, as
                          2.11 or 2.11.0 (the newest); they differ in 16 bits
      --numpy RELEASE     as this release of NumPy draws, as 1.19 (the newest)
      --jax RELEASE       as this release of JAX draws, as 0.4.35 (the newest); 64-bit
                          dtypes as in x64 mode, where the key has all 64 bits of N
      --layer LAYER       linear: torch.nn.Linear(D, N).weight, of N rows; linear.bias:
                          its bias, one row (embedding: torch.nn.Embedding(N, D))
      --after LAYERS      what the same generator made before, in order: 50257x768 is
                          Embedding(50257, 768), linear:768x9 is Linear(768, 9),
                          linear:768x9:nobias, init:normal:0,0.02:9x768 is
                          init.normal_(empty(9, 768), 0, 0.02); with :DTYPE behind it
                          if not float32; skip:N is N outputs of 32 bits
      --state FILE        begin as torch.set_rng_state(torch.load(FILE)) does,
                          in place of --seed; or as with numpy.load
      --jax-key STEPS     how the key came from the seed's, as split:0/2 or fold_in:7;
                          given again, the next step
      --path NAME         whose parameter it is in the model, as blk/pos
      --call N            how many draws came before (0)
      --jit               as a function under jax.jit draws and multiplies it
      --vocab FILE        take token strings from a tokenizer.json, vocab.txt, ...
      --raw-tokens        tokens as they are stored, not as text
      --no-labels         print no tokens beside the IDs
  -f, --format F          output format, see below
      --as T              round to float32, float64, float16 or bfloat16; for a seeded
                          table --dtype draws in that dtype instead
  -o, --output FILE       write to a file, which appears whole or not at all
      --precision N       text: digits after the point (4)
      --threshold N       text: summarise if there are more values (1000)
      --edgeitems N       text: values shown at each end of a summary (3)
      --linewidth N       text: characters on a line (80)
      --sci-mode WHEN     text: scientific notation auto, always or never
      --profile P         text: default, short or full
      --save-state FILE   after the whole table, save the generator's state as
                          torch.save(torch.get_rng_state(), FILE) does
  -j, --threads N         use N threads (as many as there are processors)
  -q, --quiet             print no warnings; where the status tells, nothing
  -h, --help              show this help
  -V, --version           show the version

Generators, and what they draw from the seed N into V rows of D columns:
  torch             torch.manual_seed(N); torch.nn.Embedding(V, D)
                    --init normal:MEAN,STD uniform:A,B xavier_normal:GAIN
                           xavier_uniform:GAIN
                           kaiming_normal:A,MODE,NONLINEARITY
                           kaiming_uniform:A,MODE,NONLINEARITY
                           trunc_normal:MEAN,STD,A,B ones zeros constant:VALUE
                           eye
  numpy             numpy.random.default_rng(N).standard_normal((V, D)), on Linux; a Mac's last bits differ
                    --init standard_normal normal:LOC,SCALE uniform:LOW,HIGH
                           random
  numpy-legacy      numpy.random.seed(N); numpy.random.randn(V, D), on Linux; a Mac's last bits differ
                    --init standard_normal normal:LOC,SCALE uniform:LOW,HIGH
                           random randn rand
  jax               jax.random.normal(jax.random.key(N), (V, D)), JAX 0.5 and newer
                    --init bits uniform:LOW,HIGH normal truncated_normal
  jax-original      the same in JAX 0.4 and older
                    --init bits uniform:LOW,HIGH normal truncated_normal
  flax              flax.linen.Embed(V, D).init(jax.random.key(N), ids)
                    --init normal:STD uniform:SCALE truncated_normal:STD
  nnx               flax.nnx.Embed(V, D, rngs=flax.nnx.Rngs(N))
                    --init normal:STD uniform:SCALE truncated_normal:STD
  keras-jax         keras.utils.set_random_seed(N); keras.layers.Embedding(V, D), on JAX
                    --init uniform:LOW,HIGH normal:MEAN,STD
                           truncated_normal:MEAN,STD glorot_uniform
                           glorot_normal he_uniform he_normal lecun_uniform
                           lecun_normal
  keras-tensorflow  keras.utils.set_random_seed(N); keras.layers.Embedding(V, D), on TensorFlow
                    --init uniform:LOW,HIGH normal:MEAN,STD
                           truncated_normal:MEAN,STD glorot_uniform
                           glorot_normal he_uniform he_normal lecun_uniform
                           lecun_normal
  tensorflow        tf.random.set_seed(N); tf.random.normal((V, D)); N,M: stateless_normal, seed=(N, M)
                    --init normal:MEAN,STD uniform:LOW,HIGH
                           truncated_normal:MEAN,STD
  mlx               mx.random.seed(N); nn.Embedding(V, D).weight, as MLX on a Linux CPU
                    --init normal:LOC,SCALE uniform:LOW,HIGH
  gensim            gensim.models.keyedvectors.prep_vectors((V, D), seed=N); of a model N is 1 unless told

Formats:
  text         what PyTorch prints
  json         one object: source, dtype, shape, ids, tokens, vectors
  jsonl        one object a row: id, token, vector
  csv          comma-separated, with a header row
  tsv          tab-separated, with a header row
  npy          NumPy array file
  raw          the bare values, little-endian, in the table's dtype
  safetensors  tensors 'embeddings' and 'ids', in the table's dtype
  vec          word2vec text, with tokens as they are stored
$ tokvec list --help
Usage: tokvec list [OPTION]... FILE
List the tensors in a weights file, or its tokens.
In text * marks the tensor that the other commands take.

Options:
  -d, --dim N             its columns (3); or those of a file of bare values
      --dtype T           its dtype (float32); or that of bare values, of text
      --offset N          bytes before the bare values in the file (0)
      --tokens            list the token strings of a model or vocabulary
      --raw-tokens        tokens as they are stored, not as text
      --metadata          also what the file says beside its tensors
      --stored            the stored numbers of a packed tensor, not the values
  -f, --format F          output format, see below
  -o, --output FILE       write to a file, which appears whole or not at all
      --no-header         leave out the names of the columns
  -q, --quiet             print no warnings; where the status tells, nothing
  -h, --help              show this help
  -V, --version           show the version

Formats:
  text      for people, in aligned columns
  json      an array with an object a line, or one object
  jsonl     an object a line
  csv       comma-separated, with a header row
  tsv       tab-separated, with a header row
$ tokvec lookup --help | head -1
Usage: tokvec [lookup] [OPTION]... [ID|TOKEN]...
$ tokvec 1 --help | head -1
Usage: tokvec [lookup] [OPTION]... [ID|TOKEN]...
--
# Unknown options and commands suggest the nearest.
$ tokvec --weigths x 1
! tokvec: unknown option '--weigths'; did you mean '--weights'?
[2]
$ tokvec --see 1 2
tensor([[-0.6629,  0.8073,  0.4391]], grad_fn=<EmbeddingBackward0>)
$ tokvec --vocab 5 2
! tokvec: cannot open: No such file or directory (5); check the name
[2]
$ tokvec --pre 2 3
tensor([[-0.40,  0.97, -1.15]], grad_fn=<EmbeddingBackward0>)
$ tokvec --p 2 3
! tokvec: unknown option '--p'; more than one option begins like this; see 'tokvec lookup --help'
[2]
$ tokvec --frobnicate
! tokvec: unknown option '--frobnicate'; see 'tokvec lookup --help'
[2]
$ tokvec -x
! tokvec: unknown option '-x'; see 'tokvec lookup --help'
[2]
$ tokvec -q5
! tokvec: unknown option '-5'; see 'tokvec lookup --help'
[2]
$ tokvec --formatt=csv 1
! tokvec: unknown option '--formatt'; did you mean '--format'?
[2]
$ tokvec weight --input x
! tokvec: unknown option '--input'; 'tokvec weight' does not take it
[2]
$ tokvec weight -i x
! tokvec: unknown option '-i'; 'tokvec weight' does not take it
[2]
$ tokvec list --seed 1 x
! tokvec: unknown option '--seed'; 'tokvec list' does not take it
[2]
$ tokvec list -n 1 x
! tokvec: unknown option '-n'; 'tokvec list' does not take it
[2]
$ tokvec weigth
! tokvec: 'weigth' is not a valid token ID (argument 1); did you mean 'tokvec weight'?
[2]
$ tokvec lookup weight
! tokvec: 'weight' is not a valid token ID (argument 2); a command comes before everything else: tokvec weight ...
[2]
$ tokvec 1 weight
! tokvec: 'weight' is not a valid token ID (argument 2); a command comes before everything else: tokvec weight ...
[2]
$ tokvec wieght -f csv
! tokvec: 'wieght' is not a valid token ID (argument 1); did you mean 'tokvec weight'?
[2]
$ tokvec weight 3
! tokvec: 'tokvec weight' prints the whole matrix, not '3' (argument 2); leave out 'weight' to look up token IDs, name files with -w
[2]
$ tokvec list
! tokvec: 'tokvec list' needs a weights file; write tokvec list FILE
[2]
$ tokvec list a b
! tokvec: 'tokvec list' takes one file (argument 3); write tokvec list FILE
[2]
--
# Values.
$ tokvec --seed
! tokvec: --seed needs a value; write --seed N
[2]
$ tokvec -n
! tokvec: --vocab-size needs a value; write --vocab-size N
[2]
$ tokvec --onehot=yes 1
! tokvec: --onehot takes no value; write just --onehot
[2]
$ tokvec --seed 1.5 1
! tokvec: '1.5' is not a valid seed of PyTorch; give an integer from -2^63 to 2^64-1
[2]
$ tokvec --seed '' 1
! tokvec: '' is not a valid seed of PyTorch; give an integer from -2^63 to 2^64-1
[2]
$ tokvec --seed 18446744073709551616 1
! tokvec: '18446744073709551616' is not a valid seed of PyTorch; give an integer from -2^63 to 2^64-1
[2]
$ tokvec --seed -9223372036854775809 1
! tokvec: '-9223372036854775809' is not a valid seed of PyTorch; give an integer from -2^63 to 2^64-1
[2]
$ tokvec --seed -9223372036854775808 0 -f csv
id,0,1,2
0,-1.1258398,-1.1523602,0.5666506
$ tokvec --seed 18446744073709551615 0 -f csv
id,0,1,2
0,-2.6642976,-1.0910486,-1.6460391
$ tokvec --seed -1 0 -f csv
id,0,1,2
0,-2.6642976,-1.0910486,-1.6460391
$ tokvec --seed=-1 0 -f csv
id,0,1,2
0,-2.6642976,-1.0910486,-1.6460391
$ tokvec -n 0 1
! tokvec: '0' is not a valid value for --vocab-size; give the number of rows, 1 or more
[2]
$ tokvec -n -5 1
! tokvec: '-5' is not a valid value for --vocab-size; give the number of rows, 1 or more
[2]
$ tokvec -n 5x 1
! tokvec: '5x' is not a valid value for --vocab-size; give the number of rows, 1 or more
[2]
$ tokvec -d 0 1
! tokvec: '0' is not a valid value for --dim; give the number of columns, 1 or more
[2]
$ tokvec -d 99999999999999999999 1
! tokvec: '99999999999999999999' is not a valid value for --dim; give the number of columns, 1 or more
[2]
$ tokvec --dtype float16 1
tensor([[-1.0205, -0.1689,  0.9180]], dtype=torch.float16,
       grad_fn=<EmbeddingBackward0>)
$ tokvec --dtype double 1
! tokvec: 'double' is not a valid value for --dtype; give one as PyTorch names it, such as float32
[2]
$ tokvec --dtype torch.float64 1
tensor([[-0.6320, -0.7536,  0.0974]], dtype=torch.float64,
       grad_fn=<EmbeddingBackward0>)
$ tokvec --padding-idx 6 1
! tokvec: padding index 6 is out of range; valid are -6 to 5
[2]
$ tokvec --padding-idx -7 1
! tokvec: padding index -7 is out of range; valid are -6 to 5
[2]
$ tokvec --padding-idx one 1
! tokvec: 'one' is not a valid value for --padding-idx; give the number of a row
[2]
$ tokvec weight --padding-idx -1
Parameter containing:
tensor([[ 0.3374, -0.1778, -0.1690],
        [ 0.9178,  1.5810,  1.3010],
        [ 1.2753, -0.2010, -0.1606],
        [-0.4015,  0.9666, -1.1481],
        [-1.1589,  0.3255, -0.6315],
        [ 0.0000,  0.0000,  0.0000]], requires_grad=True)
$ tokvec -f xml 1
! tokvec: unknown format 'xml'; choose one of text, json, jsonl, csv, tsv, npy, raw, safetensors, vec
[2]
$ tokvec -f jsn 1
! tokvec: unknown format 'jsn'; did you mean 'json'?
[2]
$ tokvec -f '' 1
! tokvec: unknown format ''; choose one of text, json, jsonl, csv, tsv, npy, raw, safetensors, vec
[2]
$ tokvec --as int8 1
! tokvec: 'int8' is not a valid value for --as; choose float32, float64, float16 or bfloat16
[2]
$ tokvec --as float8_e5m2 1
! tokvec: 'float8_e5m2' is not a valid value for --as; choose float32, float64, float16 or bfloat16
[2]
$ tokvec --as bfloat16 1
tensor([[0.9180, 1.5781, 1.3047]], dtype=torch.bfloat16,
       grad_fn=<EmbeddingBackward0>)
$ tokvec --precision -1 1
! tokvec: '-1' is not a valid value for --precision; give a number of digits from 0 to 1000
[2]
$ tokvec --precision 1001 1
! tokvec: '1001' is not a valid value for --precision; give a number of digits from 0 to 1000
[2]
$ tokvec --threshold many 1
! tokvec: 'many' is not a valid value for --threshold; give a number of values, or inf
[2]
$ tokvec --edgeitems -1 1
! tokvec: '-1' is not a valid value for --edgeitems; give a number of items
[2]
$ tokvec --linewidth wide 1
! tokvec: 'wide' is not a valid value for --linewidth; give a number of characters
[2]
$ tokvec --sci-mode maybe 1
! tokvec: 'maybe' is not a valid value for --sci-mode; choose auto, always (true) or never (false)
[2]
$ tokvec --profile long 1
! tokvec: 'long' is not a valid value for --profile; choose default, short or full
[2]
$ tokvec -o '' 1
! tokvec: '' is not a valid value for --output; give the name of a file
[2]
$ tokvec -o /nowhere/x 1
! tokvec: cannot create the file: No such file or directory (/nowhere/x); check the name
[2]
$ tokvec -o . 1
! tokvec: cannot open for writing: Is a directory (.); name a file, not a directory
[2]
--
# The table is seeded or loaded, not both.
$ tokvec -t wte.weight 1
! tokvec: --tensor needs a weights file; name one with -w FILE
[2]
$ tokvec -w $DATA/model.safetensors --seed 1 1
! tokvec: --seed is for seeded tables, not for weights files; leave out --seed or -w
[2]
$ tokvec -w $DATA/model.safetensors -n 5 1
! tokvec: --vocab-size is for seeded tables, not for weights files; leave out --vocab-size or -w
[2]
$ tokvec -w $DATA/model.safetensors --padding-idx 5 1
! tokvec: --padding-idx is for seeded tables, not for weights files; leave out --padding-idx or -w
[2]
--
# Order does not matter, and the last of a kind counts.
$ tokvec 2 -f csv 3 -d 1
id,0
2,-0.3696345
3,-0.24041797
$ tokvec -f json -f csv 2 -d1
id,0
2,-0.3696345
$ tokvec -fcsv -d1 --seed=0 2
id,0
2,-2.1787894
$ tokvec -f csv -d 1 -- 2 3
id,0
2,-0.3696345
3,-0.24041797
$ tokvec -f csv -d 1 2 -- 3
id,0
2,-0.3696345
3,-0.24041797
$ tokvec lookup -f csv -d 1 2
id,0
2,-0.3696345
--
# Printing as torch.set_printoptions has it.
$ tokvec 1 2 --precision 2
tensor([[ 0.92,  1.58,  1.30],
        [ 1.28, -0.20, -0.16]], grad_fn=<EmbeddingBackward0>)
$ tokvec 1 2 --sci-mode always
tensor([[ 9.1776e-01,  1.5810e+00,  1.3010e+00],
        [ 1.2753e+00, -2.0095e-01, -1.6056e-01]], grad_fn=<EmbeddingBackward0>)
$ tokvec 1 2 --sci-mode true --precision 1
tensor([[ 9.2e-01,  1.6e+00,  1.3e+00],
        [ 1.3e+00, -2.0e-01, -1.6e-01]], grad_fn=<EmbeddingBackward0>)
$ tokvec weight -d 1 --sci-mode never
Parameter containing:
tensor([[-0.1115],
        [ 0.1204],
        [-0.3696],
        [-0.2404],
        [-1.1969],
        [ 0.2093]], requires_grad=True)
$ tokvec weight --threshold 3 --edgeitems 1
Parameter containing:
tensor([[ 0.3374,  ..., -0.1690],
        ...,
        [-2.8400,  ..., -1.4096]], requires_grad=True)
$ tokvec weight --threshold 3 --edgeitems 0
Parameter containing:
tensor([...], size=(6, 3), requires_grad=True)
$ tokvec weight --profile short -d 600
Parameter containing:
tensor([[ 0.34, -0.18,  ..., -0.34,  0.73],
        [ 0.59,  0.64,  ...,  0.65,  1.41],
        ...,
        [ 1.18, -0.84,  ...,  2.67, -1.40],
        [-0.47, -0.13,  ...,  0.20, -0.45]], requires_grad=True)
$ tokvec weight --precision 5 --profile short -d 600
Parameter containing:
tensor([[ 0.33737, -0.17778,  ..., -0.34354,  0.73073],
        [ 0.58617,  0.63680,  ...,  0.65081,  1.41366],
        ...,
        [ 1.18361, -0.84068,  ...,  2.66680, -1.39545],
        [-0.47441, -0.13016,  ...,  0.19615, -0.45390]], requires_grad=True)
$ tokvec weight --linewidth 40 -d 5 -n 2
Parameter containing:
tensor([[-0.1115,  0.1204, -0.3696,
         -0.2404, -1.1969],
        [ 0.2093, -0.9724, -0.7550,
          0.3239, -0.1085]],
       requires_grad=True)
$ tokvec weight --linewidth 0 -d 2 -n 2
Parameter containing:
tensor([[-0.1115,
          0.1204],
        [-0.3696,
         -0.2404]],
       requires_grad=True)
$ tokvec weight --threshold inf -n 2 -d 3
Parameter containing:
tensor([[-0.1115,  0.1204, -0.3696],
        [-0.2404, -1.1969,  0.2093]], requires_grad=True)
