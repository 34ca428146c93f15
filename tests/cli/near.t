The nearest rows: to words, to IDs, to both.

$ cd $TESTS/near && tokvec near -w words.vec king -k 4
RANK  ID  TOKEN         SCORE
   1  37  tiny            1.0
   2   4  queen    0.72091633
   3  10  actress   0.5325112
   4  20  dog      0.42080563
! tokvec: warning: 1 row is zero, so it has no cosine and is left out
$ cd $TESTS/near && tokvec near -q -w words.vec king 5 -k 2
QUERY  RANK  ID  TOKEN        SCORE
king      1  37  tiny           1.0
king      2   4  queen   0.72091633
5         1   6  girl    0.56702936
5         2  24  runner  0.49196354
$ cd $TESTS/near && tokvec near -q -w words.vec king 4 -k 2 -f json
[
  {"query": "king", "rank": 1, "id": 37, "token": "tiny", "score": 1.0},
  {"query": "king", "rank": 2, "id": 4, "token": "queen", "score": 0.72091633},
  {"query": "4", "rank": 1, "id": 10, "token": "actress", "score": 0.7382855},
  {"query": "4", "rank": 2, "id": 2, "token": "woman", "score": 0.72447}
]
$ cd $TESTS/near && tokvec near -q -w words.vec king -k 2 -f jsonl
{"query": "king", "rank": 1, "id": 37, "token": "tiny", "score": 1.0}
{"query": "king", "rank": 2, "id": 4, "token": "queen", "score": 0.72091633}
$ cd $TESTS/near && tokvec near -q -w words.vec king 0:2 -k 1 -f csv
query,rank,id,token,score
king,1,37,tiny,1.0
0,1,21,cats,0.6716797
1,1,2,woman,0.9424248
$ cd $TESTS/near && tokvec near -q -w words.vec king -k 1 -f tsv --no-header
king	1	37	tiny	1.0
$ cd $TESTS/near && tokvec near -q -w words.vec king -k 1000 | wc -l
37
$ cd $TESTS/near && tokvec near -q -w words.vec king -k 0
$ cd $TESTS/near && tokvec near -q -w words.vec king 4:4 -k 1 -o $OLDPWD/x.csv; cat $OLDPWD/x.csv
query,rank,id,token,score
king,1,37,tiny,1.0
--
By the dot product and by the distance, where rows of zeros have a score as well.

$ cd $TESTS/near && tokvec near -w words.vec king --by dot -k 3
RANK  ID  TOKEN        SCORE
   1   4  queen    6.9684305
   2  20  dog       4.372386
   3  10  actress  2.9584944
$ cd $TESTS/near && tokvec near -w words.vec king --by l2 -k 3
RANK  ID  TOKEN        SCORE
   1  10  actress  2.2793334
   2  37  tiny     2.3423843
   3  36  zero     2.3423867
$ cd $TESTS/near && tokvec near -w words.vec zero --by l2 -k 3
RANK  ID  TOKEN         SCORE
   1  37  tiny   2.233874e-06
   2   5  boy       1.7217969
   3  26  naïve       1.96083
--
Analogies: directions are added. The rows that are named are left out, unless asked for.

$ cd $TESTS/near && tokvec near -q -w words.vec --plus king --minus man --plus woman -k 2
RANK  ID  TOKEN      SCORE
   1  37  tiny   0.9600373
   2   4  queen  0.7951041
$ cd $TESTS/near && tokvec near -q -w words.vec --plus 3 --minus 1 --plus 2 -k 2 -f jsonl
{"query": "3 - 1 + 2", "rank": 1, "id": 37, "token": "tiny", "score": 0.9600373}
{"query": "3 - 1 + 2", "rank": 2, "id": 4, "token": "queen", "score": 0.7951041}
$ cd $TESTS/near && tokvec near -q -w words.vec --minus king -k 1 -f jsonl
{"query": "- king", "rank": 1, "id": 7, "token": "uncle", "score": 0.64120483}
$ cd $TESTS/near && tokvec near -q -w words.vec --plus king --plus zero -k 1 -f jsonl
{"query": "king + zero", "rank": 1, "id": 37, "token": "tiny", "score": 1.0}
$ cd $TESTS/near && tokvec near -q -w words.vec --plus king --minus man --plus woman -k 3 --self
RANK  ID  TOKEN      SCORE
   1   3  king   0.9600373
   2  37  tiny   0.9600373
   3   4  queen  0.7951041
