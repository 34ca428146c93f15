# The command diff: two tables compared, or all tensors of two models.

The measures of a table and the same with noise; b is the reference.

$ cd $TESTS/diff && tokvec diff a.npy b.npy
equal               false
shape               [24, 6]
dtype               float32
rows                24
values              144
different           131
rows_different      22
first               row 1, token -, column 0, a 0.015009963884949684, b 0.016041044145822525
max_abs             0.012989858165383339
max_abs_at          [9, 2]
max_rel             12.166815214511116
rel_undefined       6
mean_abs            0.0010111609638746206
rmse                0.002151141794250482
cosine_min          0.998319407198141
cosine_mean         0.9993709638730156
cosine_undefined    2
cosine              0.9965421128808161
relative_frobenius  0.08404098917051703
[1]
$ cd $TESTS/diff && tokvec diff a.npy a16.npy
equal               false
shape               [24, 6]
dtype               float32
dtype_b             float16
rows                24
values              144
different           132
rows_different      22
first               row 0, token -, column 0, a -0.008555658161640167, b -0.00855255126953125
max_abs             2.2016465663909912e-05
max_abs_at          [5, 1]
max_rel             0.00043339515799906716
rel_undefined       12
mean_abs            3.3104831042389074e-06
rmse                5.166118423238845e-06
cosine_min          0.9999999758144329
cosine_mean         0.9999999882385375
cosine_undefined    2
cosine              0.9999999790341109
relative_frobenius  0.00020512431275466757
[1]
$ cd $TESTS/diff && tokvec diff a16.npy a.npy -f json
{"equal": false,
 "shape": [24, 6],
 "shape_b": [24, 6],
 "dtype": "float16",
 "dtype_b": "float32",
 "rows": 24,
 "values": 144,
 "different": 132,
 "rows_different": 22,
 "first": {"row": 0, "token": null, "column": 0, "a": -0.00855255126953125, "b": -0.008555658161640167},
 "max_abs": 2.2016465663909912e-05,
 "max_abs_at": [5, 1],
 "max_rel": 0.0004335830708025434,
 "rel_undefined": 12,
 "mean_abs": 3.3104831042389074e-06,
 "rmse": 5.166118423238845e-06,
 "cosine_min": 0.9999999758144329,
 "cosine_mean": 0.9999999882385375,
 "cosine_undefined": 2,
 "cosine": 0.9999999790341109,
 "relative_frobenius": 0.00020512678033461903}
[1]
$ cd $TESTS/diff && tokvec diff b.npy a.npy -f csv
equal,shape,shape_b,dtype,dtype_b,rows,values,different,rows_different,first_row,first_token,first_column,first_a,first_b,max_abs,max_abs_at,max_rel,rel_undefined,mean_abs,rmse,cosine_min,cosine_mean,cosine_undefined,cosine,relative_frobenius
false,"[24, 6]","[24, 6]",float32,float32,24,144,131,22,1,,0,0.016041044145822525,0.015009963884949684,0.012989858165383339,"[9, 2]",3.32016245223789,12,0.0010111609638746206,0.002151141794250482,0.998319407198141,0.9993709638730156,2,0.9965421128808161,0.0854136034344322
[1]
$ cd $TESTS/diff && tokvec diff b.npy a.npy -f tsv --no-header
false	[24, 6]	[24, 6]	float32	float32	24	144	131	22	1		0	0.016041044145822525	0.015009963884949684	0.012989858165383339	[9, 2]	3.32016245223789	12	0.0010111609638746206	0.002151141794250482	0.998319407198141	0.9993709638730156	2	0.9965421128808161	0.0854136034344322
[1]
--
The same values in other layouts and dtypes.

