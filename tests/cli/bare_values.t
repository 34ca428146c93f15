# A file whose first bytes tell its format is not taken for bare values; what lies past a header
# that the user names is, and so is what only looks like text or like a length and a brace.

$ cp $DATA/table.npy $DATA/arrays.npz $DATA/checkpoint.pt $DATA/model.gguf $DATA/model.safetensors $DATA/fasttext.bin .
$ for f in table.npy arrays.npz checkpoint.pt model.gguf model.safetensors fasttext.bin; do tokvec -w $f --dtype uint8 --dim 1 0; done
! tokvec: the file is of a format with a shape of its own (npy) (table.npy); leave out --dim; or give --offset, the bytes before its bare values
! tokvec: the file is of a format with a shape of its own (npz) (arrays.npz); leave out --dim; or give --offset, the bytes before its bare values
! tokvec: the file is of a format with a shape of its own (torch) (checkpoint.pt); leave out --dim; or give --offset, the bytes before its bare values
! tokvec: the file is of a format with a shape of its own (gguf) (model.gguf); leave out --dim; or give --offset, the bytes before its bare values
! tokvec: the file is of a format with a shape of its own (safetensors) (model.safetensors); leave out --dim; or give --offset, the bytes before its bare values
! tokvec: the file is of a format with a shape of its own (fasttext) (fasttext.bin); leave out --dim; or give --offset, the bytes before its bare values
[2]
$ tokvec -w table.npy --dtype float16 --dim 4 --offset 128 2
tensor([[ 0.7500,  1.4375, -0.7500,  0.6875]], dtype=torch.float16)
$ printf '{"a": [[1, 2]]}\n' > text; tokvec -w text --dtype uint8 --dim 8 1
tensor([[ 49,  44,  32,  50,  93,  93, 125,  10]], dtype=torch.uint8)
$ printf '\5\0\0\0\0\0\0\0{\0\0\0\0\0\0\0' > numbers; tokvec -w numbers --dtype int64 --dim 2 0
tensor([[  5, 123]])
