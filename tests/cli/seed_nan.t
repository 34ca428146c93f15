# Values that are not numbers have the same bits on every processor: those that PyTorch 1.13 to 2.15
# (torch.nn.init.normal_ with an infinite mean and deviation; constant_(t, inf) * 0) and NumPy have
# on x86-64.
$ for d in float32 float64 float16 bfloat16; do tokvec weight -n 1 -d 4 --dtype $d --init normal:inf,inf -f raw | xxd -p; done
0000c0ff0000807f0000c0ff0000c0ff
000000000000f8ff000000000000f07f000000000000f8ff000000000000
f8ff
00fe007c00fe00fe
c07f807fc07fc07f
$ for d in float32 float64 float16; do tokvec weight -n 1 -d 2 --dtype $d --init constant:inf --times 0 -f raw | xxd -p; done
0000c0ff0000c0ff
000000000000f8ff000000000000f8ff
00fe00fe
$ tokvec weight -n 1 -d 2 --rng numpy --init normal:inf,inf -f raw | xxd -p
000000000000f8ff000000000000f8ff
$ tokvec 5 -n 9 -d 2 --rng numpy-legacy --init normal:-inf,inf --as float32 -f raw | xxd -p
000080ff000080ff
$ for d in float32 float16 bfloat16; do tokvec weight -n 2 -d 2 --dtype $d --padding-idx 0 --times 1e40 -f raw | xxd -p; done
0000c0ff0000c0ff000080ff000080ff
00fe00fe00fc00fc
c07fc07f80ff80ff