$ cd $TESTS/diff && for b in a fortran big_endian a64; do tokvec diff a.npy $b.npy -f jsonl; done
{"equal": true, "shape": [24, 6], "shape_b": [24, 6], "dtype": "float32", "dtype_b": "float32", "rows": 24, "values": 144, "different": 0, "rows_different": 0, "first": null, "max_abs": 0.0, "max_abs_at": [0, 0], "max_rel": 0.0, "rel_undefined": 12, "mean_abs": 0.0, "rmse": 0.0, "cosine_min": 1.0, "cosine_mean": 1.0, "cosine_undefined": 2, "cosine": 1.0, "relative_frobenius": 0.0}
{"equal": true, "shape": [24, 6], "shape_b": [24, 6], "dtype": "float32", "dtype_b": "float32", "rows": 24, "values": 144, "different": 0, "rows_different": 0, "first": null, "max_abs": 0.0, "max_abs_at": [0, 0], "max_rel": 0.0, "rel_undefined": 12, "mean_abs": 0.0, "rmse": 0.0, "cosine_min": 1.0, "cosine_mean": 1.0, "cosine_undefined": 2, "cosine": 1.0, "relative_frobenius": 0.0}
{"equal": true, "shape": [24, 6], "shape_b": [24, 6], "dtype": "float32", "dtype_b": "float32", "rows": 24, "values": 144, "different": 0, "rows_different": 0, "first": null, "max_abs": 0.0, "max_abs_at": [0, 0], "max_rel": 0.0, "rel_undefined": 12, "mean_abs": 0.0, "rmse": 0.0, "cosine_min": 1.0, "cosine_mean": 1.0, "cosine_undefined": 2, "cosine": 1.0, "relative_frobenius": 0.0}
{"equal": false, "shape": [24, 6], "shape_b": [24, 6], "dtype": "float32", "dtype_b": "float64", "rows": 24, "values": 144, "different": 144, "rows_different": 24, "first": {"row": 0, "token": null, "column": 0, "a": -0.008555658161640167, "b": -0.008555658159682763}, "max_abs": 3.5844643225813044e-12, "max_abs_at": [17, 3], "max_rel": 1.0, "rel_undefined": 0, "mean_abs": 8.754149165867524e-13, "rmse": 1.1079554815861733e-12, "cosine_min": 0.9999999999999998, "cosine_mean": 1.0, "cosine_undefined": 2, "cosine": 1.0, "relative_frobenius": 4.3992669558213115e-11}
[1]
$ cd $TESTS/diff && tokvec diff a.npy fortran.npy
equal               true
shape               [24, 6]
dtype               float32
rows                24
values              144
different           0
rows_different      0
first               -
max_abs             0.0
max_abs_at          [0, 0]
max_rel             0.0
rel_undefined       12
mean_abs            0.0
rmse                0.0
cosine_min          1.0
cosine_mean         1.0
cosine_undefined    2
cosine              1.0
relative_frobenius  0.0
$ cd $TESTS/diff && tokvec diff a.npy a64.npy --bits
! tokvec: float32 and float64 do not have bits in common; leave out --bits to compare values
[2]
$ cd $TESTS/diff && tokvec diff a.npy big_endian.npy --bits -f csv --no-header
true,"[24, 6]","[24, 6]",float32,float32,24,144,0,0,,,,,,0.0,"[0, 0]",0.0,12,0.0,0.0,1.0,1.0,2,1.0,0.0
--
Only the status.

$ cd $TESTS/diff && for b in a b nothing; do tokvec diff -q a.npy $b.npy; echo $?; done
0
1
2
! tokvec: cannot open: No such file or directory (nothing.npy); check the name
$ cd $TESTS/diff && for b in a b; do tokvec diff -q --rows -f json -o $OLDPWD/quiet.json a.npy $b.npy; echo $?; done; ls $OLDPWD
0
1
--
Tolerances: --close takes the larger ones of the two dtypes.

$ cd $TESTS/diff && tokvec diff a.npy a16.npy --close -f csv | cut -d, -f1-9
equal,shape,shape_b,dtype,dtype_b,rows,values,different,rows_different
true,"[24, 6]","[24, 6]",float32,float16,24,144
$ cd $TESTS/diff && tokvec diff a.npy a.npy --close -q
$ cd $TESTS/diff && tokvec diff a.npy b.npy --close -f csv --no-header | cut -d, -f1-12
false,"[24, 6]","[24, 6]",float32,float32,24,144,131,22,1
$ cd $TESTS/diff && tokvec diff a.npy b.npy --atol 1e-3 --rtol 0.05 -f csv --no-header | cut -d, -f1-12
false,"[24, 6]","[24, 6]",float32,float32,24,144,18,13,2
$ cd $TESTS/diff && tokvec diff a.npy b.npy --atol 1e-3 --rtol 0.05 --rows
ID  DIFFERENT                MAX ABS              COSINE
 2          1   0.001948293298482895  0.9986373883333212
 3          1  0.0018969401717185974  0.9986305047691025
 4          1  0.0019812905229628086  0.9989478290220848
 5          1  0.0014888420701026917  0.9998633843382247
 6          1  0.0015222802758216858  0.9996671879121942
 9          5   0.012989858165383339  0.9999999999999998
10          1  0.0017639750149101019   0.998319407198141
14          1    0.00278562493622303  0.9994667020264936
16          1  0.0016449661925435066                   -
17          1  0.0010839479509741068  0.9995298819085929
18          1  0.0018991627730429173  0.9983461462793211
20          2  0.0015898160636425018  0.9996923958390381
23          1  0.0022983402013778687  0.9991167193650962
[1]
$ cd $TESTS/diff && tokvec diff a.npy b.npy --atol 0 --rtol 0 -f csv --no-header | cut -d, -f1-12
false,"[24, 6]","[24, 6]",float32,float32,24,144,131,22,1
$ cd $TESTS/diff && tokvec diff a.npy b.npy --atol 0.0 --rtol 100 -q; echo $?
0
$ cd $TESTS/diff && tokvec diff a.npy b.npy --atol 0.02 --rtol 0 -q; echo $?
0
--
NaN equals nothing, unless it is asked for; infinities of one sign are equal, and differ by 0.

