# Files that tokvec does not read are named for what they are, with what to do.

$ printf 'version https://git-lfs.github.com/spec/v1\noid sha256:%064d\nsize 548105171\n' 7 > pointer; for f in a.safetensors a.bin a.gguf a.vec a.npz a.json noext; do cp pointer $f; tokvec -w $f 1; done
! tokvec: the file is a Git LFS pointer, not the file of 548105171 bytes (a.safetensors); in its repository: git lfs pull; or download the file
! tokvec: the file is a Git LFS pointer, not the file of 548105171 bytes (a.bin); in its repository: git lfs pull; or download the file
! tokvec: the file is a Git LFS pointer, not the file of 548105171 bytes (a.gguf); in its repository: git lfs pull; or download the file
! tokvec: the file is a Git LFS pointer, not the file of 548105171 bytes (a.vec); in its repository: git lfs pull; or download the file
! tokvec: the file is a Git LFS pointer, not the file of 548105171 bytes (a.npz); in its repository: git lfs pull; or download the file
! tokvec: the file is a Git LFS pointer, not the file of 548105171 bytes (a.json); in its repository: git lfs pull; or download the file
! tokvec: the file is a Git LFS pointer, not the file of 548105171 bytes (noext); in its repository: git lfs pull; or download the file
[2]
$ sed 's/$/\r/' pointer > crlf.bin; tokvec -w crlf.bin 1
! tokvec: the file is a Git LFS pointer, not the file of 548105171 bytes (crlf.bin); in its repository: git lfs pull; or download the file
[2]
$ sed 's/git-lfs.github/hawser.github/; 2i ext-0-case sha256:0' pointer > old.bin; tokvec -w old.bin 1
! tokvec: the file is a Git LFS pointer, not the file of 548105171 bytes (old.bin); in its repository: git lfs pull; or download the file
[2]
$ cp pointer tokenizer.json; cp pointer vocab.txt; for v in tokenizer.json vocab.txt; do tokvec -w $DATA/table.npy --vocab $v the; done
! tokvec: the file is a Git LFS pointer, not the file of 548105171 bytes (tokenizer.json); in its repository: git lfs pull; or download the file
! tokvec: the file is a Git LFS pointer, not the file of 548105171 bytes (vocab.txt); in its repository: git lfs pull; or download the file
[2]
$ cp -r $TESTS/models/sharded .; cp pointer sharded/model-00001-of-00002.safetensors; tokvec -w sharded 1
! tokvec: the file is a Git LFS pointer, not the file of 548105171 bytes (sharded/model-00001-of-00002.safetensors); in its repository: git lfs pull; or download the file
[2]
$ mkdir folder; cp pointer folder/model.safetensors; tokvec -w folder 1
! tokvec: the file is a Git LFS pointer, not the file of 548105171 bytes (folder/model.safetensors); in its repository: git lfs pull; or download the file
[2]
$ cp pointer folder/model.safetensors.index.json; rm folder/model.safetensors; tokvec -w folder 1
! tokvec: the file is a Git LFS pointer, not the file of 548105171 bytes (folder/model.safetensors.index.json); in its repository: git lfs pull; or download the file
[2]
$ printf '/annex/objects/SHA256E-s548105171--0a0b.bin\n' > a.bin; tokvec -w a.bin 1
! tokvec: the file is a pointer of git-annex, not the file of 548105171 bytes (a.bin); in its repository: git annex get FILE
[2]
--

# What a server sent in place of the file.

