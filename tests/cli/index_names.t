# Files of a model under any names: what the index names is read, what it does not is told.
$ mkdir m && for f in $TESTS/../../data/sharded/*; do cp $f m/$(basename $f | sed 's/model-0*\([0-9]*\)-of-[0-9]*/part\1/'); done; sed -i 's/model-0*\([0-9]*\)-of-[0-9]*/part\1/' m/model.safetensors.index.json && tokvec -w m 13
tensor([[ 0.0034, -0.0225, -0.0026,  0.0139]], dtype=torch.bfloat16)
$ cp m/part1.safetensors m/other.safetensors && tokvec -w m 13
tensor([[ 0.0034, -0.0225, -0.0026,  0.0139]], dtype=torch.bfloat16)
! tokvec: model.safetensors.index.json is read, not other.safetensors beside it
