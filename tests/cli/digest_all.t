# Every tensor of files and models, and digests as reports.

$ cd $DATA && tokvec digest --all model.safetensors sharded table.npy
4f05df05f8da9356bd66425351f166a5f7305b7c805e6900d9ec0f50790c9886  model.safetensors:ln_f.weight
feb5750dfd0a0610643bef1ea347215a229467ec638f70d6c88c8a31be3a7de2  model.safetensors:wpe.weight
71a4cca60afdb2310d898621ad433129adb4aefa351209e8962751fa3fee70c2  model.safetensors:wte.weight
374708fff7719dd5979ec875d56cd2286f6d3cf7ec317a3b25632aab28ec37bb  model.safetensors:ln_f.bias
67e0eccadce05570c51a9d781c88bf6eac4d4d88fb0705206c8ed8b7c66b970d  sharded:lm_head.weight
5b185b238f2f03ec0c432615f69498e4050e094c75bd744830673b8fef98541e  sharded:model.embed_tokens.weight
a64547db4b73c53ae6fd12b6d07991a6155a0152c7f969647a7d02b794b5f937  sharded:model.layers.0.self_attn.q_proj.weight
199ab64a5cb8aaf89044a8dafb30d55a83354ccba7cd04c399937ddaa73f2083  sharded:model.layers.1.self_attn.q_proj.weight
3af08b1983334b94cfea0bbc546f2fc244aa0cbb0c50806dd655e54cfd10fe92  sharded:model.norm.weight
639f51405465f848bcf80d59be1f274937826192bbf065895b39a3585297439e  table.npy:
$ cd $DATA && tokvec digest --all -w arrays.npz -f csv
file,tensor,dtype,shape,sha256,name
arrays.npz,wte,float32,"[28, 12]",7ea338acff76cc3b433da5cc095ef12c6b3b4c2789abf7a45356e7a7f102b4da,arrays.npz:wte
arrays.npz,wpe,float32,"[5, 12]",91e405a003bf0daa90476a555c38661f585f127d96625506b1d676c0a42ed985,arrays.npz:wpe
arrays.npz,labels,int64,[28],d7881bbb934c5f61b1cf4c6cbcd969a0e867c31107533be3ec3dc8ee0a53fa0d,arrays.npz:labels
arrays.npz,layers/0/weight,float32,"[3, 2]",872686a5150d5a59cc568e00af8888e1771e2ddf53e2f900476f99939f143ad5,arrays.npz:layers/0/weight
arrays.npz,half_fortran,float16,"[4, 3]",6f946e6158499dd8fea436bc276581ef5a8f94e54fc188b7119b26225131a1f3,arrays.npz:half_fortran
$ cd $DATA && tokvec digest --all model.safetensors --as float64 -f jsonl
{"file": "model.safetensors", "tensor": "ln_f.weight", "dtype": "float64", "shape": [8], "sha256": "fe5b7d5309402fa73f02fe2905b3d9eeb69d9c468cf3a1b6cfc35f01f27b43ab", "name": "--as float64 model.safetensors:ln_f.weight"}
{"file": "model.safetensors", "tensor": "wpe.weight", "dtype": "float64", "shape": [6, 8], "sha256": "234acfb394c609dd69de3427c11ab5fd568cf60dc472e0c6adbf23a470a777d3", "name": "--as float64 model.safetensors:wpe.weight"}
{"file": "model.safetensors", "tensor": "wte.weight", "dtype": "float64", "shape": [12, 8], "sha256": "c4a6a8d98a0192ec9c8e9867f837b18da1b6d3ed02f1caf5eb84d7a9e04d4946", "name": "--as float64 model.safetensors:wte.weight"}
{"file": "model.safetensors", "tensor": "ln_f.bias", "dtype": "float64", "shape": [8], "sha256": "f5a5fd42d16a20302798ef6ed309979b43003d2320d9f0e8ea9831a92759fb4b", "name": "--as float64 model.safetensors:ln_f.bias"}
$ cd $DATA && tokvec digest model.safetensors table.npy -f json && tokvec digest -f json && tokvec digest --padding-idx 1 -f tsv --no-header
[
  {"file": "model.safetensors", "tensor": "wte.weight", "dtype": "float32", "shape": [12, 8], "sha256": "71a4cca60afdb2310d898621ad433129adb4aefa351209e8962751fa3fee70c2", "name": "model.safetensors:wte.weight"},
  {"file": "table.npy", "tensor": "", "dtype": "float16", "shape": [5, 4], "sha256": "639f51405465f848bcf80d59be1f274937826192bbf065895b39a3585297439e", "name": "table.npy:"}
]
[
  {"file": null, "tensor": null, "dtype": "float32", "shape": [6, 3], "sha256": "2f784467177dbc254fe7edec2d6e4859079bdf6c16cfc308912b52fadf651405", "name": "seed:123:6x3:float32"}
]
		float32	[6, 3]	4714296e6c64cc800f2d0f212067176d87cbcd411cdbb9115dd6027df47a14c4	--seed 123 -n 6 -d 3 --dtype float32 --padding-idx 1
