# Standard streams and files: full, closed, broken, slow, endless.

setup() {
    cd "$BATS_TEST_TMPDIR"
    data=$BATS_TEST_DIRNAME/../../data
    bats_require_minimum_version 1.5.0
}

formats="text json jsonl csv tsv npy raw"

# Exactly one line, from tokvec, with that in it.
one_line() {
    [ "$(wc -l < "$1")" -eq 1 ]
    grep -q '^tokvec: ' "$1"
    grep -qF -- "$2" "$1"
}

@test "a full disk is an error in every format" {
    for format in $formats; do
        status=0
        "$TOKVEC" weight -n 100 -d 500 -f $format > /dev/full 2> message || status=$?
        [ $status -eq 2 ]
        one_line message "No space left on device (standard output)"
    done
}

@test "a full disk is an error for small output too, of every command" {
    for words in "3" "weight" "list $data/table.npy" "--help" "--version"; do
        status=0
        "$TOKVEC" $words > /dev/full 2> message || status=$?
        [ $status -eq 2 ]
        one_line message "No space left"
    done
}

@test "a full disk ends a stream at once" {
    status=0
    yes 3 | timeout 20 "$TOKVEC" -f csv > /dev/full 2> message || status=$?
    [ $status -eq 2 ]
    one_line message "No space left"
}

@test "a closed standard output is an error" {
    run -2 --separate-stderr bash -c '"$TOKVEC" 3 >&-'
    [[ $stderr == "tokvec: cannot write: Bad file descriptor (standard output); "* ]]
}

@test "a closed standard output is not replaced by the next file that is opened" {
    cp "$data/table.npy" table.npy
    run -2 bash -c '"$TOKVEC" -w table.npy -f raw 3 >&-'
    cmp "$data/table.npy" table.npy
}

@test "a closed standard input matters only when IDs are read from it" {
    run -2 --separate-stderr bash -c '"$TOKVEC" <&-'
    [[ $stderr == "tokvec: cannot read: "*"(standard input)"* ]]
    run -0 bash -c '"$TOKVEC" 3 <&-'
}

@test "a closed standard error does not get in the way" {
    run -2 bash -c '"$TOKVEC" 9 2>&-'
    [ -z "$output" ]
    run -0 bash -c '"$TOKVEC" 3 2>&-'
    [ "$output" = 'tensor([[-0.4015,  0.9666, -1.1481]], grad_fn=<EmbeddingBackward0>)' ]
}

@test "a reader who leaves early is not a failure" {
    for format in $formats; do
        run -0 --separate-stderr bash -c "set -o pipefail
            '$TOKVEC' weight -n 20000 -d 50 --threshold inf -f $format | head -c 100 > part"
        [ -z "$stderr" ]
        [ "$(wc -c < part)" -eq 100 ]
    done
    seq 0 99999 > ids
    run -0 --separate-stderr bash -c "set -o pipefail
        '$TOKVEC' -n 100000 -f csv -i ids | head -n 2"
    [ -z "$stderr" ]
    [ "${lines[0]}" = "id,0,1,2" ]
}

@test "rows before a bad ID are written in formats that stream, none in the others" {
    printf '1 2\n9\n3' > ids
    for format in jsonl csv tsv; do
        run -2 --separate-stderr "$TOKVEC" -f $format -d 1 -i ids
        [ "$(grep -c 0.12036294 <<< "$output")" -eq 1 ]
        [[ ${lines[-1]} == *-0.3696345* ]]
    done
    for format in text json npy; do
        run -2 --separate-stderr "$TOKVEC" -f $format -d 1 -i ids
        [ -z "$output" ]
    done
    status=0
    "$TOKVEC" -f raw -i ids > rows 2> message || status=$?
    [ $status -eq 2 ]
    [ "$(wc -c < rows)" -eq 24 ]
}

# Asks one ID, waits for the answer, asks the next.
converse() {
    local format=$1 lines=$2
    coproc PROGRAM { exec "$TOKVEC" -f "$format" -d 1; }
    local pid=$PROGRAM_PID answers="" line i in out
    exec {out}<&"${PROGRAM[0]}" {in}>&"${PROGRAM[1]}"
    eval "exec ${PROGRAM[1]}>&-"
    for i in 3 1 2; do
        echo $i >&"$in"
        if [ -n "$lines" ]; then
            while read -r -t 10 line <&"$out"; do
                answers+="$line;"
                [[ $line == id* ]] || break
            done
        else
            answers+="$(timeout 10 head -c 4 <&"$out" | od -An -tx4 | tr -d ' ');"
        fi
    done
    exec {in}>&-
    wait "$pid"
    echo "$answers"
}

@test "a co-process gets each answer before it asks again" {
    [ "$(converse csv lines)" = "id,0;3,-0.24041797;1,0.120362945;2,-0.3696345;" ]
    [ "$(converse tsv lines)" = "id	0;3	-0.24041797;1	0.120362945;2	-0.3696345;" ]
    [ "$(converse jsonl lines)" = '{"id": 3, "vector": [-0.24041797]};{"id": 1, "vector": [0.120362945]};{"id": 2, "vector": [-0.3696345]};' ]
    [ "$(converse raw '')" = "be763021;3df680d9;bebd40bc;" ]
}

