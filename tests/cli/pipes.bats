# Weights and vocabularies that come through pipes: read to the end, and never waited for in vain.

setup() {
    cd "$BATS_TEST_TMPDIR"
    data=$BATS_TEST_DIRNAME/../../data
    bats_require_minimum_version 1.5.0
}

fails_with() {
    run -2 --separate-stderr timeout 20 bash -c "$2"
    [ -z "$output" ]
    [ "${#stderr_lines[@]}" -eq 1 ]
    [[ $stderr == "tokvec: $1"* ]]
}

equals() {
    run -0 --separate-stderr timeout 100 bash -c "$2"
    [ "$output" = "$("$TOKVEC" $1)" ]
    [ -z "$stderr" ]
}

@test "standard input, a substituted process and a FIFO give what the file gives" {
    model=$data/model.safetensors
    equals "-w $model 1 -t wpe.weight" "cat $model | '$TOKVEC' -w - 1 -t wpe.weight"
    equals "-w $model 1 -t wpe.weight" "cat $model | '$TOKVEC' -w /dev/stdin 1 -t wpe.weight"
    equals "-w $model 1 -t wpe.weight" "'$TOKVEC' -w - 1 -t wpe.weight < $model"
    equals "-w $model 1 -t wpe.weight" "'$TOKVEC' -w <(cat $model) 1 -t wpe.weight"
    equals "-w $model 1 -t wpe.weight" "mkfifo a; cat $model > a & '$TOKVEC' -w a 1 -t wpe.weight"
    equals "list $model" "cat $model | '$TOKVEC' list -"
    equals "stats --all -w $model" "cat $model | '$TOKVEC' stats --all -w -"
    equals "near -w $model 1" "cat $model | '$TOKVEC' near -w - 1"
    equals "whence $model" "cat $model | '$TOKVEC' whence -"
    equals "check $model" "cat $model | '$TOKVEC' check -"
    equals "diff --all $model $model" "cat $model | '$TOKVEC' diff --all <(cat $model) -"
    equals "weight -w $model -j 8 -f csv" "cat $model | '$TOKVEC' weight -w - -j 8 -f csv"
    equals "-w $data/glove.txt king -f csv" "cat $data/glove.txt | '$TOKVEC' -w - king -f csv"
    echo '{"a": 0, "b": 1}' > vocab.json
    equals "list --tokens vocab.json" "cat vocab.json | '$TOKVEC' list --tokens -"
}

@test "two tensors of one pipe are compared, which is read once" {
    run -1 bash -c "cat $data/model.safetensors | '$TOKVEC' diff - -t wpe.weight --other-tensor wte.weight"
    [[ $output == *"rows_different"* ]]
}

@test "a digest of standard input is checked against another standard input" {
    cat "$data/table.npy" | "$TOKVEC" digest - > list
    [[ $(cat list) == *"  -:" ]]
    run -0 bash -c "cat $data/table.npy | '$TOKVEC' digest --check list"
    run -1 bash -c "cat $data/glove.txt | '$TOKVEC' digest --check list"
}

@test "a FIFO is waited for, however slowly it comes" {
    mkfifo slow
    (sleep 0.3; exec > slow; head -c 100 "$data/table.npy"; sleep 0.3
     tail -c +101 "$data/table.npy") &
    run -0 timeout 20 "$TOKVEC" -w slow 1 -f csv
    [ "$output" = "$("$TOKVEC" -w "$data/table.npy" 1 -f csv)" ]
}

@test "pipes and sockets that do not wait are waited for" {
    cat > feed.py <<'PY'
import os, socket, subprocess, sys, time
kind, path = sys.argv[1], sys.argv[2]
bytes_ = open(path, 'rb').read()
if kind == 'pipe':
    there, here = os.pipe()
    send, close = (lambda b: os.write(here, b)), (lambda: os.close(here))
else:
    ours, theirs = socket.socketpair()
    there = theirs.detach()
    send, close = ours.sendall, ours.close
os.set_blocking(there, False)
p = subprocess.Popen([os.environ['TOKVEC'], '-w', '-', '1', '-f', 'csv'], stdin=there)
os.close(there)
for i in range(0, len(bytes_), 50):
    send(bytes_[i:i + 50])
    time.sleep(0.05)
close()
sys.exit(p.wait())
PY
    for kind in pipe socket; do
        run -0 timeout 20 python3 feed.py $kind "$data/table.npy"
        [ "$output" = "$("$TOKVEC" -w "$data/table.npy" 1 -f csv)" ]
    done
}

