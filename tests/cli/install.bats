#!/usr/bin/env bats
# Another project uses the installed library: by find_package and by pkg-config, linked statically
# and as a shared library.

setup_file() {
    export SOURCE="$BATS_TEST_DIRNAME/../.."
    for kind in static shared; do
        shared=$([ $kind = shared ] && echo ON || echo OFF)
        cmake -S "$SOURCE" -B "$BATS_FILE_TMPDIR/build-$kind" -DBUILD_SHARED_LIBS=$shared \
            -DCMAKE_INSTALL_PREFIX="$BATS_FILE_TMPDIR/$kind" -DCMAKE_INSTALL_LIBDIR=lib
        cmake --build "$BATS_FILE_TMPDIR/build-$kind" -j 2
        cmake --install "$BATS_FILE_TMPDIR/build-$kind"
    done

    export USER_PROJECT="$BATS_FILE_TMPDIR/user"
    mkdir "$USER_PROJECT"
    cat > "$USER_PROJECT/main.c" <<'EOF'
#include <stdio.h>
#include <tokvec.h>

int main(void)
{
    tokvec_seed_spec spec = {.seed = 123, .vocab_size = 6, .dim = 3, .dtype = TOKVEC_FLOAT32};
    tokvec_error error;
    tokvec_table *table = tokvec_seed(&spec, &error);
    int64_t ids[] = {3};
    float row[3];
    if (table == NULL || !tokvec_table_read(table, ids, 1, row, &error))
        return 1;
    printf("%.4f %.4f %.4f\n", row[0], row[1], row[2]);
    tokvec_table_close(table);
    return tokvec_open("/nonexistent", NULL, &error) != NULL;
}
EOF
    cat > "$USER_PROJECT/CMakeLists.txt" <<'EOF'
cmake_minimum_required(VERSION 3.25)
project(user LANGUAGES C)
find_package(tokvec 0.1 REQUIRED)
add_executable(user main.c)
target_link_libraries(user PRIVATE tokvec::tokvec)
EOF
    export WANTED="-0.4015 0.9666 -1.1481"
}

by_cmake() { # KIND
    cmake -S "$USER_PROJECT" -B "$BATS_TEST_TMPDIR/build" -DCMAKE_PREFIX_PATH="$BATS_FILE_TMPDIR/$1"
    cmake --build "$BATS_TEST_TMPDIR/build"
    "$BATS_TEST_TMPDIR/build/user"
}

by_pkg_config() { # KIND [OPTION]
    flags=$(PKG_CONFIG_PATH="$BATS_FILE_TMPDIR/$1/lib/pkgconfig" pkg-config ${2:-} --cflags --libs tokvec)
    cc -o "$BATS_TEST_TMPDIR/user" "$USER_PROJECT/main.c" $flags
    LD_LIBRARY_PATH="$BATS_FILE_TMPDIR/$1/lib" "$BATS_TEST_TMPDIR/user"
}

@test "find_package, static library" {
    run by_cmake static
    [ "$status" -eq 0 ]
    [ "${lines[-1]}" = "$WANTED" ]
}

@test "find_package, shared library" {
    run by_cmake shared
    [ "$status" -eq 0 ]
    [ "${lines[-1]}" = "$WANTED" ]
}

@test "pkg-config, static library" {
    run by_pkg_config static --static
    [ "$status" -eq 0 ]
    [ "$output" = "$WANTED" ]
}

@test "pkg-config, shared library" {
    run by_pkg_config shared
    [ "$status" -eq 0 ]
    [ "$output" = "$WANTED" ]
}

@test "the installed programs run" {
    for kind in static shared; do
        run "$BATS_FILE_TMPDIR/$kind/bin/tokvec" --version
        [ "$status" -eq 0 ]
        [[ "$output" == "tokvec "* ]]
    done
}

@test "the header stands alone, in C and in C++" {
    echo '#include <tokvec.h>' > "$BATS_TEST_TMPDIR/one.c"
    cc -std=c17 -Wall -Wextra -Wpedantic -Werror -I"$BATS_FILE_TMPDIR/static/include" -c \
        -o /dev/null "$BATS_TEST_TMPDIR/one.c"
    command -v c++ > /dev/null || skip "no C++ compiler"
    c++ -x c++ -Wall -Wextra -Wpedantic -Werror -I"$BATS_FILE_TMPDIR/static/include" -c \
        -o /dev/null "$BATS_TEST_TMPDIR/one.c"
}
