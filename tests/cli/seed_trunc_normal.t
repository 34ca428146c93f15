# The parameters of trunc_normal that have no table, each in one line.
$ tokvec weight -n 4 --init trunc_normal:0,0
! tokvec: trunc_normal: the standard deviation is out of range; give a number above 0
[2]
$ tokvec weight -n 4 --init trunc_normal:0,-1
! tokvec: trunc_normal: the standard deviation is out of range; give a number above 0
[2]
$ tokvec weight -n 4 --init trunc_normal:0,inf
! tokvec: trunc_normal: the standard deviation is out of range; give a number above 0
[2]
$ tokvec weight -n 4 --init trunc_normal:inf
! tokvec: trunc_normal: the mean is out of range; give a finite number that the dtype has
[2]
$ tokvec weight -n 4 --init trunc_normal:0,1,2,-2
! tokvec: trunc_normal: the lower bound is above the upper one; give the lower bound first
[2]
$ tokvec weight -n 4 --init trunc_normal:0,1,nan,2
! tokvec: 'trunc_normal:0,1,nan,2' does not have the parameters of trunc_normal; write trunc_normal or trunc_normal:MEAN,STD,A,B
[2]
$ tokvec weight -n 4 --init trunc_normal:0,1,-2,2,3
! tokvec: 'trunc_normal:0,1,-2,2,3' does not have the parameters of trunc_normal; write trunc_normal or trunc_normal:MEAN,STD,A,B
[2]
$ tokvec weight -n 4 --init trunc_normal:0,1,1,inf
! tokvec: trunc_normal: a bound is out of range for float32, so far from the mean; give bounds, and a difference of them, of at most 3.40282e+38
[2]
$ tokvec weight -n 4 --init trunc_normal:0,1,1e10,2e10
! tokvec: trunc_normal: proposals lie within the bounds too rarely (44276035 passes over the table would not do); give bounds nearer to the mean, or wider ones
[2]
$ tokvec weight -n 4 --init trunc_normal --dtype float16 --torch 2.0
! tokvec: PyTorch before 2.1 has no trunc_normal_ of float16 (it has no erfinv_); choose another dtype or release
[2]
$ tokvec weight -n 4 --init trunc_normal:0,1,-1e6,2 --dtype float16 --torch 2.11
! tokvec: trunc_normal: PyTorch before 2.12 does not convert the bounds to float16 without overflow; give bounds that float16 has, or infinite ones
[2]
$ tokvec weight -n 1000000000000000 -d 300 --init trunc_normal
! tokvec: trunc_normal: the proposals for so many values are not followed; give a smaller table, or bounds that let more proposals through
[2]
$ tokvec weight -n 3 --init trunc_normal
Parameter containing:
tensor([[-0.1115,  0.1204, -0.3696],
        [-0.2404, -1.1969,  0.2093],
        [-0.9724, -0.7550,  0.3239]], requires_grad=True)
$ tokvec weight -n 3 --init trunc_normal --torch 2.11
Parameter containing:
tensor([[-0.5090,  0.0396, -0.6342],
        [ 0.4676, -1.3204,  1.0358],
        [-1.0232, -1.1722, -0.8472]], requires_grad=True)
! tokvec: warning: about 1 value in 4,000 differs in its last bit from the wheels' of PyTorch before 2.12
$ tokvec weight -n 3 --init trunc_normal:0,1,6,40
Parameter containing:
tensor([[6.0479, 6.0884, 6.1225],
        [6.2794, 6.9500, 6.1481],
        [6.0416, 6.6100, 6.1063]], requires_grad=True)
! tokvec: warning: few proposals are accepted, or the dtype's numbers are far apart there: the table is drawn once, and held in memory
