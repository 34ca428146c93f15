# save_state.bats - whichever system call fails, the file of a state is whole or not there.
# SPDX-License-Identifier: MIT
bats_require_minimum_version 1.5.0

setup_file() {
    cc -Wall -Wextra -shared -fPIC -o "$BATS_FILE_TMPDIR/fail.so" \
        "$BATS_TEST_DIRNAME/fail_call.c" -ldl
}

setup() {
    ! grep -q __asan_init "$TOKVEC" || skip "AddressSanitizer calls for itself"
    ! grep -q __tsan_init "$TOKVEC" || skip "ThreadSanitizer calls for itself"
    cd "$BATS_TEST_TMPDIR"
    mkdir folder
    "$TOKVEC" 0 --save-state wanted > /dev/null
    numbers="$(python3 -c 'import errno; print(errno.EIO, errno.ENOSPC, errno.ENOMEM)')"
}

@test "saving a state" {
    local at call number failed=0
    for call in open write mmap rename linkat fsync fstat; do
        for number in $numbers; do
            for (( at = 1; at < 6; at++ )); do
                status=0
                FAIL_CALL=$call FAIL_WITH=$number FAIL_AT=$at LD_PRELOAD="$BATS_FILE_TMPDIR/fail.so" \
                    "$TOKVEC" 0 --save-state folder/state > /dev/null 2> errors || status=$?
                if [ "$status" -eq 0 ]; then
                    cmp folder/state wanted
                    rm folder/state
                else
                    [ "$status" -eq 2 ]
                    [ "$(wc -l < errors)" -eq 1 ]
                    failed=$(( failed + 1 ))
                fi
                [ -z "$(ls -A folder)" ]
            done
        done
    done
    (( failed > 5 ))
}

@test "a state replaces the one that the table began with" {
    cp wanted state
    "$TOKVEC" weight --state state --save-state state > first
    "$TOKVEC" weight --after 6x3 > second
    cmp first second
    "$TOKVEC" 0 --after 6x3 --save-state other > /dev/null
    cmp state other
}

@test "a state into a pipe" {
    "$TOKVEC" 0 --save-state >(cat > piped) > /dev/null
    for (( i = 0; i < 50; i++ )); do
        ! cmp -s piped wanted || return 0
        sleep 0.1
    done
    false
}