$ tokvec digest --all nowhere -f csv; cd $DATA; tokvec digest table.npy nowhere -f tsv
file	tensor	dtype	shape	sha256	name
table.npy		float16	[5, 4]	639f51405465f848bcf80d59be1f274937826192bbf065895b39a3585297439e	table.npy:
! tokvec: cannot open: No such file or directory (nowhere); check the name
! tokvec: cannot open: No such file or directory (nowhere); check the name
[2]
--
The shape and dtype are those of the values.

$ cd $TESTS/packed && tokvec digest --all mlx-q4-g64-bf16 -f tsv
file	tensor	dtype	shape	sha256	name
mlx-q4-g64-bf16	model.norm.weight	float32	[4]	f6bb1294da2f78cd935b01c7656280df5eaa0439e9d97bc03775825a41a508e4	mlx-q4-g64-bf16:model.norm.weight
mlx-q4-g64-bf16	model.embed_tokens.weight	bfloat16	[6, 128]	216a4efb8a3cf581bced4ddd0ce65b39b9f1c5aeb40e3f5f76a43e7894210b5c	mlx-q4-g64-bf16:model.embed_tokens.weight
mlx-q4-g64-bf16	model.embed_tokens.biases	bfloat16	[6, 2]	95f1074e425fee89452962ae5ceed0b873df78c755643026fdc7ffe1932319e6	mlx-q4-g64-bf16:model.embed_tokens.biases
mlx-q4-g64-bf16	model.embed_tokens.scales	bfloat16	[6, 2]	5cb1aa1b5698c75005502b00474045ec989e100fcbd0a99e18a1e1092a6d18f9	mlx-q4-g64-bf16:model.embed_tokens.scales
$ cd $DATA && tokvec digest --all model.gguf -f tsv
file	tensor	dtype	shape	sha256	name
model.gguf	rope_freqs.weight	float32	[33]	21b1885677cf7a16bd7e2571d96b7c6db3a595475d193c8f91c2f242e2c8a51a	model.gguf:rope_freqs.weight
model.gguf	blk.0.attn_norm.weight	float32	[512]	2c9015b86eb8cca0e28c4c80e9b5f3a5eb37b8e34d7b248e8afe542470b0971d	model.gguf:blk.0.attn_norm.weight
model.gguf	blk.0.attn_q.weight	float32	[5, 512]	fff6da6ddd74d7002df0f41408950c837ecc9a0a7e4feb0643c1784d55521d6e	model.gguf:blk.0.attn_q.weight
model.gguf	token_types	int8	[13]	2370b1cd1f40331a3291cdff8bc3c968c6c25058887bd8e1ea864da31f48a2a6	model.gguf:token_types
model.gguf	token_embd.weight	float32	[12, 512]	fd5f8e833e2840ef03728b2992858a2dcb1d44f52a47f7a233bafeae8d492872	model.gguf:token_embd.weight
model.gguf	blk.0.ffn_down.weight	float16	[5, 3]	bf6eaa44d013bd26290e09f0d3133e04ecb51aa338479504392d4d955c502dce	model.gguf:blk.0.ffn_down.weight
model.gguf	blk.0.ffn_exps.weight	bfloat16	[2, 3, 4]	ff04e1c2658ba319e181f84b77238b872a7e926128abd167786d6f1c8b279c22	model.gguf:blk.0.ffn_exps.weight
model.gguf	output_norm.weight	float32	[7]	ac09d6bf3fe79896ec2a7ec6f5336e0a84ebe4f045dc40b90876c369fd83fd8f	model.gguf:output_norm.weight
model.gguf	output.weight	float32	[12, 512]	70970de82e2417d6197451b079a67f1f8bd7f9974aacba193973dd3ba871110c	model.gguf:output.weight
--
The same values have the same digest, whatever they are in: here NumPy's arrays in C and in Fortran order and big-endian.

