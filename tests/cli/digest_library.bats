# digest_library.bats - digests, and the library that is loaded to compute them.
# SPDX-License-Identifier: MIT
bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR"
    ! grep -q __asan_init "$TOKVEC" || skip "AddressSanitizer loads libraries for itself"
}

@test "without libcrypto all else goes on, and one line says what is missing" {
    : > libcrypto.so.3
    export LD_LIBRARY_PATH=$PWD
    run -2 --separate-stderr "$TOKVEC" digest -o sums
    [ "$output" = "" ]
    [[ "$stderr" == 'tokvec: cannot load a library ('*libcrypto.so.3*'); install it again' ]]
    [ "${#stderr_lines[@]}" -eq 1 ]
    [ ! -e sums ]
    run -0 "$TOKVEC" 3
}

@test "a reader who leaves is not an error" {
    mkfifo pipe
    head -c 10 pipe > begun &
    "$TOKVEC" digest -o /dev/stdout > pipe
    wait
}

@test "a file that shrinks is an error, or its digest was done before" {
    "$TOKVEC" weight -n 300000 -d 100 -f npy -o big.npy
    truncate -s 5000 big.npy
    truncate -s 120000128 big.npy
    "$TOKVEC" digest big.npy > wanted
    for (( i = 0; i < 20; i++ )); do
        truncate -s 120000128 big.npy
        "$TOKVEC" digest big.npy > out 2> errors &
        sleep "0.0$(( i % 10 ))$i"
        truncate -s 5000 big.npy
        status=0
        wait $! || status=$?
        if [ "$status" -eq 0 ]; then
            cmp out wanted
        else
            [ "$status" -eq 2 ]
            [ ! -s out ]
            [ "$(wc -l < errors)" -eq 1 ]
        fi
    done
}

@test "without memory it is one line and status 2, whichever allocation it is that fails" {
    cc -shared -fPIC -o fail.so "$BATS_TEST_DIRNAME/fail_allocation.c"
    "$TOKVEC" digest > wanted
    failed=0
    for (( at = 1; at < 200; at++ )); do
        status=0
        FAIL_AT=$at LD_PRELOAD=./fail.so "$TOKVEC" digest > got 2> errors || status=$?
        if [ "$status" -eq 0 ]; then
            cmp got wanted
            continue
        fi
        failed=$(( failed + 1 ))
        [ "$status" -eq 2 ]
        [ ! -s got ]
        [ "$(wc -l < errors)" -eq 1 ]
        grep -q '^tokvec: .* free some memory' errors
    done
    [ "$failed" -gt 10 ]
}

@test "the same of many tables and of lists, wherever the lines before it have gone" {
    cc -shared -fPIC -o fail.so "$BATS_TEST_DIRNAME/fail_allocation.c"
    data=$BATS_TEST_DIRNAME/../../data
    "$TOKVEC" digest --all "$data/sharded" "$data/model.safetensors" > list
    for command in "digest --all $data/sharded -f json" 'digest --check list'; do
        "$TOKVEC" $command -j 1 > wanted
        failed=0
        for (( at = 1; at < 200; at += 3 )); do
            status=0
            FAIL_AT=$at LD_PRELOAD=./fail.so "$TOKVEC" $command -j 1 > got 2> errors || status=$?
            if [ "$status" -eq 0 ]; then
                cmp got wanted
                continue
            fi
            failed=$(( failed + 1 ))
            [ "$status" -eq 2 ]
            [ "$(wc -l < errors)" -eq 1 ]
            grep -q '^tokvec: .* free some memory' errors
        done
        [ "$failed" -gt 10 ]
    done
}
