# Output files that appear whole or not at all, and weights files that change or may not be read.

setup() {
    cd "$BATS_TEST_TMPDIR"
    data=$BATS_TEST_DIRNAME/../../data
    bats_require_minimum_version 1.5.0
}

# A .npy file of `rows` x 16 float32 zeros that takes no room on disk.
sparse_table() {
    local header="{'descr': '<f4', 'fortran_order': False, 'shape': ($2, 16), }"
    printf '\x93NUMPY\x01\x00\x76\x00%-117s\n' "$header" > "$1"
    truncate -s $((128 + $2 * 64)) "$1"
}

@test "an output file holds what standard output would" {
    for format in text json jsonl csv tsv npy raw; do
        run -0 "$TOKVEC" 1 2 -f $format -o file
        [ -z "$output" ]
        "$TOKVEC" 1 2 -f $format | cmp - file
    done
    run -0 "$TOKVEC" list "$data/model.safetensors" -o list
    "$TOKVEC" list "$data/model.safetensors" | cmp - list
    [ "$(ls)" = "$(printf 'file\nlist')" ]
}

@test "text is the same whether values are used where they lie, copied, or first the one" {
    "$TOKVEC" weight -n 3000 -d 100 --seed 3 -f raw -o plain
    { printf x; cat plain; } > odd # not aligned, so that rows are always copied
    place="--dtype float32 --dim 100"
    (seq 0 2000; seq 2999 -1 2000; seq 10 20) > ids
    for words in "weight" "-i ids" "10:2000"; do
        for options in "" "--threshold inf" "--threshold 5 --edgeitems 1000"; do
            "$TOKVEC" $words -w plain $place $options > used
            "$TOKVEC" $words -w odd --offset 1 $place $options | cmp - used
        done
    done
    [ "$("$TOKVEC" weight -w plain $place --threshold inf | wc -l)" -gt 30000 ]
}

@test "a file that was there stays as it was when anything fails" {
    echo before > file
    printf '1 2\n9\n' > ids
    for words in "9" "-i ids -f csv" "-i ids" "-w nowhere 1" "--padding-idx 9 1" "1 -f xml"; do
        run -2 "$TOKVEC" $words -o file
        [ "$(cat file)" = before ]
        rm -f new
        run -2 "$TOKVEC" $words -o new
        [ ! -e new ]
    done
    [ "$(ls)" = "$(printf 'file\nids')" ]
}

@test "a limit on the size of files leaves no file behind" {
    mkdir folder
    run -2 --separate-stderr bash -c 'ulimit -f 64
        "$TOKVEC" weight -n 1000 -d 1000 -f raw -o folder/big'
    [[ $stderr == "tokvec: cannot write: File too large (folder/big); raise the limit "* ]]
    [ -z "$(ls -A folder)" ]
}

@test "a program that is killed leaves no file behind" {
    mkfifo ids
    "$TOKVEC" -f csv -i ids -o file &
    pid=$!
    exec {in}> ids
    echo 1 >&"$in"
    sleep 0.3
    kill "$pid"
    wait "$pid" || true
    exec {in}>&-
    [ "$(ls)" = ids ]
}

@test "a symbolic link stays one, and rights are kept" {
    echo before > target
    chmod 640 target
    ln -s target link
    run -0 "$TOKVEC" 1 -f csv -o link
    [ -L link ]
    [ "$(head -1 target)" = id,0,1,2 ]
    [ "$(stat -c %a target)" = 640 ]
    umask 027
    run -0 "$TOKVEC" 1 -f csv -o new
    [ "$(stat -c %a new)" = 640 ]
}

@test "a file that is replaced loses set-user-ID, and rights that are its group's alone" {
    echo before > file
    chmod 6777 file
    run -0 "$TOKVEC" 1 -o file
    [ "$(stat -c %a file)" = 777 ]
    [ "$(id -u)" -eq 0 ] && command -v setpriv > /dev/null || skip "needs another user"
    mkdir -m 777 folder
    cp "$TOKVEC" program
    chmod 755 program . || true
    as=(setpriv --reuid=65534 --regid=65534 --clear-groups)
    "${as[@]}" ./program 1 > /dev/null 2>&1 || skip "another user cannot get here"
    echo before > folder/file
    chmod 6776 folder/file
    run -0 "${as[@]}" ./program 1 -o folder/file
    [ "$(stat -c %u:%a folder/file)" = 65534:766 ]
    chmod 640 folder/file # and root keeps owner and group
    run -0 "$TOKVEC" 1 -o folder/file
    [ "$(stat -c %u:%g:%a folder/file)" = 65534:65534:640 ]
}

