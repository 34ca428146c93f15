# Files that torch.save and numpy wrote, whole and damaged: tests/data/torch and tests/data/npz.

check_folder() {
    local folder="$BATS_TEST_DIRNAME/../data/$1" file sum name checked=0
    while read -r file sum _ name; do
        checked=$((checked + 1))
        if [ "$sum" = refused ]; then
            run "$TOKVEC" -w "$folder/$file" -f raw 0
            [ "$status" -eq 2 ] || { echo "$file: $status"; return 1; }
            [[ "$output" == "tokvec: "* ]] || { echo "$file: $output"; return 1; }
        else
            got=$("$TOKVEC" weight -w "$folder/$file" -t "$name" -f raw | sha256sum)
            [ "${got%% *}" = "$sum" ] || { echo "$file '$name': other values"; return 1; }
        fi
    done < "$folder/expected.txt"
    [ "$checked" -eq "$2" ]
}

@test "checkpoints have the values that torch.load gives, and damaged ones are refused" {
    check_folder torch 222
}

@test "arrays of .npz files have the values that numpy.load gives, and damaged ones are refused" {
    check_folder npz 24
}
