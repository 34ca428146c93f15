What torch.nn.init takes, with its names and defaults.

$ tokvec -n 4 -d 3 --init uniform 0
tensor([[0.2961, 0.5166, 0.2517]], grad_fn=<EmbeddingBackward0>)
$ tokvec -n 4 -d 3 --init normal:0,0.02 0
tensor([[-0.0022,  0.0024, -0.0074]], grad_fn=<EmbeddingBackward0>)
$ tokvec -n 4 -d 3 --init kaiming_uniform:0,fan_out,relu 0
tensor([[-0.4994,  0.0406, -0.6083]], grad_fn=<EmbeddingBackward0>)
$ tokvec -n 4 -d 3 --init kaiming_uniform:0,FAN_OUT,relu 0
tensor([[-0.4994,  0.0406, -0.6083]], grad_fn=<EmbeddingBackward0>)
$ tokvec -n 4 -d 3 --init eye 1 3
tensor([[0., 1., 0.],
        [0., 0., 0.]], grad_fn=<EmbeddingBackward0>)
$ tokvec -n 4 -d 3 --init constant:-0.1 --dtype bfloat16 -f csv 1
id,0,1,2
1,-0.100097656,-0.100097656,-0.100097656
$ tokvec -n 20 -d 3 --dtype bfloat16 --torch 2.11 -f csv 1
id,0,1,2
1,0.1328125,1.0078125,0.71484375
$ tokvec -n 20 -d 3 --dtype bfloat16 --torch 2.11.0 -f csv 1
id,0,1,2
1,0.1328125,1.0078125,0.71484375
$ tokvec -n 20 -d 3 --dtype bfloat16 -f csv 1
id,0,1,2
1,-0.58984375,0.34765625,0.66015625
--
A uniform value that is rounded to the upper bound is the lower bound since 2.12.

$ tokvec -n 1 -d 8 --init uniform:1,1.0000001 --torch 2.11 -f csv --precision 8 0
id,0,1,2,3,4,5,6,7
0,1.0,1.0000001,1.0,1.0000001,1.0,1.0000001,1.0,1.0
$ tokvec -n 1 -d 8 --init uniform:1,1.0000001 --torch 2.12 -f csv --precision 8 0
id,0,1,2,3,4,5,6,7
0,1.0,1.0,1.0,1.0,1.0,1.0,1.0,1.0
--
What PyTorch refuses is refused.

$ tokvec --init gauss 0
! tokvec: 'gauss' is not a valid distribution of this generator; valid are normal, uniform, xavier_normal, xavier_uniform, kaiming_normal, kaiming_uniform, trunc_normal, ones, zeros, constant, eye
[2]
$ tokvec --init normal: 0
! tokvec: 'normal:' does not have the parameters of normal; write normal or normal:MEAN,STD
[2]
$ tokvec --init normal:0,-1 0
! tokvec: a normal distribution cannot have std -1; give a standard deviation of 0 or more
[2]
$ tokvec --init normal:0,nan 0
! tokvec: 'normal:0,nan' does not have the parameters of normal; write normal or normal:MEAN,STD
[2]
$ tokvec --init normal:0,1,2 0
! tokvec: 'normal:0,1,2' does not have the parameters of normal; write normal or normal:MEAN,STD
[2]
$ tokvec --init normal:zero 0
! tokvec: 'normal:zero' does not have the parameters of normal; write normal or normal:MEAN,STD
[2]
$ tokvec --init uniform:2,1 0
! tokvec: a uniform distribution cannot have the lower bound 2 above the upper bound 1; give the lower bound first
[2]
$ tokvec --init uniform:0,inf 0
! tokvec: 0 to inf is out of bounds for float32; bounds are finite numbers of the table's dtype
[2]
$ tokvec --init uniform:-3e38,3e38 0
! tokvec: -3e+38 to 3e+38 is too wide for float32; PyTorch takes ranges of 3.40282e+38 at most
[2]
$ tokvec --init uniform:-40000,40000 --dtype float16 0
! tokvec: -40000 to 40000 is too wide for float16; PyTorch takes ranges of 65504 at most
[2]
$ tokvec --init xavier_normal:-1 0
! tokvec: a normal distribution cannot have std -0.471405; give a standard deviation of 0 or more
[2]
$ tokvec --init xavier_uniform:-1 0
! tokvec: a uniform distribution cannot have the lower bound 0.816497 above the upper bound -0.816497; give the lower bound first
[2]
$ tokvec --init kaiming_normal:0,fan 0
! tokvec: 'fan' is not a valid mode; valid are fan_in and fan_out
[2]
$ tokvec --init kaiming_normal:0,fan_in,gelu 0
! tokvec: 'gelu' is not a valid nonlinearity; valid are leaky_relu, relu, tanh, selu, linear, sigmoid
[2]
$ tokvec --init kaiming_normal:1e200 0
! tokvec: the square of A, 1e+200, is too large; give a slope below 1e154
[2]
$ tokvec --init constant 0
! tokvec: 'constant' does not have the parameters of constant; write constant:VALUE
[2]
$ tokvec --init constant:65505 --dtype float16 0
! tokvec: the value 65505 is too large for float16; 65504 is the largest
[2]
$ tokvec --init ones:1 0
! tokvec: 'ones:1' does not have the parameters of ones; write ones
[2]
$ tokvec --init eye --dtype bfloat16 --torch 2.2 0
! tokvec: eye_ does not take bfloat16 in PyTorch before 2.3; choose float32, or a later release
[2]
$ tokvec --dtype float8_e5m2 0
! tokvec: PyTorch does not draw float8_e5m2; choose float32, float64, bfloat16 or float16; --as converts what is drawn
[2]
--
Releases that are not known are refused.

$ tokvec --torch 2.16 0
! tokvec: '2.16' is not a known release of PyTorch; known are 1.13 and 2.0 to 2.15, written as 2.12 or 2.12.1
[2]
$ tokvec --torch 1.12.1 0
! tokvec: '1.12.1' is not a known release of PyTorch; known are 1.13 and 2.0 to 2.15, written as 2.12 or 2.12.1
[2]
$ tokvec --torch 2.12.2 0
! tokvec: '2.12.2' is not a known release of PyTorch; known are 1.13 and 2.0 to 2.15, written as 2.12 or 2.12.1
[2]
$ tokvec --torch 2 0
! tokvec: '2' is not a known release of PyTorch; known are 1.13 and 2.0 to 2.15, written as 2.12 or 2.12.1
[2]
$ tokvec --torch 2.12.1.0 0
! tokvec: '2.12.1.0' is not a known release of PyTorch; known are 1.13 and 2.0 to 2.15, written as 2.12 or 2.12.1
[2]
$ tokvec --torch 2.012 0
! tokvec: '2.012' is not a known release of PyTorch; known are 1.13 and 2.0 to 2.15, written as 2.12 or 2.12.1
[2]
$ tokvec --torch '' 0
! tokvec: '' is not a known release of PyTorch; known are 1.13 and 2.0 to 2.15, written as 2.12 or 2.12.1
[2]
$ tokvec --torch newest 0
! tokvec: 'newest' is not a known release of PyTorch; known are 1.13 and 2.0 to 2.15, written as 2.12 or 2.12.1
[2]