$ cd $TESTS/diff && tokvec diff nonfinite.npy nonfinite.npy
equal               false
shape               [24, 6]
dtype               float32
rows                24
values              144
different           1
rows_different      1
first               row 4, token -, column 1, a nan, b nan
max_abs             nan
max_abs_at          [4, 1]
max_rel             nan
rel_undefined       12
mean_abs            nan
rmse                nan
cosine_min          1.0
cosine_mean         1.0
cosine_undefined    4
cosine              -
relative_frobenius  nan
[1]
$ cd $TESTS/diff && tokvec diff nonfinite.npy nonfinite.npy --equal-nan -f json
{"equal": true,
 "shape": [24, 6],
 "shape_b": [24, 6],
 "dtype": "float32",
 "dtype_b": "float32",
 "rows": 24,
 "values": 144,
 "different": 0,
 "rows_different": 0,
 "first": null,
 "max_abs": 0.0,
 "max_abs_at": [0, 0],
 "max_rel": 0.0,
 "rel_undefined": 12,
 "mean_abs": 0.0,
 "rmse": 0.0,
 "cosine_min": 1.0,
 "cosine_mean": 1.0,
 "cosine_undefined": 4,
 "cosine": null,
 "relative_frobenius": 0.0}
$ cd $TESTS/diff && tokvec diff nonfinite.npy nonfinite.npy --bits -f csv --no-header
true,"[24, 6]","[24, 6]",float32,float32,24,144,0,0,,,,,,0.0,"[0, 0]",0.0,12,0.0,0.0,1.0,1.0,4,,0.0
$ cd $TESTS/diff && tokvec diff a.npy nonfinite.npy -f json
{"equal": false,
 "shape": [24, 6],
 "shape_b": [24, 6],
 "dtype": "float32",
 "dtype_b": "float32",
 "rows": 24,
 "values": 144,
 "different": 3,
 "rows_different": 2,
 "first": {"row": 4, "token": null, "column": 1, "a": -0.005317116156220436, "b": null},
 "max_abs": null,
 "max_abs_at": [4, 1],
 "max_rel": null,
 "rel_undefined": 12,
 "mean_abs": null,
 "rmse": null,
 "cosine_min": 1.0,
 "cosine_mean": 1.0,
 "cosine_undefined": 4,
 "cosine": null,
 "relative_frobenius": null}
! tokvec: warning: 6 values are nan or infinite, which JSON does not have: null instead
[1]
$ cd $TESTS/diff && tokvec diff a.npy nonfinite.npy --rows
ID  DIFFERENT  MAX ABS  COSINE
 4          2      nan       -
10          1      inf       -
[1]
$ cd $TESTS/diff && tokvec diff a.npy nonfinite.npy --atol 1e9 --rtol 1e9 --rows -f jsonl
{"id": 4, "token": null, "different": 2, "max_abs": null, "cosine": null}
{"id": 10, "token": null, "different": 1, "max_abs": null, "cosine": null}
! tokvec: warning: 2 values are nan or infinite, which JSON does not have: null instead
[1]
--
Minus zero is zero, but not bit for bit; numbers beyond 2^53 are told apart.

$ printf '0,1\n2,-0.0\n' > zero.csv; printf '0,1\n2,0.0\n' > minus.csv
$ tokvec diff zero.csv minus.csv -f csv --no-header
true,"[2, 2]","[2, 2]",float32,float32,2,4,0,0,,,,,,0.0,"[0, 0]",0.0,2,0.0,0.0,1.0,1.0,0,1.0,0.0
$ tokvec diff zero.csv minus.csv --bits
equal               false
shape               [2, 2]
dtype               float32
rows                2
values              4
different           1
rows_different      1
first               row 1, token -, column 1, a -0.0, b 0.0
max_abs             0.0
max_abs_at          [0, 0]
max_rel             0.0
rel_undefined       2
mean_abs            0.0
rmse                0.0
cosine_min          1.0
cosine_mean         1.0
cosine_undefined    0
cosine              1.0
relative_frobenius  0.0
[1]
$ printf '\1\0\0\0\0\0\x20\0\xff\xff\xff\xff\xff\xff\xff\xff' > big.raw; printf '\0\0\0\0\0\0\x20\0\xff\xff\xff\xff\xff\xff\xff\xff' > near.raw
$ for t in uint64 int64; do tokvec diff big.raw near.raw -d 1 --dtype $t -f csv --no-header; done
false,"[2, 1]","[2, 1]",uint64,uint64,2,2,1,1,0,,0,9007199254740993,9007199254740992,1.0,"[0, 0]",1.1102230246251565e-16,0,0.5,0.7071067811865476,1.0,1.0,0,1.0,5.421010216192784e-20
false,"[2, 1]","[2, 1]",int64,int64,2,2,1,1,0,,0,9007199254740993,9007199254740992,1.0,"[0, 0]",1.1102230246251565e-16,0,0.5,0.7071067811865476,1.0,1.0,0,1.0,1.1102230246251565e-16
[1]
$ tokvec diff big.raw near.raw -d 1 --dtype float64 -q
[1]
--
A row that differs a line; with tokens, where they are known.