$ cd $TESTS/near && tokvec near -q -w words.vec king -k 2 --self
RANK  ID  TOKEN  SCORE
   1   3  king     1.0
   2  37  tiny     1.0
--
Only the first rows answer, or those whose tokens match.

$ cd $TESTS/near && tokvec near -w words.vec germany --first 6 -k 3
RANK  ID  TOKEN        SCORE
   1   5  boy     0.13539188
   2   0  </s>   -0.15664846
   3   1  man     -0.3960511
$ cd $TESTS/near && tokvec near -w words.vec king --where '^(.|é.*)$'
RANK  ID  TOKEN       SCORE
   1  31  a      0.41291165
   2  25  été     -0.544909
$ cd $TESTS/near && tokvec near -w words.vec king --where '^..$' --first 30
RANK  ID  TOKEN        SCORE
   1  29  of      0.01762407
   2  27  日本     -0.11993923
$ cd $TESTS/near && tokvec near -w words.vec king --where 'no such token' -f json
[]
--
Queries on standard input: words, IDs, tokens in quotes, a line each.

$ printf 'king\n\n 4 \r\n"cat"\n1, 2\ndog' >queries; tokvec near -q -w $TESTS/near/words.vec -k 1 <queries
QUERY  RANK  ID  TOKEN        SCORE
king      1  37  tiny           1.0
4         1  10  actress  0.7382855
cat       1  32  twin1          1.0
1         1   2  woman    0.9424248
2         1   1  man      0.9424248
dog       1  11  paris     0.678402
$ cd $TESTS/near && printf 'king\n4\n' > $OLDPWD/queries; tokvec near -q -w words.vec -k 1 -f csv -i $OLDPWD/queries
query,rank,id,token,score
king,1,37,tiny,1.0
4,1,10,actress,0.7382855
$ cd $TESTS/near && echo king | tokvec near -q -w words.vec -k 1 -f json
[
  {"query": "king", "rank": 1, "id": 37, "token": "tiny", "score": 1.0}
]
$ cd $TESTS/near && tokvec near -q -w words.vec -f json < /dev/null
[]
$ cd $TESTS/near && tokvec near -q -w words.vec < /dev/null
--
Vectors leave nothing out. They are called by what is known of them: token, ID, number.

$ cd $TESTS/near && tokvec -w words.vec king 4 -f jsonl | tokvec near -q -w words.vec --vectors -k 1
QUERY  RANK  ID  TOKEN  SCORE
king      1   3  king     1.0
queen     1   4  queen    1.0
$ cd $TESTS/near && printf '1 0 0 0 0 0 0 0\n[0, 1, 0, 0, 0, 0, 0, 0]\n' | tokvec near -q -w words.vec --vectors -k 1 -f csv
query,rank,id,token,score
0,1,31,a,0.6165596
1,1,21,cats,0.76697445
$ cd $TESTS/near && printf '{"id": 7, "vector": [1,0,0,0,0,0,0,0]} [[1,0,0,0,0,0,0,0],\n[1,0,0,0,0,0,0,0]]' | tokvec near -q -w words.vec --vectors -k 1 -f csv
query,rank,id,token,score
7,1,31,a,0.6165596
1,1,31,a,0.6165596
2,1,31,a,0.6165596
--
A vector that was printed is the row itself again: not a bit is lost.

$ cd $TESTS/near && tokvec -w words.vec -f jsonl $(seq 0 35) | tokvec near -q -w words.vec --vectors -k 9 -f csv | cut -d, -f2- > $OLDPWD/a; tokvec near -q -w words.vec $(seq 0 35) --self -k 9 -f csv | cut -d, -f2- | cmp - $OLDPWD/a
--
fastText models: words outside the vocabulary; zeros that count; words that are left out by their spelling.

