# Word vectors that are overwritten in place while a co-process reads them.

setup() {
    cd "$BATS_TEST_TMPDIR"
    bats_require_minimum_version 1.5.0
    { echo "600 1"; for i in $(seq 0 599); do echo "w$i $i"; done; } > first
}

# Asks for some rows, writes `second` over the file and asks for all; with `keep`, the times of
# the file stay what they were, as within a tick of the clock.
ask_twice() {
    local keep=$1 asked=$2 all=$3
    shift 3
    cp first words.vec
    touch -d "2020-01-01" words.vec
    coproc PROGRAM { exec "$TOKVEC" -w words.vec -f csv "$@" 2>&1; }
    local pid=$PROGRAM_PID in out
    exec {out}<&"${PROGRAM[0]}" {in}>&"${PROGRAM[1]}"
    eval "exec ${PROGRAM[1]}>&-"
    echo "$asked" >&"$in"
    read -r -t 10 header <&"$out"
    read -r -t 10 answer <&"$out"
    dd if=second of=words.vec conv=notrunc status=none
    [ "$keep" = no ] || touch -d "2020-01-01" words.vec
    cat <<< "$all" >&"$in" 2> /dev/null || true # it may have seen enough
    exec {in}>&-
    timeout 20 cat <&"$out" > rest
    status=0
    wait "$pid" || status=$?
}

changed() { [ "$status" = 2 ] && [[ "$(tail -n 1 rest)" == "tokvec: the file has changed since"* ]]; }

overwrite() { (head -n 1 first; tail -n +2 first | tr "$1" "$2") > second; }

# What becomes of newlines, of spaces, of words, of all but newlines.
from=('\n' ' ' w w0-9) to=(1 x '\n' ' ')

@test "rows are not looked for where they no longer are" {
    for i in "${!from[@]}"; do
        overwrite "${from[i]}" "${to[i]}"
        ask_twice no 599 "$(seq 0 599)"
        changed
        ask_twice no w599 "$(seq -f 'w%.0f' 0 599)" --tokens
        changed
        ask_twice no 599 "$(seq 0 599)" -j 8
        changed
    done
}

@test "nothing is read beyond lines that have gone, even where the time tells nothing" {
    for i in "${!from[@]}"; do
        overwrite "${from[i]}" "${to[i]}"
        ask_twice yes 599 "$(seq 0 599)"
        [ "$status" = 2 ]
        ask_twice yes w599 "$(seq -f 'w%.0f' 599 -1 0)" --tokens
        [ "$status" = 2 ]
    done
}

@test "a word is not missed because the file is another one" {
    { echo "600 1"; for i in $(seq 0 599); do echo "v$i $i"; done; } > second
    ask_twice no w3 w599 --tokens
    changed
}
