# faults.bats - whichever system call it is that fails, the output is right or there is none.
# SPDX-License-Identifier: MIT
bats_require_minimum_version 1.5.0

setup_file() {
    cc -Wall -Wextra -shared -fPIC -o "$BATS_FILE_TMPDIR/fail.so" \
        "$BATS_TEST_DIRNAME/fail_call.c" -ldl
    cd "$BATS_FILE_TMPDIR"
    "$TOKVEC" weight -n 600 -d 64 --seed 9 -f npy -o weights.npy
    seq 0 599 > ids
    for errno in EPERM EIO EINTR EAGAIN ENOMEM EACCES EEXIST ENOSPC EPIPE EOPNOTSUPP; do
        python3 -c "import errno; print('$errno=%d' % errno.$errno)"
    done > numbers
}

setup() {
    ! grep -q __asan_init "$TOKVEC" || skip "AddressSanitizer calls for itself"
    ! grep -q __tsan_init "$TOKVEC" || skip "ThreadSanitizer calls for itself"
    cd "$BATS_TEST_TMPDIR"
    source "$BATS_FILE_TMPDIR/numbers"
    table=(-w "$BATS_FILE_TMPDIR/weights.npy")
    ids=(-i "$BATS_FILE_TMPDIR/ids")
    mkdir folder
}

# with_fault CALL ERROR AT COMMAND...
with_fault() {
    FAIL_CALL=$1 FAIL_WITH=${!2} FAIL_AT=$3 LD_PRELOAD="$BATS_FILE_TMPDIR/fail.so" "${@:4}"
}

# faults CALL ERROR WORD...: lets the first, second, ... of the calls fail, of a run that writes a
# file and of one that writes to a pipe. Each must print what it prints otherwise, with status 0,
# or end with one line and status 2; then there is no file, and of a stream what came before.
faults() {
    local call=$1 error=$2 at status failed=0 got
    shift 2
    "$TOKVEC" "$@" > wanted
    for (( at = 1; at < 10; at++ )); do
        status=0
        with_fault "$call" "$error" "$at" "$TOKVEC" "$@" -o folder/file 2> errors || status=$?
        got=$status
        right_or_told folder/file "$status"
        [ "$(ls -A folder)" = "$([ "$status" -ne 0 ] || echo file)" ]
        rm -f folder/file
        status=0
        with_fault "$call" "$error" "$at" "$TOKVEC" "$@" 2> errors | cat > out
        status=${PIPESTATUS[0]}
        if [ "$error" = EPIPE ] && [ "$call" = write ]; then
            cmp -n "$(stat -c %s out)" out wanted # its reader has left, which is not a failure
        else
            right_or_told out "$status"
        fi
        (( got == 0 && status == 0 )) || failed=$(( failed + 1 ))
    done
    echo "$call $error: $failed failed" >> counts
}

right_or_told() {
    if [ "$2" -eq 0 ]; then
        cmp "$1" wanted
        [ ! -s errors ]
    else
        [ "$2" -eq 2 ]
        [ "$(wc -l < errors)" -eq 1 ]
        [[ "$(cat errors)" == "tokvec: "* ]]
    fi
}

# That some of the calls had to fail, or that none of them may.
some_failed() { grep -q "^$1: [1-9]" counts; }
none_failed() { grep -q "^$1: 0 " counts; }

@test "reading IDs" {
    for error in EIO EINTR EAGAIN ENOMEM; do
        faults read $error "${table[@]}" "${ids[@]}" -f csv
    done
    none_failed 'read EINTR'
    none_failed 'read EAGAIN'
    some_failed 'read EIO'
}

@test "writing" {
    for error in EIO ENOSPC EINTR EAGAIN EPIPE; do
        faults write $error "${table[@]}" "${ids[@]}" -f csv -j 3
        faults write $error -n 2000 -d 20 1:1999 -f json
        faults sendfile $error weight "${table[@]}" -f raw
    done
    none_failed 'write EINTR'
    none_failed 'write EAGAIN'
    some_failed 'write EIO'
    some_failed 'write ENOSPC'
    some_failed 'write EPIPE'
}

