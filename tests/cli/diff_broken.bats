# Tables that shrink while they are compared, and readers who leave.
# SPDX-License-Identifier: MIT

setup() {
    cd "$BATS_TEST_TMPDIR"
    bats_require_minimum_version 1.5.0
}

# A .npy file of 300000 x 16 float32 zeros that takes no room on disk, but for the first 60000 rows
# of ones, if so asked.
table() {
    local header="{'descr': '<f4', 'fortran_order': False, 'shape': (300000, 16), }"
    printf '\x93NUMPY\x01\x00\x76\x00%-117s\n' "$header" > "$1"
    [ "$2" = zeros ] || head -c 3840000 /dev/zero | tr '\0' '?' >> "$1"
    truncate -s 19200128 "$1"
}

# The rows that differ are more than a pipe holds, so the program waits for its reader, and not all
# has been compared when the file is cut. What it has printed then must be the rows that differ, and
# none that are no longer there.
@test "rows of a table that shrinks are not compared" {
    for cut in a.npy b.npy; do
        for threads in 1 3; do
            table a.npy zeros
            table b.npy ones
            "$TOKVEC" diff a.npy b.npy --rows -f csv -j 1 > wanted || [ $? -eq 1 ]
            mkfifo pipe
            "$TOKVEC" diff a.npy b.npy --rows -f csv -j $threads > pipe 2> errors &
            exec {out}< pipe
            rm pipe
            read -r first <&"$out"
            truncate -s 4096 $cut
            cat <&"$out" > rest
            exec {out}<&-
            status=0
            wait $! || status=$?
            { echo "$first"; cat rest; } > got
            [ "$status" -eq 2 ]
            [[ "$(cat errors)" == "tokvec: the file shrank while it was read ($cut)"* ]]
            [ "$(wc -l < errors)" -eq 1 ]
            cmp -n "$(stat -c %s got)" got wanted
            [ "$(wc -l < got)" -lt "$(wc -l < wanted)" ]
        done
    done
}

@test "a reader who leaves is not an error, and the tables differ all the same" {
    table a.npy zeros
    table b.npy ones
    run -1 bash -c '"$TOKVEC" diff a.npy b.npy --rows | head -n 2 > some; exit ${PIPESTATUS[0]}'
    [ -z "$output" ]
    [ "$(wc -l < some)" -eq 2 ]
}

@test "a file appears only when all has been compared" {
    table a.npy zeros
    table b.npy ones
    run -1 "$TOKVEC" diff a.npy b.npy -f json -o report.json
    grep -q '"rows_different": 60000' report.json
    run -2 "$TOKVEC" diff a.npy report.json -o other.json
    [ ! -e other.json ]
}
