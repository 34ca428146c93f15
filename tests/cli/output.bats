#!/usr/bin/env bats
# Output that fails, is not wanted, or must appear whole or not at all.

setup() {
    cd "$BATS_TEST_TMPDIR"
}

# Runs the program; leaves its status, output and errors in $status, $output, $errors.
tokvec() {
    status=0
    output=$("$TOKVEC" "$@" 2> errors) || status=$?
    errors=$(cat errors)
}

one_line() {
    [ "$(printf '%s\n' "$errors" | wc -l)" -eq 1 ] && [[ "$errors" == "tokvec: "* ]]
}

@test "a full disk is reported, in every format" {
    for format in text json jsonl csv tsv npy raw; do
        status=0
        errors=$("$TOKVEC" weight -f $format 2>&1 > /dev/full) || status=$?
        [ "$status" -eq 2 ]
        [[ "$errors" == *"No space left on device (standard output)"* ]]
        one_line
    done
}

@test "a closed standard output is reported" {
    status=0
    errors=$("$TOKVEC" 1 2>&1 >&-) || status=$?
    [ "$status" -eq 2 ]
    [[ "$errors" == *"standard output"* ]]
    one_line
}

@test "with every standard stream closed nothing is overwritten" {
    echo keep > weights.npy
    "$TOKVEC" -w weights.npy 1 <&- >&- 2>&- || true
    [ "$(cat weights.npy)" = keep ]
}

@test "a reader who has had enough ends the program quietly" {
    for format in csv tsv jsonl raw json text npy; do
        errors=$({ "$TOKVEC" weight -n 20000 -d 64 -f $format --threshold inf || true; } 2>&1 > >(head -c 10 > /dev/null))
        [ -z "$errors" ]
    done
}

@test "-o writes a file that equals standard output" {
    for format in text json jsonl csv tsv npy raw; do
        "$TOKVEC" 2 3 5 1 -f $format > wanted
        "$TOKVEC" 2 3 5 1 -f $format -o file
        cmp wanted file
    done
}

@test "-o leaves an existing file as it was if anything fails" {
    echo before > file
    tokvec 1 2 99 -f csv -o file
    [ "$status" -eq 2 ]
    [ "$(cat file)" = before ]
    printf '1\n2\nx\n' > ids
    tokvec -i ids -f jsonl -o file
    [ "$status" -eq 2 ]
    [ "$(cat file)" = before ]
    [ "$(ls)" = "$(printf 'errors\nfile\nids')" ]
}

@test "-o leaves no new file behind if anything fails" {
    tokvec 99 -o file
    [ "$status" -eq 2 ]
    [ "$(ls)" = errors ]
    tokvec 1 -o missing/file
    [ "$status" -eq 2 ]
    [[ "$errors" == *"missing/file"* ]]
    one_line
}

@test "-o keeps the rights of the file and follows links" {
    echo before > target
    chmod 640 target
    ln -s target link
    "$TOKVEC" 1 -f csv -o link
    [ -L link ]
    [ "$(stat -c %a target)" = 640 ]
    [ "$(wc -l < target)" -eq 2 ]
}

@test "-o writes to pipes and devices as they are" {
    "$TOKVEC" 1 -o /dev/null
    [ -c /dev/null ]
    mkfifo pipe
    "$TOKVEC" 1 -f csv -o pipe &
    [ "$(wc -l < pipe)" -eq 2 ]
    wait
}

@test "a file too large for the limit is reported and does not appear" {
    status=0
    errors=$( (trap '' XFSZ; ulimit -f 64; "$TOKVEC" weight -n 1000 -d 100 -f raw -o file) 2>&1 ) || status=$?
    [ "$status" -eq 2 ]
    [ ! -e file ]
    one_line
}

@test "nothing depends on the locale" {
    "$TOKVEC" weight -f csv > wanted
    "$TOKVEC" weight >> wanted
    for locale in de_DE.UTF-8 tr_TR.UTF-8 C; do
        LC_ALL=$locale "$TOKVEC" weight -f csv > got
        LC_ALL=$locale "$TOKVEC" weight >> got
        cmp wanted got
    done
}
