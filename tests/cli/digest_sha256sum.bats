# digest_sha256sum.bats - lists are read, and verdicts printed, as coreutils' sha256sum does both.
# The same lists, of files of bare values there and of the tables in them here, where a line has
# the same digest.
# SPDX-License-Identifier: MIT
bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR"
    for name in plain 'with blank' 'back\slash' $'new\nline' $'carriage\rreturn' '*star'; do
        "$TOKVEC" weight --seed "${#name}" -f raw -o "$name"
        "$TOKVEC" weight --seed "${#name}" -f npy -o "$name.npy"
    done
    cd "$BATS_TEST_TMPDIR"
    "$TOKVEC" digest ./*.npy > ours
    sha256sum plain 'with blank' 'back\slash' $'new\nline' $'carriage\rreturn' '*star' > theirs
}

# Both programs on the same list, changed by a command: what they print and their status.
compare() {
    sha256sum theirs 2> /dev/null | cut -c1-64 > /dev/null
    bash -c "$1" < theirs > theirs.list
    sed 's/$/.npy:/; s/\r\.npy:$/.npy:\r/; /^[#[:space:]]*\.npy:\r*$/s/\.npy://; /^#/s/\.npy:$//' theirs.list > ours.list
    sha256sum -c theirs.list > theirs.out 2> theirs.err && theirs_status=0 || theirs_status=$?
    "$TOKVEC" digest -c ours.list > ours.out 2> ours.err && ours_status=0 || ours_status=$?
    sed 's/\.npy:: /: /' ours.out | diff theirs.out -
    [ "$theirs_status" = "$ours_status" ]
    diff <(grep -o 'WARNING.*' theirs.err) <(grep -o 'WARNING.*' ours.err)
}

@test "the lists are written alike" {
    diff <(cut -c1-64 theirs | sort) <(cut -c1-64 ours | sed 's/  *$//' | sort)
    for name in 'back\slash' $'new\nline' $'carriage\rreturn'; do
        diff <(sha256sum "$name" | sed 's/$/.npy:/') <("$TOKVEC" digest "$name.npy")
    done
}

@test "a list as it was written" {
    compare cat
    [ "$(grep -c ': OK$' ours.out)" -eq 6 ]
}

@test "ends of lines, blanks, comments, marks of binary files, large letters" {
    compare "sed 's/\$/\r/'"
    compare "sed 's/  / */'"
    compare "sed 's/  /\t/'"
    compare "sed 's/^/ \t/'"
    compare "sed 's/^\(.\{64\}\)/\U\1/'"
    compare "sed '2i # a comment'"
    compare "sed '2i \\\\'"
    compare "head -c -1"
}

@test "one blank alone" {
    sed -n 1p theirs > one
    compare "sed -n '1s/  / /p'"
}

@test "digests that differ, and files that are not there" {
    compare "sed '1s/^./g/; 1s/^g/0/; 3s/^\(.\)./\11/'"
    compare "sed '1s/plain/plane/'"
    compare "sed 's/plain/plane/; s/blank/blanks/; 3s/^\(.\)..../\10000/'"
    compare "sed 's/^\(.\{3\}\).\{4\}/\10000/'"
}

@test "files that are not there are passed over, and one that is must remain" {
    for change in 's/plain/plane/' 's/^\(.\{64\}  \)./\1x/' '1!d; s/plain/plane/'; do
        sed "$change" theirs > theirs.list
        sed 's/$/.npy:/' theirs.list > ours.list
        sha256sum -c --ignore-missing theirs.list > theirs.out 2> theirs.err && theirs=0 || theirs=$?
        "$TOKVEC" digest -c --ignore-missing ours.list > ours.out 2> ours.err && ours=0 || ours=$?
        sed 's/\.npy:: /: /' ours.out | diff theirs.out -
        [ "$theirs" = "$ours" ]
        diff <(grep -o 'no file was verified' theirs.err) <(grep -o 'no file was verified' ours.err)
    done
}

@test "only the status speaks" {
    for change in '' 's/plain/plane/' '1s/^..../0000/'; do
        sed "$change" theirs > theirs.list
        sed 's/$/.npy:/' theirs.list > ours.list
        sha256sum -c --status theirs.list 2> /dev/null && theirs=0 || theirs=$?
        run --separate-stderr "$TOKVEC" digest -q -c ours.list
        [ "$status" = "$theirs" ]
        [ "$output$stderr" = "" ]
    done
}