$ cd $DATA && tokvec weight -w model.safetensors -f npy > $OLDPWD/wte.npy
$ tokvec diff $DATA/model.safetensors wte.npy -q
$ tokvec diff $DATA/model.safetensors wte.npy --rows
$ tokvec diff $DATA/model.safetensors wte.npy --rows -f json
[]
$ printf 'the 1 2\nof 3 4\nand 5 6\n' > a.txt; printf 'the 1 2\nof 3 4.5\nand 5 6\n' > b.txt
$ tokvec diff a.txt b.txt --rows
ID  TOKEN  DIFFERENT  MAX ABS              COSINE
 1  of             1      0.5  0.9984603532054125
[1]
$ tokvec diff a.txt b.txt -f json | grep -E 'first|equal'
{"equal": false,
 "first": {"row": 1, "token": "of", "column": 1, "a": 4.0, "b": 4.5},
$ tokvec diff a.txt b.txt -f csv --no-labels | cut -d, -f10-14
first_row,first_token,first_column,first_a,first_b
1,1,1,,1
$ tokvec diff a.txt b.txt --rows -f csv
id,token,different,max_abs,cosine
1,of,1,0.5,0.9984603532054125
[1]
$ tokvec diff a.txt b.txt --rows -f csv -o rows.tsv -f tsv; cat rows.tsv
id	token	different	max_abs	cosine
1	of	1	0.5	0.9984603532054125
--
A seed: shape and dtype are those of the first table where they are not given.

$ tokvec weight --seed 123 -n 6 -d 3 -f npy > seeded.npy
$ tokvec diff seeded.npy --seed 123 -f csv
equal,shape,shape_b,dtype,dtype_b,rows,values,different,rows_different,first_row,first_token,first_column,first_a,first_b,max_abs,max_abs_at,max_rel,rel_undefined,mean_abs,rmse,cosine_min,cosine_mean,cosine_undefined,cosine,relative_frobenius
true,"[6, 3]","[6, 3]",float32,float32,6,18,0,0,,,,,,0.0,"[0, 0]",0.0,0,0.0,0.0,1.0,1.0,0,1.0,0.0
$ tokvec diff seeded.npy --seed 124 -q
[1]
$ tokvec diff seeded.npy --seed 123 -n 7 -f csv --no-header | cut -d, -f1-9
false,"[6, 3]","[7, 3]",float32,float32,6,18
$ tokvec diff seeded.npy --seed 123 --dtype float64 -f csv --no-header | cut -d, -f1-9
false,"[6, 3]","[6, 3]",float32,float64,6,18
$ tokvec weight --seed 123 -n 6 -d 3 -f raw > seeded.raw
$ tokvec diff seeded.raw --seed 123 -d 3 --dtype float32 -q
$ tokvec weight --seed 5 -n 500 -d 30 --dtype float64 -f csv > seeded.csv
$ tokvec diff seeded.csv --seed 5 --dtype float64 -q
$ tokvec diff seeded.npy --seed 123 --padding-idx 2 --rows
ID  DIFFERENT            MAX ABS  COSINE
 2          3  1.275301218032837       -
[1]
$ cd $TESTS/diff && tokvec diff i8.npy --seed 1
! tokvec: a table cannot be seeded as int8, which this one is (i8.npy); name the dtype that it was seeded in, as --dtype float32
[2]
--
Another tensor: of the same file, or of the other one.

$ cd $DATA && tokvec diff model.safetensors --other-tensor wte.weight -q
$ cd $DATA && tokvec diff model.safetensors --other-tensor wpe.weight -f csv | cut -d, -f1-9
equal,shape,shape_b,dtype,dtype_b,rows,values,different,rows_different
false,"[12, 8]","[6, 8]",float32,float32,6,48
$ cd $DATA && tokvec diff model.safetensors -t wpe.weight --other-tensor wpe.weight -q
$ cd $DATA && tokvec diff $OLDPWD/wte.npy model.safetensors --other-tensor wte.weight -q
$ cd $DATA && tokvec diff model.safetensors model.safetensors -t wpe.weight -q
--
Shapes that differ are not equal, and the rows they share are compared.

$ tokvec weight --seed 123 -n 4 -d 8 -f npy > four.npy; tokvec weight --seed 123 -n 6 -d 8 -f npy > six.npy
$ tokvec diff four.npy six.npy
equal               false
shape               [4, 8]
shape_b             [6, 8]
dtype               float32
rows                4
values              32
different           0
rows_different      0
first               -
max_abs             0.0
max_abs_at          [0, 0]
max_rel             0.0
rel_undefined       0
mean_abs            0.0
rmse                0.0
cosine_min          1.0
cosine_mean         1.0
cosine_undefined    0
cosine              1.0
relative_frobenius  0.0
[1]
$ tokvec diff six.npy four.npy --rows
! tokvec: note: one table has 6 rows, the other 4: compared over the 4 they share
[1]
$ tokvec diff six.npy four.npy --rows -q
[1]
$ echo '[[0,1,2],[3,4,5]]' | tokvec -n 6 -d 8 -f npy > deep.npy; tokvec diff deep.npy six.npy
equal               false
shape               [2, 3, 8]
shape_b             [6, 8]
dtype               float32
rows                6
values              48
different           0
rows_different      0
first               -
max_abs             0.0
max_abs_at          [0, 0]
max_rel             0.0
rel_undefined       0
mean_abs            0.0
rmse                0.0
cosine_min          1.0
cosine_mean         1.0
cosine_undefined    0
cosine              1.0
relative_frobenius  0.0
[1]
--
Tables with IDs of their own: rows are paired by them.

$ tokvec -n 6 -d 3 -f csv 4 2 0 > some.csv; tokvec -n 6 -d 3 -f csv 0 2 4 > sorted.csv
$ tokvec diff some.csv sorted.csv -f csv --no-header
true,"[3, 3]","[3, 3]",float32,float32,3,9,0,0,,,,,,0.0,"[4, 0]",0.0,0,0.0,0.0,1.0,1.0,0,1.0,0.0
$ tokvec diff some.csv seeded.npy -f csv --no-header | cut -d, -f1-9
false,"[3, 3]","[6, 3]",float32,float32,3,9
$ tokvec -n 6 -d 3 -f csv 1 3 > others.csv; tokvec diff some.csv others.csv
! tokvec: the two tables do not have a row in common; the IDs that their rows belong to are different ones
[2]
$ sed 's/^2,[-0-9.]*,/2,7,/' sorted.csv > changed.csv; tokvec diff some.csv changed.csv -f json | grep -E 'first|at'
 "dtype": "float32",
 "dtype_b": "float32",
 "first": {"row": 2, "token": null, "column": 0, "a": 1.275301218032837, "b": 7.0},
 "max_abs_at": [2, 0],
 "relative_frobenius": 0.8009287440722891}
