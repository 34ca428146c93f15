# memory.bats - without memory there is an error, whichever allocation it is that fails.
# SPDX-License-Identifier: MIT
bats_require_minimum_version 1.5.0

setup_file() {
    cc -shared -fPIC -o "$BATS_FILE_TMPDIR/fail.so" "$BATS_TEST_DIRNAME/fail_allocation.c"
    seq 0 7 2999 > "$BATS_FILE_TMPDIR/ids"
    seq 2999 -11 0 >> "$BATS_FILE_TMPDIR/ids"
}

setup() {
    ! grep -q __asan_init "$TOKVEC" || skip "AddressSanitizer allocates for itself"
}

# Lets the first, second, ... allocation fail, until none is left that could. Each time all must be
# as it is otherwise, or there is one line of error, about memory and nothing else, and status 2.
survives() {
    cd "$BATS_TEST_TMPDIR"
    local at status fine=0 failed=0 wanted=0
    "$TOKVEC" "$@" > wanted 2> wanted-errors || wanted=$?
    for (( at = 1; at < 400; at++ )); do
        status=0
        FAIL_AT=$at LD_PRELOAD="$BATS_FILE_TMPDIR/fail.so" "$TOKVEC" "$@" > got 2> errors ||
            status=$?
        if [ "$status" -eq "$wanted" ] && cmp -s got wanted && cmp -s errors wanted-errors; then
            (( ++fine ))
            (( fine < 60 )) || break # of those that can fail, none is so far from the next
            continue
        fi
        fine=0
        if [ "$status" -eq "$wanted" ] && cmp -s got wanted &&
            grep -q '^tokvec: warning: .* was not compared .*: out of memory: ' errors; then
            continue
        fi
        failed=$(( failed + 1 ))
        [ "$status" -eq 2 ]
        [ "$(wc -l < errors)" -eq 1 ]
        # Of a library that is wanted late, the loader tells in its own words.
        grep -qE '^tokvec: (out of memory: [0-9]+ bytes wanted; (free some memory|ask for fewer rows)|cannot load a library \(.*; free some memory)' errors ||
            { echo "allocation $at: $(cat errors)"; false; }
    done
    [ "$at" -lt 400 ]
    [ "$failed" -gt 3 ]
}

@test "seeded tables" {
    survives 2 3
    survives weight
    survives --onehot -f json 2 3
    survives -n 3000 -d 100 -f csv -j 3 -i "$BATS_FILE_TMPDIR/ids"
    survives weight -n 3000 -d 100 -f raw -j 2
}

@test "weights files" {
    data=$BATS_TEST_DIRNAME/../../data
    survives -w "$data/model.safetensors" 3
    survives list "$data/model.safetensors"
    survives -w "$data/sharded" 13
    survives -w "$data/checkpoint.pt" -t model.tok_emb.weight 3
    survives -w "$data/arrays.npz" -t wpe 2
    survives -w "$data/table.npy" 0:5 --as float32 -f safetensors
}

@test "words and tokens" {
    data=$BATS_TEST_DIRNAME/../../data
    survives -w "$data/model.gguf" ' world' -f jsonl
    survives list --tokens "$data/model.gguf"
    survives -w "$data/fasttext.bin" -f vec cat cats
    survives -w "$data/glove.txt" -f csv king queen
    survives -w "$data/glove.txt" kings
}

@test "two tables" {
    data=$BATS_TEST_DIRNAME/../../data
    "$TOKVEC" weight -n 3000 -d 100 -f npy > "$BATS_TEST_TMPDIR/a.npy"
    "$TOKVEC" -n 3000 -d 100 -f csv $(seq 2999 -7 0) > "$BATS_TEST_TMPDIR/b.csv"
    survives diff a.npy b.csv
    survives diff a.npy --seed 124 --rows -j 2
    survives diff --all "$data/model.safetensors" "$data/model.safetensors"
}

@test "neighbours" {
    near=$BATS_TEST_DIRNAME/../data/near
    survives near -w "$near/words.vec" king queen
    survives near -w "$near/words.vec" --plus king --minus man -f csv -j 1
    survives near -w "$near/sub.bin" catz -f json
    sed 's/twin2/twin1/' "$near/words.bin" > "$BATS_TEST_TMPDIR/twice.bin"
    survives near -w "$BATS_TEST_TMPDIR/twice.bin" twin1 -f csv
    echo king > "$BATS_TEST_TMPDIR/lines"
    survives near -w "$near/words.vec" -i "$BATS_TEST_TMPDIR/lines" -f jsonl
    "$TOKVEC" -w "$near/words.vec" king queen -f jsonl > "$BATS_TEST_TMPDIR/vectors"
    survives near -w "$near/words.vec" --vectors -i "$BATS_TEST_TMPDIR/vectors" -f jsonl
    survives near -n 3000 -d 100 3 7 -f csv -j 3
}

@test "checks" {
    python3 "$BATS_TEST_DIRNAME/../data/check/make.py" "$BATS_TEST_TMPDIR/m"
    survives check -j 1 "$BATS_TEST_TMPDIR/m/healthy/nllb"
    survives check --all "$BATS_TEST_TMPDIR/m/wrong/tied-differs"
    survives check "$BATS_TEST_TMPDIR/m/gguf/healthy.gguf"
}

@test "bags and sentences" {
    data=$BATS_TEST_DIRNAME/../../data
    seq 0 40 > "$BATS_TEST_TMPDIR/lines"
    seq -s' ' 0 40 >> "$BATS_TEST_TMPDIR/lines"
    survives --bag sum '[1, 2]' '[3]'
    survives -n 41 -d 9 --bag mean -i lines -f jsonl
    survives -n 41 -d 9 --bag max --padding-idx 3 -i lines -j 3
    survives -w "$data/glove.txt" --bag sum --per-sample-weights king:1 queen:2 -f csv
    survives -w "$BATS_TEST_DIRNAME/../data/sentences/supngrams.bin" --bag sentence king queen new
}
