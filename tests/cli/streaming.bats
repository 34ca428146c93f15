#!/usr/bin/env bats
# Token IDs that come bit by bit: answers go out as they come, in bounded memory.

setup() {
    cd "$BATS_TEST_TMPDIR"
}

# Runs a command with little memory; a sanitizer reserves far more than it uses.
bounded() {
    [ "$TOKVEC_TESTS" = NESTED ] || ulimit -v 200000
    "$@"
}

# Asks with one line and reads one line of answer from the co-process.
ask() { # LINE
    printf '%s\n' "$1" >&"${TALK[1]}"
    read -r -t 10 answer <&"${TALK[0]}"
}

@test "a co-process answers each line before the next one is asked" {
    for format in jsonl csv tsv; do
        coproc TALK { "$TOKVEC" -f $format; }
        [ $format = jsonl ] || read -r -t 10 header <&"${TALK[0]}"
        for id in 3 0 5 3; do
            ask $id
            [[ "$answer" == *"$("$TOKVEC" $id -f $format | tail -n 1)" ]]
        done
        exec {TALK[1]}>&-
        wait
    done
}

@test "a co-process answers in raw" {
    mkfifo ask answer
    "$TOKVEC" -f raw < ask > answer &
    exec 7> ask 8< answer
    for id in 3 0 5; do
        echo $id >&7
        head -c 12 <&8 > got
        "$TOKVEC" $id -f raw | cmp - got
    done
    exec 7>&- 8<&-
    wait
}

@test "the rows before a bad ID come out, in every format that streams" {
    for format in jsonl csv tsv raw; do
        "$TOKVEC" 4 2 -f $format > wanted
        status=0
        printf '4\n2 six 1\n' | "$TOKVEC" -f $format > got 2> errors || status=$?
        [ "$status" -eq 2 ]
        cmp wanted got
        [[ "$(cat errors)" == "tokvec: 'six' is not an integer (standard input, line 2, column 3); "* ]]
    done
}

@test "no output at all if the input was complete before" {
    for format in text json npy; do
        run bash -c "printf '4 2 6' | '$TOKVEC' -f $format 2> /dev/null"
        [ "$status" -eq 2 ]
        [ -z "$output" ]
    done
    for format in text json jsonl csv tsv npy raw; do
        run bash -c "'$TOKVEC' 4 2 6 -f $format 2> /dev/null"
        [ "$status" -eq 2 ]
        [ -z "$output" ]
    done
}

@test "millions of IDs, however the text is cut, in bounded memory" {
    seq 0 1999999 | awk '{print $1 % 6}' > ids
    [ "$(sed 's/$/ /' ids | tr -d '\n' | (bounded "$TOKVEC" -f raw) | wc -c)" -eq 24000000 ]
    head -n 60000 ids > some
    "$TOKVEC" -f csv -i some > wanted
    dd if=some bs=7 status=none | "$TOKVEC" -f csv | cmp - wanted
    tr '\n' ',' < some | "$TOKVEC" -f csv | cmp - wanted
    tr '\n' '\t' < some | dd bs=4093 status=none | "$TOKVEC" -f csv | cmp - wanted
}

@test "a million IDs make a NumPy file" {
    yes '1 5' | head -n 500000 | "$TOKVEC" -f npy -o file.npy
    [ "$(stat -c %s file.npy)" -eq $((128 + 12000000)) ]
}

@test "IDs in a file, given as - or by name, are those on standard input" {
    echo '[[1, 2], [3, 4]]' > ids
    "$TOKVEC" < ids > wanted
    "$TOKVEC" -i ids | cmp - wanted
    "$TOKVEC" -i - < ids | cmp - wanted
    run "$TOKVEC" -i missing
    [ "$status" -eq 2 ]
    [[ "$output" == *"missing"* ]]
    run "$TOKVEC" -i .
    [ "$status" -eq 2 ]
}

@test "a closed standard input is reported" {
    run bash -c "'$TOKVEC' -f csv <&- 2>&1 > /dev/null"
    [ "$status" -eq 2 ]
    [[ "$output" == "tokvec: "*"standard input"* ]]
}