@test "IDs cut anywhere by the writer are put together" {
    run -0 bash -c '(printf 1; sleep .1; printf "0 "; sleep .1; printf 1; sleep .1; printf "\n2") |
        "$TOKVEC" -n 11 -d 1 -f csv | cut -d, -f1'
    [ "${lines[*]}" = "id 10 1 2" ]
}

@test "millions of IDs stream through little memory" {
    skip_under_sanitizer
    run -0 bash -c "ulimit -v 100000
        yes '1 2 3 4 5 0' | head -n 262144 | '$TOKVEC' -f raw | cksum"
    "$TOKVEC" -f raw 1 2 3 4 5 0 > rows
    for _ in $(seq 18); do
        cat rows rows > twice
        mv twice rows
    done
    [ "$output" = "$(cksum < rows)" ]
}

@test "an endless word or number ends in a message, not in memory" {
    skip_under_sanitizer
    for c in 1 x '['; do
        status=0
        head -c 50000000 /dev/zero | tr '\0' "$c" |
            (ulimit -v 100000; exec "$TOKVEC") > out 2> message || status=$?
        [ $status -eq 2 ]
        [ ! -s out ]
        [ "$(wc -c < message)" -lt 400 ]
        one_line message "standard input, line 1"
    done
}

@test "the locale changes nothing" {
    "$TOKVEC" 1 2 > expected.txt
    "$TOKVEC" 1 2 -f csv > expected.csv
    for locale in C POSIX C.UTF-8 $(locale -a 2> /dev/null | grep -iE '^(de|fr|tr|ar|hi)' | head -5) de_DE.UTF-8; do
        LC_ALL=$locale LANG=$locale LC_NUMERIC=$locale "$TOKVEC" 1 2 | cmp - expected.txt
        LC_ALL=$locale LANG=$locale LC_NUMERIC=$locale "$TOKVEC" 1 2 -f csv | cmp - expected.csv
    done
}

@test "a table too large for memory is refused, not attempted" {
    skip_under_sanitizer
    run -2 --separate-stderr "$TOKVEC" weight -n 9223372036854775807 -d 2
    [[ $stderr == "tokvec: a table of "*" is too large; "* ]]
    run -2 --separate-stderr bash -c "ulimit -v 200000; '$TOKVEC' -n 2 -d 100000000000 0 -f csv"
    [[ $stderr == "tokvec: out of memory: "* ]]
    run -2 --separate-stderr bash -c "ulimit -v 200000; '$TOKVEC' weight -n 100000 -d 10000 --threshold inf"
    [[ $stderr == "tokvec: out of memory: "* ]]
}

@test "a summary of a large table needs little memory" {
    skip_under_sanitizer
    run -0 bash -c "ulimit -v 200000; '$TOKVEC' weight -n 100000 -d 10000"
    [ "$(grep -c '\.\.\.' <<< "$output")" -eq 7 ]
}

# ulimit -v and the shadow memory of AddressSanitizer do not go together.
skip_under_sanitizer() {
    if (ulimit -v 100000; "$TOKVEC" --version) > /dev/null 2>&1; then
        return 0
    fi
    skip "the program cannot run in 100 MB of address space"
}

@test "a table larger than memory gives its rows all the same" {
    "$TOKVEC" -n 1000000000000 -d 4 0:2 -f csv > got
    "$TOKVEC" -n 8 -d 4 0:2 -f csv | cmp - got
}

@test "a million IDs make a NumPy file" {
    yes '1 5' | head -n 500000 | "$TOKVEC" -f npy -o file.npy
    [ "$(stat -c %s file.npy)" -eq $((128 + 12000000)) ]
}

# Whoever shares a terminal, pipe or socket may have made it non-blocking.
@test "streams that do not block are waited for" {
    cat > streams.py << 'END'
import fcntl, os, socket, subprocess, sys, time
ids = b" ".join(b"%d" % i for i in range(2000)) + b"\n"
command = [os.environ["TOKVEC"], "-n", "2000", "-d", "200", "-f", sys.argv[1]]
wanted = subprocess.run(command, input=ids, stdout=subprocess.PIPE, check=True).stdout

def run(ends, more=()):
    (read_in, write_in), (read_out, write_out) = ends
    for fd in read_in, write_out:
        os.set_blocking(fd, False)
    child = subprocess.Popen(command + list(more), stdin=read_in, stdout=write_out,
                             close_fds=True)
    os.close(read_in)
    os.close(write_out)
    for part in ids[:50], ids[50:]:
        time.sleep(0.1)
        os.write(write_in, part)
    os.close(write_in)
    time.sleep(0.2)
    with os.fdopen(read_out, "rb") as out:
        got = out.read()
    assert child.wait() == 0 and got == wanted

def sockets():
    a, b = socket.socketpair()
    return b.detach(), a.detach()

run((os.pipe(), os.pipe()))
run((sockets(), sockets()))
run((sockets(), sockets()), ["-o", "/dev/stdout"])
END
    for format in csv raw; do
        timeout 20 python3 streams.py $format
    done
}
