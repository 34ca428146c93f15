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
zero_ids         []
constant_ids     []
repeated_groups  []
--
Only some rows; those that are asked for twice count twice.

$ cd $DATA && tokvec stats -w model.safetensors 0 2 0 -f csv
file,tensor,rows,dim,dtype,count,nan,inf,zeros,min,max,absmax,mean,std,norm_min,norm_min_id,norm_median,norm_max,norm_max_id,zero_rows,constant_rows,repeated_rows,distinct_rows,norm_min_token,norm_max_token
model.safetensors,wte.weight,3,8,float32,24,0,0,0,-0.0350944846868515,0.04058144614100456,0.04058144614100456,0.0009318913371316739,0.020250265977397725,0.052701360360415436,0,0.052701360360415436,0.06243124704054584,2,0,0,1,2,,
--
Each tensor.

$ cd $DATA && tokvec stats -w model.safetensors --all
TENSOR       ROWS  DIM  DTYPE    NAN  INF  ZEROS                    MIN                   MAX                     MEAN                   STD             NORM MIN             NORM MAX  ZERO ROWS  CONSTANT ROWS  REPEATED ROWS
ln_f.weight     1    8  float32    0    0      0                    1.0                   1.0                      1.0                   0.0   2.8284271247461903   2.8284271247461903          0              1              0
wpe.weight      6    8  float32    0    0      0   -0.03903956338763237  0.045198939740657806   -0.0007296236168864804   0.01810967665568826  0.03017998300483674   0.0610761917265844          0              0              0
wte.weight     12    8  float32    0    0      0  -0.045766301453113556    0.0449519008398056  -0.00023091669409798973  0.020270012885538584  0.04004735360638062  0.07623215896321234          0              0              0
ln_f.bias       1    8  float16    0    0      8                    0.0                   0.0                      0.0                   0.0                  0.0                  0.0          1              1              0
