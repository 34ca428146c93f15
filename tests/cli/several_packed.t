# Packed tensors in several files, and in archives: options and checksums count as elsewhere.

$ python3 $TESTS/several/make.py; tokvec -w shards 1 -f jsonl; tokvec -w shards --stored 1 -f jsonl
{"id": 1, "vector": [1.5, 2.0]}
{"id": 1, "vector": [3, 4]}
$ tokvec -w shards --dtype float16 1
! tokvec: the file has a dtype of its own (safetensors) (shards/model-00001-of-00002.safetensors); leave out --dtype; --as converts the rows
[2]
$ tokvec -w shards -d 2 1
! tokvec: the file is of a format with a shape of its own (safetensors) (shards/model-00001-of-00002.safetensors); leave out --dim; or give --offset, the bytes before its bare values
[2]
$ tokvec digest --stored shards | tee sums; tokvec weight -w shards --stored -f raw | sha256sum; tokvec digest --check sums
66840dda154e8a113c31dd0ad32f7f3a366a80e8136979d8f5a101d3d29d6f72  --stored shards:model.embed_tokens.weight
66840dda154e8a113c31dd0ad32f7f3a366a80e8136979d8f5a101d3d29d6f72  -
--stored shards:model.embed_tokens.weight: OK
$ tokvec -w mapped.npz 3
tensor([[0., 0.]])
$ tokvec digest mapped.npz
! tokvec: the zip member 'embeddings.npy': its CRC-32 is not that of its content (mapped.npz, byte 44); the file is damaged or of another kind; fetch or save it again
[2]
$ tokvec weight -w mapped.npz -f raw | wc -c
0
! tokvec: the zip member 'embeddings.npy': its CRC-32 is not that of its content (mapped.npz, byte 44); the file is damaged or of another kind; fetch or save it again
$ cp -r $TESTS/layouts/meta-rows $TESTS/layouts/meta-columns .; chmod -R u+w meta-*; sed -i 's/"vocab_size": *[-0-9]*/"vocab_size": 12/' meta-rows/params.json; sed -i 's/"dim": *[0-9]*/"dim": 8/' meta-columns/params.json
$ tokvec -w meta-rows 1
! tokvec: the 2 parts have 6 of the 12 rows of 'tok_embeddings.weight': others are missing (meta-rows/consolidated.00.pth); fetch them, or name the file whose part is wanted
[2]
$ tokvec -w meta-rows -t output.weight 1
! tokvec: the 2 parts have 6 of the 12 rows of 'tok_embeddings.weight': others are missing (meta-rows/consolidated.00.pth); fetch them, or name the file whose part is wanted
[2]
$ tokvec -w meta-columns -t output.weight 1
! tokvec: the 2 parts do not make the whole of 'tok_embeddings.weight': others are missing (meta-columns/consolidated.00.pth); fetch them, or name the file whose part is wanted
[2]
$ python3 -c "import zipfile; z = zipfile.ZipFile('nul.zip', 'w'); z.writestr('aXb.txt', 'the 1 2\nof 3 4\n'); z.close(); b = open('nul.zip', 'rb').read(); open('nul.zip', 'wb').write(b.replace(b'aXb', b'a\0b'))"; tokvec list nul.zip
! tokvec: the name of a zip member has a zero byte (nul.zip, byte 52); the file is damaged or of another kind; fetch or save it again
[2]
