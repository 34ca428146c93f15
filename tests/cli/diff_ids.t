# Tables of one shape whose IDs are not the same: which rows were compared.

$ printf 'id,0,1\n0,1,2\n7,3,4\n' > a.csv; printf 'id,0,1\n0,1,2\n1,3,4\n' > b.csv; tokvec diff a.csv b.csv
equal               false
shape               [2, 2]
dtype               float32
rows                1
values              2
different           0
rows_different      0
first               -
max_abs             0.0
max_abs_at          [0, 0]
max_rel             0.0
rel_undefined       0
mean_abs            0.0
rmse                0.0
cosine_min          1.0
cosine_mean         1.0
cosine_undefined    0
cosine              1.0
relative_frobenius  0.0
! tokvec: note: one table has 2 rows, the other 2: compared over the 1 they share
[1]
$ tokvec diff a.csv b.csv -f csv
equal,shape,shape_b,dtype,dtype_b,rows,values,different,rows_different,first_row,first_token,first_column,first_a,first_b,max_abs,max_abs_at,max_rel,rel_undefined,mean_abs,rmse,cosine_min,cosine_mean,cosine_undefined,cosine,relative_frobenius
false,"[2, 2]","[2, 2]",float32,float32,1,2,0,0,,,,,,0.0,"[0, 0]",0.0,0,0.0,0.0,1.0,1.0,0,1.0,0.0
! tokvec: note: one table has 2 rows, the other 2: compared over the 1 they share
[1]
$ tokvec diff a.csv b.csv --rows
! tokvec: note: one table has 2 rows, the other 2: compared over the 1 they share
[1]
$ tokvec diff -q a.csv b.csv
[1]
$ tokvec diff a.csv --seed 1 --rows --no-header
0  2  1.733075886964798  0.7494670316005964
! tokvec: note: one table has 2 rows, the other 2: compared over the 1 they share
[1]
--

# Rows that are all alike, in tables of different shapes.

$ python3 -c "open('a.npy', 'wb').write(b'\x93NUMPY\x01\x00\x3f\x00' + b\"{'descr': '|i1', 'fortran_order': False, 'shape': (2, 1, 2)}\".ljust(62) + b'\n' + bytes(4))"
$ python3 -c "open('b.npy', 'wb').write(b'\x93NUMPY\x01\x00\x3f\x00' + b\"{'descr': '|i1', 'fortran_order': False, 'shape': (2, 2)}\".ljust(62) + b'\n' + bytes(4))"
$ tokvec diff a.npy b.npy --rows
! tokvec: note: the tables are of different shapes, but their rows are as many and as long
[1]
--