$ tokvec diff some.csv changed.csv --rows
ID  DIFFERENT            MAX ABS              COSINE
 2          1  5.724698781967163  0.9868590297333597
[1]
$ tokvec -n 6 -d 3 -f csv 4 2 0 2 > twice.csv; sed '5s/^2,[-0-9.]*,/2,7,/' twice.csv > late.csv
$ tokvec diff twice.csv late.csv --rows; tokvec diff some.csv late.csv -f csv --no-header | cut -d, -f1-9
ID  DIFFERENT            MAX ABS              COSINE
 2          1  5.724698781967163  0.9868590297333597
false,"[3, 3]","[4, 3]",float32,float32,3,9
$ tokvec -n 6 -d 3 -f csv 2 4 0 2 > turned.csv; tokvec diff turned.csv late.csv --rows
ID  DIFFERENT            MAX ABS              COSINE
 2          1  5.724698781967163  0.9868590297333597
[1]
--
Word vectors: where words have other numbers in the other file, rows are paired by word.

$ printf 'the 1 2\nof 3 4\nand 5 6\n' > words.txt; printf 'of 3 4\nand 5 6.5\nthe 1 2\n' > moved.txt
$ tokvec diff words.txt moved.txt --rows
ID  TOKEN  DIFFERENT  MAX ABS             COSINE
 2  and            1      0.5  0.999237932553046
! tokvec: note: rows are compared by their words, which have other numbers in each table
[1]
$ tokvec diff moved.txt words.txt -f csv --no-header
false,"[3, 2]","[3, 2]",float32,float32,3,6,1,1,1,and,1,6.5,6.0,0.5,"[1, 1]",0.08333333333333333,0,0.08333333333333333,0.2041241452319315,0.999237932553046,0.999745977517682,0,0.9992228399077593,0.052414241836095915
! tokvec: note: rows are compared by their words, which have other numbers in each table
[1]
$ sed 's/6.5/6/' moved.txt > turned.txt; tokvec diff words.txt turned.txt -q && echo equal
equal
$ tokvec diff words.txt words.txt -q; printf 'the 1 2\nof 3 4\nand 5 6\nto 7 8\n' > longer.txt
$ tokvec diff words.txt longer.txt --rows; tokvec diff longer.txt turned.txt --rows
! tokvec: note: one table has 3 rows, the other 4: compared over the 3 they share
! tokvec: note: one table has 4 rows, the other 3: compared over the 3 they share
! tokvec: note: rows are compared by their words, which have other numbers in each table
[1]
$ printf 'x 1 2\ny 3 4\nz 5 6\n' > others.txt; tokvec diff words.txt others.txt
! tokvec: the two tables do not have a row in common; the words that their rows belong to are different ones
[2]
$ tokvec diff words.txt others.txt --all
TENSOR  STATUS        SHAPE   SHAPE B  VALUES  DIFFERENT  MAX ABS  RMSE  COSINE MIN
        not_compared  [3, 2]  [3, 2]        -          -        -     -           -