$ printf '\n <!DOCTYPE HTML>\n<head><title>Sign in</title></head>' > page.safetensors; tokvec -w page.safetensors 1
! tokvec: the file is an HTML page: 'Sign in' (page.safetensors); the download failed: fetch the file again, signed in if need be
[2]
$ printf '<?xml version="1.0"?>\n<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>' > error.bin; tokvec -w error.bin 1
! tokvec: the file is XML, such as the errors of storage servers: 'Request has expired' (error.bin); the download failed: fetch the file again, signed in if need be
[2]
$ for text in 'Entry not found' 'Invalid username or password.' '404: Not Found' 'Access to model m is restricted.'; do echo "$text" > t.gguf; tokvec -w t.gguf 1; tokvec -w $DATA/table.npy --vocab t.gguf the; done
! tokvec: the file is a server's error message: 'Entry not found' (t.gguf); fetch the file again, signed in if need be
! tokvec: the file is a server's error message: 'Entry not found' (t.gguf); fetch the file again, signed in if need be
! tokvec: the file is a server's error message: 'Invalid username or password.' (t.gguf); fetch the file again, signed in if need be
! tokvec: the file is a server's error message: 'Invalid username or password.' (t.gguf); fetch the file again, signed in if need be
! tokvec: the file is a server's error message: '404: Not Found' (t.gguf); fetch the file again, signed in if need be
! tokvec: the file is a server's error message: '404: Not Found' (t.gguf); fetch the file again, signed in if need be
! tokvec: the file is a server's error message: 'Access to model m is restricted.' (t.gguf); fetch the file again, signed in if need be
! tokvec: the file is a server's error message: 'Access to model m is restricted.' (t.gguf); fetch the file again, signed in if need be
[2]
$ for json in '{"error":"Repository not found"}' '{"error": {"message": "no such model", "code": 404}}' '{"message":"Not Found","status":"404"}'; do echo "$json" > t.bin; tokvec -w t.bin 1; done
! tokvec: the file is an error in JSON: 'Repository not found' (t.bin); ask the server again
! tokvec: the file is an error in JSON: 'no such model' (t.bin); ask the server again
! tokvec: the file is an error in JSON: 'Not Found' (t.bin); ask the server again
[2]
$ echo 'try again tomorrow' > t.safetensors; tokvec -w t.safetensors 1
! tokvec: the file is text, not weights: 'try again tomorrow' (t.safetensors); fetch it again
[2]
--

# Text that only begins so is read.

$ printf '<html> 0.5 1\nPAR1 2 3\n' > t.txt; tokvec -w t.txt '<html>'
tensor([[0.5000, 1.0000]])
$ printf 'PAR1 0.5 1\n<html> 2 3\n' > t.txt; tokvec -w t.txt PAR1
tensor([[0.5000, 1.0000]])
$ printf '{"error": [0.5, 1], "message": [2, 3]}' > t.json; tokvec -w t.json error
tensor([[0.5000, 1.0000]])
$ printf 'Entry not found\nthe\nof\n' > words.txt; tokvec -w $DATA/table.npy --vocab words.txt -f csv 0 | cut -d, -f1,2
id,token
0,Entry not found
$ printf 'cat\ndog\n(\n' > words.txt; tokvec -w $DATA/table.npy --vocab words.txt -f csv 0 | cut -d, -f1,2
id,token
0,cat
--

# Compressed files and archives: the command that unpacks them.

