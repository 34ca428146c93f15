# Rows that begin with IDs, in a file without the line that says so: all is read as numbers, as there is nothing else that tells, but not silently.

$ printf '12 0.5 1.25\n7 1.5 2.25\n3 0.25 -1\n' > nodes.emb; tokvec -w nodes.emb 1
tensor([[7.0000, 1.5000, 2.2500]])
! tokvec: warning: the first column looks like IDs, but is read as numbers; with the line '3 2' in front of all others it is read as words
$ cp nodes.emb nodes.vec; tokvec weight -w nodes.vec -f csv
id,0,1,2
0,12.0,0.5,1.25
1,7.0,1.5,2.25
2,3.0,0.25,-1.0
! tokvec: warning: the first column looks like IDs, but is read as numbers; with the line '3 2' in front of all others it is read as words
$ (echo 3 2; cat nodes.emb) > n.emb; tokvec -w n.emb -f csv --tokens 7
id,token,0,1
1,7,1.5,2.25
$ printf '0 1e-3 0.5\n1 2e-3 0.5\n' > a.txt; tokvec -w a.txt 0
tensor([[0.0000, 0.0010, 0.5000]])
! tokvec: warning: the first column looks like IDs, but is read as numbers; with the line '2 2' in front of all others it is read as words
$ printf '# by hand\n\n  10 .5\n  11 .25 # eleven\n' > a.txt; tokvec -w a.txt 1
tensor([[11.0000,  0.2500]])
! tokvec: warning: the first column looks like IDs, but is read as numbers; with the line '2 1' in front of all others it is read as words
$ (seq 1 3000 | sed 's/$/ 0.5 0.25/') > a.txt; tokvec -w a.txt 2999 -f csv
id,0,1,2
2999,3000.0,0.5,0.25
! tokvec: warning: the first column looks like IDs, but is read as numbers; with the line '3000 2' in front of all others it is read as words
--

# Not where the numbers are a matrix: whole ones everywhere, or the same twice, or one row.

$ printf '1 0 1\n0 1 1\n' > a.txt; tokvec -w a.txt 1
tensor([[0., 1., 1.]])
$ printf '1 0.5 1\n1 1.5 1\n' > a.txt; tokvec -w a.txt 1
tensor([[1.0000, 1.5000, 1.0000]])
$ printf '1.0 0.5\n2.0 1.5\n' > a.txt; tokvec -w a.txt 1
tensor([[2.0000, 1.5000]])
$ printf '1 0.5\n2.5 1.5\n' > a.txt; tokvec -w a.txt 1
tensor([[2.5000, 1.5000]])
$ printf -- '-1 0.5\n2 1.5\n' > a.txt; tokvec -w a.txt 1
tensor([[2.0000, 1.5000]])
$ printf '3 0.5 1.5\n' > a.txt; tokvec -w a.txt 0
tensor([[3.0000, 0.5000, 1.5000]])
$ printf '99999999999999999999 0.5\n3 1.5\n' > a.txt; tokvec -w a.txt 1
tensor([[3.0000, 1.5000]])
--