! tokvec: warning: not compared: the two tables do not have a row in common (words.txt)
[1]
$ printf 'the 1 2\nof 3 4\nof 5 6\n' > twice.txt; tokvec diff twice.txt words.txt --rows
! tokvec: note: one table has 3 rows, the other 3: compared over the 2 they share
! tokvec: note: rows are compared by their words, which have other numbers in each table
[1]
$ tokvec diff twice.txt turned.txt -f csv --no-header --no-labels | cut -d, -f1-11
false,"[3, 2]","[3, 2]",float32,float32,2,4,0,0
! tokvec: note: rows are compared by their words, which have other numbers in each table
! tokvec: note: one table has 3 rows, the other 3: compared over the 2 they share
$ cd $DATA && tokvec diff glove.txt glove.txt -q && tokvec diff fasttext.bin fasttext.bin -q && tokvec diff model.gguf model.gguf -q
--
No values, no rows.

$ printf '\x93NUMPY\1\0\x46\0%-69s\n' "{'descr': '<f4', 'fortran_order': False, 'shape': (0, 3), }" > none.npy
$ tokvec diff none.npy none.npy -f json
{"equal": true,
 "shape": [0, 3],
 "shape_b": [0, 3],
 "dtype": "float32",
 "dtype_b": "float32",
 "rows": 0,
 "values": 0,
 "different": 0,
 "rows_different": 0,
 "first": null,
 "max_abs": null,
 "max_abs_at": null,
 "max_rel": null,
 "rel_undefined": 0,
 "mean_abs": null,
 "rmse": null,
 "cosine_min": null,
 "cosine_mean": null,
 "cosine_undefined": 0,
 "cosine": null,
 "relative_frobenius": null}
$ tokvec diff none.npy seeded.npy
! tokvec: the two tables do not have a row in common
[2]
$ printf '\x93NUMPY\1\0\x46\0%-69s\n' "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 0), }" > empty.npy
$ tokvec diff empty.npy empty.npy -f csv --no-header
true,"[2, 0]","[2, 0]",float32,float32,2,0,0,0,,,,,,,,,0,,,,,2,,
--
All tensors of two models.

$ cd $DATA && tokvec diff --all model.safetensors model.safetensors
TENSOR       STATUS  SHAPE    SHAPE B  VALUES  DIFFERENT  MAX ABS  RMSE  COSINE MIN
ln_f.weight  equal   [8]      [8]           8          0      0.0   0.0         1.0
wpe.weight   equal   [6, 8]   [6, 8]       48          0      0.0   0.0         1.0
wte.weight   equal   [12, 8]  [12, 8]      96          0      0.0   0.0         1.0
ln_f.bias    equal   [8]      [8]           8          0      0.0   0.0           -
$ cd $DATA && tokvec diff --all model.safetensors checkpoint.pt; echo $?
TENSOR                        STATUS  SHAPE    SHAPE B  VALUES  DIFFERENT  MAX ABS  RMSE  COSINE MIN
ln_f.weight                   only_a  [8]      -             -          -        -     -           -
wpe.weight                    only_a  [6, 8]   -             -          -        -     -           -
wte.weight                    only_a  [12, 8]  -             -          -        -     -           -
ln_f.bias                     only_a  [8]      -             -          -        -     -           -
model.mask                    only_b  -        [5, 5]        -          -        -     -           -
model.pos_emb.weight          only_b  -        [5, 8]        -          -        -     -           -
model.tok_emb.weight          only_b  -        [16, 8]       -          -        -     -           -
model.norm.weight             only_b  -        [8]           -          -        -     -           -
model.norm.bias               only_b  -        [8]           -          -        -     -           -
model.head.weight             only_b  -        [16, 8]       -          -        -     -           -
optimizer.state.1.step        only_b  -        []            -          -        -     -           -
optimizer.state.1.exp_avg     only_b  -        [16, 8]       -          -        -     -           -
optimizer.state.1.exp_avg_sq  only_b  -        [16, 8]       -          -        -     -           -
1
$ cd $DATA && tokvec diff --all model.safetensors sharded -f jsonl | head -2
{"tensor": "ln_f.weight", "status": "only_a", "equal": false, "shape": [8], "shape_b": null, "dtype": "float32", "dtype_b": null, "rows": null, "values": null, "different": null, "rows_different": null, "first": null, "max_abs": null, "max_abs_at": null, "max_rel": null, "rel_undefined": null, "mean_abs": null, "rmse": null, "cosine_min": null, "cosine_mean": null, "cosine_undefined": null, "cosine": null, "relative_frobenius": null}
{"tensor": "wpe.weight", "status": "only_a", "equal": false, "shape": [6, 8], "shape_b": null, "dtype": "float32", "dtype_b": null, "rows": null, "values": null, "different": null, "rows_different": null, "first": null, "max_abs": null, "max_abs_at": null, "max_rel": null, "rel_undefined": null, "mean_abs": null, "rmse": null, "cosine_min": null, "cosine_mean": null, "cosine_undefined": null, "cosine": null, "relative_frobenius": null}
$ cd $DATA && tokvec diff --all model.safetensors model.safetensors -q && echo equal
equal
$ cd $DATA && tokvec diff --all model.safetensors checkpoint.pt -q
[1]
$ tokvec diff --all four.npy six.npy -f csv
tensor,status,equal,shape,shape_b,dtype,dtype_b,rows,values,different,rows_different,first_row,first_token,first_column,first_a,first_b,max_abs,max_abs_at,max_rel,rel_undefined,mean_abs,rmse,cosine_min,cosine_mean,cosine_undefined,cosine,relative_frobenius
,shape,false,"[4, 8]","[6, 8]",float32,float32,4,32,0,0,,,,,,0.0,"[0, 0]",0.0,0,0.0,0.0,1.0,1.0,0,1.0,0.0
[1]
$ tokvec diff --all four.npy seeded.npy; tokvec diff --all none.npy seeded.npy
TENSOR  STATUS  SHAPE   SHAPE B  VALUES  DIFFERENT  MAX ABS  RMSE  COSINE MIN
        shape   [4, 8]  [6, 3]        -          -        -     -           -
