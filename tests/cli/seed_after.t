# What one generator of PyTorch's makes after other layers.
$ tokvec weight -n 2 --after 6x3
Parameter containing:
tensor([[-0.6307,  1.2340,  0.3127],
        [ 0.6972, -0.9950, -1.1476]], requires_grad=True)
$ tokvec weight -n 2 --after skip:20 | tail -1
        [ 0.6653,  0.3528,  0.9728]], requires_grad=True)
$ tokvec weight -n 2 --after 3x3 | tail -1
        [ 0.2350,  0.6653,  0.3528]], requires_grad=True)
$ tokvec weight -n 2 --after linear:2x3,linear:2x3:nobias,skip:5 | tail -1
        [ 0.6653,  0.3528,  0.9728]], requires_grad=True)
$ tokvec weight -n 2 --after linear:2x3:float64,linear:2x1:nobias:float64 | tail -1
        [ 0.6466, -1.4168,  0.8429]], requires_grad=True)
$ tokvec weight -n 2 --after 0x7,linear:7x0,skip:0 | tail -1
        [-0.2404, -1.1969,  0.2093]], requires_grad=True)
$ tokvec weight -n 2 --after skip:9223372036854775807,1x1,skip:9223372036854775807 | tail -1
        [-0.5443,  0.8518,  1.7577]], requires_grad=True)
--
Lists that do not parse.
$ tokvec --after "" 0
! tokvec: a layer before the table is not valid (item 1, ''); write VxD, linear:INxOUT, linear:INxOUT:nobias or init:DIST:VxD, each with :DTYPE behind it or without, or skip:N
[2]
$ tokvec --after 5x5, 0
! tokvec: a layer before the table is not valid (item 2, ''); write VxD, linear:INxOUT, linear:INxOUT:nobias or init:DIST:VxD, each with :DTYPE behind it or without, or skip:N
[2]
$ tokvec --after 5x5,,5x5 0
! tokvec: a layer before the table is not valid (item 2, ''); write VxD, linear:INxOUT, linear:INxOUT:nobias or init:DIST:VxD, each with :DTYPE behind it or without, or skip:N
[2]
$ tokvec --after 5x5,linear:5 0
! tokvec: a layer before the table is not valid (item 2, 'linear:5'); write VxD, linear:INxOUT, linear:INxOUT:nobias or init:DIST:VxD, each with :DTYPE behind it or without, or skip:N
[2]
$ tokvec --after linear:5x5:bias 0
! tokvec: a layer before the table is not valid (item 1, 'linear:5x5:bias'); write VxD, linear:INxOUT, linear:INxOUT:nobias or init:DIST:VxD, each with :DTYPE behind it or without, or skip:N
[2]
$ tokvec --after linear:5x5:nobias:nobias 0
! tokvec: a layer before the table is not valid (item 1, 'linear:5x5:nobias:nobias'); write VxD, linear:INxOUT, linear:INxOUT:nobias or init:DIST:VxD, each with :DTYPE behind it or without, or skip:N
[2]
$ tokvec --after 5x5:float32:float32 0
! tokvec: a layer before the table is not valid (item 1, '5x5:float32:float32'); write VxD, linear:INxOUT, linear:INxOUT:nobias or init:DIST:VxD, each with :DTYPE behind it or without, or skip:N
[2]
$ tokvec --after 5x5:int8 0
! tokvec: a layer before the table is not valid (item 1, '5x5:int8'); write VxD, linear:INxOUT, linear:INxOUT:nobias or init:DIST:VxD, each with :DTYPE behind it or without, or skip:N
[2]
$ tokvec --after 5x5:nobias 0
! tokvec: a layer before the table is not valid (item 1, '5x5:nobias'); write VxD, linear:INxOUT, linear:INxOUT:nobias or init:DIST:VxD, each with :DTYPE behind it or without, or skip:N
[2]
$ tokvec --after -5x5 0
! tokvec: a layer before the table is not valid (item 1, '-5x5'); write VxD, linear:INxOUT, linear:INxOUT:nobias or init:DIST:VxD, each with :DTYPE behind it or without, or skip:N
[2]
$ tokvec --after 5X5 0
! tokvec: a layer before the table is not valid (item 1, '5X5'); write VxD, linear:INxOUT, linear:INxOUT:nobias or init:DIST:VxD, each with :DTYPE behind it or without, or skip:N
[2]
$ tokvec --after "5x5, 5x5" 0
! tokvec: a layer before the table is not valid (item 2, ' 5x5'); write VxD, linear:INxOUT, linear:INxOUT:nobias or init:DIST:VxD, each with :DTYPE behind it or without, or skip:N
[2]
$ tokvec --after 5x5x5 0
! tokvec: a layer before the table is not valid (item 1, '5x5x5'); write VxD, linear:INxOUT, linear:INxOUT:nobias or init:DIST:VxD, each with :DTYPE behind it or without, or skip:N
[2]
$ tokvec --after skip:-1 0
! tokvec: a layer before the table is not valid (item 1, 'skip:-1'); write VxD, linear:INxOUT, linear:INxOUT:nobias or init:DIST:VxD, each with :DTYPE behind it or without, or skip:N
[2]
$ tokvec --after skip:1.5 0
! tokvec: a layer before the table is not valid (item 1, 'skip:1.5'); write VxD, linear:INxOUT, linear:INxOUT:nobias or init:DIST:VxD, each with :DTYPE behind it or without, or skip:N
[2]
$ tokvec --after skip:9223372036854775808 0
! tokvec: a layer before the table is not valid (item 1, 'skip:9223372036854775808'); write VxD, linear:INxOUT, linear:INxOUT:nobias or init:DIST:VxD, each with :DTYPE behind it or without, or skip:N
[2]
$ tokvec --after 5x5:float32:float32:float32:float32:float32:float32:float32 0
! tokvec: a layer before the table is not valid (item 1, '5x5:float32:float32:float32:float32:float32:float32:float32'); write VxD, linear:INxOUT, linear:INxOUT:nobias or init:DIST:VxD, each with :DTYPE behind it or without, or skip:N
[2]
$ tokvec --after 4294967296x4294967296 0
! tokvec: a tensor of 4294967296 x 4294967296 values is too large (item 1, '4294967296x4294967296'); rows times columns must stay below 2^60
[2]
$ tokvec --after 1x1,linear:99999999999x99999999999 0
! tokvec: a tensor of 99999999999 x 99999999999 values is too large (item 2, 'linear:99999999999x99999999999'); rows times columns must stay below 2^60
[2]
$ tokvec --after 99999999999999999999x1 0
! tokvec: a layer before the table is not valid (item 1, '99999999999999999999x1'); write VxD, linear:INxOUT, linear:INxOUT:nobias or init:DIST:VxD, each with :DTYPE behind it or without, or skip:N
[2]
$ tokvec -w $DATA/table.npy --after 5x5 0
! tokvec: --after is for seeded tables, not for weights files; leave out --after or -w
[2]
