# Zeros have the signs that their originals give them: a deviation of 0.

$ tokvec 0 --rng keras-jax --seed 4 -n 9 -d 3 --init normal:0,0 -f csv
id,0,1,2
0,0.0,0.0,0.0
$ tokvec 0 --rng keras-jax --seed 4 -n 9 -d 3 --init truncated_normal:0,0 --times -1 -f csv
id,0,1,2
0,-0.0,-0.0,-0.0
$ tokvec 0 --rng keras-jax --seed 4 -n 9 -d 3 --init normal:-0.0,0 -f csv
id,0,1,2
0,0.0,-0.0,0.0
$ tokvec 0 --rng numpy --numpy 1.26 --dtype float32 --times 1e39
! tokvec: the product of float32 values and 1e39 is float64 in NumPy before 2.0; choose a factor below 3.4e38
[2]
$ tokvec 0 --rng gensim --numpy 1.26 --times -3.5e38
! tokvec: the product of float32 values and -3.5e38 is float64 in NumPy before 2.0; choose a factor below 3.4e38
[2]
$ tokvec 0 --rng gensim --numpy 2.0 --seed 1 --times -1e39
tensor([[inf, -inf, -inf]])
