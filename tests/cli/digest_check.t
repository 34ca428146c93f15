# Lists of digests are checked as sha256sum -c does it.

$ cp $DATA/model.safetensors $DATA/table.npy $DATA/checkpoint.pt . && cp -r $DATA/sharded . && mkdir empty
$ tokvec digest model.safetensors table.npy sharded > sums; tokvec digest >> sums; tokvec digest --check sums
model.safetensors:wte.weight: OK
table.npy:: OK
sharded:model.embed_tokens.weight: OK
seed:123:6x3:float32: OK
$ tokvec digest --all model.safetensors checkpoint.pt sharded > all; tokvec digest -c all > verdicts; echo $?; wc -l < all; grep -c ': OK$' verdicts
0
18
18
$ tokvec digest --check < sums
model.safetensors:wte.weight: OK
table.npy:: OK
sharded:model.embed_tokens.weight: OK
seed:123:6x3:float32: OK
$ tokvec digest --check - all < sums | uniq -c -f 1 | wc -l
1
$ cat sums | tokvec digest --check -j 1 - | tail -1
seed:123:6x3:float32: OK
--
What differs, what is missing, and what cannot be read: the status is 1, and the rest is checked.

$ sed -e '1s/^71/72/' -e '2s/table/tables/' -e '3s/:model/:modal/' sums > wrong; tokvec digest --check wrong
model.safetensors:wte.weight: FAILED
tables.npy:: FAILED open or read
sharded:modal.embed_tokens.weight: FAILED open or read
seed:123:6x3:float32: OK
! tokvec: cannot open: No such file or directory (tables.npy)
! tokvec: no tensor is named 'modal.embed_tokens.weight' (sharded/model.safetensors.index.json)
! tokvec: WARNING: 2 listed files could not be read
! tokvec: WARNING: 1 computed checksum did NOT match
[1]
$ echo "$(printf '%064d' 0)  empty:a" | tokvec digest -c
empty:a: FAILED open or read
! tokvec: the folder holds no model that tokvec knows (empty)
! tokvec: WARNING: 1 listed file could not be read
[1]
$ tokvec digest --check wrong --ignore-missing
model.safetensors:wte.weight: FAILED
sharded:modal.embed_tokens.weight: FAILED open or read
seed:123:6x3:float32: OK
! tokvec: no tensor is named 'modal.embed_tokens.weight' (sharded/model.safetensors.index.json)
! tokvec: WARNING: 1 listed file could not be read
! tokvec: WARNING: 1 computed checksum did NOT match
[1]
$ grep tables wrong > missing; tokvec digest --check --ignore-missing missing
! tokvec: missing: no file was verified
[1]
$ tokvec digest --check -q wrong; tokvec digest --check --quiet sums; tokvec digest -qc sums && echo right
right
$ tokvec digest --check -f jsonl wrong --ignore-missing
{"name": "model.safetensors:wte.weight", "expected": "72a4cca60afdb2310d898621ad433129adb4aefa351209e8962751fa3fee70c2", "sha256": "71a4cca60afdb2310d898621ad433129adb4aefa351209e8962751fa3fee70c2", "result": "FAILED"}
{"name": "sharded:modal.embed_tokens.weight", "expected": "5b185b238f2f03ec0c432615f69498e4050e094c75bd744830673b8fef98541e", "sha256": null, "result": "FAILED open or read"}
{"name": "seed:123:6x3:float32", "expected": "2f784467177dbc254fe7edec2d6e4859079bdf6c16cfc308912b52fadf651405", "sha256": "2f784467177dbc254fe7edec2d6e4859079bdf6c16cfc308912b52fadf651405", "result": "OK"}
! tokvec: no tensor is named 'modal.embed_tokens.weight' (sharded/model.safetensors.index.json)
! tokvec: WARNING: 1 listed file could not be read
! tokvec: WARNING: 1 computed checksum did NOT match
[1]
$ tokvec digest --check -f csv sums -o verdicts.csv && head -2 verdicts.csv
name,expected,sha256,result
model.safetensors:wte.weight,71a4cca60afdb2310d898621ad433129adb4aefa351209e8962751fa3fee70c2,71a4cca60afdb2310d898621ad433129adb4aefa351209e8962751fa3fee70c2,OK
--
Lines that are edited by hand, or come from elsewhere.

