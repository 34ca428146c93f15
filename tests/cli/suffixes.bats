# suffixes.bats - the name of the output decides its format, where -f does not.
# SPDX-License-Identifier: MIT
bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR"
}

# same FORMAT NAME: a file of that name gets that format.
same() {
    "$TOKVEC" 1 2 -f "$1" > wanted
    run -0 "$TOKVEC" 1 2 -o "$2"
    [ -z "$output" ]
    sed "s|$2|file|g" "$2" | cmp - wanted
}

@test "the suffix decides where no format is given" {
    for format in json jsonl csv tsv npy raw safetensors vec; do
        same $format x.$format
        same $format a.b.${format^^}
    done
    same jsonl x.ndjson
    run -0 "$TOKVEC" weight -o weight.npy
    "$TOKVEC" weight -f npy | cmp - weight.npy
    "$TOKVEC" 1 2 -f csv > wanted
    printf '1 2' | "$TOKVEC" -o stream.csv
    cmp stream.csv wanted
}

@test "any other name decides nothing" {
    mkdir folder.npy
    for name in x x.txt x.Z x.csv.Z csv .csv npy folder.npy/x x.; do
        same text $name
    done
    [ "$("$TOKVEC" 1 -o /dev/stdout)" = "$("$TOKVEC" 1)" ]
}

@test "a format that is given counts, but where the name binds" {
    run -0 "$TOKVEC" 1 -f csv -o x.txt
    run -0 "$TOKVEC" 1 -o x.json -f csv
    "$TOKVEC" 1 -f csv | cmp - x.json
    run -0 "$TOKVEC" 1 -f npy -o x.npy
    run -0 "$TOKVEC" 1 -f text -o x.svg
    rm x.*
    for suffix in npy NPY safetensors arrow arrows fvecs fbin; do
        run -2 --separate-stderr "$TOKVEC" 1 -f csv -o x.$suffix
        [[ $stderr == "tokvec: the format is csv, but the output has another by its name (x.$suffix); "* ]]
        run -2 "$TOKVEC" 1 -f text -o x.$suffix
    done
    [ -z "$(ls -d x.* 2> /dev/null)" ]
}

@test "formats that are not written are refused by name" {
    for suffix in svg fvecs fbin arrow arrows; do
        for words in "1" weight; do
            run -2 --separate-stderr "$TOKVEC" $words -o x.$suffix
            [[ $stderr == "tokvec: the format .$suffix is not written yet (x.$suffix); choose "* ]]
        done
    done
    [ -z "$(ls -d x.* 2> /dev/null)" ]
}

@test "list has the formats of reports" {
    data=$BATS_TEST_DIRNAME/../../data
    for format in json csv; do
        run -0 "$TOKVEC" list "$data/table.npy" -o x.$format
        "$TOKVEC" list "$data/table.npy" -f $format | cmp - x.$format
    done
    run -0 "$TOKVEC" list "$data/table.npy" -o y.csv -f text
    run -2 --separate-stderr "$TOKVEC" list "$data/table.npy" -o y.npy
    [[ $stderr == "tokvec: a report cannot have the format npy (y.npy); give the file another name" ]]
    [ ! -e y.npy ]
}