@test "a writer that dies leaves a cut file, which is refused" {
    mkfifo cut
    fails_with "the " "(head -c 300 '$data/model.safetensors' > cut) & '$TOKVEC' -w cut 1"
    fails_with "the file is empty" ": > cut & '$TOKVEC' -w cut 1"
    fails_with "the file is empty" "false | '$TOKVEC' -w - 1"
}

@test "a pipe that never ends is left at half of the memory" {
    # A sanitizer wants more memory than that.
    (ulimit -v 100000; "$TOKVEC" --version > /dev/null 2>&1) || skip "it does not start with so little"
    fails_with "more than " "ulimit -v 100000; yes 0.5 0.25 | '$TOKVEC' -w - 1"
    [[ $stderr == *"51200000 bytes"* ]]
}

@test "an interrupt ends the waiting for a FIFO and for its end" {
    mkfifo never
    for writer in : "sleep 20 > never"; do
        # A shell in the background has its children ignore interrupts: Python does not.
        run -0 timeout 30 python3 - "$TOKVEC" "$writer" <<'PY'
import signal, subprocess, sys, time
writer = subprocess.Popen(['sh', '-c', 'exec ' + sys.argv[2]]) if sys.argv[2] != ':' else None
p = subprocess.Popen([sys.argv[1], '-w', 'never', '1'],
                     preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
time.sleep(0.5)
assert p.poll() is None
p.send_signal(signal.SIGINT)
assert p.wait(5) == -signal.SIGINT
if writer:
    writer.kill()
PY
    done
}

@test "how much memory a large pipe takes is said" {
    "$TOKVEC" weight -n 17000 -d 1024 -f npy > large.npy
    run -0 --separate-stderr bash -c "cat large.npy | '$TOKVEC' -w - 16999 -f csv"
    [ "$stderr" = "tokvec: /dev/stdin is no file: all of it is kept, in 69.6 MB of memory" ]
    [ "$output" = "$("$TOKVEC" -w large.npy 16999 -f csv)" ]
    equals "-w large.npy 3" "cat large.npy | '$TOKVEC' -w - 3 -q"
    equals "-w large.npy 3" "'$TOKVEC' -w - 3 < large.npy"
    rm large.npy
}

@test "standard input is read once" {
    fails_with "standard input would be read twice" "'$TOKVEC' -w - < $data/table.npy"
    fails_with "standard input would be read twice" "'$TOKVEC' -w - -i - < $data/table.npy"
    fails_with "standard input would be read twice" "'$TOKVEC' -w - --vocab - 1 < $data/table.npy"
    fails_with "standard input would be read twice" "'$TOKVEC' near -w - < $data/table.npy"
    fails_with "standard input would be read twice" "'$TOKVEC' diff - - < $data/table.npy"
    fails_with "standard input would be read twice" "'$TOKVEC' digest - - < $data/table.npy"
}

@test "folders and devices are no weights" {
    fails_with "this is a directory (/dev/stdin)" "'$TOKVEC' -w - 1 < /"
    fails_with "this is a device" "'$TOKVEC' -w - 1 < /dev/null"
    fails_with "this is a device" "'$TOKVEC' -w /dev/zero 1"
    fails_with "this is a device" "'$TOKVEC' -w - 1 <&-"
}

@test "what is left of standard input is read, where some has been" {
    { echo junk; cat "$data/table.npy"; } > begun
    equals "-w $data/table.npy 1" "{ read -r line; '$TOKVEC' -w - 1; } < begun"
}

@test "output into the file that is standard input is refused" {
    cp "$data/table.npy" table.npy
    fails_with "the output would go into a file that is read" \
        "'$TOKVEC' -w - 1 < table.npy >> table.npy"
    cmp table.npy "$data/table.npy"
}
