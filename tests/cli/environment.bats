# What the environment and the limits of the shell say.

setup() {
    cd "$BATS_TEST_TMPDIR"
    data=$BATS_TEST_DIRNAME/../../data
    bats_require_minimum_version 1.5.0
}

@test "TOKVEC_CPU lowers the level of instructions, or is refused" {
    for level in baseline avx2 avx512 ""; do
        run -0 --separate-stderr env TOKVEC_CPU=$level "$TOKVEC" 3
        [ "$output" = 'tensor([[-0.4015,  0.9666, -1.1481]], grad_fn=<EmbeddingBackward0>)' ]
        [ -z "$stderr" ]
    done
    for level in AVX2 avx sse2 " avx2" native 0; do
        run -2 --separate-stderr env TOKVEC_CPU="$level" "$TOKVEC" 3
        [ -z "$output" ]
        [ "$stderr" = "tokvec: '$level' is not a known instruction set (TOKVEC_CPU in the environment); choose baseline, avx2 or avx512, or unset it" ]
    done
    run -0 env TOKVEC_CPU=x "$TOKVEC" --help
}

@test "a small stack is enough" {
    command -v prlimit > /dev/null || skip "needs prlimit"
    ! grep -q __asan_init "$TOKVEC" || skip "sanitizers take more"
    for words in "3" "--seed 9 -n 100000 -d 768 99999" "weight -n 20000 -d 100 -f csv -j 8" \
        "weight -n 20000 -d 100 --dtype float64 -f raw -j 2" "list $data/checkpoint.pt" \
        "-w $data/checkpoint.pt -t model.tok_emb.weight 3" "-w $data/sharded 13" \
        "-w $data/fasttext.bin cats" "-w $data/glove.txt king -f vec" "-w $data/model.gguf 1" \
        "-w $data/arrays.npz -t wpe 2" "-w $data/table.npy 1 -f json -o new"; do
        "$TOKVEC" $words > expected
        prlimit --stack=131072 "$TOKVEC" $words > got # not the shell, which may need more
        cmp expected got
    done
}
