# One vector of several rows, as torch.nn.EmbeddingBag makes it.

# All operands are one bag; lists are one each.
$ tokvec --bag sum 1 2 3
tensor([[ 1.7916,  2.3466, -0.0077]], grad_fn=<EmbeddingBagBackward0>)
$ tokvec --bag mean '[1, 2]' '[]' '[3]'
tensor([[ 1.0965,  0.6900,  0.5702],
        [ 0.0000,  0.0000,  0.0000],
        [-0.4015,  0.9666, -1.1481]], grad_fn=<EmbeddingBagBackward0>)
$ tokvec --bag max '[[1, 2], [], [3]]'
tensor([[ 1.2753,  1.5810,  1.3010],
        [ 0.0000,  0.0000,  0.0000],
        [-0.4015,  0.9666, -1.1481]], grad_fn=<EmbeddingBagBackward0>)
$ tokvec --bag max 0:3
tensor([[1.2753, 1.5810, 1.3010]], grad_fn=<EmbeddingBagBackward0>)
$ tokvec --bag sum ''
tensor([[0., 0., 0.]], grad_fn=<EmbeddingBagBackward0>)
$ tokvec --bag sum "$(printf 'tensor([[1, 2],\n        [3, 4]])')"
tensor([[ 2.1931,  1.3800,  1.1405],
        [-1.5604,  1.2920, -1.7796]], grad_fn=<EmbeddingBagBackward0>)
$ tokvec --bag sum "$(printf '1 2\n3')"
tensor([[ 2.1931,  1.3800,  1.1405],
        [-0.4015,  0.9666, -1.1481]], grad_fn=<EmbeddingBagBackward0>)
--
# Each line is one, and each list that holds no other.
$ printf '1 2\n\n[[3],[4,5]]\n[1]\n' | tokvec --bag sum -f jsonl
{"id": 0, "ids": [1, 2], "vector": [2.193066, 1.3800164, 1.1404761]}
{"id": 1, "ids": [], "vector": [0.0, 0.0, 0.0]}
{"id": 2, "ids": [3], "vector": [-0.401488, 0.96657157, -1.148144]}
{"id": 3, "ids": [4, 5], "vector": [-3.9988618, -0.45938233, -2.0410779]}
{"id": 4, "ids": [1], "vector": [0.9177646, 1.5809696, 1.3010399]}
$ printf '1 2\n\n[[3],[4,5]]\n' | tokvec --bag mean -f json
{"source": {"seed": 123, "vocab_size": 6, "dim": 3, "bag": "mean"},
 "dtype": "float32",
 "shape": [4, 3],
 "ids": [[1, 2], [], [3], [4, 5]],
 "vectors": [[1.096533, 0.6900082, 0.57023805],
  [0.0, 0.0, 0.0],
  [-0.401488, 0.96657157, -1.148144],
  [-1.9994309, -0.22969116, -1.0205389]]}
$ printf '1, 2\r\n\r\n3' | tokvec --bag mean -f csv
id,0,1,2
0,1.096533,0.6900082,0.57023805
1,0.0,0.0,0.0
2,-0.401488,0.96657157,-1.148144
$ printf '1 2\n  \n' | tokvec --bag mean -f tsv
id	0	1	2
0	1.096533	0.6900082	0.57023805
1	0.0	0.0	0.0
$ printf '1 2\n3 4\n' | tokvec --bag mean -f vec
2 3
0 1.096533 0.6900082 0.57023805
1 -0.78017795 0.6460213 -0.8898247
$ printf 'tensor([[1, 2],\n        [3, 4]])\narray([5])\n' | tokvec --bag max -f csv
id,0,1,2
0,1.2753012,1.5809696,1.3010399
1,-0.401488,0.96657157,-0.63150537
2,-2.839994,-0.78485334,-1.4095725
$ printf '' | tokvec --bag max
tensor([], size=(0, 3), grad_fn=<EmbeddingBagBackward0>)
$ printf '' | tokvec --bag max -f csv
id,0,1,2
$ printf '[]\n' | tokvec --bag max
tensor([[0., 0., 0.]], grad_fn=<EmbeddingBagBackward0>)
$ printf '1\n2\n' | tokvec --bag max -f raw | od -An -tf4
       0.9177646       1.5809696       1.3010399       1.2753012
      -0.2009531     -0.16056378
