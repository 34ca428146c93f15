# Where a table came from: what whence prints, and its status.

$ tokvec weight --seed 777 -n 100 -d 48 -f npy -o a.npy && tokvec whence a.npy
COMMAND                                                RNG    INIT  DTYPE    SEED  ROWS  ROWS EQUAL
tokvec weight --seed 777 -n 100 -d 48 --dtype float32  torch  -     float32   777   100         100
$ tokvec whence -w a.npy -f json
[
  {"command": "tokvec weight --seed 777 -n 100 -d 48 --dtype float32", "rng": "torch", "init": null, "dtype": "float32", "seed": 777, "rows": 100, "rows_equal": 100}
]
$ tokvec whence a.npy -f csv --no-header
tokvec weight --seed 777 -n 100 -d 48 --dtype float32,torch,,float32,777,100,100
$ tokvec whence a.npy --seeds 700:778 -f jsonl
{"command": "tokvec weight --seed 777 -n 100 -d 48 --dtype float32", "rng": "torch", "init": null, "dtype": "float32", "seed": 777, "rows": 100, "rows_equal": 100}
$ tokvec whence a.npy --seeds 778:800 || echo "status $?"
COMMAND    RNG  INIT  DTYPE  SEED  ROWS  ROWS EQUAL
not found  -    -     -         -   100           0
status 1
$ tokvec whence a.npy --seeds 778:800 -f json || echo "status $?"
[
  {"command": null, "rng": null, "init": null, "dtype": null, "seed": null, "rows": 100, "rows_equal": 0}
]
status 1
$ tokvec whence a.npy --seed 777 -q; echo "status $?"
status 0
$ tokvec whence a.npy --seed 778 -q; echo "status $?"
status 1
$ tokvec weight --seed 42 -n 30 -d 20 --padding-idx 7 --as bfloat16 -f safetensors -o b.safetensors
$ tokvec whence b.safetensors
COMMAND                                                                            RNG    INIT  DTYPE    SEED  ROWS  ROWS EQUAL
tokvec weight --seed 42 -n 30 -d 20 --dtype float32 --padding-idx 7 --as bfloat16  torch  -     float32    42    30          30
$ $(tokvec whence b.safetensors -f csv --no-header | cut -d, -f1) -f safetensors -o again.safetensors && cmp b.safetensors again.safetensors && echo same
same
$ tokvec weight --seed 9 -n 10 -d 20 -f raw -o c.raw && tokvec whence c.raw -d 20 --dtype float32 -f csv --no-header
tokvec weight --seed 9 -n 10 -d 20 --dtype float32,torch,,float32,9,10,10
$ tokvec whence b.safetensors --seeds 0:200 --dtype float64 || echo "status $?"
COMMAND    RNG  INIT  DTYPE  SEED  ROWS  ROWS EQUAL
not found  -    -     -         -    30           0
status 1
$ tokvec weight --seed 9 -n 10 -d 20 --dtype float64 --as float32 -f npy -o d.npy; tokvec whence d.npy --dtype float64 -f csv --no-header
tokvec weight --seed 9 -n 10 -d 20 --dtype float64 --as float32,torch,,float64,9,10,10
$ tokvec weight --seed 3 -n 2 -d 1 --as float16 -f npy -o e.npy; tokvec whence e.npy --rng torch -f csv --no-header | wc -l
4
$ tokvec weight --init constant:0.5 -n 4 -d 2 -f npy -o f.npy; tokvec whence f.npy -f csv --no-header
tokvec weight -n 4 -d 2 --dtype float32 --init constant:0.5,torch,constant:0.5,float32,,4,4
$ tokvec whence
! tokvec: 'tokvec whence' needs a weights file; write tokvec whence FILE
[2]
$ tokvec whence a.npy b.safetensors
! tokvec: 'tokvec whence' takes one file (argument 3); write tokvec whence FILE
[2]
$ tokvec whence a.npy --seeds 5
! tokvec: '5' is not a valid value for --seeds; give the first seed and the one after the last, as 0:65536
[2]
$ tokvec whence a.npy --seeds 5:5
! tokvec: '5:5' is not a valid value for --seeds; give the first seed and the one after the last, as 0:65536
[2]
$ tokvec whence a.npy --seeds -1:5
! tokvec: '-1:5' is not a valid value for --seeds; give the first seed and the one after the last, as 0:65536
[2]
$ tokvec whence a.npy --seeds 0:18446744073709551616
! tokvec: '0:18446744073709551616' is not a valid value for --seeds; give the first seed and the one after the last, as 0:65536
[2]
$ tokvec whence a.npy --seed 1 --seeds 1:2
! tokvec: --seed and --seeds are both given; choose one of the two
[2]
$ tokvec whence a.npy --seed one
! tokvec: 'one' is not a valid seed of PyTorch; give an integer from -2^63 to 2^64-1
[2]
$ tokvec whence a.npy -d 3
! tokvec: the file is of a format with a shape of its own (npy) (a.npy); leave out --dim; or give --offset, the bytes before its bare values
[2]
$ tokvec whence missing.npy
! tokvec: cannot open: No such file or directory (missing.npy); check the name
[2]
--
# What has other bits is not what the seed gives, though it equals it.
$ printf '{"0": [-0.0, 0], "1": [0, -0.0]}' > minus.json; tokvec whence minus.json -f csv
command,rng,init,dtype,seed,rows,rows_equal
,,,,,2,0
[1]
$ printf '{"0": [0, 0], "1": [0, 0]}' > plus.json; tokvec whence plus.json -f csv
command,rng,init,dtype,seed,rows,rows_equal
tokvec weight -n 2 -d 2 --dtype float32 --init zeros,torch,zeros,float32,,2,2
--
# A draw in 16 bits that was stored in 32; a padding row that a factor gave a sign, and one that it
# did not.
$ tokvec weight --seed 5 -n 64 -d 8 --init uniform:-1,1 --dtype float16 --as float32 -o y.npy; tokvec whence y.npy --rng torch --init uniform:-1,1 --dtype float16 --seeds 0:10 -f csv
command,rng,init,dtype,seed,rows,rows_equal
"tokvec weight --seed 5 -n 64 -d 8 --dtype float16 --init uniform:-1,1 --as float32",torch,"uniform:-1,1",float16,5,64,64
$ tokvec weight --seed 5 -n 64 -d 8 --dtype bfloat16 --as float32 -o y.npy; tokvec whence y.npy --rng torch --dtype bfloat16 -f csv
command,rng,init,dtype,seed,rows,rows_equal
tokvec weight --seed 5 -n 64 -d 8 --dtype bfloat16 --as float32,torch,,bfloat16,5,64,64
$ tokvec weight --seed 5 -n 64 -d 8 --times=-1 --padding-idx 3 -o y.npy; tokvec whence y.npy --rng torch --times=-1 -f csv
command,rng,init,dtype,seed,rows,rows_equal
tokvec weight --seed 5 -n 64 -d 8 --dtype float32 --times -1 --padding-idx 3,torch,,float32,5,64,64