$ cd $TESTS/near && tokvec near -w sub.bin catz -k 2
RANK  ID  TOKEN       SCORE
   1  29  of     0.78462714
   2   5  boy    0.76664716
$ cd $TESTS/near && printf 'catz \n' | tokvec near -w sub.bin -k 1 -f csv
query,rank,id,token,score
catz,1,29,of,0.78462714
$ cd $TESTS/near && tokvec near -w sub.bin --plus catz --minus king -k 2
RANK  ID  TOKEN      SCORE
   1  37  tiny   0.8099715
   2  25  été    0.7788013
$ cd $TESTS/near && tokvec near -w words.bin king --where zero
RANK  ID  TOKEN  SCORE
   1  36  zero     0.0
$ cd $TESTS/near && sed 's/twin2/twin1/' words.bin > $OLDPWD/twice.bin; tokvec near -w $OLDPWD/twice.bin twin1 -k 2
RANK  ID  TOKEN  SCORE
   1  19  cat      1.0
   2  34  twin3    1.0
$ tokvec near -w twice.bin twin1 -k 3 --self
RANK  ID  TOKEN  SCORE
   1  19  cat      1.0
   2  32  twin1    1.0
   3  33  twin1    1.0
$ tokvec near -w twice.bin 33 32 -k 1 -f csv
query,rank,id,token,score
33,1,19,cat,1.0
32,1,19,cat,1.0
--
Tables with IDs of their own; vocabularies of their own; no vocabulary; no labels; seeds.

$ cd $TESTS/near && tokvec -w words.vec -f json king queen actress > $OLDPWD/own.json; tokvec near -w $OLDPWD/own.json 10
RANK  ID  TOKEN      SCORE
   1   4  queen  0.7382855
   2   3  king   0.5325112
$ tokvec near -w own.json queen --no-labels
RANK  ID       SCORE
   1  10   0.7382855
   2   3  0.72091633
$ tokvec near -w own.json 1
! tokvec: '1' is not an ID of the table (argument 4); own.json has 3 IDs, 3 to 10
[2]
$ printf 'a\nb\nc\nd\ne\nf\n' > letters.txt; tokvec near --vocab letters.txt b -k 2
RANK  ID  TOKEN         SCORE
   1   2  c         0.2205567
   2   3  d      -0.095852084
$ tokvec near 3 -k 2
RANK  ID       SCORE
   1   4  0.71261835
   2   5    0.394129
$ tokvec near --seed 1 -n 5000 -d 64 15 -k 2 -f jsonl
{"query": "15", "rank": 1, "id": 4990, "token": null, "score": 0.45597324}
{"query": "15", "rank": 2, "id": 2561, "token": null, "score": 0.3988763}
$ for j in 1 2 8; do tokvec near --seed 1 -n 5000 -d 64 0:50 -k 20 -f csv -j $j | md5sum; done | uniq | wc -l
1
--
Rows that have no cosine, or no score.

$ cd $TESTS/near && tokvec near -w nonfinite.vec man -k 1
RANK  ID  TOKEN      SCORE
   1   2  woman  0.9424248
! tokvec: warning: 3 rows are zero, or have nans or infinities, so they have no cosine and are left out
$ cd $TESTS/near && tokvec near -w nonfinite.vec man -k 1 --by l2
RANK  ID  TOKEN      SCORE
   1   6  girl   2.1009636
! tokvec: warning: 2 rows have nans or infinities, so they have no score and are left out
$ cd $TESTS/near && tokvec near -w words.vec man -k 1 --by cosine -f csv
query,rank,id,token,score
man,1,2,woman,0.9424248
! tokvec: warning: 1 row is zero, so it has no cosine and is left out
--
Queries without neighbours.

