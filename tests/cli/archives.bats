# Zip archives: of tables of words, and of a model's folder.

setup() {
    cd "$BATS_TEST_TMPDIR"
    data=$BATS_TEST_DIRNAME/../../data
    bats_require_minimum_version 1.5.0
    cat > pack.py <<'PY'
"""pack.py ARCHIVE MEMBER=FILE...: packs files; ':MEMBER=FILE' stores one, MEMBER=@TEXT packs that text."""
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], 'w') as z:
    for item in sys.argv[2:]:
        name, file = item.split('=', 1)
        how = zipfile.ZIP_STORED if name.startswith(':') else zipfile.ZIP_DEFLATED
        content = file[1:].encode() if file.startswith('@') else open(file, 'rb').read()
        z.writestr(zipfile.ZipInfo(name.lstrip(':')), content, how)
PY
    printf 'the 0.5 1.5\nking 2.5 -3\nqueen 4 5\n' > two.txt
    printf 'a 1 2 3\nthe 4 5 6\n' > three.txt
}

pack() {
    rm -f "$1"
    python3 pack.py "$@"
}

refused() {
    run -2 --separate-stderr timeout 20 "$TOKVEC" "${@:2}"
    [ -z "$output" ]
    [ "${#stderr_lines[@]}" -eq 1 ]
    [[ $stderr == "tokvec: "*"$1"* ]]
}

same() {
    run -0 --separate-stderr timeout 20 "$TOKVEC" "${@:2}"
    [ "$output" = "$("$TOKVEC" $1)" ]
}

@test "the only table of an archive is taken, with its words" {
    pack one.zip wiki.vec=two.txt
    same "-w two.txt king the -f csv" -w one.zip king the -f csv
    same "-w two.txt king the -f csv" -w one.zip -t wiki.vec king the -f csv
    same "weight -w two.txt -j 8" weight -w one.zip -j 8
    same "list --tokens two.txt" list --tokens one.zip
    same "near -w two.txt king" near -w one.zip king
    [ "$("$TOKVEC" digest one.zip | cut -c1-64)" = "$("$TOKVEC" digest two.txt | cut -c1-64)" ]
    run -0 "$TOKVEC" diff one.zip two.txt
    run -0 "$TOKVEC" check one.zip
    [ -z "$stderr" ]
}

@test "each table of several has its own words and rows" {
    pack both.zip glove.2d.txt=two.txt :glove.3d.txt=three.txt
    refused "holds 2 tables (both.zip); name one with -t: glove.2d.txt, glove.3d.txt" -w both.zip 1
    same "-w two.txt the -f csv" -w both.zip -t glove.2d.txt the -f csv
    same "-w three.txt the -f csv" -w both.zip -t glove.3d.txt the -f csv
    refused "does not have the token 'a'" -w both.zip -t glove.2d.txt a
    refused "no tensor" -w both.zip -t glove.4d.txt a
    run -0 "$TOKVEC" list both.zip
    [[ ${lines[1]} == *"glove.2d.txt  float32  [3, 2]"* ]]
    [[ ${lines[2]} == *"glove.3d.txt  float32  [2, 3]"* ]]
    run -0 "$TOKVEC" stats --all -w both.zip
    [ "${#lines[@]}" -eq 3 ]
    run -0 "$TOKVEC" diff both.zip -t glove.3d.txt --other-tensor glove.3d.txt
}

@test "a lookup opens the table that is named and no other" {
    pack both.zip glove.2d.txt=two.txt glove.3d.txt=three.txt
    # The other one's bytes are spoilt, behind its first ones.
    python3 - <<'PY'
import zipfile
spoilt = bytearray(open('both.zip', 'rb').read())
z = zipfile.ZipFile('both.zip')
spoilt[z.getinfo('glove.3d.txt').header_offset + 14] ^= 1
at = bytes(spoilt).rindex(b'PK\1\2')
spoilt[at + 16] ^= 1
open('both.zip', 'wb').write(spoilt)
PY
    same "-w two.txt the -f csv" -w both.zip -t glove.2d.txt the -f csv
    refused "CRC-32" -w both.zip -t glove.3d.txt the
}

@test "what lies beside a table is not one" {
    pack one.zip README=@'a readme of 3 words 1 2' LICENSE.txt=@'free 1 2' __MACOSX/._x=two.txt \
        vectors/.DS_Store=two.txt vectors/=@ vectors/wiki.vec=two.txt meta.json=@'{"a": [1, 2]}' \
        notes.txt=@'made in two days; see the paper'
    same "-w two.txt king -f csv" -w one.zip king -f csv
    same "-w two.txt king -f csv" -w one.zip -t vectors/wiki.vec king -f csv
    same "-w two.txt king -f csv" -w one.zip -t wiki.vec king -f csv
    same "-w two.txt king -f csv" -w one.zip/vectors/wiki.vec king -f csv
}