--
# The dtype is that of the table. Values are converted after they are put together.
$ echo 0 1 2 3 4 | tokvec -w $DATA/table.npy --bag sum
tensor([[ 2.7500,  1.3125, -2.0000, -1.9375]], dtype=torch.float16)
$ echo 0 1 2 3 4 | tokvec -w $DATA/table.npy --bag mean --as float64
tensor([[ 0.5498,  0.2625, -0.3999, -0.3875]], dtype=torch.float64)
$ tokvec -w $DATA/model.safetensors --bag mean 1 2 3
tensor([[ 0.0102, -0.0048, -0.0050, -0.0266,  0.0214, -0.0035, -0.0091,  0.0110]])
$ tokvec -w $DATA/sharded --bag sum 1 2 -f jsonl
{"id": 0, "ids": [1, 2], "vector": [-0.033935547, -0.005493164, 0.013916016, -0.04663086]}
$ tokvec -w $DATA/model.gguf --bag max 0 1 2 --threshold 9
tensor([[0.2245, 0.2837, 0.4019,  ..., 0.3904, 0.7447, 0.2393]])
$ tokvec -w $DATA/arrays.npz -t wpe --bag max 0 1 --threshold 9
tensor([[-0.2342,  0.3559, -0.2913,  ...,  0.9031,  2.3912,  2.6861]])
--
# Padding is left out, and the row stays as it is.
$ cp $DATA/table.npy .
$ tokvec --bag mean --padding-idx 5 1 5 5 -f jsonl
{"id": 0, "ids": [1, 5, 5], "vector": [0.9177646, 1.5809696, 1.3010399]}
$ tokvec --bag mean --padding-idx -1 '[1, 5]' '[5]' -f json
{"source": {"seed": 123, "vocab_size": 6, "dim": 3, "padding_idx": -1, "bag": "mean"},
 "dtype": "float32",
 "shape": [2, 3],
 "ids": [[1, 5], [5]],
 "vectors": [[0.9177646, 1.5809696, 1.3010399],
  [0.0, 0.0, 0.0]]}
$ tokvec -w table.npy --bag sum --padding-idx 0 0 1
tensor([[ 1.3125,  0.1250, -1.2500, -1.7500]], dtype=torch.float16)
$ tokvec -w table.npy --bag sum --padding-idx -5 0 1 -f json
{"source": {"file": "table.npy", "bag": "sum", "padding_idx": -5},
 "dtype": "float16",
 "shape": [1, 4],
 "ids": [[0, 1]],
 "vectors": [[1.3125, 0.125, -1.25, -1.75]]}
