# PyTorch checkpoints and .npz archives.

$ ln -s $TESTS/torch $TESTS/npz .
$ tokvec list torch/module_prefix.pt
  NAME                   DTYPE    SHAPE    BYTES  OFFSET
  module.mask            bool     [5, 5]      25     768
  module.pos_emb.weight  float32  [5, 8]     160     896
* module.tok_emb.weight  float32  [16, 8]    512    1152
  module.norm.weight     float32  [8]         32    1792
  module.norm.bias       float32  [8]         32    1920
  module.head.weight     float32  [16, 8]    512    2048
$ tokvec list npz/compressed.npz
  NAME             DTYPE    SHAPE     BYTES  OFFSET
  wte              float32  [28, 12]   1344      57
  wpe              float32  [5, 12]     240    1483
  labels           int64    [28]        224    1868
  layers/0/weight  float32  [3, 2]       24    2074
  half_fortran     float16  [4, 3]       24    2235
$ tokvec list torch/transposed.pt -f json
{"file": "torch/transposed.pt",
 "format": "torch",
 "tensors": [
  {"name": "tok_emb.weight", "dtype": "float32", "shape": [16, 8], "bytes": 512, "offset": 320, "chosen": true}]}
$ tokvec -w torch/checkpoint.pt 3
tensor([[-0.7228, -0.6610,  0.0341,  0.1864, -0.3994,  0.6188, -1.6473,  0.6083]])
$ tokvec -w torch/checkpoint.pt -t model.tok_emb.weight 3
tensor([[-0.7228, -0.6610,  0.0341,  0.1864, -0.3994,  0.6188, -1.6473,  0.6083]])
$ tokvec -w torch/checkpoint.pt -t head.weight 3
tensor([[ 0.0964, -0.1805, -0.0155,  0.1066,  0.2117,  0.1272, -0.2726,  0.0651]])
$ tokvec -w torch/checkpoint.pt -t tok_emb.weights 3
! tokvec: no tensor is named 'tok_emb.weights' (torch/checkpoint.pt); did you mean 'model.tok_emb.weight'?
[2]
$ tokvec -w npz/compressed.npz -t half_fortran 3 0
tensor([[ 0.7915,  1.0312, -0.4441],
        [-0.0237,  0.4441, -0.5771]], dtype=torch.float16)
$ tokvec -w torch/odd_sparse.pt 0
! tokvec: the checkpoint's only tensor 'tok_emb.weight' is sparse (torch/odd_sparse.pt); save tensors in it: torch.save(model.state_dict(), FILE)
[2]
$ tokvec -w torch/bad_whole_module.pt 0
! tokvec: the checkpoint's only tensor is made by __main__.Model, which tokvec does not run (torch/bad_whole_module.pt); save tensors in it: torch.save(model.state_dict(), FILE)
[2]
$ tokvec -w torch/bad_evil_nested.pt 0
! tokvec: the pickle asks for posix.system, which no model needs and an attack would call (torch/bad_evil_nested.pt, byte 254); tokvec never runs a pickle; do not load the file with a program that does
[2]
$ ls
npz
torch
$ tokvec -w torch/odd_torchscript.pt 0
! tokvec: the file is a TorchScript program, not a checkpoint (torch/odd_torchscript.pt); load it with torch.jit.load and save its state_dict()
[2]
$ tokvec -w torch/bad_storage_short.pt 0
! tokvec: storage 0 should have 180 bytes, its member has 165 (torch/bad_storage_short.pt, byte 171); the file is damaged or of another kind; fetch or save it again
[2]
$ tokvec -w torch/odd_stride0_huge.pt 1099511627775 0 -f csv
id,0,1,2,3,4
1099511627775,-0.30443284,-0.15897089,-0.7226745,0.3836873,-1.4496615
0,-0.30443284,-0.15897089,-0.7226745,0.3836873,-1.4496615
$ tokvec -w npz/bad_deflate.npz 0
! tokvec: the array 'w' cannot be read: the zip member 'w.npy': its deflated data is damaged, byte 103 (npz/bad_deflate.npz); save the arrays again as plain numbers: numpy.savez
[2]
$ echo hello > unknown.weights; tokvec list unknown.weights
! tokvec: the file is not in a format that tokvec knows (unknown.weights); it opens files such as .gguf, .npy, .npz, .pt, .pth, .ckpt, .bin, .safetensors, .index.json, .zip, .vec, .w2v, .glove, .txt, .json, .jsonl, .ndjson, .csv, .tsv, and folders of models; for bare values give --dtype and --dim
[2]
$ tar c --format=ustar unknown.weights > old.pt; tokvec list old.pt
! tokvec: the file is a tar archive (old.pt); unpack it: tar xf old.pt; if PyTorch wrote it, before its release 0.2, load it with torch.load and save it again
[2]