@test "an open descriptor by its name is written to where it stands" {
    { echo before >&3; "$TOKVEC" 3 -f csv -d 1 -o /dev/fd/3; echo after >&3; } 3> file
    [ "$(tr '\n' ' ' < file)" = "before id,0 3,-0.24041797 after " ]
    run -2 --separate-stderr "$TOKVEC" 3 -o /dev/fd/77
    [[ $stderr == "tokvec: cannot open for writing: Bad file descriptor (/dev/fd/77); "* ]]
}

@test "a dangling link gets its target" {
    mkdir folder
    ln -s folder/target link
    run -0 "$TOKVEC" 1 -f csv -o link
    [ -L link ]
    [ "$(head -1 folder/target)" = id,0,1,2 ]
    ln -s loop loop
    run -2 --separate-stderr "$TOKVEC" 1 -o loop
    [[ $stderr == *"(loop); check the name" ]]
}

@test "standard output by its name is written to, not replaced" {
    echo before > file
    "$TOKVEC" 3 -f csv -d 1 -o /dev/stdout >> file
    [ "$(tr '\n' ' ' < file)" = "before id,0 3,-0.24041797 " ]
}

@test "devices and pipes are written to as they are" {
    run -0 "$TOKVEC" 1 -o /dev/null
    [ -c /dev/null ]
    [ "$("$TOKVEC" 3 -f csv -d 1 -o /dev/stdout | tail -1)" = 3,-0.24041797 ]
    mkfifo pipe
    cat pipe > got &
    run -0 "$TOKVEC" 3 -f csv -d 1 -o pipe
    wait
    [ "$(tail -1 got)" = 3,-0.24041797 ]
    [ -p pipe ]
    run -2 --separate-stderr "$TOKVEC" 3 -o /dev/full
    [[ $stderr == *"No space left on device (/dev/full)"* ]]
}

@test "the weights file can be the output file" {
    cp "$data/table.npy" table.npy
    run -0 "$TOKVEC" weight -w table.npy -f npy --as float32 -o table.npy
    run -0 "$TOKVEC" list table.npy
    [[ $output == *float32* ]]
}

@test "files that may not be read or written are named" {
    [ "$(id -u)" -ne 0 ] || command -v setpriv > /dev/null || skip "runs as root"
    as=()
    [ "$(id -u)" -ne 0 ] || as=(setpriv --reuid=65534 --regid=65534 --clear-groups)
    cp "$data/table.npy" secret
    chmod 000 secret
    mkdir -m 755 closed
    cp "$TOKVEC" program
    chmod 755 program . || true
    "${as[@]}" ./program 1 > /dev/null 2>&1 || skip "another user cannot get here"
    run -2 --separate-stderr "${as[@]}" ./program -w secret 1
    [ "$stderr" = "tokvec: cannot open: Permission denied (secret); check the permissions" ]
    run -2 --separate-stderr "${as[@]}" ./program -i secret
    [ "$stderr" = "tokvec: cannot open: Permission denied (secret); check the permissions" ]
    run -2 --separate-stderr "${as[@]}" ./program 1 -o closed/file
    [ "$stderr" = "tokvec: cannot create the file: Permission denied (closed/file); check the permissions" ]
}

@test "a weights file that shrinks while it is mapped is an error, not the end by a signal" {
    for format in csv raw; do
        sparse_table table.npy 1000000
        mkfifo ids.$format
        "$TOKVEC" -w table.npy -f $format -i ids.$format > out 2> message &
        pid=$!
        exec {in}> ids.$format
        echo 1 >&"$in"
        for _ in $(seq 100); do
            [ "$(wc -c < out)" -lt 64 ] || break
            sleep 0.05
        done
        truncate -s 4096 table.npy
        echo 999999 >&"$in"
        exec {in}>&-
        status=0
        wait $pid || status=$?
        [ $status -eq 2 ]
        [ "$(cat message)" = "tokvec: the file shrank while it was read (table.npy); wait until it is written, then try again" ]
    done
}

@test "a weights file that shrinks while a summary or all of it is read" {
    sparse_table table.npy 4000000
    "$TOKVEC" weight -w table.npy -f csv > out 2> message &
    pid=$!
    for _ in $(seq 100); do
        [ "$(wc -c < out)" -lt 1000 ] || break
        sleep 0.02
    done
    truncate -s 4096 table.npy
    status=0
    wait $pid || status=$?
    [ $status -eq 2 ]
    [[ $(cat message) == "tokvec: the file shrank while it was read "* ]]
}

@test "a row of a file far larger than memory is read at once" {
    ! nm "$TOKVEC" 2> /dev/null | grep -q ' [tT] file_check$' || skip "a check build notes every page"
    sparse_table table.npy 50000000000 || skip "no room for a sparse file of 3 TB"
    run -0 timeout 10 "$TOKVEC" -w table.npy 49999999999
    [[ $output == "tensor([[0., 0., 0., "* ]]
    run -0 timeout 10 "$TOKVEC" weight -w table.npy
    [[ $output == *"...,"* ]]
}
