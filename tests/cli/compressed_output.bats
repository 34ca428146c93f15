# Output whose name ends in that of a compressor.

setup() {
    cd "$BATS_TEST_TMPDIR"
    data=$BATS_TEST_DIRNAME/../../data
    bats_require_minimum_version 1.5.0
}

# unpack FILE: its content, by Python's own modules, or by zstd where Python has none.
unpack() {
    case $1 in
    *.zst | *.zstd) zstd -qdc "$1" ;;
    *) python3 -c 'import bz2, gzip, lzma, sys
name = sys.argv[1]
module = {"gz": gzip, "xz": lzma, "bz2": bz2}[name.rsplit(".", 1)[1].lower()]
sys.stdout.buffer.write(module.open(name).read())' "$1" ;;
    esac
}

# Skips a kind whose library is not here.
there() {
    [[ $1 != zst* ]] || command -v zstd > /dev/null || return 1
    "$TOKVEC" 1 -o "try.csv.$1" 2> why || { grep -E "library|built without" why && return 1; }
}

refused() {
    run -2 --separate-stderr "$TOKVEC" "${@:2}"
    [ -z "$output" ]
    [ "${#stderr_lines[@]}" -eq 1 ]
    [[ $stderr == "tokvec: $1"* ]]
    [ ! -e "${@: -1}" ]
}

@test "the inner suffix decides the format, the outer one the compressor" {
    for kind in gz zst zstd xz bz2 GZ; do
        there $kind || continue
        for format in vec csv tsv jsonl json txt; do
            "$TOKVEC" weight -w "$data/glove.txt" -o "x.$format"
            "$TOKVEC" weight -w "$data/glove.txt" -o "x.$format.$kind"
            unpack "x.$format.$kind" | cmp - "x.$format"
        done
    done
}

@test "reports and lists are compressed likewise" {
    "$TOKVEC" stats -w "$data/glove.txt" -o s.json.gz
    unpack s.json.gz | cmp - <("$TOKVEC" stats -w "$data/glove.txt" -f json)
    "$TOKVEC" list "$data/model.safetensors" -o l.csv.bz2
    unpack l.csv.bz2 | cmp - <("$TOKVEC" list "$data/model.safetensors" -f csv)
    "$TOKVEC" list --tokens "$data/glove.txt" -o t.gz
    unpack t.gz | cmp - <("$TOKVEC" list --tokens "$data/glove.txt")
}

@test "much text and large pieces are whole, on any number of threads" {
    "$TOKVEC" weight --seed 3 -n 3000 -d 70 -j 1 -o x.vec
    for kind in gz zst xz bz2; do
        there $kind || continue
        "$TOKVEC" weight --seed 3 -n 3000 -d 70 -j 8 -o "x.vec.$kind"
        unpack "x.vec.$kind" | cmp - x.vec
        # A stream of small pieces makes the same content.
        seq 0 2999 | "$TOKVEC" --seed 3 -n 3000 -d 70 -f csv -o "y.csv.$kind"
        unpack "y.csv.$kind" | cmp - <(seq 0 2999 | "$TOKVEC" --seed 3 -n 3000 -d 70 -f csv)
    done
}

@test "nothing but the content decides the bytes" {
    "$TOKVEC" 1 2 -o a.csv.gz
    "$TOKVEC" 1 2 -o another.csv.gz
    cmp a.csv.gz another.csv.gz
    # No flags and no time in the header.
    [ "$(head -c 8 a.csv.gz | od -An -tx1 | tr -d ' ')" = 1f8b080000000000 ]
}

@test "what is written opens again with the same values" {
    for kind in gz zst xz bz2; do
        there $kind || continue
        for format in vec csv tsv jsonl json; do
            "$TOKVEC" weight -w "$data/glove.txt" -o "x.$format.$kind"
            run -0 "$TOKVEC" diff "x.$format.$kind" "$data/glove.txt" -q
            [ "$("$TOKVEC" -w "x.$format.$kind" king -f csv)" = \
              "$("$TOKVEC" -w "$data/glove.txt" king -f csv)" ]
        done
    done
}

@test "nothing remains of output that fails" {
    refused "the vocabulary" -w "$data/glove.txt" nobody -o x.csv.gz
    (ulimit -f 8; run -2 "$TOKVEC" weight --seed 3 -n 3000 -d 70 -o x.vec.gz)
    [ ! -e x.vec.gz ]
}

@test "formats of binary values are not compressed" {
    refused "the format npy is not written compressed" 1 -o x.npy.gz
    refused "the format safetensors is not written compressed" 1 -o x.safetensors.zst
    refused "the format raw is not written compressed" 1 -f raw -o x.xz
    refused "the format npy is not written compressed" 1 -f npy -o x.csv.bz2
    refused "a report cannot have the format npy" list "$data/table.npy" -o x.npy.gz
}

@test "a name that only looks like a suffix compresses nothing" {
    for name in .gz gz x.gz.txt; do
        "$TOKVEC" 1 -o "$name"
        [[ $(cat "$name") == "tensor("* ]]
    done
}

@test "a library that is missing is told before anything is written" {
    ldd "$TOKVEC" | grep -q libz && skip "it is linked"
    mkdir lib
    echo broken > lib/libz.so.1
    LD_LIBRARY_PATH=lib refused "cannot load a library" 1 -o x.csv.gz
}