$ printf 'a 1 2\nb 3 4\n' > w.txt; gzip -nk w.txt; tokvec -w w.txt.gz a; gunzip < w.txt.gz > again && cmp again w.txt
tensor([[1., 2.]])
$ cp w.txt.gz 'my words'; tokvec -w 'my words' a; tokvec -w $DATA/table.npy --vocab w.txt.gz a
tensor([[1., 2.]])
tensor([[-1.5000,  1.2500, -0.6250,  1.5000]], dtype=torch.float16)
$ bytes() { printf "$1" > "$2"; tokvec -w "$2" 1; }; bytes '\xfd7zXZ\0data' w.xz; bytes 'BZh91AY&SYdata' w.bz2; bytes '\x28\xb5\x2f\xfd\x20\x0d' w.zst; bytes '\x50\x2a\x4d\x18data' frames; bytes '\x04\x22\x4d\x18data' w.lz4; bytes '\x1f\x9d\x90data' w.Z; bytes '7z\xbc\xaf\x27\x1cdata' w.7z; bytes 'Rar!\x1a\x07\x01' w.rar; bytes ']\0\0\x80\0data' w.lzma; bytes '\x1f\x8b\x08data' w.tar.gz
! tokvec: the xz data is cut short (w.xz, byte 10); the file is damaged; fetch or save it again
! tokvec: the bzip2 data is cut short (w.bz2, byte 14); the file is damaged; fetch or save it again
! tokvec: the zstd data is cut short (w.zst, byte 6); the file is damaged; fetch or save it again
! tokvec: the zstd data is cut short (frames, byte 8); the file is damaged; fetch or save it again
! tokvec: the file is compressed by lz4 (w.lz4); unpack it first: lz4 -d < w.lz4 > w
! tokvec: the file is compressed by compress (w.Z); unpack it first: gunzip < w.Z > w
! tokvec: the file is a 7z archive (w.7z); unpack it: 7z x w.7z
! tokvec: the file is a RAR archive (w.rar); unpack it: unrar x w.rar
! tokvec: the file is compressed by lzma (w.lzma); unpack it first: xz -d --format=lzma < w.lzma > w
! tokvec: the gzip data is damaged (w.tar.gz, byte 4); the file is damaged; fetch or save it again
[2]
$ mkdir model __MACOSX; cp $TESTS/models/single/model.safetensors model; echo '{}' > model/config.json; /usr/bin/python3 -c 'import zipfile, sys; z = zipfile.ZipFile("model.zip", "w"); [z.write(f) for f in ("model/model.safetensors", "model/config.json")]; z.writestr("__MACOSX/x", "")'; tokvec -w model.zip 1
tensor([[1.6700, 1.7442, 0.6219, 2.5079]])
$ cp w.txt glove.6B.50d.txt; /usr/bin/python3 -c 'import zipfile, sys; z = zipfile.ZipFile("glove.6B.zip", "w"); z.write("glove.6B.50d.txt")'; tokvec -w glove.6B.zip 1
tensor([[3., 4.]])
$ printf 'PK\005\006\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0' > empty.zip; tokvec -w empty.zip 1
! tokvec: the file is a zip archive with nothing in it (empty.zip); unpack it: unzip empty.zip; then name the file in it, or the model's folder
[2]
$ tar cf w.tar w.txt; tokvec -w w.tar 1; tar --format=v7 -cf old.tar w.txt; tokvec -w old.tar 1
! tokvec: the file is a tar archive (w.tar); unpack it: tar xf w.tar; if PyTorch wrote it, before its release 0.2, load it with torch.load and save it again
! tokvec: the file is a tar archive (old.tar); unpack it: tar xf FILE
[2]
--

# Other kinds, by their first bytes under any name.

