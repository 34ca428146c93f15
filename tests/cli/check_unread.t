# Tensors of kinds that are not read are not passed over in silence.

$ function array { python3 -c "import sys; open(sys.argv[1] + '.npy', 'wb').write(b'\x93NUMPY\x01\x00\x3f\x00' + (\"{'descr': '<%s', 'fortran_order': False, 'shape': (2, 1)}\" % sys.argv[2]).encode().ljust(62) + b'\n' + bytes(range(64, 64 + 2 * int(sys.argv[2][1:]))))" $1 $2; }; array wte f4; array a c8; array b c8; array c i8; for list in 'wte c' 'wte c a' 'wte a b'; do python3 -c "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1], 'w'); [z.write(n + '.npy') for n in sys.argv[2:]]" "${list// /}.npz" $list; done
$ tokvec check --all -t wte wtec.npz
$ tokvec check --all -t wte wteca.npz
! tokvec: warning: 1 tensor was not looked at: tensor 'a' has elements of type complex64
$ tokvec check --all wteab.npz; tokvec check wteab.npz; tokvec check -q --all wteab.npz
! tokvec: warning: 2 tensors were not looked at: tensor 'a' has elements of type complex64
--