$ head -1 sums | tr a-f A-F | sed 's/WTE/wte/; s/EDE/ede/' | sed 's/  .*/  model.safetensors:wte.weight/' | tokvec digest -c
model.safetensors:wte.weight: OK
$ { echo '# digests'; echo; sed -e 's/$/\r/' sums; printf '  \n\r\n\t# end\n'; } | tokvec digest -c
model.safetensors:wte.weight: OK
table.npy:: OK
sharded:model.embed_tokens.weight: OK
seed:123:6x3:float32: OK
$ { printf '\xef\xbb\xbf'; sed -e 's/  / */' sums; } | tokvec digest -c
model.safetensors:wte.weight: OK
table.npy:: OK
sharded:model.embed_tokens.weight: OK
seed:123:6x3:float32: OK
$ sed -e 's/  / /' -e 's/^/  /' sums | tokvec digest -c
model.safetensors:wte.weight: OK
table.npy:: OK
sharded:model.embed_tokens.weight: OK
seed:123:6x3:float32: OK
$ sed -e 's/  /\t/' sums | head -c -1 | tokvec digest -c
model.safetensors:wte.weight: OK
table.npy:: OK
sharded:model.embed_tokens.weight: OK
seed:123:6x3:float32: OK
--
A file without a name for its only tensor, and a model's token embedding if none is named.

$ sed -e 's/wte.weight//' -e 's/:model.embed.*/:/' sums | tokvec digest -c
model.safetensors:: OK
table.npy:: OK
sharded:: OK
seed:123:6x3:float32: OK
--
What changes the values stands in the line.

$ tokvec weight -w model.safetensors -f raw -o same.raw && tokvec digest -d 8 --dtype float32 --offset 32 same.raw | tee bare
be0b4a933fb724ed871d1609f6f8ac526ca6b5ba267225ccd391bc624767416e  -d 8 --dtype float32 --offset 32 same.raw:
$ tokvec digest -c bare
-d 8 --dtype float32 --offset 32 same.raw:: OK
$ printf 'id,0,1\n0,0.1,2\n' > t.csv; tokvec digest --dtype float64 t.csv | tee text; tokvec digest -c text; sed 's/--dtype float64 //' text | tokvec digest -c
9e0801b0d47eb0f78a73cc8e8deb440b26c41cfad8132b4db1740562ff12eb22  --dtype float64 t.csv:
--dtype float64 t.csv:: OK
t.csv:: FAILED
! tokvec: WARNING: 1 computed checksum did NOT match
[1]
$ tokvec digest --as float16 model.safetensors table.npy > as && cat as && tokvec digest -c as
d7e0e0d1ad0869763512c95e845b4c83ce3662922883861f6ad792927c3bac44  --as float16 model.safetensors:wte.weight
639f51405465f848bcf80d59be1f274937826192bbf065895b39a3585297439e  --as float16 table.npy:
--as float16 model.safetensors:wte.weight: OK
--as float16 table.npy:: OK
$ tokvec digest --as bfloat16 --seed -1 -n 5 -d 2 > seeds; tokvec digest --padding-idx 0 >> seeds; tokvec digest --padding-idx 0 --as float64 --dtype float64 >> seeds; cut -c67- seeds; tokvec digest -c seeds
--as bfloat16 seed:-1:5x2:float32
--seed 123 -n 6 -d 3 --dtype float32 --padding-idx 0
--as float64 --seed 123 -n 6 -d 3 --dtype float64 --padding-idx 0
--as bfloat16 seed:-1:5x2:float32: OK
--seed 123 -n 6 -d 3 --dtype float32 --padding-idx 0: OK
--as float64 --seed 123 -n 6 -d 3 --dtype float64 --padding-idx 0: OK
$ sed 's/float64 --seed 123/float64 --seed 124/; 1s/5x2/5x3/' seeds | tokvec digest -c
--as bfloat16 seed:-1:5x3:float32: FAILED
--seed 123 -n 6 -d 3 --dtype float32 --padding-idx 0: OK
--as float64 --seed 124 -n 6 -d 3 --dtype float64 --padding-idx 0: FAILED
! tokvec: WARNING: 2 computed checksums did NOT match
[1]
--
Names that could be taken for something else.

