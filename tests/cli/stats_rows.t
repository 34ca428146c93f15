# The rows of a table: a line each, the first in some order, and those nearest to unused ones. Below,
# rows 5, 6, 7 and 20 are the unused ones; 15 and 16 are zero.

$ tokvec stats -w $TESTS/undertrained/a.npy --rows 3 15:17 -f csv
id,token,norm,mean,std,min,max,nan,cosine_to_mean
3,,0.047229506166757286,-0.0021790534568329654,0.020986360375011913,-0.03278399258852005,0.019304178655147552,0,0.7543241372841293
15,,0.0,0.0,0.0,0.0,0.0,0,
16,,0.0,0.0,0.0,0.0,0.0,0,
$ tokvec stats -w $TESTS/undertrained/a.npy --rows --sort norm --top 4 -f tsv
id	token	norm	mean	std	min	max	nan	cosine_to_mean
15		0.0	0.0	0.0	0.0	0.0	0	
16		0.0	0.0	0.0	0.0	0.0	0	
18		0.03811597485962622	0.008905691948408881	0.013978264878159445	-0.009657674469053745	0.025743801146745682	0	0.8622291301947972
10		0.038249383328817665	0.003979153465479612	0.016540939218942823	-0.017914647236466408	0.026690807193517685	0	0.8787519005177701
$ tokvec stats -w $TESTS/undertrained/a.npy --rows --sort norm --reverse --top 2
ID                 NORM                  MEAN                   STD                    MIN                  MAX  NAN      COSINE TO MEAN
 7  0.10660999766429274  0.023497369528437655    0.0401321152032753  -0.029028335586190224  0.06907811760902405    0  0.9816019824299719
 5  0.10614866228733241   0.02203686589685579  0.040874925697924176    -0.0328180268406868  0.07041255384683609    0  0.9809633610388611
