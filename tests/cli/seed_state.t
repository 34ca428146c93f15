# A table from a saved state of PyTorch's generator, and the state after one. The file was saved
# after torch.manual_seed(123); torch.nn.Embedding(3, 3), which leaves half of a pair.
$ tokvec weight -n 2 --state $TESTS/seeds/state.pt
Parameter containing:
tensor([[-0.1085,  0.2103, -0.3908],
        [ 0.2350,  0.6653,  0.3528]], requires_grad=True)
$ tokvec weight -n 2 --state $TESTS/seeds/state_old_checkpoint.pt
Parameter containing:
tensor([[-0.1085,  0.2103, -0.3908],
        [ 0.2350,  0.6653,  0.3528]], requires_grad=True)
$ tokvec weight -n 2 --seed 123 --after 3x3
Parameter containing:
tensor([[-0.1085,  0.2103, -0.3908],
        [ 0.2350,  0.6653,  0.3528]], requires_grad=True)
$ tokvec weight -q -n 3 --save-state a.pt && tokvec list a.pt
Parameter containing:
tensor([[-0.1115,  0.1204, -0.3696],
        [-0.2404, -1.1969,  0.2093],
        [-0.9724, -0.7550,  0.3239]], requires_grad=True)
  NAME  DTYPE  SHAPE   BYTES  OFFSET
*       uint8  [5056]   5056     270
$ tokvec weight -n 2 --state a.pt
Parameter containing:
tensor([[-0.1085,  0.2103, -0.3908],
        [ 0.2350,  0.6653,  0.3528]], requires_grad=True)
--
What is printed does not matter to the state: it is that after the whole table.
$ tokvec -q 0 -n 3 --save-state b.pt > /dev/null && cmp a.pt b.pt
$ tokvec -q 0 -n 3 --padding-idx 1 --bag sum --save-state c.pt > /dev/null && cmp a.pt c.pt
$ tokvec weight -n 3 --save-state d.pt -f raw | wc -c && cmp a.pt d.pt
36
$ tokvec -n 3 3 --save-state e.pt
! tokvec: '3' is out of range (argument 3); valid are 0 to 2 in the seeded table (seed 123, vocabulary 3, dimension 3)
[2]
$ ls e.pt
! ls: cannot access 'e.pt': No such file or directory
[2]
$ tokvec -n 3 0 --save-state no/such/folder.pt
! tokvec: cannot create the file: No such file or directory (no/such/folder.pt); check the name
[2]
--
Names in digests and JSON.
$ tokvec digest --state a.pt -n 2 | tee sums; tokvec digest --check sums
fe89c72b593256b69c2b843ef1695759a0205089d12b38de615012f341a8f945  -n 2 -d 3 --dtype float32 --state a.pt
-n 2 -d 3 --dtype float32 --state a.pt: OK
$ mkdir "it's a folder"; cp a.pt "it's a folder/a b.pt"; cp a.pt "'.pt"
$ tokvec digest --state "it's a folder/a b.pt" -n 2 | tee sums; tokvec digest --check sums
\fe89c72b593256b69c2b843ef1695759a0205089d12b38de615012f341a8f945  -n 2 -d 3 --dtype float32 --state 'it'\\''s a folder/a b.pt'
-n 2 -d 3 --dtype float32 --state 'it'\''s a folder/a b.pt': OK
$ tokvec digest --state "'.pt" -n 2 --after 3x4 | tee sums; tokvec digest --check sums
\7795a1929598d1b27fb43faf64d5d0fc1c862cb9aa51784900f40d5d20a5ccc5  -n 2 -d 3 --dtype float32 --after 3x4 --state ''\\''.pt'
-n 2 -d 3 --dtype float32 --after 3x4 --state ''\''.pt': OK
$ tokvec -f json --state a.pt -n 2 0
{"source": {"vocab_size": 2, "dim": 3, "state": "a.pt"},
 "dtype": "float32",
 "shape": [1, 3],
 "ids": [0],
 "vectors": [[-0.10852263, 0.21033116, -0.39084283]]}
