#!/bin/sh
# Builds this tree, tests included, with each compiler that is named, and counts warnings.
#
# usage: compilers.sh CC...           for instance: compilers.sh gcc-12 clang-14
#
# Not a part of the tests. Seen without a warning: gcc 12, 14 and 16, clang 14, 19 and 21.
set -eu

source=$(cd "$(dirname "$0")/../.." && pwd)
build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT
status=0
for cc in "$@"; do
    cmake -S "$source" -B "$build/$cc" -DTOKVEC_TESTS=NESTED -DCMAKE_BUILD_TYPE=Release \
        -DCMAKE_C_COMPILER="$cc" > "$build/log" 2>&1 &&
        cmake --build "$build/$cc" -j 2 >> "$build/log" 2>&1 || { tail -n 5 "$build/log"; status=1; }
    echo "$cc: $(grep -c 'warning:' "$build/log" || true) warnings"
    ! grep -q 'warning:' "$build/log" || status=1
done
exit $status
