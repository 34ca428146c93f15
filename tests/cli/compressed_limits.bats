# Compressed files where little memory or address space is left.

setup() {
    cd "$BATS_TEST_TMPDIR"
    bats_require_minimum_version 1.5.0
    # A sanitizer wants more address space than that.
    (ulimit -v 200000; "$TOKVEC" --version > /dev/null 2>&1) || skip "it does not start with so little"
}

# refused LIMIT ARGUMENTS: in a line that says that the content is too much, not that it is wrong.
refused() {
    run -2 --separate-stderr bash -c 'ulimit -v "$1"; shift; timeout 60 "$TOKVEC" "$@"' - "$@"
    [ "${#stderr_lines[@]}" -eq 1 ]
    [[ $stderr == *"the content is more than "* || $stderr == *"out of memory"* ]]
}

@test "where the address space ends is not where the content ends" {
    # Every place where it may be cut is within a line; many are within its last number.
    yes 'word 0.25 0.5 0.123456789012345678901234567890' | head -n 1500000 | gzip -1 > words.txt.gz
    yes '7 0.5 0.123456789012345678901234567890' | head -n 1800000 | gzip -1 > numbers.txt.gz
    for limit in 60000 70000 80000 90000; do
        for file in words numbers; do
            refused $limit weight -w $file.txt.gz -f raw
            refused $limit stats -w $file.txt.gz
            refused $limit -w $file.txt.gz 1499999
        done
    done
}

@test "what is unpacked whole is left at half of the memory that there may be" {
    head -c 300000000 /dev/zero | gzip -1 > zeros.gz
    refused 200000 -w zeros.gz --dtype float32 --dim 4 1
    [[ $stderr == *"more than 97 MB, which is half of the memory"* ]]
}
