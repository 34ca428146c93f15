# Adapters as PEFT writes them: of several tensors the rows trained for some tokens are the
# embedding's; vectors of a prompt are not.

$ cp $TESTS/adapter_written/beside_lora.bin adapter_model.bin; echo '{"trainable_token_indices": {"embed_tokens": [7, 3, 8]}}' > adapter_config.json
$ tokvec -w . -f csv 3 8
id,0,1
3,2.0,3.0
8,4.0,5.0
$ rm adapter_model.bin; cp $TESTS/adapter_written/tied_trained.safetensors adapter_model.safetensors; echo '{"token_indices": [5, 9]}' > adapter_config.json
$ tokvec -w . -f csv 9
id,0,1
9,2.0,3.0
$ tokvec -w . 1
! tokvec: '1' is not an ID of the table (argument 3); 'base_model.model.transformer.wte.trainable_tokens_delta' of . has 2 IDs, 5 to 9
[2]
$ cp $TESTS/adapter_written/prompt.safetensors adapter_model.safetensors; echo '{"peft_type": "PROMPT_TUNING", "base_model_name_or_path": null}' > adapter_config.json
$ tokvec -w . 1
! tokvec: the file is an adapter without a token embedding (./adapter_model.safetensors); name the base model; or name a tensor with -t
[2]
$ echo '{"peft_type": "PROMPT_TUNING", "base_model_name_or_path": "gpt2"}' > adapter_config.json; tokvec -w . 1
! tokvec: the file is an adapter of gpt2 without a token embedding (./adapter_model.safetensors); name the base model; or name a tensor with -t
[2]
$ tokvec -w . -t prompt_embeddings -f csv 1
id,0,1
1,2.0,3.0
