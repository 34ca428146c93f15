A state that cannot be saved is told before anything is printed, as is one that would go where the rows go.

$ tokvec 0 --save-state no/such/folder.pt
! tokvec: cannot create the file: No such file or directory (no/such/folder.pt); check the name
[2]
$ mkdir folder && tokvec 0 --save-state folder
! tokvec: cannot open for writing: Is a directory (folder); name a file, not a directory
[2]
$ tokvec 0 --save-state folder/x/
! tokvec: cannot create the file: No such file or directory (folder/x/); check the name
[2]
$ tokvec -o x.npy --save-state ./x.npy 0
! tokvec: --output and --save-state name one file (./x.npy); give them two names
[2]
$ ln -s folder other && tokvec -o folder/x.npy --save-state other/x.npy 0
! tokvec: --output and --save-state name one file (other/x.npy); give them two names
[2]
$ ln -s x.npy link && tokvec -o x.npy --save-state link 0
! tokvec: --output and --save-state name one file (link); give them two names
[2]
$ tokvec -o x.npy 0 && tokvec -o x.npy --save-state link 0
! tokvec: --output and --save-state name one file (link); give them two names
[2]
$ tokvec --save-state rows -f csv 0 > rows
! tokvec: standard output and --save-state name one file (rows); give them two names
[2]
$ tokvec --save-state /dev/stdout -f csv 0 | cat
! tokvec: standard output and --save-state name one file (/dev/stdout); give them two names
$ ls folder; cat rows
$ tokvec --save-state /dev/stdout -f csv 0 -o y.csv | wc -c
5641
$ tokvec --save-state /dev/null -f csv 0 > /dev/null
$ tokvec --save-state y.pt -o x.npy 0 && tokvec --state y.pt --save-state y.pt -f csv 0
id,0,1,2
0,-2.133753,1.0523578,-1.2202903
--
Nor is a state computed that all of too many values would have to be made for.

$ tokvec --after init:trunc_normal:1000000000x1000 0
! tokvec: trunc_normal: the proposals for so many values are not followed (item 1, 'init:trunc_normal:1000000000x1000'); give a smaller table, or bounds that let more proposals through
[2]
