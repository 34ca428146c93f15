# Vectors of positions, added to those of tokens.

# As tok(ids) + pos(torch.arange(T)) prints; in a file's table as the sum of two frozen ones does.
$ tokvec 2 3 5 1 --add-positions sinusoidal
tensor([[ 1.2753,  0.7990, -0.1606],
        [ 0.4400,  1.5069, -1.1460],
        [-1.9307, -1.2010, -1.4053],
        [ 1.0589,  0.5910,  1.3075]], grad_fn=<AddBackward0>)
$ tokvec --add-positions sinusoidal '[[1, 2], [3, 4]]' -f json
{"source": {"seed": 123, "vocab_size": 6, "dim": 3, "positions": "sinusoidal"},
 "dtype": "float32",
 "shape": [2, 2, 3],
 "ids": [[1, 2], [3, 4]],
 "vectors": [[[0.9177646, 2.5809696, 1.3010399],
  [2.1167722, 0.33934918, -0.15840934]],
  [[-0.401488, 1.9665716, -1.148144],
  [-0.31739688, 0.8657733, -0.62935096]]]}
$ tokvec --add-positions sinusoidal --position-offset 7 '[[1, 2], [3, 4]]' -f json
{"source": {"seed": 123, "vocab_size": 6, "dim": 3, "positions": "sinusoidal", "position_offset": 7},
 "dtype": "float32",
 "shape": [2, 2, 3],
 "ids": [[1, 2], [3, 4]],
 "vectors": [[[1.5747511, 2.3348718, 1.3161204],
  [2.2646594, -0.34645313, -0.14332916]],
  [[0.2554986, 1.7204738, -1.1330636],
  [-0.16950959, 0.17997098, -0.61427075]]]}
$ cp $DATA/model.safetensors $DATA/table.npy $DATA/arrays.npz .
$ tokvec -w model.safetensors 1 2 --add-positions auto
tensor([[ 0.0656,  0.0294, -0.0194, -0.0129, -0.0072,  0.0023,  0.0030, -0.0579],
        [ 0.0208, -0.0089,  0.0340, -0.0274,  0.0674, -0.0061, -0.0135,  0.0466]])
$ tokvec -w model.safetensors 1 2 --add-positions wpe.weight --position-offset 1 -f json
{"source": {"file": "model.safetensors", "tensor": "wte.weight", "positions": "wpe.weight", "position_offset": 1},
 "dtype": "float32",
 "shape": [2, 8],
 "ids": [1, 2],
 "vectors": [[0.030079864, 0.0006205244, 0.016025845, -0.00029408536, 0.044460587, -0.014389664, -0.01061466, -0.02306866],
  [0.032210574, 0.013795268, -0.01918128, -0.026872477, 0.03345889, -0.005494661, -0.020704905, 0.07553299]]}
$ tokvec -w model.safetensors 1 2 --add-positions ./wpe.weight -f json --as float16
{"source": {"file": "model.safetensors", "tensor": "wte.weight", "positions": "wpe.weight"},
 "dtype": "float16",
 "shape": [2, 8],
 "ids": [1, 2],
 "vectors": [[0.06555176, 0.029388428, -0.019348145, -0.012870789, -0.007183075, 0.0022602081, 0.0029754639, -0.057922363],
  [0.020812988, -0.008911133, 0.0340271, -0.027389526, 0.06738281, -0.0060768127, -0.013504028, 0.046569824]]}
