# Rows that PEFT trained for some tokens belong to the IDs that adapter_config.json lists.

$ cp -r $TESTS/adapter .
$ tokvec -w adapter -f csv 9 5
id,0,1,2,3,4,5,6,7
9,0.008093258,0.017862575,-0.029081818,0.023749867,-0.005990469,0.045926366,0.0066109127,0.043495357
5,-0.015300351,-0.009499348,-0.00990513,-0.00396721,0.04429759,-0.0027337724,-0.020363215,0.003568108
$ tokvec -w adapter 1
! tokvec: '1' is not an ID of the table (argument 3); 'base_model.model.model.embed_tokens.trainable_tokens_delta' of adapter has 2 IDs, 5 to 9
[2]
$ tokvec -w adapter/adapter_model.safetensors -t base_model.model.model.embed_tokens.trainable_tokens_delta -f csv 9
id,0,1,2,3,4,5,6,7
9,0.008093258,0.017862575,-0.029081818,0.023749867,-0.005990469,0.045926366,0.0066109127,0.043495357
--

# Lists that do not fit.

$ cp $TESTS/adapter/adapter_model.safetensors .
$ tokvec -w adapter_model.safetensors 0
! tokvec: the rows of 'base_model.model.model.embed_tokens.trainable_tokens_delta' belong to token IDs, but adapter_config.json beside it does not list one for each of the 2 rows (adapter_model.safetensors); put the adapter's adapter_config.json beside the file
[2]
$ for ids in '5' '5, 9, 11' '5, -9' '5, 9.5' '5, "9"' '5, 1e300' '5, null'; do echo "{\"token_indices\": [$ids]}" > adapter_config.json; tokvec -w adapter_model.safetensors 5 > out 2>&1; echo $? $(grep -c 'belong to token IDs' out); done
2 1
2 1
2 1
2 1
2 1
2 1
2 1
$ echo '{"token_indices": [9, 9]}' > adapter_config.json; tokvec -w adapter_model.safetensors 9
! tokvec: a token ID of 'base_model.model.model.embed_tokens.trainable_tokens_delta' is repeated in adapter_config.json (adapter_model.safetensors); correct the list, or put the adapter's own adapter_config.json beside the file
[2]
$ echo '{"token_indices": [9, 5]}' > adapter_config.json; tokvec -w adapter_model.safetensors -f csv 9
id,0,1,2,3,4,5,6,7
9,-0.015300351,-0.009499348,-0.00990513,-0.00396721,0.04429759,-0.0027337724,-0.020363215,0.003568108
$ echo '{"token_indices"' > adapter_config.json; tokvec -w adapter_model.safetensors -f csv 9
! tokvec: the rows of 'base_model.model.model.embed_tokens.trainable_tokens_delta' belong to token IDs, but adapter_config.json beside it does not list one for each of the 2 rows (adapter_model.safetensors); put the adapter's adapter_config.json beside the file
[2]
--

# Beside a LoRA the key is another; it may have a list for each module.

$ cp $TESTS/adapter_written/beside_lora.bin adapter_model.bin
$ echo '{"token_indices": null, "trainable_token_indices": [7, 3, 8]}' > adapter_config.json; tokvec -w adapter_model.bin -t base_model.model.model.embed_tokens.token_adapter.trainable_tokens_delta -f csv 3
id,0,1
3,2.0,3.0
$ for key in embed_tokens model.embed_tokens base_model.model.model.embed_tokens tokens token_adapter lm_head '' xbase_model.model.model.embed_tokens; do echo "{\"trainable_token_indices\": {\"other\": [1, 2, 3], \"$key\": [7, 3, 8]}}" > adapter_config.json; echo "$key"; tokvec -w adapter_model.bin -t base_model.model.model.embed_tokens.token_adapter.trainable_tokens_delta -f csv 8; done
embed_tokens
id,0,1
8,4.0,5.0
model.embed_tokens
id,0,1
8,4.0,5.0
base_model.model.model.embed_tokens
id,0,1
8,4.0,5.0
tokens
token_adapter
lm_head

xbase_model.model.model.embed_tokens
! tokvec: the rows of 'base_model.model.model.embed_tokens.token_adapter.trainable_tokens_delta' belong to token IDs, but adapter_config.json beside it does not list one for each of the 3 rows (adapter_model.bin); put the adapter's adapter_config.json beside the file
! tokvec: the rows of 'base_model.model.model.embed_tokens.token_adapter.trainable_tokens_delta' belong to token IDs, but adapter_config.json beside it does not list one for each of the 3 rows (adapter_model.bin); put the adapter's adapter_config.json beside the file
! tokvec: the rows of 'base_model.model.model.embed_tokens.token_adapter.trainable_tokens_delta' belong to token IDs, but adapter_config.json beside it does not list one for each of the 3 rows (adapter_model.bin); put the adapter's adapter_config.json beside the file
! tokvec: the rows of 'base_model.model.model.embed_tokens.token_adapter.trainable_tokens_delta' belong to token IDs, but adapter_config.json beside it does not list one for each of the 3 rows (adapter_model.bin); put the adapter's adapter_config.json beside the file
! tokvec: the rows of 'base_model.model.model.embed_tokens.token_adapter.trainable_tokens_delta' belong to token IDs, but adapter_config.json beside it does not list one for each of the 3 rows (adapter_model.bin); put the adapter's adapter_config.json beside the file
[2]
$ rm adapter_config.json; tokvec -w adapter_model.bin -t base_model.model.model.embed_tokens.token_adapter.trainable_tokens_delta 0
! tokvec: the rows of 'base_model.model.model.embed_tokens.token_adapter.trainable_tokens_delta' belong to token IDs, but adapter_config.json beside it does not list one for each of the 3 rows (adapter_model.bin); put the adapter's adapter_config.json beside the file
[2]
--