TENSOR  STATUS  SHAPE   SHAPE B  VALUES  DIFFERENT  MAX ABS  RMSE  COSINE MIN
        shape   [0, 3]  [6, 3]        -          -        -     -           -
[1]
$ cd $TESTS/diff && tokvec diff --all a.npy a16.npy --bits
TENSOR  STATUS  SHAPE    SHAPE B  VALUES  DIFFERENT  MAX ABS  RMSE  COSINE MIN
        dtype   [24, 6]  [24, 6]       -          -        -     -           -
[1]
$ cd $TESTS/diff && tokvec diff --all a.npy a16.npy --close
TENSOR  STATUS  SHAPE    SHAPE B  VALUES  DIFFERENT                 MAX ABS                   RMSE          COSINE MIN
        equal   [24, 6]  [24, 6]     144          0  2.2016465663909912e-05  5.166118423238845e-06  0.9999999758144329
$ cd $TESTS/diff && tokvec diff --all a.npy a16.npy
TENSOR  STATUS     SHAPE    SHAPE B  VALUES  DIFFERENT                 MAX ABS                   RMSE          COSINE MIN
        different  [24, 6]  [24, 6]     144        132  2.2016465663909912e-05  5.166118423238845e-06  0.9999999758144329
[1]
--
What cannot be read as values is compared as it is stored, if it lies there in order.

$ cd $TESTS/packed && tokvec diff --all awq awq && tokvec diff --all bnb-nf4 bnb-nf4 -q && echo equal
TENSOR                                   STATUS  SHAPE   SHAPE B  VALUES  DIFFERENT  MAX ABS  RMSE  COSINE MIN
model.norm.weight                        equal   [4]     [4]           4          0      0.0   0.0         1.0
model.layers.0.self_attn.q_proj.qweight  equal   [1, 8]  [1, 8]        -          -        -     -           -
model.layers.0.self_attn.q_proj.qzeros   equal   [1, 8]  [1, 8]        8          0      0.0   0.0         1.0
model.embed_tokens.weight                equal   [6, 8]  [6, 8]       48          0      0.0   0.0         1.0
model.layers.0.self_attn.q_proj.scales   equal   [1, 8]  [1, 8]        8          0      0.0   0.0         1.0
equal
$ cd $TESTS/packed && tokvec diff --all bnb-nf4 bnb-fp4 -f csv --no-header | cut -d, -f1-7
model.embed_tokens.weight.absmax,different,false,[4],[4],float32,float32
model.embed_tokens.weight.quant_map,different,false,[16],[16],float32,float32
model.norm.weight,equal,true,[4],[4],float32,float32
model.embed_tokens.weight,different,false,"[4, 64]","[4, 64]"
model.embed_tokens.weight.quant_state.bitsandbytes__nf4,only_a,false,[77],,uint8,
model.embed_tokens.weight.quant_state.bitsandbytes__fp4,only_b,false,,[77],,uint8
$ complex() { printf '\x93NUMPY\1\0\x46\0%-69s\n' "{'descr': '<c8', 'fortran_order': $1, 'shape': (2, 2), }"; head -c 31 /dev/zero; printf "$2"; }; complex False a > x.npy; complex False b > y.npy; complex True a > z.npy
$ tokvec diff --all x.npy x.npy; tokvec diff --all x.npy y.npy; tokvec diff --all z.npy z.npy; tokvec diff x.npy x.npy
TENSOR  STATUS  SHAPE   SHAPE B  VALUES  DIFFERENT  MAX ABS  RMSE  COSINE MIN
        equal   [2, 2]  [2, 2]        -          -        -     -           -
TENSOR  STATUS     SHAPE   SHAPE B  VALUES  DIFFERENT  MAX ABS  RMSE  COSINE MIN
        different  [2, 2]  [2, 2]        -          -        -     -           -
TENSOR  STATUS        SHAPE   SHAPE B  VALUES  DIFFERENT  MAX ABS  RMSE  COSINE MIN
        not_compared  [2, 2]  [2, 2]        -          -        -     -           -
! tokvec: warning: not compared: the array has elements of type complex64 (z.npy)
! tokvec: the array has elements of type complex64 (x.npy); a table needs floats, integers or bools of 8 to 64 bits
[2]
--
What does not go together.

