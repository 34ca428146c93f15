# compressed_threads.bats - threads that read what another one unpacks.
# SPDX-License-Identifier: MIT
bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR"
    awk 'BEGIN { print 4000, 5; for (i = 0; i < 4000; i++) print "w" i, i / 8, -i, i % 7, 0.5, 1e-3 * i }' > w.vec
    tail -n +2 w.vec > w.txt
    gzip -kn1 w.vec w.txt
    bzip2 -k1 w.vec
    export TOKVEC_WINDOW=1
}

@test "any number of threads gives the same rows, from the front and back again" {
    for command in "weight -f raw" "stats -f csv" "near w3990 w2" "digest" "-f csv 3999 0 2000 3998 1 2001 3 3997 5" "-f csv w3999 w1 w2000 nosuch"; do
        for file in w.vec w.txt; do
            from="-w $file"
            [ "$command" != digest ] || from=$file
            status=0
            "$TOKVEC" $command $from > wanted 2> /dev/null || status=$?
            for j in 1 2 8; do
                got=0
                "$TOKVEC" $command ${from}.gz -j $j > out 2> errors || got=$?
                ! grep -q Sanitizer errors
                [ "$got" -eq "$status" ]
                diff <(sed 's/[.]gz//' out) wanted
            done
        done
    done
    "$TOKVEC" weight -f raw -w w.vec > wanted
    "$TOKVEC" weight -f raw -w w.vec.bz2 -j 8 | cmp - wanted
}

@test "a file that is cut ends the unpacking thread and the readers" {
    head -c -2000 w.vec.gz > cut.vec.gz
    for j in 1 2 8; do
        run -2 --separate-stderr "$TOKVEC" stats -w cut.vec.gz -j $j
        [[ "$stderr" == *"is cut short"* ]]
        [ "${#stderr_lines[@]}" -eq 1 ]
    done
    run -0 "$TOKVEC" -w cut.vec.gz w7
}
