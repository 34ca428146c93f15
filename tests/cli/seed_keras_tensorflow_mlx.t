# Tables as Keras, TensorFlow and MLX draw them: what is printed.

$ tokvec 0 1 --rng keras-jax --seed 42 -n 5 -d 3
tensor([[-0.0427,  0.0059, -0.0243],
        [-0.0129, -0.0204,  0.0450]])
$ tokvec 0 1 --rng keras-jax --seed 42 -n 5 -d 3 --call 1 --init uniform:-1,1
tensor([[-0.8169,  0.1469, -0.6753],
        [-0.1495,  0.3055, -0.3148]])
$ tokvec 0 1 --rng keras-tensorflow --seed 42 -n 5 -d 3
tensor([[ 0.0358,  0.0163, -0.0141],
        [ 0.0450, -0.0422,  0.0152]])
$ tokvec 0 1 --rng keras-tensorflow --seed 42 -n 5 -d 3 --init glorot_normal
tensor([[-0.2682, -0.1640, -0.2516],
        [ 0.7741, -0.5648,  0.5671]])
$ tokvec 0 1 --rng keras-jax --seed 42 -n 5 -d 3 --init he_uniform
tensor([[-0.9348,  0.1290, -0.5327],
        [-0.2818, -0.4479,  0.9869]])
$ tokvec 0 1 --rng keras-tensorflow --seed 42 -n 5 -d 3 --init normal:0,0.02
tensor([[-0.0094, -0.0058, -0.0089],
        [ 0.0272, -0.0369, -0.0260]])
$ tokvec 0 1 --rng tensorflow --seed 42 -n 5 -d 3
tensor([[ 0.3275, -0.8426,  0.3194],
        [-1.4076, -2.3881, -1.0392]])
$ tokvec 0 1 --rng tensorflow --seed 42,7 -n 5 -d 3 --init uniform
tensor([[0.6124, 0.9291, 0.8336],
        [0.6969, 0.8799, 0.4898]])
$ tokvec 0 1 --rng tensorflow --seed -42 --call 3 -n 5 -d 3
tensor([[-0.7906,  0.1441,  2.2144],
        [ 0.9651,  0.5550, -0.7273]])
$ tokvec 0 1 --rng mlx --seed 42 -n 5 -d 3
tensor([[ 0.4434,  0.2712, -0.8594],
        [-0.6673, -0.7260, -0.3836]])
$ tokvec 0 1 --rng mlx --seed 42 -n 5 -d 3 --dtype bfloat16 --init normal:0,0.02
tensor([[ 0.0154,  0.0094, -0.0299],
        [-0.0231, -0.0253, -0.0133]], dtype=torch.bfloat16)
$ tokvec 0 1 --rng mlx --seed 42 -n 5 -d 3 --dtype float16 --init uniform:-0.1,0.1
tensor([[ 0.0558,  0.0361, -0.0863],
        [-0.0752, -0.0791, -0.0493]], dtype=torch.float16)
$ tokvec weight --rng mlx --seed 42 -n 3 -d 3 --padding-idx 1
Parameter containing:
tensor([[-0.9614,  0.1354, -0.1414],
        [ 0.0000,  0.0000,  0.0000],
        [-0.0636,  0.3291,  0.1961]])
$ tokvec 0 1 --rng keras-jax --seed 42 -n 5 -d 3 --times 2
tensor([[-0.0853,  0.0118, -0.0486],
        [-0.0257, -0.0409,  0.0901]])
--

# Seeds.

$ tokvec 0 --rng keras-jax --seed -1
! tokvec: '-1' is not a valid seed of Keras; give an integer from 0 to 2^32-1, as NumPy, which it seeds as well, takes them
[2]
$ tokvec 0 --rng keras-tensorflow --seed 4294967296
! tokvec: '4294967296' is not a valid seed of Keras; give an integer from 0 to 2^32-1, as NumPy, which it seeds as well, takes them
[2]
$ tokvec 0 --rng keras-jax --seed 1,2
! tokvec: '1,2' is not a valid seed of Keras; give an integer from 0 to 2^32-1, as NumPy, which it seeds as well, takes them
[2]
$ tokvec 0 --rng keras-jax --seed ''
! tokvec: '' is not a valid seed of Keras; give an integer from 0 to 2^32-1, as NumPy, which it seeds as well, takes them
[2]
$ tokvec 0 --rng tensorflow --seed ''
! tokvec: '' is not a valid seed of TensorFlow; give A,B of a stateless operation, or N from -2^63 to 2^64-1 of tf.random.set_seed(N)
[2]
$ tokvec 0 --rng tensorflow --seed 1,
! tokvec: '1,' is not a valid seed of a stateless operation; give two integers from -2^63 to 2^63-1, as 0,7
[2]
$ tokvec 0 --rng tensorflow --seed ,
! tokvec: ',' is not a valid seed of TensorFlow; give A,B of a stateless operation, or N from -2^63 to 2^64-1 of tf.random.set_seed(N)
[2]
$ tokvec 0 --rng tensorflow --seed 1,2,3
! tokvec: '1,2,3' is not a valid seed of TensorFlow; give A,B of a stateless operation, or N from -2^63 to 2^64-1 of tf.random.set_seed(N)
[2]
$ tokvec 0 --rng tensorflow --seed 9223372036854775808,1
! tokvec: '9223372036854775808,1' is not a valid seed of a stateless operation; give two integers from -2^63 to 2^63-1, as 0,7
[2]
$ tokvec 0 --rng tensorflow --seed 1,-9223372036854775809
! tokvec: '1,-9223372036854775809' is not a valid seed of a stateless operation; give two integers from -2^63 to 2^63-1, as 0,7
[2]
$ tokvec 0 --rng tensorflow --seed 18446744073709551616
! tokvec: '18446744073709551616' is not a valid seed of TensorFlow; give A,B of a stateless operation, or N from -2^63 to 2^64-1 of tf.random.set_seed(N)
[2]
$ tokvec 0 --rng mlx --seed -1
! tokvec: '-1' is not a valid seed of MLX; give an integer from 0 to 2^64-1
[2]
$ tokvec 0 --rng mlx --seed 18446744073709551616
! tokvec: '18446744073709551616' is not a valid seed of MLX; give an integer from 0 to 2^64-1
[2]
$ tokvec 0 --rng mlx --seed 0x10
! tokvec: '0x10' is not a valid seed of MLX; give an integer from 0 to 2^64-1
[2]
--