$ tokvec -w model.safetensors 1 2 --add-positions ln_f.weight
! tokvec: '2' has the position 1 (argument 4); valid are 0 to 0 in 'ln_f.weight'
[2]
$ tokvec -w $DATA/model.gguf the --add-positions sinusoidal | head -2
tensor([[-0.1655,  1.2837,  0.4019,  0.8739,  0.6305,  0.7557, -0.5359,  1.8433,
          0.5990,  0.6453, -0.5359,  1.3625, -1.0009,  0.7084,  0.5123,  1.5202,
$ tokvec 'tensor(3)' --add-positions sinusoidal
tensor([-0.4015,  1.9666, -1.1481], grad_fn=<AddBackward0>)
$ tokvec '' --add-positions sinusoidal
tensor([], size=(0, 3), grad_fn=<AddBackward0>)
$ tokvec '[[], []]' --add-positions sinusoidal -f json
{"source": {"seed": 123, "vocab_size": 6, "dim": 3, "positions": "sinusoidal"},
 "dtype": "float32",
 "shape": [2, 0, 3],
 "ids": [[], []],
 "vectors": [[], []]}
--
# A flat input is one sequence, an inner list is one; also where they come bit by bit.
$ printf '1 2\n3 4\n' | tokvec --add-positions sinusoidal -f csv
id,0,1,2
1,0.9177646,2.5809696,1.3010399
2,2.1167722,0.33934918,-0.15840934
3,0.5078094,0.5504247,-1.1438352
4,-1.0177479,-0.66452146,-0.62504214
$ printf '[1, 2]\n[3, 4, 5]\n' | tokvec --add-positions sinusoidal -f csv
id,0,1,2
1,0.9177646,2.5809696,1.3010399
2,2.1167722,0.33934918,-0.15840934
3,-0.401488,1.9665716,-1.148144
4,-0.31739688,0.8657733,-0.62935096
5,-1.9306965,-1.2010002,-1.4052637
$ printf '[1, 2]\n[3, 4]\n' | tokvec --add-positions sinusoidal -f jsonl
{"id": 1, "vector": [0.9177646, 2.5809696, 1.3010399]}
{"id": 2, "vector": [2.1167722, 0.33934918, -0.15840934]}
{"id": 3, "vector": [-0.401488, 1.9665716, -1.148144]}
{"id": 4, "vector": [-0.31739688, 0.8657733, -0.62935096]}
$ printf '[1, 2]\n[3, 4]\n' | tokvec --add-positions sinusoidal -f json
{"source": {"seed": 123, "vocab_size": 6, "dim": 3, "positions": "sinusoidal"},
 "dtype": "float32",
 "shape": [2, 2, 3],
 "ids": [[1, 2], [3, 4]],
 "vectors": [[[0.9177646, 2.5809696, 1.3010399],
  [2.1167722, 0.33934918, -0.15840934]],
  [[-0.401488, 1.9665716, -1.148144],
  [-0.31739688, 0.8657733, -0.62935096]]]}
$ (printf '[[1, 2'; sleep 0.1; printf ', 3]]'; sleep 0.1; printf ' [[4]]') | tokvec --add-positions sinusoidal -f tsv
id	0	1	2
1	0.9177646	2.5809696	1.3010399
2	2.1167722	0.33934918	-0.15840934
3	0.5078094	0.5504247	-1.1438352
4	-1.1588678	1.325471	-0.63150537
$ printf 'a 1 2\nb 3 4\nc 5 6\n' > words.txt; tokvec -w words.txt b a --add-positions sinusoidal -f jsonl
{"id": 1, "token": "b", "vector": [3.0, 5.0]}
{"id": 0, "token": "a", "vector": [1.841471, 2.5403023]}
$ printf 'b\na\nc\n' | tokvec -w words.txt --tokens --add-positions sinusoidal -f tsv
id	token	0	1
1	b	3.0	5.0
0	a	1.841471	2.5403023
2	c	5.9092975	5.5838532
$ printf '[1, 2] 3' | tokvec --add-positions sinusoidal -f csv
id,0,1,2
1,0.9177646,2.5809696,1.3010399
2,2.1167722,0.33934918,-0.15840934
! tokvec: '3' follows a list on the same line (standard input, line 1, column 8); R prints [1] and the like in front of numbers: leave that out
[2]
$ printf '1 [2, 3]' | tokvec --add-positions sinusoidal
! tokvec: a list is beside a number (standard input, line 1, column 3); nested IDs must form a rectangle, as a tensor does
[2]
--
# There is no vector of a position past the last one.
$ tokvec -w model.safetensors 0 1 2 3 4 5 6 --add-positions auto
! tokvec: '6' has the position 6 (argument 9); valid are 0 to 5 in 'wpe.weight'
[2]
$ tokvec -w model.safetensors 0:7 --add-positions auto
! tokvec: '0:7' has the position 6 in it (argument 3); valid are 0 to 5 in 'wpe.weight'
[2]
$ printf '0 1 2 3\n4 5  6\n' | tokvec -w model.safetensors --add-positions auto -f raw | wc -c
192
! tokvec: '6' has the position 6 (standard input, line 2, column 6); valid are 0 to 5 in 'wpe.weight'
$ printf '[0, 1, 2, 3]\n[4, 5, 6, 7]\n' | tokvec -w model.safetensors --add-positions auto --position-offset 3
! tokvec: '3' has the position 6 (standard input, line 1, column 11); valid are 0 to 5 in 'wpe.weight'
[2]
$ tokvec -w model.safetensors 0 --add-positions auto --position-offset 100
! tokvec: '0' has the position 100 (argument 3); valid are 0 to 5 in 'wpe.weight'
[2]
--
# What does not go together.
$ tokvec 1 --add-positions sinusoidal --bag sum
! tokvec: --add-positions and --bag do not go together; choose one of the two
[2]
$ tokvec 1 --add-positions sinusoidal --onehot
! tokvec: --add-positions and --onehot do not go together; choose one of the two
[2]
$ tokvec 1 --add-positions auto
! tokvec: --add-positions auto needs a weights file; a seeded table has learned or sinusoidal ones
[2]
$ tokvec 1 --add-positions lerned
! tokvec: --add-positions 'lerned' needs a weights file; it is the name of a tensor; or choose learned, sinusoidal or auto
[2]
$ tokvec 1 --position-offset 3
! tokvec: --position-offset needs --add-positions; say which positions are added
[2]
$ tokvec 1 --add-positions sinusoidal --position-offset -1
! tokvec: '-1' is not a valid value for --position-offset; give the first position, 0 or more
[2]
$ tokvec 1 --add-positions learned:0
! tokvec: 'learned:0' is not a valid value for --add-positions; give learned or learned:P, P being 1 or more
[2]
$ tokvec 1 --add-positions learned:x
! tokvec: 'learned:x' is not a valid value for --add-positions; give learned or learned:P, P being 1 or more
[2]
$ tokvec 1 --add-positions learned -f csv
! tokvec: a format that streams needs the number of learned positions; give it as --add-positions learned:P
[2]
$ tokvec -w model.safetensors 1 --add-positions learned
! tokvec: --add-positions learned is for seeded tables, not for weights files; auto takes the file's own table of positions, ./learned a tensor of that name
[2]
$ tokvec -w model.safetensors 1 --add-positions nope
! tokvec: no tensor is named 'nope' (model.safetensors); see the names with tokvec list
[2]
$ tokvec -w model.safetensors 1 --add-positions wpe
! tokvec: no tensor is named 'wpe' (model.safetensors); did you mean 'wpe.weight'?
[2]
$ tokvec -w table.npy 1 --add-positions auto
! tokvec: no tensor is a table of positions by its name (table.npy); name one; a model's positions may also be rotary or relative, which are not added
[2]
$ tokvec --layer linear -n 6 -d 3 1 --add-positions learned
! tokvec: --add-positions learned does not go with --layer; what is added belongs to an embedding
[2]
$ tokvec weight --add-positions sinusoidal
! tokvec: unknown option '--add-positions'; 'tokvec weight' does not take it
[2]
--
# What cannot be added.
$ tokvec -w arrays.npz -t wte 0 --add-positions auto
tensor([[ 0.8084, -0.2130, -0.2231,  1.5079,  0.1477, -0.7753, -1.2741,  0.5515,
         -0.5143,  3.1265,  2.8978,  3.2806]])
$ tokvec -w $TESTS/npy/int32.npy 0 --add-positions sinusoidal
! tokvec: the vectors of tokens are int32, which are not added; positions are added to floats of 16 bits or more
[2]