$ tokvec --state a.pt -n 2 2
! tokvec: '2' is out of range (argument 5); valid are 0 to 1 in the seeded table (state a.pt, vocabulary 2, dimension 3)
[2]
$ tokvec diff --state a.pt -n 3 --seed 5
! tokvec: 'tokvec diff' needs a weights file; write tokvec diff A B
[2]
$ tokvec weight -f npy -n 3 -o t.npy; tokvec diff -n 3 --seed 123 t.npy
equal               true
shape               [3, 3]
dtype               float32
rows                3
values              9
different           0
rows_different      0
first               -
max_abs             0.0
max_abs_at          [0, 0]
max_rel             0.0
rel_undefined       0
mean_abs            0.0
rmse                0.0
cosine_min          1.0
cosine_mean         1.0
cosine_undefined    0
cosine              1.0
relative_frobenius  0.0
--
What is no state.
$ tokvec --state a.pt --seed 3 0
! tokvec: --state and --seed are both where to begin; choose one of the two
[2]
$ tokvec --state nowhere.pt 0
! tokvec: cannot open: No such file or directory (nowhere.pt); check the name
[2]
$ tokvec -w t.npy --state a.pt 0
! tokvec: --state is for seeded tables, not for weights files; leave out --state or -w
[2]
$ tokvec -w t.npy --save-state z.pt 0
! tokvec: --save-state is for seeded tables, not for weights files; leave out --save-state or -w
[2]
$ tokvec --state t.npy 0
! tokvec: a tensor of 2 dimensions is not a state of PyTorch's CPU generator (t.npy); a state is 5056 values of uint8, which torch.save(torch.get_rng_state(), FILE) saves
[2]
$ tokvec -f npy -o row.npy 0 && tokvec --state row.npy 0
! tokvec: a tensor of 2 dimensions is not a state of PyTorch's CPU generator (row.npy); a state is 5056 values of uint8, which torch.save(torch.get_rng_state(), FILE) saves
[2]
$ cp $DATA/model.safetensors . && tokvec --state model.safetensors 0
! tokvec: none of 4 tensors is a state of PyTorch's CPU generator (model.safetensors); a state is 5056 values of uint8, which torch.save(torch.get_rng_state(), FILE) saves
[2]
$ head -c 3000 a.pt > cut.pt; tokvec --state cut.pt 0 2>&1 | cut -c 1-40
tokvec: the zip archive has no end recor
$ tokvec --save-state - 0
! tokvec: '-' is not a valid value for --save-state; give the name of a file
[2]
$ tokvec --save-state x.pt -o x.pt 0
! tokvec: --output and --save-state name one file (x.pt); give them two names
[2]
$ tokvec --save-state "" 0
! tokvec: '' is not a valid value for --save-state; give the name of a file
[2]
$ echo > text; tokvec --state text 0
! tokvec: the file is not in a format that tokvec knows (text); it opens files such as .gguf, .npy, .npz, .pt, .pth, .ckpt, .bin, .safetensors, .index.json, .zip, .vec, .w2v, .glove, .txt, .json, .jsonl, .ndjson, .csv, .tsv, and folders of models; for bare values give --dtype and --dim
[2]
--
States that are damaged: a .npy of them, with other bytes at one place.
$ damaged() { head -c 128 $TESTS/seeds/header.npy > d.npy; tail -c +271 a.pt | head -c 5056 >> d.npy; printf "$2" | dd of=d.npy bs=1 seek=$((128 + $1)) conv=notrunc status=none; tokvec -f raw --state d.npy 0 | sha256sum | head -c 8; echo; }; declare -f damaged > functions
$ . ./functions; damaged 0 '\x7b'
f4f1c8a6
$ . ./functions; damaged 0 '\x7c'
f4f1c8a6
$ . ./functions; damaged 8 '\x00\x00'
e3b0c442
! tokvec: this is not a valid state of PyTorch's CPU generator: its position is out of range (d.npy); save it again, as torch.save(torch.get_rng_state(), FILE) does
$ . ./functions; damaged 8 '\x01'
e3b0c442
! tokvec: this is not a valid state of PyTorch's CPU generator: its position is out of range (d.npy); save it again, as torch.save(torch.get_rng_state(), FILE) does
$ . ./functions; damaged 12 '\x00'
e3b0c442
! tokvec: this is not a valid state of PyTorch's CPU generator: its flag of having a seed is not 1 (d.npy); save it again, as torch.save(torch.get_rng_state(), FILE) does
$ . ./functions; damaged 16 '\x05'
e3b0c442
! tokvec: this is not a valid state of PyTorch's CPU generator: its position is out of range (d.npy); save it again, as torch.save(torch.get_rng_state(), FILE) does
$ . ./functions; damaged 20 '\x01'
e3b0c442
! tokvec: this is not a valid state of PyTorch's CPU generator: its position is out of range (d.npy); save it again, as torch.save(torch.get_rng_state(), FILE) does
$ . ./functions; damaged 28 '\x01'
e3b0c442
! tokvec: this is not a valid state of PyTorch's CPU generator: its words have more than 32 bits (d.npy); save it again, as torch.save(torch.get_rng_state(), FILE) does
$ . ./functions; damaged 5030 '\xf0\x7f'
e3b0c442
! tokvec: this is not a valid state of PyTorch's CPU generator: its kept normal is not finite (d.npy); save it again, as torch.save(torch.get_rng_state(), FILE) does
$ . ./functions; damaged 5040 '\x02'
e3b0c442
! tokvec: this is not a valid state of PyTorch's CPU generator: its flag of a kept normal is not 0 or 1 (d.npy); save it again, as torch.save(torch.get_rng_state(), FILE) does
$ . ./functions; damaged 5052 '\x02'
e3b0c442
! tokvec: this is not a valid state of PyTorch's CPU generator: its flag of a kept normal is not 0 or 1 (d.npy); save it again, as torch.save(torch.get_rng_state(), FILE) does
$ . ./functions; damaged 5052 '\x01'
f4f1c8a6
