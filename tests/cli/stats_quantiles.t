# Quantiles, among the other figures of a table.

$ cd $DATA/../tests/data/stats && tokvec stats -w a.npy --quantiles 0.01,0.5,.75,1 | grep quantile
quantile_0.01    -0.0359386495873332
quantile_0.5     0.001759357692208141
quantile_.75     0.020858983509242535
quantile_1       0.07041255384683609
$ cd $DATA/../tests/data/stats && tokvec stats -w a.npy --quantiles 0.5,0.9 -f csv | cut -d, -f24-
rms,norm,norm_min_token,norm_max_token,quantile_0.5,quantile_0.9
0.025185002245008983,0.3022200269401078,,,0.001759357692208141,0.03621467277407648
$ cd $DATA/../tests/data/stats && tokvec stats -w a.npy --quantiles 0.5 -f json | tail -2
 "repeated_groups": [[3, 11, 12], [8, 13]],
 "quantile_0.5": 0.001759357692208141}
$ cd $DATA/../tests/data/stats && tokvec stats -w a.npy 0 3 15 --quantiles 0,1e-1,0.5 -f tsv --no-header | cut -f26-
		-0.03278399258852005	-0.011936855316162107	0.0
$ tokvec stats --seed 123 -n 50 -d 7 --quantiles 0.25,0.5,0.75 -j 8 | tail -3
quantile_0.25    -0.7986111044883728
quantile_0.5     -0.0800541378557682
quantile_0.75    0.617282822728157
--
NaN makes them NaN, and infinities are the ends; or what is not finite is left out.

$ cd $DATA/../tests/data/stats && tokvec stats -w nonfinite.npy --quantiles 0.5 | tail -1
quantile_0.5     nan
$ cd $DATA/../tests/data/stats && tokvec stats -w nonfinite.npy --quantiles 0.5 --finite | tail -1
quantile_0.5     0.0022729160264134407
$ printf 'inf,-inf\n1,2\n3,inf\n' >odd.csv && tokvec stats -w odd.csv --quantiles 0,0.2,0.3,0.4,0.7,1 | grep -E 'rms|^norm |quantile'
rms              inf
norm             inf
quantile_0       -inf
quantile_0.2     1.0
quantile_0.3     1.5
quantile_0.4     2.0
quantile_0.7     inf
quantile_1       inf
$ printf '0,0\n' >zero.csv && tokvec stats -w zero.csv --quantiles 0.5 | grep -E 'rms|^norm |quantile'
rms              0.0
norm             0.0
quantile_0.5     0.0
--
Of each tensor.

$ cd $DATA && tokvec stats -w model.safetensors --all --quantiles 0.05,0.95 -f csv | cut -d, -f2,24-
tensor,rms,norm,norm_min_token,norm_max_token,quantile_0.05,quantile_0.95
ln_f.weight,1.0,2.8284271247461903,,,1.0,1.0
wpe.weight,0.017934888655930258,0.1242565535206476,,,-0.02811622554436326,0.03231753893196582
wte.weight,0.020165485697507743,0.1975806014971444,,,-0.035210927948355675,0.03385557234287262
ln_f.bias,0.0,0.0,,,0.0,0.0
$ cd $DATA && tokvec stats -w model.safetensors --all --quantiles 0.05,0.95 | head -3 | cut -c140-
D             NORM MIN             NORM MAX  ZERO ROWS  CONSTANT ROWS  REPEATED ROWS          QUANTILE 0.05        QUANTILE 0.95
0   2.8284271247461903   2.8284271247461903          0              1              0                    1.0                  1.0
6  0.03017998300483674   0.0610761917265844          0              0              0   -0.02811622554436326  0.03231753893196582
--
Lists that are not of quantiles.

$ tokvec stats --quantiles 50
! tokvec: '50' in --quantiles is not a number from 0 to 1; give numbers from 0 to 1 with commas between, such as 0.25,0.5,0.75
[2]
$ tokvec stats --quantiles 0.5,,1
! tokvec: '' in --quantiles is not a number from 0 to 1; give numbers from 0 to 1 with commas between, such as 0.25,0.5,0.75
[2]
$ tokvec stats --quantiles 0.5,nan
! tokvec: 'nan' in --quantiles is not a number from 0 to 1; give numbers from 0 to 1 with commas between, such as 0.25,0.5,0.75
[2]
$ tokvec stats --quantiles ''
! tokvec: '' in --quantiles is not a number from 0 to 1; give numbers from 0 to 1 with commas between, such as 0.25,0.5,0.75
[2]
$ tokvec stats --quantiles '0.5, 0.6'
! tokvec: ' 0.6' in --quantiles is not a number from 0 to 1; give numbers from 0 to 1 with commas between, such as 0.25,0.5,0.75
[2]
$ tokvec stats --quantiles 0.5,0.1,0.50
! tokvec: '0.50' in --quantiles is repeated; give numbers from 0 to 1 with commas between, such as 0.25,0.5,0.75
[2]
$ tokvec stats --quantiles -0.1
! tokvec: '-0.1' in --quantiles is not a number from 0 to 1; give numbers from 0 to 1 with commas between, such as 0.25,0.5,0.75
[2]
$ tokvec stats --quantiles 1.0000000000000002
! tokvec: '1.0000000000000002' in --quantiles is not a number from 0 to 1; give numbers from 0 to 1 with commas between, such as 0.25,0.5,0.75
[2]
$ tokvec stats --quantiles $(seq -s, 0 0.001 1)
! tokvec: --quantiles has too many numbers; give 256 at most
[2]
$ tokvec stats --quantiles 0.5 --rows
! tokvec: --quantiles has no place in the report of --rows; leave out one of them
[2]
$ tokvec stats --quantiles 0.5 --hist
! tokvec: --quantiles has no place in the report of --hist; leave out one of them
[2]
$ tokvec stats --quantiles
! tokvec: --quantiles needs a value; write --quantiles Q,...
[2]
