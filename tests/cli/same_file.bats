# Output that would go into a file that is read, or that must not be written.

setup() {
    cd "$BATS_TEST_TMPDIR"
    data=$BATS_TEST_DIRNAME/../../data
    cp "$data"/{table.npy,glove.txt,model.safetensors} .
    cp -r "$data/sharded" .
    echo '{"a": 0, "b": 1}' > vocab.json
    echo 1 2 > ids
    bats_require_minimum_version 1.5.0
}

unchanged() {
    local before
    before=$(cksum "$1")
    run -2 --separate-stderr bash -c "$2"
    [ -z "$output" ]
    [ "${#stderr_lines[@]}" -eq 1 ]
    [[ $stderr == "tokvec: the output would go into a file that is read ("*"); "* ]]
    [ "$(cksum "$1")" = "$before" ]
}

@test "standard output into the file that is read is refused, and nothing is written" {
    unchanged table.npy '"$TOKVEC" -w table.npy 1 >> table.npy'
    unchanged table.npy '"$TOKVEC" -w table.npy 1 1<> table.npy'
    unchanged table.npy '"$TOKVEC" weight -w table.npy -f raw 1<> table.npy'
    unchanged table.npy '"$TOKVEC" list table.npy >> table.npy'
    unchanged table.npy '"$TOKVEC" digest table.npy >> table.npy'
    unchanged table.npy '"$TOKVEC" digest -w table.npy >> table.npy'
    unchanged table.npy '"$TOKVEC" digest model.safetensors glove.txt table.npy >> table.npy'
    unchanged sharded/model-00001-of-00002.safetensors \
        '"$TOKVEC" digest sharded >> sharded/model-00001-of-00002.safetensors'
    unchanged glove.txt '"$TOKVEC" -w glove.txt -f vec king >> glove.txt'
    unchanged vocab.json '"$TOKVEC" --vocab vocab.json -f csv a >> vocab.json'
    unchanged vocab.json 'echo a | "$TOKVEC" --vocab vocab.json -f raw >> vocab.json'
    unchanged vocab.json '"$TOKVEC" list --tokens vocab.json >> vocab.json'
    unchanged ids '"$TOKVEC" -f csv -i ids >> ids'
    unchanged ids '"$TOKVEC" -i ids >> ids'
    unchanged ids '"$TOKVEC" -f csv < ids >> ids'
    unchanged model.safetensors '"$TOKVEC" -w model.safetensors 1 -o /dev/stdout >> model.safetensors'
    unchanged model.safetensors '"$TOKVEC" -w model.safetensors 1 -o /dev/fd/7 7>> model.safetensors'
    for file in sharded/model*; do
        unchanged "$file" "'$TOKVEC' list sharded >> '$file'"
    done
}

@test "so it is by another name of the file" {
    ln -s table.npy link
    ln table.npy hard
    unchanged table.npy '"$TOKVEC" -w link 1 >> table.npy'
    unchanged table.npy '"$TOKVEC" -w hard 1 >> table.npy'
    unchanged table.npy '"$TOKVEC" -w table.npy 1 -o hard >> link'
}

@test "a file that -o replaces may be read meanwhile" {
    "$TOKVEC" weight -w table.npy --as float64 -f npy > expected
    ln -s table.npy link
    ln table.npy hard
    run -0 "$TOKVEC" weight -w table.npy --as float64 -f npy -o link
    cmp expected table.npy
    [ -L link ]
    cmp "$data/table.npy" hard
    run -0 "$TOKVEC" -w hard 1 -f npy -o hard
    [ "$("$TOKVEC" list hard | tail -1)" = "$("$TOKVEC" -w "$data/table.npy" 1 -f npy > one; "$TOKVEC" list one | tail -1)" ]
    run -0 "$TOKVEC" -f csv -i ids -o ids
    [ "$(head -1 ids)" = id,0,1,2 ]
}

@test "what is read and not written, or written and not read, does not matter" {
    run -0 bash -c '"$TOKVEC" -w table.npy 1 < table.npy >> other'
    run -0 bash -c '"$TOKVEC" -w table.npy -f csv 1 >> other; "$TOKVEC" -w table.npy -f csv 1 >> other'
    run -0 bash -c '"$TOKVEC" -w table.npy 1 -o other >> table.npy'
    cmp "$data/table.npy" table.npy
}

@test "a file that is write-protected is not replaced" {
    [ "$(id -u)" -ne 0 ] || command -v setpriv > /dev/null || skip "root may write anything"
    as=()
    [ "$(id -u)" -ne 0 ] || as=(setpriv --reuid=65534 --regid=65534 --clear-groups)
    mkdir -m 777 folder
    cp "$TOKVEC" program
    chmod 755 program .
    echo before > folder/file
    chmod 444 folder/file
    "${as[@]}" ./program 1 > /dev/null 2>&1 || skip "another user cannot get here"
    run -2 --separate-stderr "${as[@]}" ./program 1 -o folder/file
    [ "$stderr" = "tokvec: cannot open for writing: Permission denied (folder/file); check the permissions" ]
    [ "$(cat folder/file)" = before ]
    chmod 666 folder/file
    run -0 "${as[@]}" ./program 1 -f csv -o folder/file
    [ "$(head -1 folder/file)" = id,0,1,2 ]
    [ "$(ls -A folder)" = file ]
}
