# Integers that float64 does not hold, or not for sure, have no figures.

$ function array { python3 -c "import struct, sys; v = [eval(x) for x in sys.argv[2:]]; open(sys.argv[1], 'wb').write(b'\x93NUMPY\x01\x00\x3f\x00' + b\"{'descr': '<i8', 'fortran_order': False, 'shape': (1, 2)}\".ljust(62) + b'\n' + struct.pack('<2q', *v))" "$@"; }; array odd.npy 2**53+1 0; array even.npy 2**53 -2**53; array less.npy 2**53-1 -2**53+1
$ tokvec stats -w odd.npy; tokvec stats -w odd.npy --rows; tokvec stats -w odd.npy --hist
! tokvec: float64 cannot hold the value 9007199254740993 (row 0); its figures would be wrong; look at the row itself
! tokvec: integers of 2^53 and more are not exact in float64; figures of them would be wrong; look at the rows themselves
! tokvec: integers of 2^53 and more are not exact in float64; figures of them would be wrong; look at the rows themselves
[2]
$ tokvec stats -w even.npy -f csv --no-header; tokvec stats -w even.npy --rows; tokvec stats -w even.npy --hist
even.npy,,1,2,int64,2,0,0,0,-9007199254740992.0,9007199254740992.0,9007199254740992.0,0.0,1.2738103345051546e+16,1.2738103345051546e+16,0,1.2738103345051546e+16,1.2738103345051546e+16,0,0,0,0,1,9007199254740992.0,1.2738103345051546e+16,,
! tokvec: integers of 2^53 and more are not exact in float64; figures of them would be wrong; look at the rows themselves
! tokvec: integers of 2^53 and more are not exact in float64; figures of them would be wrong; look at the rows themselves
[2]
$ tokvec stats -w less.npy --rows --no-header; tokvec stats -w less.npy --hist --bins 2 --no-header
0  1.2738103345051544e+16  0.0  1.2738103345051544e+16  -9007199254740991.0  9007199254740991.0  0  0.9999999999999999
0  -9007199254740991.0                 0.0  1  ##################################################
1                  0.0  9007199254740991.0  1  ##################################################
$ tokvec stats -w odd.npy --all; tokvec stats -w odd.npy --all -f json
TENSOR  ROWS  DIM  DTYPE  NAN  INF  ZEROS  MIN  MAX  MEAN  STD  NORM MIN  NORM MAX  ZERO ROWS  CONSTANT ROWS  REPEATED ROWS
           -    -  int64    -    -      -    -    -     -    -         -         -          -              -              -
[
  {"file": "odd.npy", "tensor": "", "rows": null, "dim": null, "dtype": "int64", "count": null, "nan": null, "inf": null, "zeros": null, "min": null, "max": null, "absmax": null, "mean": null, "std": null, "norm_min": null, "norm_min_id": null, "norm_median": null, "norm_max": null, "norm_max_id": null, "zero_rows": null, "constant_rows": null, "repeated_rows": null, "distinct_rows": null, "rms": null, "norm": null, "norm_min_token": null, "norm_max_token": null, "zero_ids": null, "constant_ids": null, "repeated_groups": null}
]
! tokvec: warning: no figures of '': float64 cannot hold the value 9007199254740993
! tokvec: warning: no figures of '': float64 cannot hold the value 9007199254740993
--
