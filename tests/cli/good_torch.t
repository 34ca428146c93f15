# Checkpoints as people save them.

$ cd $TESTS/good/textual-inversion; tokvec -w ti_a1111.pt 1 -f jsonl
{"id": 1, "vector": [4.0, 5.0, 6.0, 7.0]}
$ cd $TESTS/good/torch-int-keys; tokvec -w esm.pt 1 -f jsonl
{"id": 1, "vector": [0.84871036, 0.69200915, -0.31601277, -2.1152194]}
$ cd $TESTS/good/torch-legacy-format; tokvec -w legacy.pt 1 -f jsonl
{"id": 1, "vector": [0.84871036, 0.69200915, -0.31601277, -2.1152194]}
$ cd $TESTS/good/torch-nested-and-optimizer; tokvec -w nanogpt.pt 1 -f jsonl
{"id": 1, "vector": [0.84871036, 0.69200915, -0.31601277, -2.1152194]}
$ cd $TESTS/good/torch-quantised-sparse-meta; for f in qchan csr meta; do tokvec -w $f.pt 1 2>&1 && exit 1; done | cut -d" " -f6-12
'emb.weight' is quantised by PyTorch, with a
'emb.weight' is sparse (csr.pt); save tensors in
'emb.weight' is on the device meta: its
$ cd $TESTS/good/torch-rezipped; tokvec -w rezipped.bin 1 -f jsonl
{"id": 1, "vector": [0.84871036, 0.69200915, -0.31601277, -2.1152194]}
$ cd $TESTS/good/torch-tensor-with-attributes; for f in pstate tattr protocol5; do tokvec -w $f.pt -f csv 1 | tail -1; done
1,0.84871036,0.69200915,-0.31601277,-2.1152194
1,0.84871036,0.69200915,-0.31601277,-2.1152194
1,0.84871036,0.69200915,-0.31601277,-2.1152194
$ cd $TESTS/good/torch-unknown-class; tokvec -w customcls.pt 1 -f jsonl
{"id": 1, "vector": [0.84871036, 0.69200915, -0.31601277, -2.1152194]}
$ cd $TESTS/good/torchscript; tokvec -w script.pt 1
! tokvec: the file is a TorchScript program, not a checkpoint (script.pt); load it with torch.jit.load and save its state_dict()
[2]
$ cd $TESTS/torch; tokvec -w numpy_inside.pt 1
! tokvec: the checkpoint holds NumPy arrays, no tensors (numpy_inside.pt); in Python: numpy.savez('table.npz', **torch.load(FILE, weights_only=False)), or torch.save of tensors
[2]
