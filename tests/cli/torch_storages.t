# Storages that a checkpoint names more than once.

$ cp $TESTS/torch/storage_two_*.pt .
$ tokvec -w storage_two_types.pt -t h 0
! tokvec: storage 0 is repeated, as 6 elements of FloatStorage and 6 of HalfStorage (storage_two_types.pt, byte 279); the file is damaged or of another kind; fetch or save it again
[2]
$ tokvec -w storage_two_sizes.pt -t h 0
! tokvec: storage 0 is repeated, as 6 elements of FloatStorage and 8 of FloatStorage (storage_two_sizes.pt, byte 260); the file is damaged or of another kind; fetch or save it again
[2]