$ cd $TESTS/near && tokvec near -w words.vec king zero
! tokvec: the query 'zero' is zero: it has no direction; ask for the neighbours of something else
[2]
$ cd $TESTS/near && tokvec near -w words.vec --plus king --minus king
! tokvec: the query 'king - king' is zero: it has no direction; ask for the neighbours of something else
[2]
$ cd $TESTS/near && tokvec near -w words.vec --plus king --plus cat --minus king --minus twin3
! tokvec: the query 'king + cat - king - twin3' is zero: it has no direction; ask for the neighbours of something else
[2]
$ cd $TESTS/near && tokvec near -w words.bin absent
! tokvec: the query 'absent' is zero: it has no direction; ask for the neighbours of something else
[2]
$ cd $TESTS/near && tokvec near -w nonfinite.vec king
! tokvec: the query 'king' has a nan or an infinity: nothing is near it; ask for the neighbours of something else
[2]
$ cd $TESTS/near && tokvec near -w nonfinite.vec --plus king --plus man
! tokvec: the query 'king' has a nan or an infinity: nothing is near it; ask for the neighbours of something else
[2]
$ cd $TESTS/near && echo 0,0,0,0,0,0,0,0 | tokvec near -w words.vec --vectors
! tokvec: the query '0' is zero: it has no direction; ask for the neighbours of something else
[2]
--
What is no query. Where queries stream, those before it are answered.

$ cd $TESTS/near && tokvec near -w words.vec king kinng -f json
! tokvec: the vocabulary does not have the token 'kinng' (argument 5); did you mean 'king'?
[2]
$ cd $TESTS/near && tokvec near -w words.vec 38
! tokvec: '38' is out of range (argument 4); valid are 0 to 37 in words.vec
[2]
$ cd $TESTS/near && tokvec near -w words.vec --plus king --minus kinng
! tokvec: the vocabulary does not have the token 'kinng' (--minus); did you mean 'king'?
[2]
$ cd $TESTS/near && tokvec near -w words.vec --plus king --minus 1:3
! tokvec: '1:3' is not one token or ID (--minus); give each with a --plus or --minus of its own
[2]
$ cd $TESTS/near && printf 'king\nkinng\nqueen\n' | tokvec near -q -w words.vec -k 1 -f csv
query,rank,id,token,score
king,1,37,tiny,1.0
! tokvec: the vocabulary does not have the token 'kinng' (standard input, line 2, column 1); did you mean 'king'?
[2]
$ cd $TESTS/near && echo kinng | tokvec near -q -w words.vec -k 1 -f csv
! tokvec: the vocabulary does not have the token 'kinng' (standard input, line 1, column 1); did you mean 'king'?
[2]
$ cd $TESTS/near && printf 'king\nzero\nqueen\n' | tokvec near -q -w words.vec -k 1 -f csv
query,rank,id,token,score
king,1,37,tiny,1.0
! tokvec: the query 'zero' is zero: it has no direction; ask for the neighbours of something else
[2]
$ cd $TESTS/near && echo king | tokvec near -w words.vec --ids
! tokvec: 'king' is not an integer (standard input, line 1, column 1); token IDs are decimal integers such as 0 or 15496
[2]
$ cd $TESTS/near && tokvec near -w words.vec --tokens 3
! tokvec: the vocabulary does not have the token '3' (argument 5); see the tokens with tokvec list --tokens
[2]
$ cd $TESTS/near && printf '1 0 0 0 0 0 0 0\n1 2 3\n' | tokvec near -q -w words.vec --vectors -k 1 -f csv
query,rank,id,token,score
0,1,31,a,0.6165596
! tokvec: the vector has 3 numbers, but the table has 8 columns (standard input, line 2, column 1); give a number for each column, each vector on a line of its own or in brackets
[2]
$ cd $TESTS/near && echo 1 0 0 0 nan 0 0 0 | tokvec near -w words.vec --vectors
! tokvec: 'nan' is not finite, so there are no neighbours (standard input, line 1, column 9); a vector is of decimal numbers, such as 0.25 -1 3e-2
[2]
$ cd $TESTS/near && echo '{"vector": [1, 0, 0, 0, 0, 0, 0, 0, 0]}' | tokvec near -w words.vec --vectors
! tokvec: the vector has more than 8 numbers, but the table has 8 columns (standard input, line 1, column 1); give a number for each column, each vector on a line of its own or in brackets
[2]
--
Options that do not go together, or make no sense.