$ cp table.npy ./--as && cp table.npy 'seed:123:6x3:float32' && cp table.npy seed && cp table.npy a:b.npy && cp table.npy ' x ' && cp model.safetensors 'a:b'
$ tokvec digest -- --as 'seed:123:6x3:float32' seed a:b.npy ' x ' a:b | tee names; tokvec digest --check names
639f51405465f848bcf80d59be1f274937826192bbf065895b39a3585297439e  ./--as:
639f51405465f848bcf80d59be1f274937826192bbf065895b39a3585297439e  ./seed:123:6x3:float32:
639f51405465f848bcf80d59be1f274937826192bbf065895b39a3585297439e  ./seed:
639f51405465f848bcf80d59be1f274937826192bbf065895b39a3585297439e  a:b.npy:
639f51405465f848bcf80d59be1f274937826192bbf065895b39a3585297439e   x :
71a4cca60afdb2310d898621ad433129adb4aefa351209e8962751fa3fee70c2  a:b:wte.weight
./--as:: OK
./seed:123:6x3:float32:: OK
./seed:: OK
a:b.npy:: OK
 x :: OK
a:b:wte.weight: OK
$ cp table.npy $'new\nline' && cp table.npy 'back\slash' && cp table.npy $'carriage\rreturn'
$ tokvec digest $'new\nline' 'back\slash' $'carriage\rreturn' > odd; tokvec digest --check odd | cat -A
\new\nline:: OK$
back\slash:: OK$
carriage^Mreturn:: OK$
$ sed s/639/638/ odd | tokvec digest --check | cat -A
\new\nline:: FAILED$
back\slash:: FAILED$
carriage^Mreturn:: FAILED$
! tokvec: WARNING: 3 computed checksums did NOT match
--
A colon in the name of a tensor: the file is what stands before the last colon before which there is one.

$ python3 -c "import json, struct; head = json.dumps({'x:y': {'dtype': 'F32', 'shape': [1, 1], 'data_offsets': [0, 4]}}).encode(); open('colon', 'wb').write(struct.pack('<Q', len(head)) + head + struct.pack('<f', 1))"
$ tokvec digest colon | tee colons; tokvec digest -c colons; cp table.npy colon:x; tokvec digest -c colons; rm colon; tokvec digest -c colons; rm colon:x; tokvec digest -c colons
e00e5eb9444182f352323374ef4e08ebcb784725fdd4fd612d7730540b3e0c8c  colon:x:y
colon:x:y: OK
colon:x:y: OK
colon:x:y: FAILED open or read
colon:x:y: FAILED open or read
! tokvec: no tensor is named 'y' (colon:x)
! tokvec: WARNING: 1 listed file could not be read
! tokvec: cannot open: No such file or directory (colon:x)
! tokvec: WARNING: 1 listed file could not be read
[1]
$ { printf '%064d  ' 0; head -c 200000 /dev/zero | tr '\0' ':'; echo; printf '%064d  %05000d:x\n' 0 0; } > long; timeout 5 tokvec digest -c --ignore-missing long 2> /dev/null | tr -d :0
 FAILED open or read
x FAILED open or read
--
Lists that are none: one line, before anything is checked.