$ tokvec stats -w $TESTS/undertrained/a.npy --rows --reference 5:8,20 --sort cosine_distance --top 5 -f json
[
  {"id": 6, "token": null, "norm": 0.10057736426296804, "mean": 0.020395318637990083, "std": 0.03903842227348561, "min": -0.03499915078282356, "max": 0.06489139795303345, "nan": 0, "cosine_to_mean": 0.9738544075102736, "cosine_distance": 0.00034727419588698183, "cosine_distance_without_first_pc": 0.013257710304068748, "cosine_distance_centred": 0.0009505278375131487, "l2_distance": 0.0029522246798776683},
  {"id": 7, "token": null, "norm": 0.10660999766429274, "mean": 0.023497369528437655, "std": 0.0401321152032753, "min": -0.029028335586190224, "max": 0.06907811760902405, "nan": 0, "cosine_to_mean": 0.9816019824299719, "cosine_distance": 0.0025859867245743295, "cosine_distance_without_first_pc": 0.042111522322931916, "cosine_distance_centred": 0.00695009835198146, "l2_distance": 0.008881481494111715},
  {"id": 5, "token": null, "norm": 0.10614866228733241, "mean": 0.02203686589685579, "std": 0.040874925697924176, "min": -0.0328180268406868, "max": 0.07041255384683609, "nan": 0, "cosine_to_mean": 0.9809633610388611, "cosine_distance": 0.0034499307647639643, "cosine_distance_without_first_pc": 0.10307614762333117, "cosine_distance_centred": 0.009072812193001045, "l2_distance": 0.00965045495425034},
  {"id": 20, "token": null, "norm": 0.09519079514399026, "mean": 0.01929401377371202, "std": 0.03695330479170702, "min": -0.03664739429950714, "max": 0.05814049392938614, "nan": 0, "cosine_to_mean": 0.9553432724774208, "cosine_distance": 0.005030028436925904, "cosine_distance_without_first_pc": 0.20623441399630837, "cosine_distance_centred": 0.015567882395420729, "l2_distance": 0.01190698512592156},
  {"id": 14, "token": null, "norm": 0.06347755945790992, "mean": 0.004950371532080074, "std": 0.027865259679029426, "min": -0.034595079720020294, "max": 0.03207039088010788, "nan": 0, "cosine_to_mean": 0.9287013040526176, "cosine_distance": 0.14662655459476337, "cosine_distance_without_first_pc": 0.21162788333281057, "cosine_distance_centred": 0.5927047677917288, "l2_distance": 0.058031837071831835}
]
$ tokvec stats -w $TESTS/undertrained/a.npy --rows --sort id --reverse --top 1 -f jsonl 2 9 4 9
{"id": 9, "token": null, "norm": 0.04735931749664969, "mean": -0.00465760783602794, "std": 0.020555997126012138, "min": -0.02597971446812153, "max": 0.02064802125096321, "nan": 0, "cosine_to_mean": 0.7069062480036226}
$ echo '[7, 7]' | tokvec stats -w $TESTS/undertrained/a.npy --rows -i - -f csv --no-header
7,,0.10660999766429274,0.023497369528437655,0.0401321152032753,-0.029028335586190224,0.06907811760902405,0,0.9816019824299719
7,,0.10660999766429274,0.023497369528437655,0.0401321152032753,-0.029028335586190224,0.06907811760902405,0,0.9816019824299719
$ tokvec stats -w $TESTS/undertrained/nonfinite.npy --rows --sort mean --reverse -f csv 3 4 10 20 15
id,token,norm,mean,std,min,max,nan,cosine_to_mean
20,,0.09519079514399026,0.01929401377371202,0.03695330479170702,-0.03664739429950714,0.05814049392938614,0,0.950080282906935
15,,0.0,0.0,0.0,0.0,0.0,0,
3,,0.047229506166757286,-0.0021790534568329654,0.020986360375011913,-0.03278399258852005,0.019304178655147552,0,0.7392617629090894
10,,inf,-inf,nan,-inf,0.026690807193517685,0,
4,,nan,nan,nan,nan,nan,1,
! tokvec: warning: 2 rows are not finite and left out of the mean
$ tokvec stats -w $TESTS/undertrained/nonfinite.npy --rows --sort cosine_to_mean -f csv 3 4 10 20 15
id,token,norm,mean,std,min,max,nan,cosine_to_mean
3,,0.047229506166757286,-0.0021790534568329654,0.020986360375011913,-0.03278399258852005,0.019304178655147552,0,0.7392617629090894
20,,0.09519079514399026,0.01929401377371202,0.03695330479170702,-0.03664739429950714,0.05814049392938614,0,0.950080282906935
4,,nan,nan,nan,nan,nan,1,
10,,inf,-inf,nan,-inf,0.026690807193517685,0,
15,,0.0,0.0,0.0,0.0,0.0,0,
! tokvec: warning: 2 rows are not finite and left out of the mean
$ tokvec stats -w $TESTS/undertrained/nonfinite.npy --rows --finite -f csv 4 10 20
id,token,norm,mean,std,min,max,nan,cosine_to_mean
4,,nan,0.011861197068355978,0.015362261561377186,-0.006023753900080919,0.03152195364236832,1,
10,,inf,0.004451185651123524,0.01844809556360284,-0.017914647236466408,0.026690807193517685,0,
20,,0.09519079514399026,0.01929401377371202,0.03695330479170702,-0.03664739429950714,0.05814049392938614,0,0.950080282906935
$ tokvec stats -w $TESTS/undertrained/nonfinite.npy --rows --reference 5,6 -f csv 3 4
id,token,norm,mean,std,min,max,nan,cosine_to_mean,cosine_distance,cosine_distance_without_first_pc,cosine_distance_centred,l2_distance
3,,0.047229506166757286,-0.0021790534568329654,0.020986360375011913,-0.03278399258852005,0.019304178655147552,0,0.7392617629090894,0.340747282584129,0.386186076101414,1.3223273345919104,0.08038005377442445
4,,nan,nan,nan,nan,nan,1,,,,,
! tokvec: warning: 2 rows are not finite and left out of the mean
$ printf 'word 1 2\nother 3 4\nlast -1 0\n' > words.txt
$ tokvec stats -w words.txt --rows --sort token --reverse
ID  TOKEN  NORM  MEAN                 STD   MIN  MAX  NAN       COSINE TO MEAN
 0  other   5.0   3.5  0.7071067811865476   3.0  4.0    0   0.9838699100999074
 1  last    1.0  -0.5  0.7071067811865476  -1.0  0.0    0  -0.4472135954999579