@test "a closed pipe is told from a file that says so" {
    with_fault write EPIPE 1 run -0 "$TOKVEC" 3 # `run` reads from a pipe
    [ -z "$output" ]
    for name in folder/file /dev/stdout; do
        FAIL_ALWAYS=1 with_fault write EPIPE 1 "$TOKVEC" 3 -o $name > out 2> errors && false
        grep -q '^tokvec: cannot write: Broken pipe' errors
    done
    [ -z "$(ls -A folder)" ]
}

@test "opening and mapping" {
    for call in open fstat mmap stat; do
        for error in EIO EACCES ENOMEM; do
            faults $call $error "${table[@]}" 5 7 -f csv
        done
    done
    some_failed 'open EACCES'
    some_failed 'mmap ENOMEM'
}

@test "letting a file appear" {
    for error in EIO ENOSPC EPERM EEXIST; do
        faults linkat $error 3 -f csv
        faults rename $error 3 -f csv
        FAIL_ALWAYS=1 faults linkat $error 3 -f csv
    done
    faults fsync EIO 3
    faults fsync EINTR 3
    none_failed 'linkat EPERM' # then it is copied to a file with a name
    some_failed 'rename EIO'
    some_failed 'fsync EIO'
    none_failed 'fsync EINTR'
    none_failed 'linkat EEXIST' # the name is taken: another one
}

# What must hold also where there are no files without names, or no /proc.
appears_whole() {
    echo before > folder/file
    chmod 640 folder/file
    with_fault $1 EOPNOTSUPP 1 "$TOKVEC" 3 -f csv -d 1 -o folder/file
    [ "$(tail -1 folder/file)" = 3,-0.24041797 ]
    [ "$(stat -c %a folder/file)" = 640 ]
    with_fault $1 EOPNOTSUPP 1 "$TOKVEC" 9 -f csv -o folder/file && false
    [ "$(tail -1 folder/file)" = 3,-0.24041797 ]
    [ "$(ls -A folder)" = file ]
}

@test "file systems without files that have no name" {
    appears_whole tmpfile
}

@test "without /proc" {
    appears_whole access
}

@test "file systems that give no name to a file without one" {
    appears_whole linkat
    umask 027
    rm folder/file
    with_fault linkat EXDEV 1 "$TOKVEC" weight -n 3000 -d 100 -f raw -o folder/new
    "$TOKVEC" weight -n 3000 -d 100 -f raw | cmp - folder/new
    [ "$(stat -c %a folder/new)" = 640 ]
    for call in open write read rename fsync; do # after the link has failed
        for at in 1 2 3 4 5; do
            rm -f folder/*
            local status=0
            FAIL_LINKS=1 with_fault $call EIO $at "$TOKVEC" 3 -f csv -d 1 -o folder/file || status=$?
            [ -z "$(ls -A folder)" ] || [ "$(ls -A folder)" = file ]
            [ $status -eq 2 ] || [ "$(tail -1 folder/file)" = 3,-0.24041797 ]
        done
    done
}

@test "a signal takes the file away and ends the program" {
    mkfifo ids
    for signal in HUP INT TERM QUIT; do
        # Without job control, a shell lets what it starts behind its back ignore INT and QUIT.
        FAIL_CALL=tmpfile FAIL_WITH=$EOPNOTSUPP FAIL_AT=1 LD_PRELOAD="$BATS_FILE_TMPDIR/fail.so" \
            python3 -c 'import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
signal.signal(signal.SIGQUIT, signal.SIG_DFL)
os.execv(sys.argv[1], sys.argv[1:])' "$TOKVEC" -f csv -i ids -o folder/file &
        local pid=$! status=0
        exec {in}> ids
        echo 1 >&"$in"
        for _ in $(seq 100); do
            [ -z "$(ls -A folder)" ] || break
            sleep 0.02
        done
        [[ "$(ls -A folder)" == .tokvec-* ]]
        kill -$signal "$pid"
        wait "$pid" || status=$?
        exec {in}>&-
        [ "$status" -eq $(( 128 + $(kill -l $signal) )) ]
        [ -z "$(ls -A folder)" ]
    done
}
