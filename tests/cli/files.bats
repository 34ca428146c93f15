#!/usr/bin/env bats
# Weights files that are not there, not files, not allowed, or change while they are in use.

setup() {
    cd "$BATS_TEST_TMPDIR"
}

fails_with() { # TEXT ARGUMENT...
    local text=$1
    shift
    run "$TOKVEC" "$@"
    [ "$status" -eq 2 ]
    [ "${#lines[@]}" -eq 1 ]
    [[ "$output" == "tokvec: "*"$text"* ]]
}

@test "a file that is missing, empty, a pipe or of another kind is refused by name" {
    fails_with "No such file or directory (missing.npy)" -w missing.npy 1
    : > empty
    fails_with "the file is empty (empty)" -w empty 1
    mkfifo pipe
    fails_with "(pipe)" -w pipe 1
    fails_with "(/dev/null)" -w /dev/null 1
    head -c 1000 /dev/zero > zeros
    fails_with "(zeros)" -w zeros 1
}

@test "a file that may not be read is refused" {
    "$TOKVEC" weight -f npy -o secret.npy
    chmod 0 secret.npy
    [ "$(id -u)" -ne 0 ] || skip "root may read everything"
    fails_with "Permission denied (secret.npy)" -w secret.npy 1
}

@test "a file that shrinks while it is mapped is an error, not a crash" {
    for format in raw csv; do
        "$TOKVEC" weight -n 100000 -d 16 -f npy -o weights.npy
        coproc TALK { "$TOKVEC" -w weights.npy -f $format 2> errors || echo "status $?"; }
        echo 1 >&"${TALK[1]}"
        if [ $format = raw ]; then
            head -c 64 <&"${TALK[0]}" > /dev/null
        else
            read -r -t 10 header <&"${TALK[0]}"
            read -r -t 10 row <&"${TALK[0]}"
        fi
        truncate -s 4096 weights.npy
        echo 99999 >&"${TALK[1]}"
        read -r -t 10 answer <&"${TALK[0]}"
        [ "$answer" = "status 2" ]
        wait
        [[ "$(cat errors)" == "tokvec: the file shrank while it was read (weights.npy); "* ]]
    done
}

@test "a seeded table that is too large is refused, not half made" {
    fails_with "too large" weight -n 9223372036854775807 -d 9223372036854775807
    fails_with "" -n 2 -d 1152921504606846975 0 -f raw
}

@test "a table larger than memory gives its rows all the same" {
    "$TOKVEC" -n 1000000000000 -d 4 0:2 -f csv > got
    "$TOKVEC" -n 8 -d 4 0:2 -f csv | cmp - got
}