$ tokvec stats -w words.txt --rows --sort token --top 1 -f json
[
  {"id": 1, "token": "last", "norm": 1.0, "mean": -0.5, "std": 0.7071067811865476, "min": -1.0, "max": 0.0, "nan": 0, "cosine_to_mean": -0.4472135954999579}
]
$ tokvec stats -w words.txt --rows other --no-labels -f tsv
id	token	norm	mean	std	min	max	nan	cosine_to_mean
0		5.0	3.5	0.7071067811865476	3.0	4.0	0	0.9838699100999074
$ printf 'id,0,1\n40,1,2\n7,3,4\n' > own.csv
$ tokvec stats -w own.csv --rows --sort id --reference 40 -f csv
id,token,norm,mean,std,min,max,nan,cosine_to_mean,cosine_distance,cosine_distance_without_first_pc,cosine_distance_centred,l2_distance
7,,5.0,3.5,0.7071067811865476,3.0,4.0,0,0.9984603532054125,0.01613008990009257,0.0,1.9999999999999998,2.8284271247461903
40,,2.23606797749979,1.5,0.7071067811865476,1.0,2.0,0,0.9922778767136676,2.220446049250313e-16,-2.220446049250313e-16,2.220446049250313e-16,0.0
$ tokvec stats -w own.csv --rows --reference 0 -f csv
! tokvec: '0' is not an ID of the table (--reference, line 1, column 1); own.csv has 2 IDs, 7 to 40
[2]
$ printf '1 0\n-1 0\n0 1\n0 -1\n' > square.txt
$ tokvec stats -w square.txt --rows --reference 0 -f csv
id,token,norm,mean,std,min,max,nan,cosine_to_mean,cosine_distance,cosine_distance_without_first_pc,cosine_distance_centred,l2_distance
0,,1.0,0.5,0.7071067811865476,0.0,1.0,0,,0.0,,0.0,0.0
1,,1.0,-0.5,0.7071067811865476,-1.0,0.0,0,,2.0,,2.0,2.0
2,,1.0,0.5,0.7071067811865476,0.0,1.0,0,,1.0,,1.0,1.4142135623730951
3,,1.0,-0.5,0.7071067811865476,-1.0,0.0,0,,1.0,,1.0,1.4142135623730951
! tokvec: warning: no direction varies most: the second principal component varies as much as the first; so cosine_distance_without_first_pc is null
$ printf '1 2\n1 2\n' > equal.txt
$ tokvec stats -w equal.txt --rows --reference 0 -f csv
id,token,norm,mean,std,min,max,nan,cosine_to_mean,cosine_distance,cosine_distance_without_first_pc,cosine_distance_centred,l2_distance
0,,2.23606797749979,1.5,0.7071067811865476,1.0,2.0,0,1.0,2.220446049250313e-16,,1.0,0.0
1,,2.23606797749979,1.5,0.7071067811865476,1.0,2.0,0,1.0,2.220446049250313e-16,,1.0,0.0
! tokvec: warning: the rows do not differ, so that there is no principal component; so cosine_distance_without_first_pc is null
$ printf '16777214 1\n16777215 2\n16777216 0\n' > far.txt
$ tokvec stats -w far.txt --rows --reference 0 -f csv
id,token,norm,mean,std,min,max,nan,cosine_to_mean,cosine_distance,cosine_distance_without_first_pc,cosine_distance_centred,l2_distance
0,,16777214.00000003,8388607.5,11863281.0817111,1.0,16777214.0,0,1.0,0.0,0.0,,0.0
1,,16777215.00000012,8388608.5,11863281.0817111,2.0,16777215.0,0,0.9999999999999982,1.7763568394002505e-15,1.1102230246251565e-16,,1.4142135623730951
2,,16777216.0,8388608.0,11863283.203031445,0.0,16777216.0,0,0.9999999999999982,1.7763568394002505e-15,-2.220446049250313e-16,,2.23606797749979
! tokvec: warning: cosine_distance_centred is null for 3 rows, which lie so near to the mean of all rows, or the mean of the reference rows to that, that no nine digits of it are sure
$ tokvec stats -w far.txt --rows --reference 0 --sort cosine_distance_centred --top 1 -f csv
id,token,norm,mean,std,min,max,nan,cosine_to_mean,cosine_distance,cosine_distance_without_first_pc,cosine_distance_centred,l2_distance
0,,16777214.00000003,8388607.5,11863281.0817111,1.0,16777214.0,0,1.0,0.0,0.0,,0.0
! tokvec: warning: cosine_distance_centred is null for 1 row, which lies so near to the mean of all rows, or the mean of the reference rows to that, that no nine digits of it are sure
$ printf '1e-30 2e-30\n4e-30 -2e-30\n3e38 0\n' > range.txt
$ tokvec stats -w range.txt --rows --reference 0 --sort l2_distance -f csv 0 1 2
id,token,norm,mean,std,min,max,nan,cosine_to_mean,cosine_distance,cosine_distance_without_first_pc,cosine_distance_centred,l2_distance
0,,2.236067984590533e-30,1.5000000047566153e-30,7.0710678342883746e-31,1.0000000031710769e-30,2.0000000063421537e-30,0,0.447213595499958,1.0,1.0,0.0,0.0
1,,4.472135969181066e-30,1.0000000031710769e-30,4.242640700573025e-30,-2.0000000063421537e-30,4.0000000126843074e-30,0,0.894427190999916,1.0,1.0,0.0,5.000000015855384e-30
2,,3.0000000054977558e+38,1.5000000027488779e+38,2.1213203474471428e+38,0.0,3.0000000054977558e+38,0,1.0,0.5527864045000421,,2.0,3.0000000054977558e+38
! tokvec: warning: cosine_distance_without_first_pc is null for 1 row, which lies so near to the first principal component, or this so near to the second, that no nine digits of it are sure
$ printf '0 0\n1 2\n' > zero.txt
$ tokvec stats -w zero.txt --rows --reference 0 -f csv
! tokvec: the mean of the reference rows is zero, which has no direction; name other rows with --reference
[2]
$ tokvec stats -w $TESTS/undertrained/a.npy --hist
BIN                   FROM                     TO  COUNT  
  0    -0.0366801917552948  -0.031325554475188255      9  ##################
  1  -0.031325554475188255   -0.02597091719508171      3  ######
  2   -0.02597091719508171  -0.020616279914975166      4  ########
  3  -0.020616279914975166  -0.015261642634868622     13  ###########################
  4  -0.015261642634868622  -0.009907005354762077      4  ########
  5  -0.009907005354762077  -0.004552368074655533      9  ##################
  6  -0.004552368074655533  0.0008022692054510117     24  ##################################################
  7  0.0008022692054510117   0.006156906485557556     11  ######################
  8   0.006156906485557556     0.0115115437656641      8  ################
  9     0.0115115437656641   0.016866181045770645     15  ###############################
 10   0.016866181045770645    0.02222081832587719     10  ####################
 11    0.02222081832587719   0.027575455605983734     10  ####################
 12   0.027575455605983734    0.03293009288609028      4  ########
 13    0.03293009288609028    0.03828473016619682      6  ############
 14    0.03828473016619682    0.04363936744630337      1  ##
 15    0.04363936744630337    0.04899400472640991      2  ####
 16    0.04899400472640991    0.05434864200651646      4  ########
 17    0.05434864200651646      0.059703279286623      3  ######
 18      0.059703279286623    0.06505791656672955      1  ##
 19    0.06505791656672955    0.07041255384683609      3  ######