$ tokvec -w table.npy --bag sum 0 1
tensor([[-0.1875,  1.3750, -1.8750, -0.2500]], dtype=torch.float16)
$ tokvec -w table.npy --bag sum --padding-idx 5 0 1
! tokvec: --padding-idx 5 is out of range; valid are 0 to 4 in table.npy
[2]
$ tokvec -w table.npy --bag sum --padding-idx -6 0 1
! tokvec: --padding-idx -6 is out of range; valid are 0 to 4 in table.npy
[2]
$ tokvec -w table.npy --padding-idx 0 0 1
! tokvec: --padding-idx is for seeded tables, not for weights files; leave out --padding-idx or -w
[2]
--
# Weights.
$ tokvec --bag sum --per-sample-weights 1:0.5 2:-1e-1 '3:+2.'
tensor([[-0.4716,  2.7437, -1.6297]], grad_fn=<EmbeddingBagBackward0>)
$ printf '1:0.5 2:1\n[[3:.5, 4:2], []]\n' | tokvec --bag sum --per-sample-weights -f jsonl
{"id": 0, "ids": [1, 2], "vector": [1.7341835, 0.58953166, 0.4899562]}
{"id": 1, "ids": [3, 4], "vector": [-2.5184796, 1.1342278, -1.8370827]}
{"id": 2, "ids": [], "vector": [0.0, 0.0, 0.0]}
$ tokvec -w $DATA/table.npy --bag sum --per-sample-weights 1:0.1 2:65519
tensor([[ 49120.,     inf, -49120.,  45024.]], dtype=torch.float16)
$ tokvec --bag sum --per-sample-weights 1:2 3
! tokvec: '3' does not have a weight (argument 5); write each item as ID:WEIGHT, such as 15496:0.5
[2]
$ tokvec --bag sum --per-sample-weights 0:3:0.5
! tokvec: '0:3:0.5' is a range with a weight (argument 4); write each ID with its own
[2]
$ tokvec --bag sum --per-sample-weights 1:
! tokvec: '1:' does not have a valid weight (argument 4); a weight is a decimal number such as 1, -0.25 or 1e-3
[2]
$ tokvec --bag sum --per-sample-weights 1:nan
! tokvec: '1:nan' has a weight that is not finite in the table's dtype (argument 4); give smaller weights
[2]
$ tokvec --bag sum --per-sample-weights 1:1e39
! tokvec: '1:1e39' has a weight that is not finite in the table's dtype (argument 4); give smaller weights
[2]
$ tokvec -w $DATA/table.npy --bag sum --per-sample-weights 1:65520
! tokvec: '1:65520' has a weight that is not finite in the table's dtype (argument 6); give smaller weights
[2]
$ tokvec --bag sum --per-sample-weights 1:1x
! tokvec: '1:1x' does not have a valid weight (argument 4); a weight is a decimal number such as 1, -0.25 or 1e-3
[2]
$ tokvec --bag sum --per-sample-weights 9:1
! tokvec: '9' is out of range (argument 4); valid are 0 to 5 in the default table (seed 123, vocabulary 6, dimension 3); name a weights file with -w, or a shape with -n and -d
[2]
$ printf '1:1\n2:1 3\n' | tokvec --bag sum --per-sample-weights -f csv
id,0,1,2
0,0.9177646,1.5809696,1.3010399
! tokvec: '3' does not have a weight (standard input, line 2, column 5); write each item as ID:WEIGHT, such as 15496:0.5
[2]
$ tokvec --bag mean --per-sample-weights 1:1
! tokvec: --per-sample-weights does not go with --bag mean; as in nn.EmbeddingBag, only a sum has weights: --bag sum
[2]
$ tokvec --bag max --per-sample-weights 1:1
! tokvec: --per-sample-weights does not go with --bag max; as in nn.EmbeddingBag, only a sum has weights: --bag sum
[2]
$ tokvec --per-sample-weights 1:1
! tokvec: --per-sample-weights needs bags; add --bag sum
[2]
--
# Tokens.
$ tokvec -w $DATA/glove.txt --bag mean king queen
tensor([[ 0.4415,  1.2547, -0.9300, -0.0636]])
$ echo 'king queen' | tokvec -w $DATA/glove.txt --bag mean -f jsonl
{"id": 0, "ids": [2, 3], "vector": [0.44152498, 1.254685, -0.929985, -0.0635505]}
$ echo '["king", "queen"]' | tokvec -w $DATA/glove.txt --bag mean -f jsonl
{"id": 0, "ids": [2, 3], "vector": [0.44152498, 1.254685, -0.929985, -0.0635505]}
$ printf 'king\tqueen\n\n["king"]\n[["queen"],[]]\r\nking' | tokvec -w $DATA/glove.txt --bag mean --tokens -f jsonl
{"id": 0, "ids": [2, 3], "vector": [0.44152498, 1.254685, -0.929985, -0.0635505]}
{"id": 1, "ids": [], "vector": [0.0, 0.0, 0.0, 0.0]}
{"id": 2, "ids": [2], "vector": [0.50451, 0.68607, -0.59517, -0.022801]}
{"id": 3, "ids": [3], "vector": [0.37854, 1.8233, -1.2648, -0.1043]}
{"id": 4, "ids": [], "vector": [0.0, 0.0, 0.0, 0.0]}
{"id": 5, "ids": [2], "vector": [0.50451, 0.68607, -0.59517, -0.022801]}
$ printf 'king\t0.5\tqueen\t-1\n\n' | tokvec -w $DATA/glove.txt --bag sum --per-sample-weights --tokens -f csv
id,0,1,2,3
0,-0.12628502,-1.480265,0.96721494,0.0928995
1,0.0,0.0,0.0,0.0
$ tokvec -w $DATA/glove.txt --bag sum --per-sample-weights --tokens king 0.5 queen -1 -f csv
id,0,1,2,3
0,-0.12628502,-1.480265,0.96721494,0.0928995
$ tokvec -w $DATA/glove.txt --bag sum --per-sample-weights king:0.5 3:-1 -f csv
id,0,1,2,3
0,-0.12628502,-1.480265,0.96721494,0.0928995
$ echo 'king:0.5 queen:-1' | tokvec -w $DATA/glove.txt --bag sum --per-sample-weights -f csv
id,0,1,2,3
0,-0.12628502,-1.480265,0.96721494,0.0928995
$ tokvec -w $DATA/glove.txt --bag sum --per-sample-weights --tokens king 0.5 queen
! tokvec: the last token has no weight (argument 9); write TOKEN, TAB, WEIGHT, TAB, TOKEN and so on
[2]
$ printf 'king\t1\tqueen\n' | tokvec -w $DATA/glove.txt --bag sum --per-sample-weights --tokens -f csv
id,0,1,2,3
! tokvec: the last token has no weight (standard input, line 1, column 8); write TOKEN, TAB, WEIGHT, TAB, TOKEN and so on
[2]
$ printf 'king\tx\n' | tokvec -w $DATA/glove.txt --bag sum --per-sample-weights --tokens
! tokvec: 'x' does not have a valid weight (standard input, line 1, column 6); a weight is a decimal number such as 1, -0.25 or 1e-3
[2]
$ echo '["king"]' | tokvec -w $DATA/glove.txt --bag sum --per-sample-weights
! tokvec: '"king"' does not have a weight (standard input, line 1, column 2); tokens with weights are not in quotes, but on lines: TOKEN, TAB, WEIGHT
[2]
$ echo 'king queen' | tokvec -w $DATA/glove.txt --bag sum --tokens
! tokvec: the vocabulary does not have the token 'king queen' (standard input, line 1, column 1); see the tokens with tokvec list --tokens
[2]
$ echo '["king", 2]' | tokvec -w $DATA/glove.txt --bag sum --tokens
! tokvec: '2' is not in quotes (standard input, line 1, column 10); a line that begins with [ is a JSON array of tokens
[2]
$ printf 'king\nkings\n' | tokvec -w $DATA/glove.txt --bag sum -f csv
id,0,1,2,3
0,0.50451,0.68607,-0.59517,-0.022801
! tokvec: the vocabulary does not have the token 'kings' (standard input, line 2, column 1); did you mean 'king'?
[2]
$ tokvec -w $DATA/fasttext.bin --bag sum cat cats -f jsonl
{"id": 0, "ids": [3, null], "vector": [0.13184053, -0.082084835]}
--
# A table that has IDs of its own.
$ tokvec -w $DATA/glove.txt -f csv 3 1 2 > own.csv
$ tokvec -w own.csv --bag sum -f jsonl '[1, 3]' '[2]'
{"id": 0, "ids": [1, 3], "vector": [0.391981, 2.06012, -1.43379, 0.30521]}
{"id": 1, "ids": [2], "vector": [0.50451, 0.68607, -0.59517, -0.022801]}
$ tokvec -w own.csv --bag sum --padding-idx 3 -f jsonl 1 3
{"id": 0, "ids": [1, 3], "vector": [0.013441, 0.23682, -0.16899, 0.40951]}
$ tokvec -w own.csv --bag sum --padding-idx 0 -f jsonl 1 3
! tokvec: --padding-idx 0 is out of range; own.csv has 3 IDs, 1 to 3
[2]
--
# What is written can be read, each bag by its number.
$ for f in json jsonl csv tsv npy vec safetensors; do printf '4 5\n1 2\n' | tokvec --bag sum -o bags.$f; tokvec -w bags.$f 1; done
tensor([[2.1931, 1.3800, 1.1405]])
tensor([[2.1931, 1.3800, 1.1405]])
tensor([[2.1931, 1.3800, 1.1405]])
tensor([[2.1931, 1.3800, 1.1405]])
tensor([[2.1931, 1.3800, 1.1405]])
tensor([[2.1931, 1.3800, 1.1405]])
tensor([[2.1931, 1.3800, 1.1405]])
$ printf '4\n1\n' | tokvec --bag sum -o bags.json; tokvec -w bags.json 1
tensor([[0.9178, 1.5810, 1.3010]])
--
# What cannot be.
$ tokvec --bag
! tokvec: --bag needs a value; write --bag HOW
[2]
$ tokvec --bag median 1
! tokvec: 'median' is not a valid value for --bag; choose sum, mean, max or sentence
[2]
$ tokvec --bag sum --onehot 1
! tokvec: --onehot and --bag do not go together; choose one of the two
[2]
$ tokvec --bag sum 1 '[2]'
! tokvec: a list is beside a number (argument 4); a bag is a line of IDs, a list, or an inner list of a list
[2]
$ tokvec --bag sum '[1]' 2
! tokvec: '2' follows a list on the same line (argument 4); R prints [1] and the like in front of numbers: leave that out
[2]
$ tokvec --bag sum '[1, [2]]'
! tokvec: a list is beside a number (argument 3); a bag is a line of IDs, a list, or an inner list of a list
[2]
$ tokvec --bag sum '[[[1]]]'
! tokvec: the lists are nested too deeply for bags (argument 3); a bag is a line of IDs, a list, or an inner list of a list
[2]
$ tokvec --bag sum '[1, 2'
! tokvec: the input ends inside '[' (argument 3); close the brackets
[2]
$ printf '1\n, 2\n' | tokvec --bag sum
! tokvec: there is nothing before a comma (standard input, line 2, column 1); give a token ID or take the comma out
[2]
$ printf '1\n9\n' | tokvec --bag sum
! tokvec: '9' is out of range (standard input, line 2, column 1); valid are 0 to 5 in the default table (seed 123, vocabulary 6, dimension 3); name a weights file with -w, or a shape with -n and -d
[2]
$ printf '1\n9\n' | tokvec --bag sum -f csv
id,0,1,2
0,0.9177646,1.5809696,1.3010399
! tokvec: '9' is out of range (standard input, line 2, column 1); valid are 0 to 5 in the default table (seed 123, vocabulary 6, dimension 3); name a weights file with -w, or a shape with -n and -d
[2]
$ printf '1\n2 9\n' | tokvec --bag sum -o none.csv; ls
bags.csv
bags.json
bags.jsonl
bags.npy
bags.safetensors
bags.tsv
bags.vec
own.csv
table.npy
! tokvec: '9' is out of range (standard input, line 2, column 3); valid are 0 to 5 in the default table (seed 123, vocabulary 6, dimension 3); name a weights file with -w, or a shape with -n and -d
$ tokvec -w $TESTS/npy/int64.npy --bag sum 0
! tokvec: bags are of floating-point rows, these are int64; nn.EmbeddingBag does not take such a table
[2]
$ tokvec weight --bag sum
! tokvec: unknown option '--bag'; 'tokvec weight' does not take it
[2]
