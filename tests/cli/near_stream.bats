# The command near as a co-process: queries that wait for answers, and many at once.

setup() {
    cd "$BATS_TEST_TMPDIR"
    near=$BATS_TEST_DIRNAME/../data/near
    bats_require_minimum_version 1.5.0
}

teardown() {
    for job in $(jobs -p); do kill "$job" 2> /dev/null || true; done
}

# Asks the co-process, and reads the answer before anything else is asked.
ask() {
    printf '%b' "$1" >&"${coprocess[1]}"
    IFS= read -r -t 20 answer <&"${coprocess[0]}"
}

finish() {
    local job=$coprocess_PID
    exec {coprocess[1]}>&-
    wait "$job"
}

@test "each query is answered before the next one is asked, in every format of lines" {
    for format in text jsonl csv tsv; do
        rm -f in out; mkfifo in out
        "$TOKVEC" near -q -w "$near/words.vec" -k 1 -f $format --no-header < in > out &
        exec 7> in 8< out
        echo king >&7
        IFS= read -r -t 20 answer <&8
        [[ $answer == *king*tiny*1.0* ]]
        printf 'queen\n' >&7
        IFS= read -r -t 20 answer <&8
        [[ $answer == *queen*actress*0.7382855* ]]
        exec 7>&- 8<&-
        wait $!
    done
}

@test "half a line is no query yet" {
    coproc coprocess { "$TOKVEC" near -q -w "$near/words.vec" -k 1 -f tsv --no-header; }
    ask 'king\nque'
    [ "$answer" = $'king\t1\t37\ttiny\t1.0' ]
    run -142 read -r -t 0.3 answer <&"${coprocess[0]}"
    ask 'en\n'
    [ "$answer" = $'queen\t1\t10\tactress\t0.7382855' ]
    finish
}

@test "vectors are answered as they come, a list by its bracket" {
    coproc coprocess { "$TOKVEC" near -q -w "$near/words.vec" --vectors -k 1 -f tsv --no-header; }
    ask '1 0 0 0 0 0 0 0\n'
    [ "$answer" = $'0\t1\t31\ta\t0.6165596' ]
    ask '[[1, 0, 0, 0,\n 0, 0, 0, 0]'
    [ "$answer" = $'1\t1\t31\ta\t0.6165596' ]
    ask ', [0, 1, 0, 0, 0, 0, 0, 0]'
    [ "$answer" = $'2\t1\t21\tcats\t0.76697445' ]
    ask ']{"token": "mine", "vector": [0, 1, 0, 0, 0, 0, 0, 0]}'
    [ "$answer" = $'mine\t1\t21\tcats\t0.76697445' ]
    finish
}

@test "what was asked before a mistake is answered, and a file does not appear" {
    printf 'king\nkinng\n' > queries
    run -2 --separate-stderr "$TOKVEC" near -q -w "$near/words.vec" -k 1 -f csv < queries
    [ "${#lines[@]}" -eq 2 ]
    [ "${#stderr_lines[@]}" -eq 1 ]
    run -2 "$TOKVEC" near -q -w "$near/words.vec" -k 1 -f csv -o file < queries
    [ ! -e file ]
}

@test "many queries are answered alike, however they come" {
    "$TOKVEC" list --tokens "$near/words.vec" -f csv | tail -n +2 | cut -d, -f2 | grep -v zero > words
    [ "$(wc -l < words)" -eq 37 ]
    for i in 1 2 3 4 5 6 7 8; do cat words; done > queries
    "$TOKVEC" near -q -w "$near/words.vec" -f csv < queries > at_once
    (while IFS= read -r line; do echo "$line"; done < queries) |
        "$TOKVEC" near -q -w "$near/words.vec" -f csv > one_by_one
    cmp at_once one_by_one
    while IFS= read -r word; do "$TOKVEC" near -q -w "$near/words.vec" --tokens -f csv --no-header -- "$word"; done < words > alone
    head -371 at_once | tail -n +2 | cmp - alone
    [ "$(wc -l < at_once)" -eq $((1 + 8 * 370)) ]
}

@test "a reader that goes away ends it quietly" {
    yes king | "$TOKVEC" near -q -w "$near/words.vec" 2> message | head -3 > lines
    [ "$(wc -l < lines)" -eq 3 ]
    [ ! -s message ]
}

@test "memory does not grow with the number of queries, nor with a line that never ends" {
    ! grep -q -e __asan_init -e __tsan_init "$TOKVEC" || skip "sanitizers take more"
    (ulimit -v 400000; yes '0.5 1 2 3 4 5 6 7' | head -300000 |
        "$TOKVEC" near -j 1 -q -w "$near/words.vec" --vectors -k 1 -f csv | tail -1) > last
    [ "$(cut -d, -f1 last)" = 299999 ]
    (ulimit -v 400000; ! head -c 300000000 /dev/zero | tr '\0' x |
        "$TOKVEC" near -j 1 -w "$near/words.vec" 2> message)
    grep -q 'is too long for a token' message
    (ulimit -v 400000; ! head -c 300000000 /dev/zero | tr '\0' 1 |
        "$TOKVEC" near -j 1 -w "$near/words.vec" --vectors 2> message)
    grep -q 'is too long for a number' message
}

@test "a line of IDs that does not fit is refused: it would be cut, or all blanks" {
    for line in "$(printf '5%5000s' 4)" "$(printf '%4096s1' 2)" "$(printf '%5000s' 7)"; do
        run --separate-stderr -2 "$TOKVEC" near -q -w "$near/words.vec" --no-header <<< "$line"
        [ -z "$output" ]
        [[ "$stderr" == *'the line is longer than 4096 bytes (standard input, line 1)'* ]]
    done
    printf '%4096s\n' 5 | "$TOKVEC" near -q -w "$near/words.vec" -k 1 --no-header > fits
    [ "$(wc -l < fits)" -eq 1 ]
}
