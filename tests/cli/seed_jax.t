# Tables as JAX and Flax draw them: what is printed, and what is refused.

$ tokvec 0 1 --rng jax --seed 0 -n 5 -d 3
tensor([[ 1.6226,  2.0253, -0.4336],
        [-0.0786,  0.1761, -0.9721]])
$ tokvec 0 1 --rng jax-original --seed 0 -n 5 -d 3
tensor([[ 0.0848,  1.9098,  0.2956],
        [ 1.1209,  0.3343, -0.8261]])
$ tokvec 0 1 --rng jax --jax 0.4.35 --seed 0 -n 5 -d 3
tensor([[ 1.6226,  2.0253, -0.4336],
        [-0.0786,  0.1761, -0.9721]])
$ tokvec 0 1 --rng jax --seed 0 -n 5 -d 3 --init bits
tensor([[4070199207, 4202968722, 1427181096],
        [2012915765, 2447653815,  710830403]], dtype=torch.uint32)
$ tokvec 0 1 --rng jax --seed 0 -n 5 -d 3 --init bits --dtype uint8
tensor([[167, 146,  40],
        [ 53, 183,  67]], dtype=torch.uint8)
$ tokvec 0 1 --rng jax --seed 0 -n 5 -d 3 --init uniform:-0.05,0.05
tensor([[ 0.0448,  0.0479, -0.0168],
        [-0.0031,  0.0070, -0.0334]])
$ tokvec 0 1 --rng jax --seed 0 -n 5 -d 3 --init truncated_normal
tensor([[ 1.4560,  1.7147, -0.4127],
        [-0.0750,  0.1680, -0.9126]])
$ tokvec 0 1 --rng jax --seed 0 -n 5 -d 3 --dtype bfloat16
tensor([[ 0.3867,  0.1826, -1.0000],
        [-0.8242,  0.5625, -0.6445]], dtype=torch.bfloat16)
$ tokvec 0 1 --rng jax --seed 0 -n 5 -d 3 --dtype float16 --times 0.02 --jit
tensor([[-0.0099, -0.0159, -0.0320],
        [ 0.0081, -0.0146, -0.0045]], dtype=torch.float16)
$ tokvec 0 1 --rng jax --seed 0 -n 5 -d 3 --times 0.02 -f json
{"source": {"seed": 0, "vocab_size": 5, "dim": 3, "rng": "jax", "times": "0.02"},
 "dtype": "float32",
 "shape": [2, 3],
 "ids": [0, 1],
 "vectors": [[0.032452844, 0.040505294, -0.008671888],
  [-0.0015723469, 0.0035218177, -0.019441783]]}
$ tokvec 0 1 --rng flax --seed 0 -n 5 -d 3
tensor([[ 0.0440, -0.9329, -0.9733],
        [ 0.4115,  0.6633,  0.4947]])
$ tokvec 0 1 --rng flax --seed 0 -n 5 -d 3 --path blk/pos
tensor([[ 0.5381, -0.4313, -0.1410],
        [ 0.2828, -0.9974, -0.5713]])
$ tokvec 0 1 --rng flax --seed 0 -n 5 -d 3 --path blk/pos --init normal:0.02
tensor([[ 0.0186, -0.0149, -0.0049],
        [ 0.0098, -0.0346, -0.0198]])
$ tokvec 0 1 --rng flax --seed 0 -n 5 -d 3 --jax 0.4.35
tensor([[-0.2888,  0.1902, -0.4142],
        [-0.1177, -0.5462, -0.3789]])
$ tokvec 0 1 --rng flax --seed 0 -n 5 -d 3 --jax 0.4.35:partitionable
tensor([[ 0.0440, -0.9329, -0.9733],
        [ 0.4115,  0.6633,  0.4947]])
$ tokvec 0 1 --rng nnx --seed 0 -n 5 -d 3
tensor([[ 0.5797, -0.5233, -0.4320],
        [-0.6763, -0.5030,  0.3400]])
$ tokvec 0 1 --rng nnx --seed 0 -n 5 -d 3 --call 1
tensor([[-1.4102, -1.1753,  0.1187],
        [-0.2041, -0.4399, -0.6804]])
