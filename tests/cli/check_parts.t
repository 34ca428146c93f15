# The output head of a file that holds a part of the rows is looked at as that of a whole model is.

$ python3 $TESTS/check/make.py m; for part in 0 1; do mkdir mp_rank_0$part; cp m/wrong/head-nan/model.safetensors mp_rank_0$part; done; tokvec check mp_rank_00/model.safetensors || echo "status $?"; tokvec check -q --all --ignore zero_rows mp_rank_01/model.safetensors || echo "status $?"
FINDING    LEVEL  TENSOR                     ID  TOKEN  DETAIL
zero_rows  error  model.embed_tokens.weight  50  -      14 rows: 50 to 63; no vocabulary is known, so that every row counts
nan        error  lm_head.weight              3  -      1 value in 1 row: 3
status 1
status 1
! tokvec: warning: mp_rank_00/model.safetensors is one of 2 files that hold a part of the rows: 'model.embed_tokens.weight' has the model's IDs 0 to 63, here from 0
