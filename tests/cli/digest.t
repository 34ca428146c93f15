# The digest of a table's values: what `weight -f raw | sha256sum` has.

$ cd $DATA && tokvec digest model.safetensors sharded checkpoint.pt
71a4cca60afdb2310d898621ad433129adb4aefa351209e8962751fa3fee70c2  model.safetensors:wte.weight
5b185b238f2f03ec0c432615f69498e4050e094c75bd744830673b8fef98541e  sharded:model.embed_tokens.weight
2395d42c9504ee309772c07a0e8cd3dde438d487af7c1098ff91ffdbd5abbad8  checkpoint.pt:model.tok_emb.weight
$ cd $DATA && for f in model.safetensors sharded checkpoint.pt; do tokvec weight -w $f -f raw | sha256sum; done
71a4cca60afdb2310d898621ad433129adb4aefa351209e8962751fa3fee70c2  -
5b185b238f2f03ec0c432615f69498e4050e094c75bd744830673b8fef98541e  -
2395d42c9504ee309772c07a0e8cd3dde438d487af7c1098ff91ffdbd5abbad8  -
--
A file whose only tensor has no name; a tensor that is named.

$ cd $DATA && tokvec digest table.npy && tokvec weight -w table.npy -f raw | sha256sum
639f51405465f848bcf80d59be1f274937826192bbf065895b39a3585297439e  table.npy:
639f51405465f848bcf80d59be1f274937826192bbf065895b39a3585297439e  -
$ cd $DATA && tokvec digest -t wpe.weight -w model.safetensors && tokvec weight -t wpe.weight -w model.safetensors -f raw | sha256sum
feb5750dfd0a0610643bef1ea347215a229467ec638f70d6c88c8a31be3a7de2  model.safetensors:wpe.weight
feb5750dfd0a0610643bef1ea347215a229467ec638f70d6c88c8a31be3a7de2  -
$ cd $DATA && tokvec digest -t ln_f.bias model.safetensors
374708fff7719dd5979ec875d56cd2286f6d3cf7ec317a3b25632aab28ec37bb  model.safetensors:ln_f.bias
$ tokvec digest $DATA/model.safetensors -o sums && cut -c1-20 sums
71a4cca60afdb2310d89
--
The same values in other containers, in any number of threads.

$ cd $DATA && for f in npy safetensors csv raw; do tokvec weight -w model.safetensors -f $f -o $OLDPWD/same.$f; done
$ tokvec digest same.npy same.safetensors same.csv
71a4cca60afdb2310d898621ad433129adb4aefa351209e8962751fa3fee70c2  same.npy:
71a4cca60afdb2310d898621ad433129adb4aefa351209e8962751fa3fee70c2  same.safetensors:embeddings
71a4cca60afdb2310d898621ad433129adb4aefa351209e8962751fa3fee70c2  same.csv:
$ tokvec digest same.raw -d 8 --dtype float32
71a4cca60afdb2310d898621ad433129adb4aefa351209e8962751fa3fee70c2  -d 8 --dtype float32 same.raw:
$ head -c 33 same.raw > odd.raw; tokvec digest odd.raw -d 8 --dtype float32 --offset 1
5e1dc5c8cae74782f33cbf4f9d2d1d660ece2ea8fb1c8e2647c5d97e2792c2e2  -d 8 --dtype float32 --offset 1 odd.raw:
--
Seeded tables have no file; other ways to draw them are told by their options.

$ tokvec digest
2f784467177dbc254fe7edec2d6e4859079bdf6c16cfc308912b52fadf651405  seed:123:6x3:float32
$ tokvec weight -f raw | sha256sum
2f784467177dbc254fe7edec2d6e4859079bdf6c16cfc308912b52fadf651405  -
$ tokvec digest --seed -1 -n 5000 -d 64 --dtype float64
c3853fa114b60ab8f84d7442db8ac3dd33a624aa86ce4ec30e7a3030dc3f6f89  seed:-1:5000x64:float64
$ tokvec weight --seed -1 -n 5000 -d 64 --dtype float64 -f raw | sha256sum
c3853fa114b60ab8f84d7442db8ac3dd33a624aa86ce4ec30e7a3030dc3f6f89  -
$ tokvec digest --padding-idx -1
d13c1b9759db7f909e24062657882b9e9c3b0ade5916ecbd9aac568b3a401131  --seed 123 -n 6 -d 3 --dtype float32 --padding-idx -1
$ tokvec weight --padding-idx -1 -f raw | sha256sum
d13c1b9759db7f909e24062657882b9e9c3b0ade5916ecbd9aac568b3a401131  -
$ for j in 1 2 3 8; do tokvec digest -n 50000 -d 100 -j $j; done | uniq -c
      4 375e3d51edfb64b6f342396e25933dcc21c38c8a8b4b98ac67cbd5f99524ee63  seed:123:50000x100:float32
--
No rows, no columns.

$ printf '\x93NUMPY\1\0\x46\0%-69s\n' "{'descr': '<f4', 'fortran_order': False, 'shape': (0, 3), }" > none.npy
$ tokvec digest none.npy && sha256sum < /dev/null
e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  none.npy:
e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  -
--
Names are escaped as sha256sum does it.

$ cp $DATA/table.npy $'new\nline' && cp $DATA/table.npy 'back\slash' && cp $DATA/table.npy $'carriage\rreturn'
$ tokvec digest $'new\nline' 'back\slash' $'carriage\rreturn' | cut -c1-6,60-
\639f597439e  new\nline:
\639f597439e  back\\slash:
\639f597439e  carriage\rreturn:
$ sha256sum $'new\nline' 'back\slash' $'carriage\rreturn' | cut -c1,66-
\  new\nline
\  back\\slash
\  carriage\rreturn
--
What is before a mistake is printed; a file appears whole or not at all.

$ cp $DATA/table.npy a.npy; tokvec digest a.npy missing.npy a.npy
639f51405465f848bcf80d59be1f274937826192bbf065895b39a3585297439e  a.npy:
! tokvec: cannot open: No such file or directory (missing.npy); check the name
[2]
$ tokvec digest a.npy missing.npy -o sums; ls sums
sums
! tokvec: cannot open: No such file or directory (missing.npy); check the name
$ tokvec digest a.npy -w a.npy
! tokvec: files come from the arguments and from --weights (argument 2); choose one of the two
[2]
$ tokvec digest a.npy --seed 3
! tokvec: --seed is for seeded tables, not for weights files; leave out --seed or -w
[2]
$ tokvec digest a.npy -t wte
! tokvec: no tensor is named 'wte' (a.npy); the file has one array without a name; leave out -t
[2]
$ tokvec digest --precision 2 a.npy
! tokvec: unknown option '--precision'; 'tokvec digest' does not take it
[2]
$ tokvec digest a.npy > /dev/full
! tokvec: cannot write: No space left on device (standard output); make room and try again
[2]
$ tokvec lookup digest
! tokvec: 'digest' is not a valid token ID (argument 2); a command comes before everything else: tokvec digest ...
[2]
$ tokvec digset
! tokvec: 'digset' is not a valid token ID (argument 1); did you mean 'tokvec digest'?
[2]
$ tokvec digest -o x.sha256; cat x.sha256
2f784467177dbc254fe7edec2d6e4859079bdf6c16cfc308912b52fadf651405  seed:123:6x3:float32
