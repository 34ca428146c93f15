# Tables as NumPy and gensim draw them: what is printed, and what is refused.

$ tokvec 0 1 --rng numpy --seed 0 -n 5 -d 3
tensor([[ 0.1257, -0.1321,  0.6404],
        [ 0.1049, -0.5357,  0.3616]], dtype=torch.float64)
$ tokvec 0 1 --rng numpy --seed 0 -n 5 -d 3 --dtype float32
tensor([[ 1.1176, -1.3871, -0.4266],
        [-0.8036,  0.6014, -0.0750]])
$ tokvec 0 1 --rng numpy --seed 0 -n 5 -d 3 --as float32
tensor([[ 0.1257, -0.1321,  0.6404],
        [ 0.1049, -0.5357,  0.3616]])
$ tokvec 0 1 --rng numpy --seed 1,2,3 -n 5 -d 3 --init normal:0,0.02
tensor([[-0.0120,  0.0559, -0.0035],
        [ 0.0231,  0.0374, -0.0239]], dtype=torch.float64)
$ tokvec 0 1 --rng numpy --seed 0 -n 5 -d 3 --init normal
tensor([[ 0.1257, -0.1321,  0.6404],
        [ 0.1049, -0.5357,  0.3616]], dtype=torch.float64)
$ tokvec 0 1 --rng numpy --seed 340282366920938463463374607431768211455 -n 5 -d 3 --init random
tensor([[0.2429, 0.6999, 0.3952],
        [0.5027, 0.2599, 0.8093]], dtype=torch.float64)
$ tokvec 0 1 --rng numpy --seed 7 -n 5 -d 3 --init uniform:-0.1,0.3 --times 2
tensor([[ 0.3001,  0.5178,  0.4205],
        [-0.0198,  0.0401,  0.4988]], dtype=torch.float64)
$ tokvec 4 0 --rng numpy-legacy --seed 42 -n 5 -d 3
tensor([[ 0.2420, -1.9133, -1.7249],
        [ 0.4967, -0.1383,  0.6477]], dtype=torch.float64)
$ tokvec 4 0 --rng numpy-legacy --seed 7, -n 5 -d 3 --init randn
tensor([[-0.3095, -0.4207,  0.5144],
        [-0.8851, -0.4466, -0.5897]], dtype=torch.float64)
$ tokvec 4 0 --rng numpy-legacy --seed 7 -n 5 -d 3 --init rand
tensor([[0.3809, 0.0659, 0.2881],
        [0.0763, 0.7799, 0.4384]], dtype=torch.float64)
$ tokvec 4 0 --rng numpy-legacy --seed 7 -n 5 -d 3 --init uniform:1,0
tensor([[0.6191, 0.9341, 0.7119],
        [0.9237, 0.2201, 0.5616]], dtype=torch.float64)
$ tokvec weight --rng gensim --seed 1 -n 3 -d 3
Parameter containing:
tensor([[-0.0179,  0.0079,  0.1701],
        [ 0.3003, -0.3101, -0.2372],
        [ 0.2153,  0.2991, -0.1672]])
$ tokvec weight --rng gensim --seed 1 -n 3 -d 3 --path wv.vectors_ngrams
Parameter containing:
tensor([[ 0.2251, -0.1589, -0.2605],
        [-0.1343, -0.0575,  0.2095],
        [-0.0325, -0.2721, -0.1101]])
$ tokvec weight --rng gensim --seed 2 -n 3 -d 3
Parameter containing:
tensor([[ 0.2251, -0.1589, -0.2605],
        [-0.1343, -0.0575,  0.2095],
        [-0.0325, -0.2721, -0.1101]])
$ tokvec weight --rng gensim --seed 4294967295 -n 2 -d 3 --path dv.vectors
Parameter containing:
tensor([[ 0.2802,  0.2352, -0.0091],
        [ 0.1724,  0.2001, -0.1970]])
$ tokvec weight --rng gensim --seed 4294975214 -n 2 -d 3
Parameter containing:
tensor([[ 0.2802,  0.2352, -0.0091],
        [ 0.1724,  0.2001, -0.1970]])
