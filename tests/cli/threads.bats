# threads.bats - several threads print what one prints.
# SPDX-License-Identifier: MIT
bats_require_minimum_version 1.5.0

setup_file() {
    cd "$BATS_FILE_TMPDIR"
    "$TOKVEC" weight -n 3000 -d 128 --seed 9 -f npy -o weights.npy
    for i in 1 2 3 4; do
        seq 0 2 2998
        seq 2999 -7 0
        seq 100 130
    done > ids
    seq -f 'token%g"' 0 2999 > vocab.txt
}

# Every format, conversion and source must print, with any number of threads, the same bytes.
same_with_threads() {
    "$TOKVEC" "$@" -j 1 > one
    for threads in 2 3 16; do
        "$TOKVEC" "$@" -j $threads | cmp - one
    done
    "$TOKVEC" "$@" | cmp - one
}

@test "every format" {
    cd "$BATS_FILE_TMPDIR"
    for format in csv tsv jsonl json vec raw npy safetensors; do
        same_with_threads -w weights.npy -i ids -f $format
        same_with_threads weight -w weights.npy -f $format
    done
}

@test "with tokens beside the IDs" {
    cd "$BATS_FILE_TMPDIR"
    for format in csv tsv jsonl json vec; do
        same_with_threads -w weights.npy --vocab vocab.txt -i ids -f $format
    done
    [ "$("$TOKVEC" -w weights.npy --vocab vocab.txt -i ids -f csv | grep -c 'token')" -gt 7000 ]
}

@test "converted, and from a seeded table" {
    cd "$BATS_FILE_TMPDIR"
    same_with_threads -w weights.npy -i ids -f csv --as float16
    same_with_threads -w weights.npy -i ids -f raw --as float64
    same_with_threads -n 3000 -d 128 -i ids -f csv
}

@test "scattered rows of a seeded table, in several passes" {
    cd "$BATS_TEST_TMPDIR"
    "$TOKVEC" weight --seed 5 -n 20000 -d 500 -f npy -o table.npy
    for (( i = 0; i < 30000; i++ )); do echo $(( i * 7919 % 20000 )); done > ids
    "$TOKVEC" -w table.npy -i ids -f raw -j 1 > wanted
    for threads in 1 2 3 8; do
        "$TOKVEC" --seed 5 -n 20000 -d 500 -i ids -f raw -j $threads | cmp - wanted
    done
    # So many at once that they are read in the order of the table, and compressed.
    /usr/bin/python3 -c 'import numpy' || skip "NumPy is not installed"
    /usr/bin/python3 -c 'import numpy; numpy.savez_compressed("t.npz", numpy.load("table.npy"))'
    for threads in 1 3; do
        "$TOKVEC" -w t.npz -i ids -f raw -j $threads | cmp - wanted
    done
}

@test "nulls are counted over all threads" {
    cd "$BATS_FILE_TMPDIR"
    head -c 1536000 /dev/zero | tr '\0' '\377' > nan.raw
    head -c 128 weights.npy | cat - nan.raw > nan.npy
    for threads in 1 2 5; do
        "$TOKVEC" weight -w nan.npy -f jsonl -j $threads 2> errors | md5sum > sum.$threads
        grep -q "warning: 384000 values are nan" errors
        cmp sum.1 sum.$threads
    done
}

@test "rows of a text file are the same with any number of threads" {
    cd "$BATS_TEST_TMPDIR"
    "$TOKVEC" weight --seed 1 -n 5000 -d 64 -f vec -o table.vec
    for (( i = 0; i < 20000; i++ )); do echo $(( i * 7919 % 5000 )); done > ids
    "$TOKVEC" -w table.vec -i ids -f raw -j 1 > wanted
    for threads in 2 3 8; do
        "$TOKVEC" -w table.vec -i ids -f raw -j $threads | cmp - wanted
    done
    sed -i '4000s/[^ ]*$/x/' table.vec # a bad number is found by threads as by one
    for threads in 1 3; do
        run "$TOKVEC" weight -w table.vec -f raw -j $threads -o rows
        [ "$status" -eq 2 ]
        [[ "$output" == "tokvec: 'x' is not a valid float32 number (table.vec, line 4000, column "* ]]
        [ ! -e rows ]
    done
}

@test "bags" {
    cd "$BATS_FILE_TMPDIR"
    awk '{ printf "%s%s", $1, NR % 5 == 0 || NR % 7 == 0 ? "\n" : " " }' ids > bags
    for how in sum mean max; do
        for format in csv json jsonl raw npy text; do
            same_with_threads -w weights.npy --bag $how -i bags -f $format
        done
    done
    "$TOKVEC" weight -w weights.npy -f csv -o weights.csv
    same_with_threads -w weights.csv --bag sum -i bags -f npy
    same_with_threads -n 3000 -d 128 --bag sum -i bags -f json
    awk '{ for (i = 1; i <= NF; i++) printf "%s:%g ", $i, NR / 8; print "" }' bags > weighted
    same_with_threads -w weights.npy --bag sum --per-sample-weights -i weighted -f json
}