$ tokvec stats -w $TESTS/undertrained/nonfinite.npy --hist --bins 3 -f json
[
  {"bin": 0, "from": -0.03664739429950714, "to": -0.0009607449173927307, "count": 47},
  {"bin": 1, "from": -0.0009607449173927307, "to": 0.03472590446472168, "count": 76},
  {"bin": 2, "from": 0.03472590446472168, "to": 0.07041255384683609, "count": 18},
  {"bin": "nan", "from": null, "to": null, "count": 1},
  {"bin": "-inf", "from": null, "to": null, "count": 1},
  {"bin": "inf", "from": null, "to": null, "count": 1}
]
$ tokvec stats -w $TESTS/undertrained/nonfinite.npy --hist --bins 3 --finite -f csv
bin,from,to,count
0,-0.03664739429950714,-0.0009607449173927307,47
1,-0.0009607449173927307,0.03472590446472168,76
2,0.03472590446472168,0.07041255384683609,18
$ tokvec stats -w $TESTS/undertrained/a.npy --hist --bins 2 -f csv 15 16
bin,from,to,count
0,-0.5,0.0,0
1,0.0,0.5,12
$ tokvec stats -w $TESTS/undertrained/a.npy --rows --hist
! tokvec: --rows and --hist are two reports; choose one of the two
[2]
$ tokvec stats -w $TESTS/undertrained/a.npy --rows --all
! tokvec: --rows and --all are two reports; choose one of the two
[2]
$ tokvec stats -w $TESTS/undertrained/a.npy --hist --all
! tokvec: --hist and --all are two reports; choose one of the two
[2]
$ tokvec stats -w $TESTS/undertrained/a.npy --sort norm
! tokvec: --sort needs --rows; add --rows, or leave --sort out
[2]
$ tokvec stats -w $TESTS/undertrained/a.npy --top 3
! tokvec: --top needs --rows; add --rows, or leave --top out
[2]
$ tokvec stats -w $TESTS/undertrained/a.npy --reference 5
! tokvec: --reference needs --rows; add --rows, or leave --reference out
[2]
$ tokvec stats -w $TESTS/undertrained/a.npy --rows --reverse
! tokvec: --reverse needs --sort; add --sort, or leave --reverse out
[2]
$ tokvec stats -w $TESTS/undertrained/a.npy --bins 3
! tokvec: --bins needs --hist; add --hist, or leave --bins out
[2]
$ tokvec stats -w $TESTS/undertrained/a.npy --rows --sort cosine_distance
! tokvec: --sort cosine_distance needs --reference; add --reference, or leave --sort cosine_distance out
[2]
$ tokvec stats -w $TESTS/undertrained/a.npy --rows --sort length
! tokvec: 'length' is not a valid value for --sort; choose id, token, norm, mean, std, min, max, nan, cosine_to_mean, cosine_distance, cosine_distance_without_first_pc, cosine_distance_centred or l2_distance
[2]
$ tokvec stats -w $TESTS/undertrained/a.npy --rows --top 0
! tokvec: '0' is not a valid value for --top; give the number of rows, 1 or more
[2]
$ tokvec stats -w $TESTS/undertrained/a.npy --rows --top -1
! tokvec: '-1' is not a valid value for --top; give the number of rows, 1 or more
[2]
$ tokvec stats -w $TESTS/undertrained/a.npy --hist --bins 0
! tokvec: '0' is not a valid value for --bins; give a number from 1 to 65536
[2]
$ tokvec stats -w $TESTS/undertrained/a.npy --hist --bins 65537
! tokvec: '65537' is not a valid value for --bins; give a number from 1 to 65536
[2]
$ tokvec stats -w $TESTS/undertrained/a.npy --rows --reference ''
! tokvec: --reference names no rows; give IDs of unused tokens, such as 177:188,200
[2]
$ tokvec stats -w equal.txt --rows --reference 0:2,2
! tokvec: '2' is out of range (--reference, line 1, column 5); valid are 0 to 1 in equal.txt
[2]
$ tokvec stats -w $TESTS/undertrained/a.npy --rows --reference 5:x
! tokvec: '5:x' is not a range of integers (--reference, line 1, column 1); a range is BEGIN:END, with END not included
[2]
$ tokvec stats -w $TESTS/undertrained/a.npy --rows --reference '[5'
! tokvec: the input ends inside '[' (--reference, line 1, column 3); close the brackets
[2]
$ tokvec stats -w $TESTS/undertrained/a.npy --rows --reference 7:7
! tokvec: --reference names no rows; give IDs of unused tokens, such as 177:188,200
[2]
$ tokvec stats -w $TESTS/undertrained/nonfinite.npy --rows --reference 3:5
! tokvec: 1 of 2 reference rows have values that are not finite; name other rows with --reference
[2]