--
# Lists: [5] is 5 for default_rng, but not for numpy.random.seed; zeros after it are nothing.
$ tokvec digest --rng numpy --seed 5 -n 5 -d 3 | cut -c 1-64
a6f2980c2b9384493a12414d71b99f84fd2966df15bc71bab4e3b893c88c154c
$ tokvec digest --rng numpy --seed 5, -n 5 -d 3 | cut -c 1-64
a6f2980c2b9384493a12414d71b99f84fd2966df15bc71bab4e3b893c88c154c
$ tokvec digest --rng numpy --seed 5,0,-0,+0 -n 5 -d 3 | cut -c 1-64
a6f2980c2b9384493a12414d71b99f84fd2966df15bc71bab4e3b893c88c154c
$ tokvec digest --rng numpy --seed 0,0,0,0,5 -n 5 -d 3 | cut -c 1-64
69b4ec66ee64d948b2639c5a186feae96b6fda2a7c7c58e4c52389c8eff44a9c
$ tokvec digest --rng numpy-legacy --seed 5 -n 5 -d 3 | cut -c 1-64
9a10d4d1a95d3909e8eeb96b4a52d93b82d1b082fe19b56a1988097e23ed35b0
$ tokvec digest --rng numpy-legacy --seed 5, -n 5 -d 3 | cut -c 1-64
3c7b6eeeea883ffa0801ceed4c60738612dd895dc95247c2cc0b49c496c631c4
--
# Releases: float32 and the tails changed, numpy.random.seed never.
$ tokvec 0 --rng numpy --seed 0 -n 5 -d 3 --dtype float32 --init random --numpy 1.21.6
tensor([[0.8506, 0.6370, 0.5111]])
$ tokvec 0 --rng numpy --seed 0 -n 5 -d 3 --dtype float32 --init random --numpy 1.22
tensor([[0.8506, 0.6370, 0.5111]])
$ tokvec 0 --rng numpy --seed 0 -n 5 -d 3 --init uniform:1,0 --numpy 1.20.3
tensor([[0.3630, 0.7302, 0.9590]], dtype=torch.float64)
$ tokvec 0 --rng numpy-legacy --seed 7 -n 5 -d 3 --numpy 1.17
tensor([[ 1.6905, -0.4659,  0.0328]], dtype=torch.float64)
$ tokvec 0 --rng gensim --seed 1 -n 5 -d 3 --numpy 1.21
tensor([[-0.0179,  0.0079,  0.1701]])
$ tokvec 0 --rng numpy --numpy 2.4.6 --seed 0
tensor([[ 0.1257, -0.1321,  0.6404]], dtype=torch.float64)
--
# What NumPy refuses.
$ tokvec 0 --rng numpy --seed -1
! tokvec: '-1' is not a valid seed of NumPy: expected non-negative integer; give an integer from 0 on, of any size, or several, as 1,2,3
[2]
$ tokvec 0 --rng numpy --seed 1.5
! tokvec: '1.5' is not a valid seed of NumPy: SeedSequence expects int or sequence of ints; give an integer from 0 on, of any size, or several, as 1,2,3
[2]
$ tokvec 0 --rng numpy --seed 1,2.0
! tokvec: '1,2.0' is not a valid seed of NumPy: seed must be integer; give an integer from 0 on, of any size, or several, as 1,2,3
[2]
$ tokvec 0 --rng numpy --seed 1,-2
! tokvec: '1,-2' is not a valid seed of NumPy: expected non-negative integer; give an integer from 0 on, of any size, or several, as 1,2,3
[2]
$ tokvec 0 --rng numpy --init normal:0,-1
! tokvec: NumPy does not draw 'normal:0,-1': scale < 0; give a scale of 0 or more
[2]
$ tokvec 0 --rng numpy --init normal:0,-0.0
! tokvec: NumPy does not draw 'normal:0,-0.0': scale < 0; give a scale of 0 or more
[2]
$ tokvec 0 --rng numpy --init uniform:1,0
! tokvec: NumPy does not draw 'uniform:1,0': high - low < 0; give the lower bound first
[2]
$ tokvec 0 --rng numpy --init uniform:-1e308,1e308
! tokvec: NumPy does not draw 'uniform:-1e308,1e308': high - low range exceeds valid bounds; give bounds whose difference is finite
[2]
$ tokvec 0 --rng numpy-legacy --seed -1
! tokvec: '-1' is not a valid seed of NumPy: Seed must be between 0 and 2**32 - 1; give an integer from 0 to 4294967295, or several, as 1,2,3
[2]
$ tokvec 0 --rng numpy-legacy --seed 4294967296
! tokvec: '4294967296' is not a valid seed of NumPy: Seed must be between 0 and 2**32 - 1; give an integer from 0 to 4294967295, or several, as 1,2,3
[2]
$ tokvec 0 --rng numpy-legacy --seed 1,4294967296
! tokvec: '1,4294967296' is not a valid seed of NumPy: Seed must be between 0 and 2**32 - 1; give an integer from 0 to 4294967295, or several, as 1,2,3
[2]
$ tokvec 0 --rng numpy-legacy --seed 1.5
! tokvec: '1.5' is not a valid seed of NumPy: Cannot cast from dtype('float64') to dtype('int64') according to the rule 'safe'; give an integer from 0 to 4294967295, or several, as 1,2,3
[2]
$ tokvec 0 --rng numpy-legacy --init normal:0,-0.0
! tokvec: NumPy does not draw 'normal:0,-0.0': scale < 0; give a scale of 0 or more
[2]
$ tokvec 0 --rng numpy-legacy --init uniform:0,inf
! tokvec: NumPy does not draw 'uniform:0,inf': high - low range exceeds valid bounds; give bounds whose difference is finite
[2]
$ tokvec 0 --rng gensim --seed 4294967296 --path wv.vectors
! tokvec: '4294967296' is not a valid seed of NumPy: Seed must be between 0 and 2**32 - 1; give an integer from 0 to 4294967295, or several, as 1,2,3
[2]
--
# What is no seed, distribution, release, dtype or table.
$ tokvec 0 --rng numpy --seed ,
! tokvec: ',' is not a valid seed of NumPy; give an integer from 0 on, of any size, or several, as 1,2,3
[2]
$ tokvec 0 --rng numpy --seed 1,,2
! tokvec: '1,,2' is not a valid seed of NumPy; give an integer from 0 on, of any size, or several, as 1,2,3
[2]
$ tokvec 0 --rng numpy --seed 1x
! tokvec: '1x' is not a valid seed of NumPy; give an integer from 0 on, of any size, or several, as 1,2,3
[2]
$ tokvec 0 --rng numpy --seed ''
! tokvec: '' is not a valid seed of NumPy; give an integer from 0 on, of any size, or several, as 1,2,3
[2]
$ tokvec 0 --rng numpy --init randn
! tokvec: 'randn' is not a valid distribution of this generator; valid are standard_normal, normal, uniform, random
[2]
$ tokvec 0 --rng numpy --init random:1
! tokvec: 'random:1' does not have the parameters of random; write random
[2]
$ tokvec 0 --rng numpy --init normal:nan
! tokvec: 'normal:nan' does not have the parameters of normal; write normal:LOC,SCALE
[2]
$ tokvec 0 --rng numpy --init normal:0,1,2
! tokvec: 'normal:0,1,2' does not have the parameters of normal; write normal:LOC,SCALE
[2]
$ tokvec 0 --rng numpy --init normal --dtype float32
! tokvec: NumPy's normal does not draw float32; choose float64; --as converts what is drawn
[2]
$ tokvec 0 --rng numpy --dtype float16
! tokvec: NumPy's standard_normal does not draw float16; choose float64 or float32; --as converts what is drawn
[2]
$ tokvec 0 --rng numpy-legacy --dtype float32
! tokvec: NumPy's standard_normal does not draw float32; choose float64; --as converts what is drawn
[2]
$ tokvec 0 --rng gensim --dtype float64
! tokvec: gensim does not draw float64; choose float32; --as converts what is drawn
[2]
$ tokvec 0 --rng numpy --numpy 1.16
! tokvec: '1.16' is not a known release of NumPy; known are 1.17 to 2.4, as 1.21 or 1.21.6
[2]
$ tokvec 0 --rng numpy --numpy 1.22.5
! tokvec: '1.22.5' is not a known release of NumPy; known are 1.17 to 2.4, as 1.21 or 1.21.6
[2]
$ tokvec 0 --rng numpy --numpy 2
! tokvec: '2' is not a known release of NumPy; known are 1.17 to 2.4, as 1.21 or 1.21.6
[2]
$ tokvec 0 --rng numpy --numpy 1.022
! tokvec: '1.022' is not a known release of NumPy; known are 1.17 to 2.4, as 1.21 or 1.21.6
[2]
$ tokvec 0 --rng gensim --seed 1,2 --path dv.vectors
! tokvec: the seed of a gensim model is one integer; give one from 0 to 4294967295
[2]
$ tokvec 0 --rng gensim --path vectors_norm
! tokvec: 'vectors_norm' is not a seeded table of gensim's; valid are wv.vectors, wv.vectors_vocab, wv.vectors_ngrams, dv.vectors
[2]
$ tokvec 0 --rng gensim --init random
! tokvec: a distribution does not go with the generator gensim; it goes with torch, numpy, numpy-legacy, jax, jax-original, flax, nnx, keras-jax, keras-tensorflow, tensorflow, mlx
[2]
$ tokvec 0 --rng numpy --path vectors
! tokvec: a path does not go with the generator numpy; it goes with flax, gensim
[2]
$ tokvec 0 --rng numpy --torch 2.12
! tokvec: a release of PyTorch does not go with the generator numpy; it goes with torch
[2]
$ tokvec 0 --numpy 1.22
! tokvec: a release of NumPy does not go with the generator torch; it goes with numpy, numpy-legacy, gensim
[2]
