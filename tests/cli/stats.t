# What the numbers of a table are like.

$ cd $DATA && tokvec stats -w model.safetensors
file             model.safetensors
tensor           wte.weight
rows             12
dim              8
dtype            float32
count            96
nan              0
inf              0
zeros            0
min              -0.045766301453113556
max              0.0449519008398056
absmax           0.045766301453113556
mean             -0.00023091669409798973
std              0.020270012885538584
norm_min         0.04004735360638062
norm_min_id      11
norm_median      0.05566132498288037
norm_max         0.07623215896321234
norm_max_id      4
zero_rows        0
constant_rows    0
repeated_rows    0
distinct_rows    12
rms              0.020165485697507743
norm             0.1975806014971444
zero_ids         []
constant_ids     []
repeated_groups  []
$ tokvec stats --seed 123 -n 6 -d 3 -f json
{"file": null,
 "tensor": null,
 "rows": 6,
 "dim": 3,
 "dtype": "float32",
 "count": 18,
 "nan": 0,
 "inf": 0,
 "zeros": 0,
 "min": -2.839993953704834,
 "max": 1.5809695720672607,
 "absmax": 2.839993953704834,
 "mean": -0.13212151494291094,
 "std": 1.1250261564449273,
 "norm_min": 0.41709663873734676,
 "norm_min_id": 0,
 "norm_median": 1.45645397943541,
 "norm_max": 3.266260094273736,
 "norm_max_id": 5,
 "zero_rows": 0,
 "constant_rows": 0,
 "repeated_rows": 0,
 "distinct_rows": 6,
 "rms": 1.1012829689968109,
 "norm": 4.672347932297397,
 "norm_min_token": null,
 "norm_max_token": null,
 "zero_ids": [],
 "constant_ids": [],
 "repeated_groups": []}
$ cd $DATA/../tests/data/stats && tokvec stats -w a.npy
file             a.npy
rows             24
dim              6
dtype            float32
count            144
nan              0
inf              0
zeros            12
min              -0.0366801917552948
max              0.07041255384683609
absmax           0.07041255384683609
mean             0.007235627680428378
std              0.02420742594580463
norm_min         0.0
norm_min_id      15
norm_median      0.05089272846685046
norm_max         0.10660999766429274
norm_max_id      7
zero_rows        2
constant_rows    2
repeated_rows    3
distinct_rows    21
rms              0.025185002245008983
norm             0.3022200269401078
zero_ids         [15, 16]
constant_ids     [15, 16]
repeated_groups  [[3, 11, 12], [8, 13]]
--
NaN makes of the figures what it makes in NumPy; or what is not finite is left out.

