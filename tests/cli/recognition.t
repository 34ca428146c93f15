# What a file is, its content says: under a name that says nothing, every one of these is of the
# format that stands beside it.

$ wc -l < $TESTS/recognition.txt; while read -r file format; do cp "$TESTS/$file" x; got=$(tokvec list x -f json | grep -o '"format": "[^"]*"' | cut -d'"' -f4); [ "$got" = "$format" ] || echo "$file: $got, not $format"; done < $TESTS/recognition.txt
317