$ { cat sums; echo nonsense; } > bad; tokvec digest --check bad
! tokvec: the line is not that of a digest (bad, line 5); a line is 64 hexadecimal digits, two blanks and FILE:TENSOR
[2]
$ { cat sums; echo "$(printf '%064d' 0)  model.safetensors"; } > bad; tokvec digest --check bad
! tokvec: the line does not name a table (bad, line 5); a line is 64 hexadecimal digits, two blanks and FILE:TENSOR
[2]
$ { cat sums; echo "$(printf '%064d' 0)  --as float32"; } > bad; tokvec digest --check bad
! tokvec: the line does not name a table (bad, line 5); a line is 64 hexadecimal digits, two blanks and FILE:TENSOR
[2]
$ { cat sums; echo "$(printf '%064d' 0)  --as int8 model.safetensors:wte.weight"; } > bad; tokvec digest --check bad
! tokvec: 'int8' is not a valid value for --as (bad, line 5); a line is 64 hexadecimal digits, two blanks and FILE:TENSOR
[2]
$ { cat sums; echo "$(printf '%064d' 0)  --weights x model.safetensors:wte.weight"; } > bad; tokvec digest --check bad
! tokvec: '--weights' is not an option of a table (bad, line 5); a line is 64 hexadecimal digits, two blanks and FILE:TENSOR
[2]
$ { cat sums; echo "$(printf '%064d' 0)  --seed 3 model.safetensors:wte.weight"; } > bad; tokvec digest --check sums bad
! tokvec: the line does not name a table (bad, line 5); a line is 64 hexadecimal digits, two blanks and FILE:TENSOR
[2]
$ printf '%063d  a:b\n' 0 | tokvec digest -c
! tokvec: the line is not that of a digest (standard input, line 1); a line is 64 hexadecimal digits, two blanks and FILE:TENSOR
[2]
$ printf '%064d  a\0b:c\n' 0 | tokvec digest -c
! tokvec: the line is not that of a digest (standard input, line 1); a line is 64 hexadecimal digits, two blanks and FILE:TENSOR
[2]
$ printf '\\%064d  a\\tb:c\n' 0 | tokvec digest -c
! tokvec: the line is not that of a digest (standard input, line 1); a line is 64 hexadecimal digits, two blanks and FILE:TENSOR
[2]
$ tokvec digest -c < /dev/null
! tokvec: the list has no digests (standard input); a line is 64 hexadecimal digits, two blanks and FILE:TENSOR
[2]
$ tokvec digest -c empty
! tokvec: cannot read: Is a directory (empty); name a file, not a directory
[2]
$ tokvec digest -c sums nowhere
! tokvec: cannot open: No such file or directory (nowhere); check the name
[2]
--
Options that do not go together.

$ tokvec digest -c sums -w model.safetensors
! tokvec: --check does not go with --weights; leave it out: the lines of the list say which tables they are of
[2]
$ tokvec digest -c sums -t wte
! tokvec: --check does not go with --tensor; leave it out: the lines of the list say which tables they are of
[2]
$ tokvec digest -c sums --all
! tokvec: --check does not go with --all; leave it out: the lines of the list say which tables they are of
[2]
$ tokvec digest -c sums --as float16
! tokvec: --check does not go with --as; leave it out: the lines of the list say which tables they are of
[2]
$ tokvec digest --ignore-missing model.safetensors
! tokvec: --ignore-missing is for --check; leave it out
[2]
--
A list that goes into one of its own files, or into itself.

$ tokvec digest -c sums >> table.npy
! tokvec: the output would go into a file that is read (standard output); write to another file, or name it with -o, which replaces it at the end
[2]
$ tokvec digest -c sums >> sums
! tokvec: the output would go into a file that is read (standard output); write to another file, or name it with -o, which replaces it at the end
[2]
$ tokvec digest -c sums -o sums && cut -c1-40 sums
model.safetensors:wte.weight: OK
table.npy:: OK
sharded:model.embed_tokens.weight: OK
seed:123:6x3:float32: OK