$ tokvec near 3 --vectors
! tokvec: queries come from the arguments and from --vectors (argument 2); choose one of the two
[2]
$ tokvec near --plus 3 --vectors
! tokvec: queries come from --plus and --minus and from --vectors; choose one of the two
[2]
$ tokvec near --plus 3 4
! tokvec: queries come from --plus and --minus and from the arguments (argument 4); choose one of the two
[2]
$ tokvec near -i x 3
! tokvec: queries come from the arguments and from --input (argument 4); choose one of the two
[2]
$ tokvec near --plus 3 -i x
! tokvec: queries come from --plus and --minus and from --input; choose one of the two
[2]
$ tokvec near 3 -k -1
! tokvec: '-1' is not a valid value for --top; give a number of rows
[2]
$ tokvec near 3 --first 0
! tokvec: '0' is not a valid value for --first; give a number of rows, 1 or more
[2]
$ tokvec near 3 --by cosinus
! tokvec: 'cosinus' is not a valid value for --by; choose cosine, dot or l2
[2]
$ tokvec near 3 --where x
! tokvec: --where needs a vocabulary; name one with --vocab FILE
[2]
$ tokvec near 3 --where '('
! tokvec: '(' is not a regular expression that can be used: Unmatched ( or \(; give a POSIX extended one, as grep -E takes it
[2]
$ tokvec near 3 --where '(a)\1'
! tokvec: '(a)\1' is not a regular expression that can be used: it has a back-reference; give a POSIX extended one, as grep -E takes it
[2]
$ tokvec near 3 --where '((a{1,255}){1,255}){1,255}'
! tokvec: '((a{1,255}){1,255}){1,255}' is not a regular expression that can be used: its repetitions make too much; give a POSIX extended one, as grep -E takes it
[2]
$ tokvec near --tokens --ids 3
! tokvec: the input cannot be all tokens and all IDs; choose one of --tokens and --ids
[2]
$ tokvec near cat
! tokvec: 'cat' is not an integer (argument 2); token IDs are decimal integers such as 0 or 15496; for tokens, name a vocabulary with --vocab
[2]
$ tokvec near 3 -f npy
! tokvec: unknown format 'npy'; choose one of text, json, jsonl, csv, tsv
[2]
$ tokvec near 3 > /dev/full
! tokvec: cannot write: No space left on device (standard output); make room and try again
[2]
$ tokvec near -i missing
! tokvec: cannot open: No such file or directory (missing); check the name
[2]
--
The help.

$ tokvec near --help | sed '/^  -w/,/--no-labels/d'
Usage: tokvec near [OPTION]... [TOKEN|ID]...
Find the rows that are nearest to tokens, IDs or vectors; analogies.
Without queries, reads them from standard input, one a line. The rows of a query are left
out of its answer.

Options:
      --plus TOKEN        add the direction of a token or ID; all these and
                          those of --minus are one query
      --minus TOKEN       take the direction of a token or ID away
      --vectors           the input is vectors: lines of numbers, lists, or what
                          'tokvec -f jsonl' prints
  -k, --top N             how many rows, the best first (10)
      --by M              cosine (the default), dot (the product), or l2
                          (the distance, smallest first)
      --first N           only the first N rows may answer
      --where REGEX       only rows whose token matches (as grep -E)
      --self              do not leave out the rows of the query itself
  -f, --format F          output format, see below
  -o, --output FILE       write to a file, which appears whole or not at all
      --no-header         leave out the names of the columns
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
  text      for people, in aligned columns
  json      an array with an object a line, or one object
  jsonl     an object a line
  csv       comma-separated, with a header row
  tsv       tab-separated, with a header row