$ bytes() { printf "$1" > x.bin; tokvec -w x.bin 1; }; bytes '\x89HDF\r\n\x1a\n....'; bytes 'PAR1\x15\x04'; bytes 'ARROW1\0\0data'; bytes '\xff\xff\xff\xff\x10'; bytes 'SQLite format 3\0'; bytes '\x1c\0\0\0TFL3data'; bytes '%%PDF-1.4'; bytes '\x89PNG\r\n\x1a\n'; bytes 'Obj\1data'; bytes '\x08\x08\x12\x07pytorch:\0'; bytes '\x08\x01\x12\x02\x0a\0'; bytes '\x81\xa6params\x81\xa3wte'; bytes '\xde\0\x10\xa6params\x81\xa3wte'; bytes 'tjgg\1\0\0\0'; bytes '\x7fELF\2\1\1'; bytes 'MATLAB 5.0 MAT-file'; bytes 'IxF2\4\0\0\0data'; bytes '\6\0\0\0\x10\0TransformerSpec\0'
! tokvec: the file is of the HDF5 format (Keras's, h5py's) (x.bin); in Python: numpy.save('table.npy', h5py.File(FILE)[NAME][:])
! tokvec: the file is of the Parquet format (x.bin); in Python: pandas.read_parquet(FILE).to_json('table.jsonl', orient='records', lines=True)
! tokvec: the file is of the Arrow format (Feather) (x.bin); in Python: pandas.read_feather(FILE).to_json('table.jsonl', orient='records', lines=True)
! tokvec: the file is an Arrow stream (x.bin); in Python: pyarrow.ipc.open_stream(FILE).read_pandas().to_json('table.jsonl', orient='records', lines=True)
! tokvec: the file is an SQLite database (x.bin); print its table of vectors: sqlite3 -csv x.bin 'select * from magnitude' (for Magnitude's)
! tokvec: the file is of the TFLite format (x.bin); give the model as it was before it was converted
! tokvec: the file is a PDF document (x.bin); give the weights file
! tokvec: the file is a PNG picture (x.bin); give the weights file
! tokvec: the file is of the Avro format (x.bin); convert it to JSON lines
! tokvec: the file is an ONNX model (x.bin); in Python: numpy.save('table.npy', onnx.numpy_helper.to_array(t)), of the t in onnx.load(FILE).graph.initializer that has the name
! tokvec: the file is a SavedModel of TensorFlow (x.bin); its numbers are in variables/: in Python: numpy.save('table.npy', tensorflow.train.load_checkpoint(FOLDER + '/variables/variables').get_tensor(NAME))
! tokvec: the file is of the msgpack format (Flax's) (x.bin); in Python: flax.serialization.msgpack_restore(open(FILE, 'rb').read()), then numpy.save('table.npy', ...) of the embedding in it
! tokvec: the file is of the msgpack format (Flax's) (x.bin); in Python: flax.serialization.msgpack_restore(open(FILE, 'rb').read()), then numpy.save('table.npy', ...) of the embedding in it
! tokvec: the file is of a GGML format (GGJT), which GGUF has replaced (x.bin, byte 0); convert the model to GGUF with the tools of llama.cpp
! tokvec: the file is a program (x.bin); give the weights file
! tokvec: the file is of MATLAB's format (x.bin); in Python: numpy.save('table.npy', scipy.io.loadmat(FILE)[NAME])
! tokvec: the file is an index of Faiss (x.bin); in Python: i = faiss.read_index(FILE); numpy.save('table.npy', i.reconstruct_n(0, i.ntotal))
! tokvec: the file is a model of CTranslate2 (x.bin); give the model as it was before
[2]
$ (head -c 2048 /dev/zero; printf '\x89HDF\r\n\x1a\n') > block.h5; tokvec -w block.h5 1
! tokvec: the file is of the HDF5 format (Keras's, h5py's) (block.h5); in Python: numpy.save('table.npy', h5py.File(FILE)[NAME][:])
[2]
$ (head -c 60 /dev/zero; printf '\x57\xfb\x80\x8b\x24\x75\x47\xdb') > model.ckpt.index; tokvec -w model.ckpt.index 1; printf 'abc' > model.ckpt.data-00002-of-00003; tokvec -w model.ckpt.data-00002-of-00003 1
! tokvec: the file is the index of a TensorFlow checkpoint (model.ckpt.index); in Python: numpy.save('table.npy', tensorflow.train.load_checkpoint(PREFIX).get_tensor(NAME))
! tokvec: the file is the data of a TensorFlow checkpoint (model.ckpt.data-00002-of-00003); in Python: numpy.save('table.npy', tensorflow.train.load_checkpoint(PREFIX).get_tensor(NAME))
[2]
$ head -c 100 /dev/zero > zeros.bin; tokvec -w zeros.bin 1; head -c 100000 /dev/zero > zeros.bin; tokvec -w zeros.bin 1; : > empty.bin; tokvec -w empty.bin 1; tokvec -w zeros.bin --dtype float32 --dim 4 1
tensor([[0., 0., 0., 0.]])
! tokvec: the file is all zero bytes (zeros.bin); a download that was not finished, perhaps: fetch it again; for bare values give --dtype and --dim
! tokvec: the file begins with 65536 zero bytes or more (zeros.bin); a download that was not finished, perhaps: fetch it again; for bare values give --dtype and --dim
! tokvec: the file is empty (empty.bin); it opens files such as .gguf, .npy, .npz, .pt, .pth, .ckpt, .bin, .safetensors, .index.json, .zip, .vec, .w2v, .glove, .txt, .json, .jsonl, .ndjson, .csv, .tsv, and folders of models; for bare values give --dtype and --dim
$ printf 'a 1 2\n' | iconv -t UTF-16 > u.vec; tokvec -w u.vec a; printf 'a 1 2\n' | iconv -t UTF-16BE > u.vec; tokvec -w u.vec a; iconv -f UTF-16BE -t UTF-8 u.vec
a 1 2
! tokvec: the file is text in UTF-16, not in UTF-8 (u.vec); convert it: iconv -f UTF-16 -t UTF-8 u.vec > NEW
! tokvec: the file is text in UTF-16, not in UTF-8 (u.vec); convert it: iconv -f UTF-16BE -t UTF-8 u.vec > NEW
--

# Pickles: whose they are.

$ /usr/bin/python3 -c 'import pickle; pickle.dump({"a": 1}, open("plain.pkl", "wb")); import collections; pickle.dump(collections.Counter("a"), open("counter.pkl", "wb"), 0)'; tokvec -w plain.pkl 1; tokvec -w counter.pkl 1
! tokvec: the file is a Python pickle, not of torch.save (plain.pkl); in Python: save the matrix in it with numpy.save
! tokvec: the file is a Python pickle, not of torch.save (the first class in it is collections.Counter) (counter.pkl); in Python: save the matrix in it with numpy.save
[2]
$ for c in 'gensim.models.keyedvectors KeyedVectors' 'numpy.core.multiarray _reconstruct' 'joblib.numpy_pickle NumpyArrayWrapper' 'pandas.core.frame DataFrame' 'torch._utils _rebuild_tensor_v2' 'posix system'; do set -- $c; printf '\x80\x02c%s\n%s\n.' $1 $2 > x.model; tokvec -w x.model 1; done
! tokvec: the file is a model of gensim (the first class in it is gensim.models.keyedvectors.KeyedVectors) (x.model); in Python: model.wv.save_word2vec_format('table.vec'), of KeyedVectors without .wv
! tokvec: the file is a pickle of NumPy arrays (the first class in it is numpy.core.multiarray._reconstruct) (x.model); in Python: numpy.save('table.npy', x), of x = pickle.load(open(FILE, 'rb')) or an array in it
! tokvec: the file is a pickle of joblib (the first class in it is joblib.numpy_pickle.NumpyArrayWrapper) (x.model); in Python: numpy.save('table.npy', joblib.load(FILE))
! tokvec: the file is a pickle of pandas (the first class in it is pandas.core.frame.DataFrame) (x.model); in Python: pandas.read_pickle(FILE).to_csv('table.csv')
! tokvec: the file is a pickle of PyTorch objects that torch.save did not write (the first class in it is torch._utils._rebuild_tensor_v2) (x.model); in Python: torch.save(pickle.load(open(FILE, 'rb')), 'model.pt')
! tokvec: the file is a pickle that calls posix.system when it is loaded (x.model); it is made to attack whoever loads it: delete it
[2]
$ printf '\x80\x02cgensim.models.keyedvectors\nKeyedVectors\n.' > x.kv; cp $DATA/table.npy x.kv.vectors.npy; tokvec -w x.kv 1
! tokvec: the file is a model of gensim (the first class in it is gensim.models.keyedvectors.KeyedVectors) (x.kv); its rows are in x.kv.vectors.npy, which tokvec opens; with the words: in Python, save_word2vec_format('table.vec')
[2]
$ printf '\x80\x04\x95\x20\0\0\0\0\0\0\0}\x94\x8c\x01a\x94\x8c\x16numpy._core.multiarray\x94\x8c\x0c_reconstruct\x94\x93.' > x.pdparams; tokvec -w x.pdparams 1
! tokvec: the file is a model of PaddlePaddle (the first class in it is numpy._core.multiarray._reconstruct) (x.pdparams); in Python: numpy.savez('table.npz', **{k: v.numpy() for k, v in paddle.load(FILE).items()})
[2]
--

# Bare vectors: the command that reads them.

$ printf '\2\0\0\0\3\0\0\0\0\0\200\77\0\0\0\100\0\0\100\100\0\0\200\100\0\0\240\100\0\0\300\100' > base.fbin; tokvec -w base.fbin 1; tokvec -w base.fbin --dtype float32 --dim 3 --offset 8 1
tensor([[4., 5., 6.]])
! tokvec: the file is of the fbin format of vector indexes (base.fbin); read its bare values as --dtype float32 --dim 3 --offset 8
$ head -c 20 base.fbin > cut.fbin; tokvec -w cut.fbin 1
! tokvec: the file is of the fbin format of vector indexes, but is cut or longer (cut.fbin); read its bare values as --dtype float32 --dim 3 --offset 8
[2]
$ printf '\2\0\0\0\0\0\200\77\0\0\0\100\2\0\0\0\0\0\100\100\0\0\200\100' > base.fvecs; tokvec -w base.fvecs 1
! tokvec: the file is of the fvecs format, whose rows begin with their dimension (2) (base.fvecs); in Python: numpy.save('table.npy', numpy.fromfile(FILE, [('d', '<i4'), ('v', '<f4', 2)])['v'])
[2]
--

# The name of an unfinished download.

$ head -c 20 $DATA/model.gguf > m.gguf.part; tokvec -w m.gguf.part 1; cp m.gguf.part m.gguf; touch m.gguf.aria2; tokvec -w m.gguf 1
! tokvec: the file is cut in its header of 24 bytes (m.gguf.part, byte 20); its name (.part) is that of an unfinished download: let it finish, or fetch it again
! tokvec: the file is cut in its header of 24 bytes (m.gguf, byte 20); m.gguf.aria2 beside it says that the download is not finished: fetch it again
[2]
--

# Arrays of types that NumPy does not have, and of objects.

$ function npy { printf '\x93NUMPY\1\0\x76\0%-117s\n' "{'descr': '$1', 'fortran_order': False, 'shape': (2, 3), }" > x.npy; printf '\0\0\200\77\0\100\0\0\0\100\100\100' >> x.npy; tokvec -w x.npy 1; }; npy '<V2'; npy bfloat16; npy '<f1'; npy '|V1'; npy '|O'
tensor([[0., 2., 3.]], dtype=torch.bfloat16)
tensor([[1.7500, 0.0000, 2.0000]], dtype=torch.float8_e5m2)
! tokvec: the array has elements of type '<V2', as ml_dtypes saves bfloat16: if it is that, read it as bare values of dtype bfloat16, dim 3 and offset 128 (x.npy); save it again as plain numbers, or choose another tensor
! tokvec: the array has elements of type '<V1', as ml_dtypes saves float8_e4m3fn: if it is that, read it as bare values of dtype float8_e4m3fn, dim 3 and offset 128 (x.npy); save it again as plain numbers, or choose another tensor
! tokvec: the elements are Python objects, which can only be read by running a pickle (x.npy, byte 20); in Python: numpy.save(NEW, numpy.load(FILE, allow_pickle=True).astype('float32'))
[2]
$ npy '<V2' 2> /dev/null; tokvec -w x.npy --dtype bfloat16 --dim 3 --offset 128 0 1
tensor([[0., 1., 2.],
        [0., 2., 3.]], dtype=torch.bfloat16)
--

# A text whose end is filled up with zero bytes, and word vectors that are zeros.

$ (printf 'a 1 2\nb 3 4\nc 5 '; head -c 100 /dev/zero) > nul.txt; tokvec -w nul.txt a; tokvec -w $DATA/table.npy --vocab nul.txt a
! tokvec: the file's last 100 bytes are zero: its end is missing (nul.txt, byte 16); a download that was not finished, perhaps: fetch it again
! tokvec: the file's last 100 bytes are zero: its end is missing (nul.txt, byte 16); a download that was not finished, perhaps: fetch it again
[2]
$ (printf '2 4\na '; head -c 16 /dev/zero; printf '\nb '; head -c 16 /dev/zero) > zero.bin; tokvec -w zero.bin b
tensor([[0., 0., 0., 0.]])
