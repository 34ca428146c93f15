# pieces.bats - input that comes in pieces prints what it would print at once, whatever their sizes.
# SPDX-License-Identifier: MIT
bats_require_minimum_version 1.5.0

setup_file() {
    cd "$BATS_FILE_TMPDIR"
    "$TOKVEC" weight -n 1500 -d 1024 --seed 9 -f npy -o weights.npy
    seq -f 'token%g"' 0 1499 > vocab.txt
    pieces 0 > ids
}

# Enough rows for two threads, then for more and more, then for one, then for some again.
pieces() {
    for count in 140 400 1200 20 300 1500; do
        seq 0 $(( count - 1 ))
        sleep "$1"
    done
}

# The same IDs in pieces must give the same bytes with 1 to 8 threads.
same_in_pieces() {
    cd "$BATS_TEST_TMPDIR"
    local threads pids=()
    "$TOKVEC" -w "$BATS_FILE_TMPDIR/weights.npy" "$@" -i "$BATS_FILE_TMPDIR/ids" -j 1 > wanted
    for threads in 1 2 3 4 5 6 7 8; do
        [ -p in.$threads ] || mkfifo in.$threads
        "$TOKVEC" -w "$BATS_FILE_TMPDIR/weights.npy" "$@" -i in.$threads -j $threads > out.$threads &
        pids+=($!)
    done
    pieces 0.05 | tee in.1 in.2 in.3 in.4 in.5 in.6 in.7 > in.8
    for threads in 1 2 3 4 5 6 7 8; do
        wait "${pids[threads - 1]}"
        cmp wanted out.$threads
    done
}

@test "csv and tsv in pieces" {
    same_in_pieces -f csv
    same_in_pieces -f tsv
}

@test "jsonl and raw in pieces" {
    same_in_pieces -f jsonl
    same_in_pieces -f raw --as float64
}

@test "with tokens, in pieces" {
    same_in_pieces --vocab "$BATS_FILE_TMPDIR/vocab.txt" -f csv
    same_in_pieces --vocab "$BATS_FILE_TMPDIR/vocab.txt" -f jsonl
}