$ cd $TESTS/digest && tokvec digest a.npy fortran.npy big_endian.npy
8e0475cf07a101191ad79361922457d7f57d917f5307ca1e8e6df0939f091a45  a.npy:
8e0475cf07a101191ad79361922457d7f57d917f5307ca1e8e6df0939f091a45  fortran.npy:
8e0475cf07a101191ad79361922457d7f57d917f5307ca1e8e6df0939f091a45  big_endian.npy:
--
-0, and what a NaN says, count.

$ for v in 0 -0; do printf "id,0\n0,$v\n" > v.csv; tokvec digest v.csv; done
df3f619804a92fdb4057192dc43dd748ea778adc52bc498ce80524c014b81119  v.csv:
6d58692645c9d1cfaf13541cbd258f86193ef63c2f1d38f6bbca9617372d7bd6  v.csv:
$ for b in '\0' '\1'; do printf "$b\0\xc0\x7f" > nan; tokvec digest --dtype float32 -d 1 nan; done
ef1eaf26cea96eb18f8fa3137abdf23f52852a855c22ae6f169d21a379dcd739  -d 1 --dtype float32 nan:
eb102d795135b9e15c138aeb670a476eee220da16c5c48406c6146142edb576d  -d 1 --dtype float32 nan:
--
Tensors that have no digest are named, and the status is 1.

$ cd $TESTS/packed && tokvec digest --all gptq
f6bb1294da2f78cd935b01c7656280df5eaa0439e9d97bc03775825a41a508e4  gptq:model.norm.weight
66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925  gptq:model.layers.0.self_attn.q_proj.g_idx
6f1470d3863622570cc2f99bf0be11ce81f4d164f7880f469fecfeb3af9b984e  gptq:model.layers.0.self_attn.q_proj.qzeros
5a4975f7e9362fcb9df3d9199a38cc9c7870c7db2bf76379d2f90a2bd23e14c6  gptq:model.embed_tokens.weight
32a0018763d9bbf7f5f4aafba8880dd02752d4c469168777dc6fbf7863e5a64a  gptq:model.layers.0.self_attn.q_proj.scales
! tokvec: warning: no digest: tensor 'model.layers.0.self_attn.q_proj.qweight' is stored by GPTQ or AWQ (gptq)
[1]
$ cd $TESTS/good/npz-words-and-vectors && tokvec digest --all words_obj.npz
c4873b07cf5c52ab40c88b39e0adbe868c97a2a7cd31741e8a17bb279da9c51b  words_obj.npz:vectors
! tokvec: warning: no digest: tensor 'words' cannot be read: the array 'words.npy': the elements are Python objects, which can only be read by running a pickle, byte 79 (words_obj.npz)
[1]
$ cd $TESTS/good/npz-words-and-vectors && tokvec digest --all words_obj.npz -f jsonl -q -o $OLDPWD/some.jsonl; echo $?; cat $OLDPWD/some.jsonl
1
{"file": "words_obj.npz", "tensor": "words", "dtype": "unreadable", "shape": [], "sha256": null, "name": "words_obj.npz:words"}
{"file": "words_obj.npz", "tensor": "vectors", "dtype": "float32", "shape": [6, 4], "sha256": "c4873b07cf5c52ab40c88b39e0adbe868c97a2a7cd31741e8a17bb279da9c51b", "name": "words_obj.npz:vectors"}
--
Options that do not go together.

$ tokvec digest --all
! tokvec: --all needs a weights file; write tokvec digest --all FILE
[2]
$ tokvec digest --all -t wte.weight $DATA/model.safetensors
! tokvec: --all and --tensor are both given; choose one of the two
[2]
$ tokvec digest --as int8 $DATA/model.safetensors
! tokvec: 'int8' is not a valid value for --as; choose float32, float64, float16 or bfloat16
[2]
$ tokvec digest -f text -o x.csv && cat x.csv
2f784467177dbc254fe7edec2d6e4859079bdf6c16cfc308912b52fadf651405  seed:123:6x3:float32
$ tokvec digest -f npy $DATA/model.safetensors
! tokvec: unknown format 'npy'; choose one of text, json, jsonl, csv, tsv
[2]