# Distributions.

$ tokvec 0 --rng keras-jax --init normal:1,0.02
! tokvec: the generator keras-jax does not know a mean other than 0; draw with mean 0
[2]
$ tokvec 0 --rng keras-jax --init normal:0,1e-39
! tokvec: the values would be so small that JAX takes some of them for 0; give bounds and factors whose product is larger than 2^-90
[2]
$ tokvec 0 --rng keras-tensorflow --init glorot_uniform:1
! tokvec: 'glorot_uniform:1' does not have the parameters of glorot_uniform; write glorot_uniform
[2]
$ tokvec 0 --rng keras-tensorflow --init normal:0,-0.02
! tokvec: 'normal:0,-0.02' has a negative standard deviation; give one of 0 or more
[2]
$ tokvec 0 --rng tensorflow --init uniform:1,0
! tokvec: 'uniform:1,0' begins above its end; write the lower bound first
[2]
$ tokvec 0 --rng tensorflow --init uniform:0,inf
! tokvec: 'uniform:0,inf' has a number that is not finite in float32; write uniform or uniform:LOW,HIGH with finite numbers
[2]
$ tokvec 0 --rng tensorflow --init uniform:0,nan
! tokvec: 'uniform:0,nan' does not have the parameters of uniform; write uniform or uniform:LOW,HIGH
[2]
$ tokvec 0 --rng tensorflow --init uniform:-3e38,3e38
! tokvec: 'uniform:-3e38,3e38' has a number that is not finite in float32; write uniform or uniform:LOW,HIGH with finite numbers
[2]
$ tokvec 0 --rng mlx --init normal:0,1,2
! tokvec: 'normal:0,1,2' does not have the parameters of normal; write normal or normal:LOC,SCALE
[2]
$ tokvec 0 --rng mlx --init normal:
! tokvec: 'normal:' does not have the parameters of normal; write normal or normal:LOC,SCALE
[2]
$ tokvec 0 --rng mlx --init xavier_uniform
! tokvec: 'xavier_uniform' is not a valid distribution of this generator; valid are normal, uniform
[2]
$ tokvec 0 --rng mlx --dtype float16 --init uniform:0,70000
! tokvec: a parameter of uniform is not finite in float16; write uniform or uniform:LOW,HIGH with smaller numbers
[2]
--

# Dtypes, calls, sizes.

$ tokvec 0 --rng keras-jax --dtype bfloat16
! tokvec: the generator keras-jax does not draw in bfloat16; choose float32; --as converts what is drawn
[2]
$ tokvec 0 --rng tensorflow --dtype float64
! tokvec: the generator tensorflow does not draw in float64; choose float32; --as converts what is drawn
[2]
$ tokvec 0 --rng mlx --dtype float64
! tokvec: the generator mlx does not draw in float64; choose float32, float16 or bfloat16; --as converts what is drawn
[2]
$ tokvec 0 --rng mlx --dtype int8
! tokvec: the generator mlx does not draw in int8; choose float32, float16 or bfloat16; --as converts what is drawn
[2]
$ tokvec 0 --rng mlx --call -1
! tokvec: '-1' is not a valid number of a call; give how many came before: 0 to 1000000
[2]
$ tokvec 0 --rng mlx --call 1000001
! tokvec: '1000001' is not a valid number of a call; give how many came before: 0 to 1000000
[2]
$ tokvec 0 --rng mlx --call 1.5
! tokvec: '1.5' is not a valid number of a call; give how many came before: 0 to 1000000
[2]
$ tokvec 0 --rng tensorflow --seed 1,2 --call 3
! tokvec: a stateless operation does not have a call's number; give one seed, that of tf.random.set_seed
[2]
$ tokvec 0 --rng mlx -n 4294967295 -d 1
! tokvec: the generator mlx cannot make 4294967295 values; they must be fewer than 2^32-1
[2]
--

# What belongs to other generators.

$ tokvec 0 --rng keras-jax --torch 2.0
! tokvec: a release of PyTorch does not go with the generator keras-jax; it goes with torch
[2]
$ tokvec 0 --rng tensorflow --path x
! tokvec: a path does not go with the generator tensorflow; it goes with flax, gensim
[2]
$ tokvec 0 --rng mlx --jit
! tokvec: jit does not go with the generator mlx; it goes with jax, jax-original, flax, nnx
[2]
