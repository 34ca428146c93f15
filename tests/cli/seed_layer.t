# A layer's own tensors: -n is out, -d is in.
$ tokvec weight --layer linear -n 2
Parameter containing:
tensor([[-0.2354,  0.0191, -0.2867],
        [ 0.2177, -0.4919,  0.4232]], requires_grad=True)
$ tokvec weight --layer linear.bias -n 2
Parameter containing:
tensor([[-0.4196, -0.4590]], requires_grad=True)
$ tokvec weight --layer linear -n 2 --dtype float64 | tail -1
        [-0.4704, -0.0318,  0.0254]], dtype=torch.float64, requires_grad=True)
$ tokvec weight --layer embedding -n 2 --padding-idx 1
Parameter containing:
tensor([[-0.1115,  0.1204, -0.3696],
        [ 0.0000,  0.0000,  0.0000]], requires_grad=True)
$ tokvec -f json --layer linear.bias -n 4 -d 3 0 --after 2x3
{"source": {"seed": 123, "vocab_size": 4, "dim": 3, "layer": "linear.bias", "after": "2x3"},
 "dtype": "float32",
 "shape": [1, 4],
 "ids": [0],
 "vectors": [[-0.2603904, 0.18287641, -0.25687245, 0.41260317]]}
$ tokvec digest --layer linear --after linear:4x4:nobias -n 5 | tee sums; tokvec digest --check sums
7aa127f6c4d38a1a475abe543c5baaaf62f270ba9dea7bf82fda73a345d7f1a6  --seed 123 -n 5 -d 3 --dtype float32 --layer linear --after linear:4x4:nobias
--seed 123 -n 5 -d 3 --dtype float32 --layer linear --after linear:4x4:nobias: OK
$ tokvec --layer linear.bias -n 4 1
! tokvec: '1' is out of range (argument 5); valid are 0 to 0 in the seeded table (seed 123, vocabulary 4, dimension 3)
[2]
$ tokvec --layer linear -n 4 --padding-idx 0 1
! tokvec: a padding index does not go with the layer linear; leave out one of the two
[2]
$ tokvec --layer embedding --init normal 1
! tokvec: a distribution does not go with the layer embedding; leave out one of the two
[2]
$ tokvec --layer conv 1
! tokvec: 'conv' is not a known layer; known are embedding, linear and linear.bias
[2]
$ tokvec --layer linear --seed 1e5 1
! tokvec: '1e5' is not a valid seed of PyTorch; give an integer from -2^63 to 2^64-1
[2]
$ tokvec --layer linear --rng mlx 1
! tokvec: a layer does not go with the generator mlx; it goes with torch
[2]
--
Distributions among the layers: their commas do not end the item.
$ tokvec weight -n 2 --after init:normal:0,0.02:16x3,1x1 | tail -1
        [-0.7291, -0.1218, -0.4796]], requires_grad=True)
$ tokvec weight -n 2 --after 16x3,1x1 | tail -1
        [-0.7291, -0.1218, -0.4796]], requires_grad=True)
$ tokvec weight -n 2 --after init:normal:1,0.02:16x3,init:uniform:4x4:float64,init:ones:9x9 | tail -1
        [-1.2239,  0.7017,  2.2139]], requires_grad=True)
$ tokvec weight -n 2 --after skip:80 | tail -1
        [-1.2239,  0.7017,  2.2139]], requires_grad=True)
$ tokvec weight -n 2 --after init:kaiming_normal:0.1,fan_out,relu:16x5 | tail -1
        [-1.2239,  0.7017,  2.2139]], requires_grad=True)
$ tokvec --after init:normal 1
! tokvec: a layer before the table is not valid (item 1, 'init:normal'); write VxD, linear:INxOUT, linear:INxOUT:nobias or init:DIST:VxD, each with :DTYPE behind it or without, or skip:N
[2]
$ tokvec --after init:normal:0,0.02 1
! tokvec: a layer before the table is not valid (item 1, 'init:normal:0,0.02'); write VxD, linear:INxOUT, linear:INxOUT:nobias or init:DIST:VxD, each with :DTYPE behind it or without, or skip:N
[2]
$ tokvec --after init:normal:0,0.02,5x5 1
! tokvec: a layer before the table is not valid (item 1, 'init:normal:0,0.02,5x5'); write VxD, linear:INxOUT, linear:INxOUT:nobias or init:DIST:VxD, each with :DTYPE behind it or without, or skip:N
[2]
$ tokvec --after init:normal:0,-1:5x5 1
! tokvec: a normal distribution cannot have std -1 (item 1, 'init:normal:0,-1:5x5'); give a standard deviation of 0 or more
[2]
$ tokvec --after 5x5,init:norm:5x5 1
! tokvec: 'norm' is not a valid distribution of this generator (item 2, 'init:norm:5x5'); valid are normal, uniform, xavier_normal, xavier_uniform, kaiming_normal, kaiming_uniform, trunc_normal, ones, zeros, constant, eye
[2]
$ tokvec --after init:normal:0,0.02:5x5:nobias 1
! tokvec: a layer before the table is not valid (item 1, 'init:normal:0,0.02:5x5:nobias'); write VxD, linear:INxOUT, linear:INxOUT:nobias or init:DIST:VxD, each with :DTYPE behind it or without, or skip:N
[2]
$ tokvec --after init:normal:0,0.02:5x5:float32:float32 1
! tokvec: a layer before the table is not valid (item 1, 'init:normal:0,0.02:5x5:float32:float32'); write VxD, linear:INxOUT, linear:INxOUT:nobias or init:DIST:VxD, each with :DTYPE behind it or without, or skip:N
[2]
$ tokvec --after init::5x5 1
! tokvec: '' is not a valid distribution of this generator (item 1, 'init::5x5'); valid are normal, uniform, xavier_normal, xavier_uniform, kaiming_normal, kaiming_uniform, trunc_normal, ones, zeros, constant, eye
[2]
$ tokvec --after init:5x5 1
! tokvec: a layer before the table is not valid (item 1, 'init:5x5'); write VxD, linear:INxOUT, linear:INxOUT:nobias or init:DIST:VxD, each with :DTYPE behind it or without, or skip:N
[2]
$ tokvec --after init: 1
! tokvec: a layer before the table is not valid (item 1, 'init:'); write VxD, linear:INxOUT, linear:INxOUT:nobias or init:DIST:VxD, each with :DTYPE behind it or without, or skip:N
[2]
$ tokvec --after init:eye:5x5,init:zeros:3x3, 1
! tokvec: a layer before the table is not valid (item 3, ''); write VxD, linear:INxOUT, linear:INxOUT:nobias or init:DIST:VxD, each with :DTYPE behind it or without, or skip:N
[2]
