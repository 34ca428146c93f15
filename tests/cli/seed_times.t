What --times multiplies, as table * X does in PyTorch.

Before 2.1 a factor is rounded to the 16 bits of the table, by way of float32.

$ tokvec weight --dtype float16 -n 2 --times 0.3 --torch 1.13 -f csv
id,0,1,2
0,-0.033447266,0.036102295,-0.11090088
1,-0.072143555,-0.35913086,0.062805176
$ tokvec weight --dtype float16 -n 2 --times 0.3 --torch 2.0 -f csv
id,0,1,2
0,-0.033447266,0.036102295,-0.11090088
1,-0.072143555,-0.35913086,0.062805176
$ tokvec weight --dtype float16 -n 2 --times 0.3 --torch 2.1 -f csv
id,0,1,2
0,-0.033447266,0.036102295,-0.11090088
1,-0.072143555,-0.35913086,0.06274414
$ tokvec weight --dtype bfloat16 -n 2 --times 0.3 --torch 1.13 -f csv
id,0,1,2
0,-0.033447266,0.036376953,-0.110839844
1,-0.072265625,-0.359375,0.06298828
$ tokvec weight --dtype bfloat16 -n 2 --times 0.3 --torch 2.1 -f csv
id,0,1,2
0,-0.033447266,0.036132812,-0.110839844
1,-0.072265625,-0.359375,0.0625
$ tokvec --dtype float16 --init ones --times 1.000488281250909 --torch 2.0 -f csv 0
id,0,1,2
0,1.0,1.0,1.0
$ tokvec --dtype bfloat16 --init ones --times 1.00390625000001 --torch 2.0 -f csv 0
id,0,1,2
0,1.0,1.0,1.0
$ tokvec --dtype bfloat16 --init ones --times 1.01 --torch 2.0 -f csv 0
id,0,1,2
0,1.0078125,1.0078125,1.0078125
--
A row of zeros is multiplied as well: to -0, and to NaN where the factor is infinite in float32.

$ tokvec weight --padding-idx 0 -n 2 -d 2 --times=-2 -f csv
id,0,1
0,-0.0,-0.0
1,0.739269,0.48083594
$ tokvec weight --padding-idx 1 -n 2 -d 2 --times=1e39 -f csv
id,0,1
0,-inf,inf
1,nan,nan
$ tokvec weight --padding-idx 1 -n 2 -d 2 --times=1e39 --dtype float64 -f csv
id,0,1
0,-1.1146711634581081e+38,1.2036294405744883e+38
1,0.0,0.0
$ tokvec weight --padding-idx 1 -n 2 -d 2 --times=2 -f csv
id,0,1
0,-0.22293423,0.24072589
1,0.0,0.0
--
So does MLX round a factor, here to 1.

$ tokvec --rng mlx --dtype float16 --times 1.000488281250909 -n 2 -d 3 -f raw 0 > a; tokvec --rng mlx --dtype float16 -n 2 -d 3 -f raw 0 | cmp a