$ tokvec 0 --rng jax --seed 42 -n 5 -d 3 --jax-key split:1/3 --jax-key fold_in:7 --jax-key split:0/2
tensor([[ 0.6980,  1.3095, -1.7176]])
$ tokvec 0 --rng jax --seed 42 -n 5 -d 3 --jax-key split:1/3,fold_in:7,split:0/2
tensor([[ 0.6980,  1.3095, -1.7176]])
$ tokvec 0 --rng nnx --seed 42 -n 5 -d 3 --jax-key split:1/3
tensor([[-0.4296,  0.8786,  0.1067]])
$ tokvec 0 --rng jax --seed 1099511627781
tensor([[-0.0844,  1.4110,  0.6305]])
$ tokvec 0 --rng jax --seed 5
tensor([[-0.0844,  1.4110,  0.6305]])
$ tokvec 0 --rng jax --seed 1099511627781 --dtype float64
tensor([[-0.8558, -1.4481,  0.2603]], dtype=torch.float64)
$ tokvec 0 --rng jax --seed 5 --dtype float64
tensor([[ 0.3434, -1.6730,  0.9818]], dtype=torch.float64)
$ tokvec 0 --rng jax --seed -1
tensor([[ 0.0462,  0.1178, -0.0848]])
$ tokvec 0 --rng jax --seed 9223372036854775807
tensor([[ 0.0462,  0.1178, -0.0848]])
$ tokvec 0 --rng jax --seed 9223372036854775808
! tokvec: '9223372036854775808' is not a valid seed of JAX; give an integer from -2^63 to 2^63-1; for others jax.random.key raises OverflowError
[2]
$ tokvec 0 --rng jax --seed -9223372036854775809
! tokvec: '-9223372036854775809' is not a valid seed of JAX; give an integer from -2^63 to 2^63-1; for others jax.random.key raises OverflowError
[2]
$ tokvec 0 --rng jax --seed 1.5
! tokvec: '1.5' is not a valid seed of JAX; give an integer from -2^63 to 2^63-1; for others jax.random.key raises OverflowError
[2]
$ tokvec 0 --rng jax --seed 1,2
! tokvec: '1,2' is not a valid seed of JAX; give an integer from -2^63 to 2^63-1; for others jax.random.key raises OverflowError
[2]
$ tokvec 0 --rng jax --jax-key split:2/2
! tokvec: 'split:2/2', step 1 of the key, is not a valid step; a key that is split in N has the parts 0 to N-1
[2]
$ tokvec 0 --rng jax --jax-key split:0/0
! tokvec: 'split:0/0', step 1 of the key, is not a valid step; a key that is split in N has the parts 0 to N-1
[2]
$ tokvec 0 --rng jax --jax-key split:-1/2
! tokvec: 'split:-1/2', step 1 of the key, is not a valid step; write split:I/N for jax.random.split(key, N)[I]
[2]
$ tokvec 0 --rng jax --jax-key split:1
! tokvec: 'split:1', step 1 of the key, is not a valid step; write split:I/N for jax.random.split(key, N)[I]
[2]
$ tokvec 0 --rng jax --jax-key split:0/2147483648
! tokvec: 'split:0/2147483648', step 1 of the key, is not a valid step; write split:I/N for jax.random.split(key, N)[I]
[2]
$ tokvec 0 --rng jax --jax-key fold_in:4294967296
! tokvec: 'fold_in:4294967296', step 1 of the key, is not a valid step; jax.random.fold_in takes integers from 0 to 2^32-1
[2]
$ tokvec 0 --rng jax --jax-key fold_in:-1
! tokvec: 'fold_in:-1', step 1 of the key, is not a valid step; jax.random.fold_in takes integers from 0 to 2^32-1
[2]
$ tokvec 0 --rng jax --jax-key fold_in:0,split:0/1,
! tokvec: '', step 3 of the key, is not a valid step; valid are split:I/N and fold_in:D
[2]
$ tokvec 0 --rng jax --jax-key fold_in:0 --jax-key fold:1
! tokvec: 'fold:1', step 2 of the key, is not a valid step; valid are split:I/N and fold_in:D
[2]
$ tokvec 0 --rng jax --jax-key ''
! tokvec: '', step 1 of the key, is not a valid step; valid are split:I/N and fold_in:D
[2]
$ tokvec 0 --jax-key split:0/2
! tokvec: a derived key does not go with the generator torch; it goes with jax, jax-original, flax, nnx
[2]
$ tokvec 0 --rng flax --path ''
! tokvec: '' is not a valid path; give the names of the modules from the root's child on, as blk/pos; without a path it is the root's own parameter
[2]
$ tokvec 0 --rng flax --path /wte
! tokvec: '/wte' is not a valid path; give the names of the modules from the root's child on, as blk/pos; without a path it is the root's own parameter
[2]
$ tokvec 0 --rng flax --path wte/
! tokvec: 'wte/' is not a valid path; give the names of the modules from the root's child on, as blk/pos; without a path it is the root's own parameter
[2]
$ tokvec 0 --rng jax --path wte
! tokvec: a path does not go with the generator jax; it goes with flax, gensim
[2]
$ tokvec 0 --rng flax --call 1
! tokvec: a call's number does not go with the generator flax; it goes with nnx, keras-jax, keras-tensorflow, tensorflow, mlx
[2]
$ tokvec 0 --rng nnx --call -1
! tokvec: '-1' is not a valid number of a call; give how many came before: 0 to 1000000
[2]
$ tokvec 0 --rng jax --init gamma
! tokvec: 'gamma' is not a valid distribution of this generator; valid are bits, uniform, normal, truncated_normal
[2]
$ tokvec 0 --rng jax --init normal:0,0.02
! tokvec: 'normal:0,0.02' does not have the parameters of normal; write normal, and give a factor for another deviation
[2]
$ tokvec 0 --rng jax --init uniform:1
! tokvec: 'uniform:1' has one bound only; write uniform or uniform:LOW,HIGH
[2]
$ tokvec 0 --rng jax --init uniform:1,0
! tokvec: 'uniform:1,0' has its upper bound below the lower one; write uniform or uniform:LOW,HIGH
[2]
$ tokvec 0 --rng jax --init uniform:nan,1
! tokvec: 'uniform:nan,1' does not have the parameters of uniform; write uniform or uniform:LOW,HIGH
[2]
$ tokvec 0 --rng jax --init uniform:0,inf
! tokvec: a bound or a factor is too large for float32; choose a wider dtype, or smaller numbers
[2]
$ tokvec 0 --rng jax --init uniform:-3e38,3e38
! tokvec: a bound or a factor is too large for float32; choose a wider dtype, or smaller numbers
[2]
$ tokvec 0 --rng jax --init uniform:0,1e-39
! tokvec: the values would be so small that JAX takes some of them for 0; give bounds and factors whose product is larger than 2^-90
[2]
$ tokvec 0 --rng jax --init truncated_normal:0,1
! tokvec: 'truncated_normal:0,1' does not have the parameters of truncated_normal; write truncated_normal, which ends at -2 and 2
[2]
$ tokvec 0 --rng jax --init bits --dtype float32
! tokvec: the generator jax does not draw in float32; choose uint8, uint16, uint32 or uint64; --as converts what is drawn
[2]
$ tokvec 0 --rng jax --init bits --times 2
! tokvec: random bits are not multiplied by a factor; leave out the factor, or choose another distribution
[2]
$ tokvec 0 --rng jax --dtype int32
! tokvec: the generator jax does not draw in int32; choose float32, float64, float16 or bfloat16; --as converts what is drawn
[2]
$ tokvec 0 --rng jax --dtype float8_e5m2
! tokvec: the generator jax does not draw in float8_e5m2; choose float32, float64, float16 or bfloat16; --as converts what is drawn
[2]
$ tokvec 0 --rng flax --init normal:-1
! tokvec: 'normal:-1' has a deviation that is negative or infinite; write normal or normal:STD
[2]
$ tokvec 0 --rng flax --init normal:inf
! tokvec: 'normal:inf' has a deviation that is negative or infinite; write normal or normal:STD
[2]
$ tokvec 0 --rng flax --init bits
! tokvec: 'bits' is not a valid distribution of this generator; valid are normal, uniform, truncated_normal
[2]
$ tokvec 0 --rng jax --times 1e39
! tokvec: a bound or a factor is too large for float32; choose a wider dtype, or smaller numbers
[2]
$ tokvec 0 --rng jax --times 1e-39
! tokvec: the values would be so small that JAX takes some of them for 0; give bounds and factors whose product is larger than 2^-90
[2]
$ tokvec 0 --rng jax --times nan
! tokvec: 'nan' is not a valid factor; give a finite number
[2]
$ tokvec 0 --rng jax --jit
! tokvec: jit changes nothing where nothing is multiplied; leave it out, or give a factor
[2]
$ tokvec 0 --rng jax --init bits --jit
! tokvec: jit changes nothing where nothing is multiplied; leave it out, or give a factor
[2]
$ tokvec 0 --rng jax --jax 0.7.2
! tokvec: float32 normals of JAX 0.7.0 to 0.8.1 are not one answer; they depend on the shape and on the number of cores; choose 0.6.2 and older, or 0.8.2 and newer
[2]
$ tokvec 0 --rng jax --jax 0.8.1
! tokvec: float32 normals of JAX 0.7.0 to 0.8.1 are not one answer; they depend on the shape and on the number of cores; choose 0.6.2 and older, or 0.8.2 and newer
[2]
$ tokvec 0 --rng jax --jax 0.8
! tokvec: float32 normals of JAX 0.7.0 to 0.8.1 are not one answer; they depend on the shape and on the number of cores; choose 0.6.2 and older, or 0.8.2 and newer
[2]
$ tokvec 0 --rng jax --jax 0.8.2 --seed 0
tensor([[ 1.6226,  2.0253, -0.4336]])
$ tokvec 0 --rng jax --jax 0.7.2 --seed 0 --init uniform
tensor([[0.9477, 0.9786, 0.3323]])
$ tokvec 0 --rng jax-original --jax 0.4.30 --seed 0
tensor([[-0.8718, -0.1359, -1.7656]])
! tokvec: warning: with JAX 0.4.14 to 0.4.32 about 1 value in 500,000 may differ in its last bit
$ tokvec 0 --rng jax-original --jax 0.4.30 --seed 0 --dtype bfloat16
! tokvec: bfloat16 numbers of JAX 0.4.14 to 0.4.32 depend on the processor; choose 0.4.13, or 0.4.33 and newer
[2]
$ tokvec 0 --rng jax --jax 0.4.12
! tokvec: '0.4.12' is not a known release of JAX; known are 0.4.13 to 0.10, as 0.4.35 or 0.9
[2]
$ tokvec 0 --rng jax --jax 0.11
! tokvec: '0.11' is not a known release of JAX; known are 0.4.13 to 0.10, as 0.4.35 or 0.9
[2]
$ tokvec 0 --rng jax --jax 1.0
! tokvec: '1.0' is not a known release of JAX; known are 0.4.13 to 0.10, as 0.4.35 or 0.9
[2]
$ tokvec 0 --rng jax --jax newest
! tokvec: 'newest' is not a known release of JAX; known are 0.4.13 to 0.10, as 0.4.35 or 0.9
[2]
$ tokvec 0 --rng jax --jax 0.4.35:original
! tokvec: '0.4.35:original' is not a valid release of JAX here; give the release alone; jax has the bits of jax_threefry_partitionable, jax-original the older ones
[2]
$ tokvec 0 --rng flax --jax 0.4.35:other
! tokvec: '0.4.35:other' is not a valid release of JAX here; behind the release stands nothing, :original or :partitionable
[2]
$ tokvec 0 --rng jax --torch 2.1
! tokvec: a release of PyTorch does not go with the generator jax; it goes with torch
[2]
$ tokvec 0 --rng jax-original -n 4294967295 -d 1
! tokvec: a table of 4294967295 values is too large for JAX's original random bits; they are known up to 2^32-2 words of 32 bits
[2]
$ tokvec 0 --rng jax-original -n 2147483648 -d 1 --dtype float64
! tokvec: a table of 2147483648 values is too large for JAX's original random bits; they are known up to 2^32-2 words of 32 bits
[2]
$ tokvec 1152921504606846 --rng jax -n 1152921504606847 -d 3 --seed 0
tensor([[ 0.4836, -0.1041,  0.6067]])
--
# Releases that there never were.
$ tokvec --rng jax --jax 0.9.9 1
! tokvec: '0.9.9' is not a known release of JAX; known are 0.4.13 to 0.10, as 0.4.35 or 0.9
[2]
$ tokvec --rng jax --jax 0.04.35 1
! tokvec: '0.04.35' is not a known release of JAX; known are 0.4.13 to 0.10, as 0.4.35 or 0.9
[2]
