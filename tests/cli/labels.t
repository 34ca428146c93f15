# Token strings stand beside rows that are those of tokens, and beside no others.

$ cp $DATA/model.* .
$ tokvec -w model.gguf -t blk.0.attn_q.weight 1 -f csv | cut -c1-12
id,0,1,2,3,4
1,0.35723686
$ tokvec -w model.gguf -t blk.0.attn_q.weight ' world' -f csv
! tokvec: the rows of 'blk.0.attn_q.weight' do not belong to tokens (model.gguf); give the numbers of rows
[2]
$ tokvec -w model.safetensors -t wpe.weight --vocab $TESTS/vocab/vocab.txt 1 -f csv | cut -c1-12
id,0,1,2,3,4
1,0.00972670
$ tokvec -w model.safetensors -t wpe.weight --vocab $TESTS/vocab/vocab.txt --tokens '[PAD]'
! tokvec: the rows of 'wpe.weight' do not belong to tokens (model.safetensors); the vocabulary does not have as many tokens as it has rows
[2]
$ tokvec -w model.safetensors -t wte.weight --vocab $TESTS/vocab/vocab.txt 1 -f csv | cut -c1-12
id,token,0,1
1,[UNK],0.02
! tokvec: warning: the vocabulary has token IDs up to 17, the table has only 12 rows
$ printf 'a\nb\nc\nd\ne\nf\n' > six && tokvec -w model.safetensors -t wpe.weight --vocab six b -f csv | cut -c1-12
id,token,0,1
1,b,0.009726
$ tokvec --vocab six b -f csv
id,token,0,1,2
1,b,0.9177646,1.5809696,1.3010399
--

# A bare list of more tokens than rows is another table's.

$ echo '["a", "b", "c", "d", "e", "f", "g"]' > seven.json && tokvec --vocab seven.json 1 -f csv
! tokvec: the vocabulary has 7 tokens, but the table has only 6 rows (seven.json); name a vocabulary that gives an ID to each token
[2]
$ echo '["a", "b"]' > two.json && tokvec --vocab two.json b 2 -f csv
id,token,0,1,2
1,b,0.9177646,1.5809696,1.3010399
2,,1.2753012,-0.2009531,-0.16056378
--