@test "an archive comes through a pipe" {
    pack one.zip wiki.vec=two.txt
    [ "$(cat one.zip | "$TOKVEC" -w - king -f csv)" = "$("$TOKVEC" -w two.txt king -f csv)" ]
    [ "$(gzip -c one.zip | "$TOKVEC" -w - king -f csv)" = "$("$TOKVEC" -w two.txt king -f csv)" ]
    pack model.zip model.safetensors="$data/model.safetensors"
    run -2 bash -c "cat model.zip | '$TOKVEC' -w - 1"
    [[ $output == *"save it to a file first" ]]
}

@test "a model's folder in an archive is opened as the folder" {
    words='[PAD] [UNK] the of a b c d e f g h'
    for inside in "" deep/model/; do
        for how in "" ":"; do
            pack model.zip "$how${inside}model.safetensors=$data/model.safetensors" \
                "${inside}config.json=@{\"vocab_size\": 12, \"hidden_size\": 8}" \
                "${inside}vocab.txt=@$(printf '%s\n' $words)" "${inside}1_Pooling/config.json=@{}"
            same "-w $data/model.safetensors 2 -f raw" -w model.zip 2 -f raw
            same "-w $data/model.safetensors 1 -t wpe.weight" -w model.zip 1 -t wpe.weight
            run -0 --separate-stderr "$TOKVEC" -w model.zip the -f csv
            [[ ${lines[1]} == "2,the,"* ]]
            [ -n "$how" ] || [[ $stderr == "tokvec: model.safetensors in the archive"*"of memory" ]]
            [ -z "$how" ] || [ -z "$stderr" ]
            run -0 --separate-stderr "$TOKVEC" -w model.zip 2 -f csv -q
            [ -z "$stderr" ]
            run -0 "$TOKVEC" list --tokens model.zip
            [ "${lines[2]}" = "2	the" ]
            run -0 "$TOKVEC" check -q model.zip
            run -0 "$TOKVEC" digest --all -w model.zip
            [ "${#lines[@]}" -ge 4 ]
        done
    done
}

@test "a config that contradicts the weights is told of in an archive, too" {
    pack model.zip model.safetensors="$data/model.safetensors" \
        config.json='@{"vocab_size": 99, "hidden_size": 8}'
    run -0 --separate-stderr "$TOKVEC" -w model.zip 2
    [[ $stderr == *"warning: "*99* ]]
}