$ cd $DATA/../tests/data/stats && tokvec stats -w nonfinite.npy -f csv
file,tensor,rows,dim,dtype,count,nan,inf,zeros,min,max,absmax,mean,std,norm_min,norm_min_id,norm_median,norm_max,norm_max_id,zero_rows,constant_rows,repeated_rows,distinct_rows,rms,norm,norm_min_token,norm_max_token
nonfinite.npy,,24,6,float32,144,1,2,12,nan,nan,nan,nan,nan,nan,4,nan,nan,4,2,2,3,21,nan,nan,,
$ cd $DATA/../tests/data/stats && tokvec stats -w nonfinite.npy -f csv --finite
file,tensor,rows,dim,dtype,count,nan,inf,zeros,min,max,absmax,mean,std,norm_min,norm_min_id,norm_median,norm_max,norm_max_id,zero_rows,constant_rows,repeated_rows,distinct_rows,rms,norm,norm_min_token,norm_max_token
nonfinite.npy,,24,6,float32,144,1,2,12,-0.03664739429950714,0.07041255384683609,0.07041255384683609,0.0076759482365669615,0.024150254329897945,0.0,15,0.05089272846685046,0.10660999766429274,7,2,2,3,21,0.025259029051410486,0.29993435174287697,,
$ cd $DATA/../tests/data/stats && tokvec stats -w nonfinite.npy -f jsonl | cut -c1-150
{"file": "nonfinite.npy", "tensor": "", "rows": 24, "dim": 6, "dtype": "float32", "count": 144, "nan": 1, "inf": 2, "zeros": 12, "min": null, "max": n
! tokvec: warning: 10 values are nan or infinite, which JSON does not have: null instead
--
Only some rows, by IDs and tokens; those that are asked for twice count twice.

$ cd $DATA && tokvec stats -w glove.txt king queen king -f csv
file,tensor,rows,dim,dtype,count,nan,inf,zeros,min,max,absmax,mean,std,norm_min,norm_min_id,norm_median,norm_max,norm_max_id,zero_rows,constant_rows,repeated_rows,distinct_rows,rms,norm,norm_min_token,norm_max_token
glove.txt,,3,4,float32,12,0,0,0,-1.264799952507019,1.8233000040054321,1.8233000040054321,0.16482983653744063,0.7927068494728837,1.0392158794825967,2,1.0392158794825967,2.2535112276248848,3,0,0,1,2,0.7766515811143474,2.6903999965375016,king,queen
$ cd $DATA && tokvec stats -w glove.txt 2:4 --no-labels | grep -E 'id|token'
norm_min_id      2
norm_max_id      3
zero_ids         []
constant_ids     []
$ cd $DATA && echo 'king queen' | tokvec stats -w glove.txt -i - -f tsv --no-header
glove.txt		2	4	float32	8	0	0	0	-1.264799952507019	1.8233000040054321	1.8233000040054321	0.17566863121464849	0.9189595633306161	1.0392158794825967	2	1.6463635535537406	2.2535112276248848	3	0	0	0	2	0.8773741004554586	2.481588704278008	king	queen
$ cd $DATA && tokvec stats -w model.safetensors -t wpe.weight 0:4 -f tsv
file	tensor	rows	dim	dtype	count	nan	inf	zeros	min	max	absmax	mean	std	norm_min	norm_min_id	norm_median	norm_max	norm_max_id	zero_rows	constant_rows	repeated_rows	distinct_rows	rms	norm	norm_min_token	norm_max_token
model.safetensors	wpe.weight	4	8	float32	32	0	0	0	-0.02886243350803852	0.045198939740657806	0.045198939740657806	0.0036854304053122178	0.017271806331117807	0.03017998300483674	3	0.050186881490134984	0.0610761917265844	0	0	0	0	4	0.017394692819260336	0.09839924199324743		
--
A table with IDs of its own.

$ printf 'id,0,1\n20,1,2\n10,3,4\n30,1,2\n40,0,-0\n' >own.csv && tokvec stats -w own.csv | grep -E 'id|group'
norm_min_id      40
norm_max_id      10
zero_ids         [40]
constant_ids     [40]
repeated_groups  [[20, 30]]
$ tokvec stats -w own.csv 10 30 20 | grep -E 'id|group'
norm_min_id      30
norm_max_id      10
zero_ids         []
constant_ids     []
repeated_groups  [[30, 20]]
$ tokvec stats -w own.csv 11
! tokvec: '11' is not an ID of the table (argument 4); own.csv has 4 IDs, 10 to 40
[2]
--
Nothing, and next to nothing.

$ printf 'id,0,1\n' >none.csv && tokvec stats -w none.csv -f csv
file,tensor,rows,dim,dtype,count,nan,inf,zeros,min,max,absmax,mean,std,norm_min,norm_min_id,norm_median,norm_max,norm_max_id,zero_rows,constant_rows,repeated_rows,distinct_rows,rms,norm,norm_min_token,norm_max_token
none.csv,,0,2,float32,0,0,0,0,,,,,,,,,,,0,0,0,0,,,,
$ printf '{"w":{"dtype":"F32","shape":[3,0],"data_offsets":[0,0]}}' >json && printf '\70\0\0\0\0\0\0\0' | cat - json >empty.safetensors && tokvec stats -w empty.safetensors -f tsv
file	tensor	rows	dim	dtype	count	nan	inf	zeros	min	max	absmax	mean	std	norm_min	norm_min_id	norm_median	norm_max	norm_max_id	zero_rows	constant_rows	repeated_rows	distinct_rows	rms	norm	norm_min_token	norm_max_token
empty.safetensors	w	3	0	float32	0	0	0	0						0.0	0	0.0	0.0	0	3	3	2	1				
$ tokvec stats -n 1 -d 1 -f csv --no-header
,,1,1,float32,1,0,0,0,-0.11146711558103561,-0.11146711558103561,0.11146711558103561,-0.11146711558103561,nan,0.11146711558103561,0,0.11146711558103561,0.11146711558103561,0,0,1,0,1,0.11146711558103561,0.11146711558103561,,
--
Each tensor of a file. A tensor that is packed in a way that is not read has no figures.

$ cd $DATA && tokvec stats -w model.safetensors --all
TENSOR       ROWS  DIM  DTYPE    NAN  INF  ZEROS                    MIN                   MAX                     MEAN                   STD             NORM MIN             NORM MAX  ZERO ROWS  CONSTANT ROWS  REPEATED ROWS
ln_f.weight     1    8  float32    0    0      0                    1.0                   1.0                      1.0                   0.0   2.8284271247461903   2.8284271247461903          0              1              0
wpe.weight      6    8  float32    0    0      0   -0.03903956338763237  0.045198939740657806   -0.0007296236168864804   0.01810967665568826  0.03017998300483674   0.0610761917265844          0              0              0
wte.weight     12    8  float32    0    0      0  -0.045766301453113556    0.0449519008398056  -0.00023091669409798973  0.020270012885538584  0.04004735360638062  0.07623215896321234          0              0              0
ln_f.bias       1    8  float16    0    0      8                    0.0                   0.0                      0.0                   0.0                  0.0                  0.0          1              1              0
$ cd $DATA/../tests/data/packed && tokvec stats -w awq --all -f csv | cut -d, -f2-10
tensor,rows,dim,dtype,count,nan,inf,zeros,min
model.norm.weight,1,4,float32,4,0,0,0,1.0
model.layers.0.self_attn.q_proj.qweight,,,int32,,,,,
model.layers.0.self_attn.q_proj.qzeros,1,8,int32,8,0,0,0,-2123967400.0
model.embed_tokens.weight,6,8,float16,48,0,0,0,-2.068359375
model.layers.0.self_attn.q_proj.scales,1,8,float16,8,0,0,0,1.0
! tokvec: warning: no figures of 'model.layers.0.self_attn.q_proj.qweight': tensor 'model.layers.0.self_attn.q_proj.qweight' is stored by GPTQ or AWQ
$ cd $DATA && tokvec stats -w sharded --all -f jsonl | cut -c1-100
{"file": "sharded/model-00002-of-00002.safetensors", "tensor": "lm_head.weight", "rows": 14, "dim": 
{"file": "sharded/model-00001-of-00002.safetensors", "tensor": "model.embed_tokens.weight", "rows": 
{"file": "sharded/model-00001-of-00002.safetensors", "tensor": "model.layers.0.self_attn.q_proj.weig
{"file": "sharded/model-00002-of-00002.safetensors", "tensor": "model.layers.1.self_attn.q_proj.weig
{"file": "sharded/model-00002-of-00002.safetensors", "tensor": "model.norm.weight", "rows": 1, "dim"
--
Whole numbers, as long as float64 holds them.

$ printf '\0\0\0\0\0\0\40\0\1\0\0\0\0\0\0\200' >odd.bin && tokvec stats -w odd.bin -d 1 --dtype int64 0 -f tsv --no-header
odd.bin		1	1	int64	1	0	0	0	9007199254740992.0	9007199254740992.0	9007199254740992.0	9007199254740992.0	nan	9007199254740992.0	0	9007199254740992.0	9007199254740992.0	0	0	1	0	1	9007199254740992.0	9007199254740992.0		
$ tokvec stats -w odd.bin -d 1 --dtype int64
! tokvec: float64 cannot hold the value -9223372036854775807 (row 1); its figures would be wrong; look at the row itself
[2]
--
Questions that make no sense.

$ tokvec stats --all
! tokvec: --all needs a weights file; name one with -w FILE
[2]
$ cd $DATA && tokvec stats -w model.safetensors --all 3
! tokvec: --all is about tensors, not about some rows (argument 5); leave out --all or the rows
[2]
$ cd $DATA && tokvec stats -w model.safetensors --all -i ids.txt
! tokvec: --all is about tensors, not about some rows; leave out --all or the rows
[2]
$ cd $DATA && tokvec stats -w model.safetensors --all -t wpe.weight
! tokvec: --all is about all tensors, --tensor about one; leave out one of them
[2]
$ cd $DATA && tokvec stats -w model.safetensors 3 -i ids.txt
! tokvec: rows come from the arguments and from --input (argument 4); choose one of the two
[2]
$ cd $DATA && tokvec stats -w model.safetensors 99
! tokvec: '99' is out of range (argument 4); valid are 0 to 11 in 'wte.weight' of model.safetensors
[2]
$ cd $DATA && tokvec stats -w model.safetensors -t nope
! tokvec: no tensor is named 'nope' (model.safetensors); see the names with tokvec list, and give one with -t
[2]
$ cd $DATA && tokvec stats model.safetensors
! tokvec: 'model.safetensors' is a file, not a token ID (argument 2); name a weights file with -w FILE, one of IDs with -i FILE
[2]
$ cd $DATA && tokvec stats -w glove.txt model.safetensors
! tokvec: 'model.safetensors' is a file, not a token ID (argument 4); name a weights file with -w FILE, one of IDs with -i FILE
[2]
$ tokvec stats -f npy
! tokvec: unknown format 'npy'; choose one of text, json, jsonl, csv, tsv
[2]
--
Into a file, which appears whole or not at all.

$ tokvec stats -o figures.csv && cut -d, -f3-6 figures.csv
rows,dim,dtype,count
6,3,float32,18
$ tokvec stats 99 -o other.csv; ls other.csv
! tokvec: '99' is out of range (argument 2); valid are 0 to 5 in the default table (seed 123, vocabulary 6, dimension 3); name a weights file with -w, or a shape with -n and -d
! ls: cannot access 'other.csv': No such file or directory
[2]