$ tokvec diff
! tokvec: 'tokvec diff' needs a weights file; write tokvec diff A B
[2]
$ tokvec diff a.npy
! tokvec: there is nothing to compare a.npy with; name a second file, --other-tensor NAME or --seed N
[2]
$ tokvec diff a.npy b.npy c.npy
! tokvec: 'tokvec diff' compares two tables, and 'c.npy' is one more (argument 4); give two files
[2]
$ tokvec diff a.npy b.npy --seed 3
! tokvec: 'tokvec diff' compares two tables, and 'b.npy' is one more (argument 3); leave out the file or the seeded table
[2]
$ tokvec diff a.npy --seed 3 --other-tensor b
! tokvec: a seeded table does not have tensors; leave out --other-tensor or --seed
[2]
$ tokvec diff a.npy b.npy -n 3
! tokvec: --vocab-size is for a seeded table; leave it out, or give --seed N
[2]
$ tokvec diff a.npy b.npy --padding-idx 3
! tokvec: --padding-idx is for a seeded table; leave it out, or give --seed N
[2]
$ tokvec diff a.npy b.npy --atol 1
! tokvec: --atol needs --rtol too; give both; 0 is a value
[2]
$ tokvec diff a.npy b.npy --rtol 1
! tokvec: --rtol needs --atol too; give both; 0 is a value
[2]
$ tokvec diff a.npy b.npy --rtol 1 --atol -1
! tokvec: '-1' is not a valid value for --atol; give a number, 0 or more
[2]
$ tokvec diff a.npy b.npy --rtol nan --atol 1
! tokvec: 'nan' is not a valid value for --rtol; give a number, 0 or more
[2]
$ tokvec diff a.npy b.npy --rtol 1x --atol 1
! tokvec: '1x' is not a valid value for --rtol; give a number, 0 or more
[2]
$ tokvec diff a.npy b.npy --rtol 1 --atol 1 --close
! tokvec: --close does not go with --atol; choose one of the two
[2]
$ tokvec diff a.npy b.npy --bits --close
! tokvec: --bits does not go with --close; choose one of the two
[2]
$ tokvec diff a.npy b.npy --bits --equal-nan
! tokvec: --bits does not go with --equal-nan; choose one of the two
[2]
$ tokvec diff a.npy b.npy --bits --atol 1 --rtol 1
! tokvec: --bits does not go with --atol; choose one of the two
[2]
$ tokvec diff --all a.npy
! tokvec: there is nothing to compare a.npy with; name a second file
[2]
$ tokvec diff --all a.npy b.npy --rows
! tokvec: --all does not go with --rows; choose one of the two
[2]
$ tokvec diff --all a.npy b.npy -t x
! tokvec: --all does not go with --tensor; choose one of the two
[2]
$ tokvec diff --all a.npy --seed 3
! tokvec: --all does not go with --seed; choose one of the two
[2]
$ tokvec diff --onehot a.npy b.npy
! tokvec: unknown option '--onehot'; 'tokvec diff' does not take it
[2]
$ tokvec diff -w a.npy b.npy
! tokvec: unknown option '-w'; 'tokvec diff' does not take it
[2]
$ tokvec diff $DATA/table.npy nothing.npy
! tokvec: cannot open: No such file or directory (nothing.npy); check the name
[2]
$ cd $DATA && tokvec diff model.safetensors model.safetensors -t nothing
! tokvec: no tensor is named 'nothing' (model.safetensors); see the names with tokvec list, and give one with -t
[2]
$ tokvec diff seeded.npy four.npy
! tokvec: the two tables do not have a row in common: one has rows of 3 values, the other of 8; name the tensors with -t and --other-tensor
[2]
$ tokvec diff seeded.npy four.npy -q
! tokvec: the two tables do not have a row in common: one has rows of 3 values, the other of 8; name the tensors with -t and --other-tensor
[2]
$ tokvec diff seeded.npy seeded.npy -f npy
! tokvec: unknown format 'npy'; choose one of text, json, jsonl, csv, tsv
[2]
$ tokvec diff seeded.npy seeded.npy -o /nowhere/x
! tokvec: cannot create the file: No such file or directory (/nowhere/x); check the name
[2]
$ cp seeded.npy same.npy; tokvec diff same.npy same.npy > same.npy; tokvec diff same.npy same.npy >> same.npy
! tokvec: the file is empty (same.npy); it opens files such as .gguf, .npy, .npz, .pt, .pth, .ckpt, .bin, .safetensors, .index.json, .zip, .vec, .w2v, .glove, .txt, .json, .jsonl, .ndjson, .csv, .tsv, and folders of models; for bare values give --dtype and --dim
! tokvec: the file is empty (same.npy); it opens files such as .gguf, .npy, .npz, .pt, .pth, .ckpt, .bin, .safetensors, .index.json, .zip, .vec, .w2v, .glove, .txt, .json, .jsonl, .ndjson, .csv, .tsv, and folders of models; for bare values give --dtype and --dim
[2]