@test "the shards of a model in an archive are found" {
    files=()
    for file in "$data"/sharded/*; do
        files+=("$(basename "$file")=$file")
    done
    pack model.zip "${files[@]}"
    same "-w $data/sharded 1 -f csv" -w model.zip 1 -f csv
    same "-w $data/sharded 1 -f csv" -w model.zip/model.safetensors.index.json 1 -f csv
}

@test "checkpoints of PyTorch and arrays of NumPy stay what they are" {
    same "list $data/checkpoint.pt" list "$data/checkpoint.pt"
    "$TOKVEC" list "$data/arrays.npz" -f json | grep -q '"format": "npz"'
    "$TOKVEC" list "$data/checkpoint.pt" -f json | grep -q '"format": "torch'
}

@test "archives that are not sound are refused in one line" {
    pack good.zip wiki.vec=two.txt b.vec=three.txt
    head -c -30 good.zip > bad.zip
    refused "no end record" -w bad.zip 1
    python3 - <<'PY'
import struct
good = open('good.zip', 'rb').read()
first = good.index(b'PK\1\2')
second = good.index(b'PK\1\2', first + 4)
def spoil(name, *changes):
    bytes_ = bytearray(good)
    for at, new in changes:
        bytes_[at:at + len(new)] = new
    open(name, 'wb').write(bytes_)
local = struct.unpack_from('<I', good, second + 42)[0]
spoil('encrypted.zip', (first + 8, b'\1\0'), (6, b'\1\0'))
spoil('method.zip', (first + 10, struct.pack('<H', 93)), (8, struct.pack('<H', 93)))
spoil('overlap.zip', (second + 42, struct.pack('<I', 3)))
spoil('twice.zip', (second + 46, b'a'), (first + 46, b'wiki.vec'))
spoil('far.zip', (first + 20, struct.pack('<I', 1 << 20)))
spoil('huge.zip', (first + 24, struct.pack('<I', 0xf0000000)), (22, struct.pack('<I', 0xf0000000)))
spoil('crc.zip', (first + 16, b'\0\0\0\0'), (14, b'\0\0\0\0'))
spoil('packed.zip', (30 + len('wiki.vec') + 3, b'\xff\xff\xff'))
import zipfile
for name, members in {'out.zip': ['../wiki.vec'], 'root.zip': ['/wiki.vec'],
                      'twice.zip': ['a.vec', 'a.vec']}.items():
    with zipfile.ZipFile(name, 'w') as z:
        for member in members:
            z.writestr(zipfile.ZipInfo(member), open('two.txt').read())
with zipfile.ZipFile('inner.zip', 'w') as z:
    z.write('good.zip')
with zipfile.ZipFile('stored.zip', 'w') as z:
    z.writestr('wiki.vec', open('two.txt').read())
bytes_ = bytearray(open('stored.zip', 'rb').read())
bytes_[40] ^= 1
open('stored.zip', 'wb').write(bytes_)
PY
    refused "is encrypted" -w encrypted.zip -t wiki.vec 1
    refused "method 93 (zstd)" -w method.zip -t wiki.vec 1
    refused "inside another one" -w overlap.zip -t wiki.vec 1
    refused "is repeated" -w twice.zip 1
    refused "of the zip" -w far.zip -t wiki.vec 1 || refused "zip member" -w far.zip -t wiki.vec 1
    refused "shorter than the directory says" -w huge.zip -t wiki.vec 1
    refused "CRC-32" -w crc.zip -t wiki.vec 1
    refused "" -w packed.zip -t wiki.vec 1
    refused "leads out of the archive" -w out.zip 1
    refused "leads out of the archive" -w root.zip 1
    refused "zip archive of good.zip" -w inner.zip 1
    refused "CRC-32" -w stored.zip 1
}

@test "a bomb takes no more memory than there may be" {
    python3 - <<'PY'
import zipfile
with zipfile.ZipFile('bomb.zip', 'w', zipfile.ZIP_DEFLATED) as z:
    with z.open('a.vec', 'w') as f:
        f.write(b'3 2\na 1 2\n')
        for i in range(120):
            f.write(b' ' * (1 << 20))
PY
    (ulimit -v 200000; "$TOKVEC" --version > /dev/null 2>&1) || skip "it does not start with so little"
    run -2 --separate-stderr bash -c "ulimit -v 150000; timeout 100 '$TOKVEC' -w bomb.zip 1"
    [ "${#stderr_lines[@]}" -eq 1 ]
}

# large N: an archive of the two tables of N rows, with a header and without.
large() {
    python3 - "$1" <<'PY'
import sys, zipfile
n = int(sys.argv[1])
rows = ''.join(f'w{i} {i % 97}.25 {i % 89}.5{" 1.125" * 30}\n' for i in range(n))
for name, text in ('head.vec', f'{n} 32\n' + rows), ('plain.txt', rows):
    open(name, 'w').write(text)
with zipfile.ZipFile('large.zip', 'w', zipfile.ZIP_DEFLATED) as z:
    z.write('head.vec')
    z.write('plain.txt')
PY
}

@test "tables that are longer than what they are recognised by are read in one pass" {
    large 12000
    for table in head.vec plain.txt; do
        for in in "large.zip -t $table" "large.zip/$table"; do
            for words in "w3" "w11999 w5 w11999" "w7777 w2 -f csv" "--ids 11999 0"; do
                same "-w $table $words" -w $in $words
            done
            run -2 "$TOKVEC" -w $in w12000
            "$TOKVEC" weight -w $table -f raw > a
            "$TOKVEC" weight -w $in -f raw -j 4 | cmp - a
            [ "$("$TOKVEC" digest -w $in | cut -c1-64)" = "$("$TOKVEC" digest $table | cut -c1-64)" ]
        done
        "$TOKVEC" list --tokens $table > a
        "$TOKVEC" list --tokens "large.zip/$table" | cmp - a
    done
    run -0 "$TOKVEC" list large.zip
    [[ ${lines[1]} == *"head.vec"*"[12000, 32]"* && ${lines[2]} == *"plain.txt"*"[12000, 32]"* ]]
}

@test "at the end of a long table its sum and its size are checked" {
    large 12000
    python3 - <<'PY'
import struct
good = open('large.zip', 'rb').read()
first = good.index(b'PK\1\2')
for at in first, good.index(b'PK\1\2', first + 4):
    local = struct.unpack_from('<I', good, at + 42)[0]
    member = good[at + 46:at + 54].decode()[:4]
    for name, central, there, change in ('crc', 16, 14, 1), ('long', 24, 22, 1), ('short', 24, 22, -1):
        spoilt = bytearray(good)
        for place in at + central, local + there:
            value = struct.unpack_from('<I', good, place)[0] + change & 0xffffffff
            struct.pack_into('<I', spoilt, place, value)
        open(f'{name}-{member}.zip', 'wb').write(spoilt)
PY
    for table in head.vec plain.txt; do
        for id in w11999 w12000; do
            refused "CRC-32" -w crc-${table:0:4}.zip -t $table $id
            refused "shorter than the directory says" -w long-${table:0:4}.zip -t $table $id
            refused "longer than the directory says" -w short-${table:0:4}.zip -t $table $id
        done
    done
    # Whoever does not go so far cannot know.
    same "-w head.vec w3 -f csv" -w crc-head.zip -t head.vec w3 -f csv
}

@test "a word of a long table takes the memory of a word" {
    large 400000
    (ulimit -v 60000; "$TOKVEC" --version > /dev/null 2>&1) || skip "it does not start with so little"
    rm head.vec plain.txt
    for table in head.vec plain.txt; do
        run -0 --separate-stderr python3 - "$TOKVEC" -w large.zip -t $table w399999 -f csv <<'PY'
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
PY
        [ "$output" -lt 60000 ] # kB, of a table of 86 MB
    done
}

@test "paths into files that are no archives lead nowhere" {
    refused "cannot open" -w two.txt/x 1
    pack one.zip wiki.vec=two.txt
    refused "cannot open" -w one.zip/nowhere.vec 1
    refused "cannot open" -w one.zip/../wiki.vec 1
}
