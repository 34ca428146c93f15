# Factors that follow each other are one under jit: a layer's scale and what its table is multiplied
# by. The digests are those of JAX 0.10.2 and Flax 0.12.8's arrays.

$ tokvec digest --rng flax --seed 3 -n 30 -d 20 --dtype float32 --init uniform:0.7 --times 1.7 --jit
3af5f16781f056a3362a0ab9848a01f787c1cfc1a127697d17133e4d50c63306  --seed 3 -n 30 -d 20 --dtype float32 --rng flax --init uniform:0.7 --times 1.7 --jit
$ tokvec digest --rng flax --seed 3 -n 30 -d 20 --dtype float32 --init truncated_normal:0.7 --times 1.7 --jit
b41cfa645ae7fa1c7bb53665542bfd5215a139ccffd5f56caef8d5a835b36d44  --seed 3 -n 30 -d 20 --dtype float32 --rng flax --init truncated_normal:0.7 --times 1.7 --jit
$ tokvec digest --rng flax --seed 3 -n 30 -d 20 --dtype float16 --init uniform:0.7 --times 1.7 --jit
47f235fbed6dfc8c85658d9aa9332e4e82c3c7653074a6e8c192c591841a2b47  --seed 3 -n 30 -d 20 --dtype float16 --rng flax --init uniform:0.7 --times 1.7 --jit
$ tokvec digest --rng flax --seed 3 -n 30 -d 20 --dtype float16 --init truncated_normal:0.7 --times 1.7 --jit
9420f73be691d8d345e8a8f8000fb2a47095f5dd07e9b380ce1ed54a5d4bf87d  --seed 3 -n 30 -d 20 --dtype float16 --rng flax --init truncated_normal:0.7 --times 1.7 --jit
$ tokvec digest --rng flax --seed 3 -n 30 -d 20 --dtype float64 --init uniform:0.7 --times 1.7 --jit
75d7f3b0e110cde80c573f42c2f9735bcf300f00f21fa9fa9817b9b78681c0ac  --seed 3 -n 30 -d 20 --dtype float64 --rng flax --init uniform:0.7 --times 1.7 --jit
$ tokvec digest --rng flax --seed 3 -n 30 -d 20 --dtype float64 --init truncated_normal:0.7 --times 1.7 --jit
fceb1e68ab04d5389c0a12bfa225ee772af2655c1cfc2a151121d978f9162d51  --seed 3 -n 30 -d 20 --dtype float64 --rng flax --init truncated_normal:0.7 --times 1.7 --jit
$ tokvec digest --rng jax --seed 3 -n 500 -d 20 --dtype float16 --init uniform:-0.0,1.0
e2110d149779f3d99d459e9860596622d4fdc13111d534c2da7398e768ebd29c  --seed 3 -n 500 -d 20 --dtype float16 --rng jax --init uniform:-0.0,1.0
$ tokvec 0 --rng jax --seed 3 -n 1 -d 2 --init uniform:-0.0,0.0 -f csv
id,0,1
0,0.0,0.0
