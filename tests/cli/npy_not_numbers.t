# Arrays of other things than numbers say what they are.

$ npy() { printf '\x93NUMPY\1\0\166\0%-117s\n%64s' "{'descr': '$1', 'fortran_order': False, 'shape': (1,), }" '' > a.npy; }; for t in '<U5' '|S4' '<M8[ns]' '<m8[s]'; do npy "$t"; tokvec weight -w a.npy; done
! tokvec: the elements are strings (str), not numbers (a.npy); save an array of numbers
! tokvec: the elements are strings (bytes), not numbers (a.npy); save an array of numbers
! tokvec: the elements are dates or times ('<M8[ns]'), not numbers (a.npy, byte 20); save an array of numbers
! tokvec: the elements are dates or times ('<m8[s]'), not numbers (a.npy, byte 20); save an array of numbers
[2]
