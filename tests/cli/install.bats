# The installed library, used by programs outside the project: found by CMake and by pkg-config,
# static and shared.

setup_file() {
    build=$(dirname "$TOKVEC")
    export build source=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    export prefix=$BATS_FILE_TMPDIR/prefix shared=$BATS_FILE_TMPDIR/shared
    if ! nm "$build"/libtokvec.a 2> /dev/null | grep -q __asan_init; then
        cmake --install "$build" --prefix "$prefix" > /dev/null
    fi
    write_program
}

setup() {
    bats_require_minimum_version 1.5.0
    [ -d "$prefix" ] || skip "a library with sanitizers needs programs with sanitizers"
    cd "$BATS_TEST_TMPDIR"
    cp "$BATS_FILE_TMPDIR/look.c" .
    export LC_ALL=C.UTF-8
}

# A user's program: rows of a file's token embedding and of a seeded table.
write_program() {
    cat > "$BATS_FILE_TMPDIR/look.c" << 'END'
#include <stdio.h>
#include <tokvec.h>

static int print_row(tokvec_table *table, int64_t id, tokvec_error *error)
{
    float row[8];
    if (tokvec_table_dim(table) > 8 || !tokvec_table_read(table, &id, 1, row, error))
        return 0;
    printf("%lld", (long long)id);
    for (uint64_t i = 0; i < tokvec_table_dim(table); i++)
        printf(",%a", (double)row[i]);
    printf("\n");
    return 1;
}

int main(int argc, char **argv)
{
    tokvec_error error;
    char text[TOKVEC_ERROR_TEXT_SIZE];
    tokvec_seed_spec spec = {.seed = 123, .vocab_size = 6, .dim = 3, .dtype = TOKVEC_FLOAT32};
    tokvec_table *seeded = tokvec_table_seed(&spec, &error);
    tokvec_table *loaded = argc > 1 ? tokvec_table_open(argv[1], &error) : NULL;
    int good = seeded != NULL && loaded != NULL && print_row(seeded, 3, &error) &&
               print_row(loaded, 11, &error);
    if (good && print_row(loaded, 12, &error))
        return 3; /* there is no row 12 */
    fprintf(stderr, "%s\n", tokvec_error_text(&error, text, sizeof text));
    tokvec_table_close(seeded);
    tokvec_table_close(loaded);
    return good ? 0 : 2;
}
END
}

# What it must print, by way of the program's own raw output.
check() {
    run -0 --separate-stderr "$@" "$source/data/model.safetensors"
    python3 - "$TOKVEC" "$source/data/model.safetensors" "$output" << 'END'
import struct, subprocess, sys
program, model, got = sys.argv[1:]
def row(number, *words):
    raw = subprocess.run([program, "-f", "raw", *words], stdout=subprocess.PIPE, check=True).stdout
    return [number, *struct.unpack(f"<{len(raw) // 4}f", raw)]
wanted = [row(3, "3"), row(11, "-w", model, "11")]
read = [[int(line.split(",")[0])] + [float.fromhex(x) for x in line.split(",")[1:]]
        for line in got.splitlines()]
sys.exit(read != wanted)
END
    [ "$stderr" = "token ID 12 is out of range (index 0; the table has 12 rows); valid are 0 to 11" ]
}

# Makes table.npz.
deflated_array() {
    python3 - << 'END'
import struct, zipfile
header = b"{'descr': '<f4', 'fortran_order': False, 'shape': (50, 3), }"
header += b" " * (117 - len(header)) + b"\n"
with zipfile.ZipFile("table.npz", "w", zipfile.ZIP_DEFLATED) as file:
    file.writestr("table.npy", b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header +
                  struct.pack("<150f", *range(150)))
END
}

# That a program that is linked with the libraries in the ordinary way prints the same: of each
# library something.
same_with_libraries() {
    deflated_array
    local words
    for words in "--dtype float64 -n 100 -d 30 0:100" "-n 3 -d 2 0:3" \
        "-w $source/data/sharded 0:12" "-w table.npz 0:50"; do
        "$TOKVEC" $words -f csv > late.csv
        "$1" $words -f csv > linked.csv
        [ -s late.csv ]
        cmp late.csv linked.csv
    done
}

# The calls that the header declares.
declared() {
    python3 - "$source/include/tokvec.h" << 'END'
import re, sys
text = re.sub(r"/\*.*?\*/", "", open(sys.argv[1]).read(), flags=re.S)
print("\n".join(sorted(re.findall(r"^TOKVEC_API\b[^;(]*?(\w+)\(", text, re.M))))
END
}

use_cmake() {
    cat > CMakeLists.txt << 'END'
cmake_minimum_required(VERSION 3.16)
project(look C)
find_package(tokvec 0.3 REQUIRED)
add_executable(look look.c)
target_link_libraries(look PRIVATE tokvec::tokvec)
END
    cmake -S . -B out -DCMAKE_PREFIX_PATH="$1" > log 2>&1 || { cat log; return 1; }
    cmake --build out > log 2>&1 || { cat log; return 1; }
    check out/look
}

pkgconfig() {
    PKG_CONFIG_PATH=$(dirname "$(find "$1" -name tokvec.pc)") pkg-config "${@:2}" tokvec
}

