# An index that says two things.

$ echo '{"weight_map": {"a": "x"}, "weight_map": {"a": "y"}}' > m.index.json && tokvec list m.index.json
! tokvec: the weight_map is repeated, and readers differ in which counts (m.index.json); fetch the index again, or name one of the weights files
[2]
$ echo '{"weight_map": {"a": "x", "a": "y"}}' > n.index.json && tokvec list n.index.json
! tokvec: the tensor name 'a' is repeated (n.index.json, byte 0); the file is damaged or of another kind; fetch or save it again
[2]