@test "the installed program runs" {
    [ "$("$prefix"/bin/tokvec --version)" = "tokvec 0.3.0" ]
    [ "$("$prefix"/bin/tokvec 3)" = 'tensor([[-0.4015,  0.9666, -1.1481]], grad_fn=<EmbeddingBackward0>)' ]
}

@test "only the library, its header and what finds it are installed" {
    cd "$prefix"
    [ "$(find . -name '*.h')" = ./include/tokvec.h ]
    numbers=$(awk '/^#define TOKVEC_VERSION_[A-Z]+ [0-9]/ {print $3}' include/tokvec.h | xargs)
    grep -q "set(PACKAGE_VERSION \"${numbers// /.}\")" "$(find . -name tokvec-config-version.cmake)"
    [ "$(find . -type f -name 'libtokvec*' | wc -l)" -eq 1 ]
    ! grep -rIl "$source" . || false
}

@test "a CMake project uses the static library" {
    use_cmake "$prefix"
}

@test "pkg-config --static is enough for the static library" {
    cc look.c -o look $(pkgconfig "$prefix" --static --cflags --libs)
    check ./look
    [ "$(pkgconfig "$prefix" --modversion)" = 0.3.0 ]
}

late_libraries() {
    grep -q '^TOKVEC_LATE_LIBRARIES:BOOL=ON' "$build/CMakeCache.txt" ||
        skip "the program is linked with its libraries"
}

@test "the program starts with libc alone" {
    late_libraries
    run -0 readelf -d "$prefix/bin/tokvec"
    [ "$(grep -c NEEDED <<< "$output")" -eq 1 ]
    [[ "$output" == *'[libc.so'* ]]
}

# What a library that is damaged, of another kind or incomplete gives, with words that need it.
cannot_load() { # LIBRARY WORD...
    mkdir -p short other part
    : > "short/$1"
    echo 'int nothing;' | cc -shared -x c - -o "other/$1"
    cc -shared -x c /dev/null -o libpart.so
    cc -shared -x c /dev/null -o "part/$1" -Wl,--no-as-needed -L. -lpart
    rm libpart.so
    refused short "$1: file too short); install it again" "${@:2}"
    refused other "undefined symbol: *); install it again" "${@:2}"
    refused part "libpart.so: cannot open shared object file: No such file or directory); install it" \
        "${@:2}"
}

refused() { # FOLDER REASON WORD...
    LD_LIBRARY_PATH=$PWD/$1 run -2 --separate-stderr "$TOKVEC" "${@:3}" -o out
    [ "$output" = "" ]
    [[ "$stderr" == "tokvec: cannot load a library ("*$2 ]] || { echo "$stderr"; false; }
    [ "${#stderr_lines[@]}" -eq 1 ]
    [ ! -e out ]
    LD_LIBRARY_PATH=$PWD/$1 run -0 "$TOKVEC" 3
}

@test "without libm there are no seeded tables of float64 or of a few values" {
    late_libraries
    cannot_load libm.so.6 --dtype float64 3
    cannot_load libm.so.6 weight -n 3 -d 2
}

@test "without zlib there are no deflated arrays" {
    late_libraries
    deflated_array
    cannot_load libz.so.1 -w table.npz 7 -f csv
}

@test "without libcjson no index is read" {
    late_libraries
    cannot_load libcjson.so.1 -w "$source/data/sharded" 11 -f csv
}

@test "the header stands alone, in C11 and in C++" {
    echo '#include <tokvec.h>' > alone.c
    cc -std=c11 -Wall -Wextra -Wpedantic -Werror -I "$prefix/include" -fsyntax-only alone.c
    command -v c++ > /dev/null || skip "no C++ compiler"
    c++ -x c++ -Wall -Wextra -Wpedantic -Werror -I "$prefix/include" -fsyntax-only alone.c
}

@test "a shared library is used by CMake and pkg-config projects, and shows only the interface" {
    cmake -S "$source" -B "$shared-build" -DBUILD_SHARED_LIBS=ON -DCMAKE_BUILD_TYPE=Debug \
        -DTOKVEC_LATE_LIBRARIES=OFF \
        -DCMAKE_INSTALL_PREFIX="$shared" > log 2>&1 || { cat log; false; }
    cmake --build "$shared-build" -j 2 > log 2>&1 || { cat log; false; }
    cmake --install "$shared-build" > /dev/null
    use_cmake "$shared"
    cc look.c -o look $(pkgconfig "$shared" --cflags --libs)
    library=$(find "$shared" -name libtokvec.so)
    LD_LIBRARY_PATH=$(dirname "$library") check ./look
    diff <(declared) <(nm -D --defined-only "$library" | awk '{print $3}' | sort)
    soname=$(readelf -d "$library" | sed -n 's/.*soname: \[\(.*\)\]/\1/p')
    [ "$soname" = libtokvec.so.0.3 ]
    [ "$(readlink "$library")" = "$soname" ]
    run -0 "$shared/bin/tokvec" 3
    [ "$output" = 'tensor([[-0.4015,  0.9666, -1.1481]], grad_fn=<EmbeddingBackward0>)' ]
    same_with_libraries "$shared/bin/tokvec"
}
