# Of several members of one name in a configuration the last counts, as in Python.

$ cp -r $TESTS/models/single m; printf '{"vocab_size": 7, "n_embd": 4, "vocab_size": 14}' > m/config.json; tokvec -w m 0
tensor([[-0.2196,  0.2205,  2.1147,  1.2385]])
$ printf '{"vocab_size": 14, "n_embd": 4, "vocab_size": 7}' > m/config.json; tokvec -w m 0
tensor([[-0.2196,  0.2205,  2.1147,  1.2385]])
! tokvec: warning: m/config.json says vocab_size 7, but 'wte.weight' has 14 rows
$ printf '{"text_config": {"vocab_size": 14}, "text_config": {"vocab_size": 9}}' > m/config.json; tokvec -w m 0
tensor([[-0.2196,  0.2205,  2.1147,  1.2385]])
! tokvec: warning: m/config.json says vocab_size 9, but 'wte.weight' has 14 rows
$ cp -r $TESTS/models/sharded s; sed -i 's/"total_size": 296/"total_size": 7, "by": "me", "total_size": 296/' s/*.index.json; tokvec list --metadata s | tail -2
by          me
total_size  296
$ sed -i '1s/{/{"metadata": {"by": "you"},/' s/*.index.json; tokvec list --metadata s | tail -2
by          me
total_size  296
$ printf '{"added_tokens_decoder": {"4": {"content": "<a>"}}, "added_tokens_decoder": {"5": {"content": "<b>"}}}' > m/tokenizer_config.json; printf '{"x": 0, "y": 1}' > m/vocab.json; tokvec list --tokens m
! tokvec: the JSON: the member 'added_tokens_decoder' is repeated (m/tokenizer_config.json, byte 76); the file is damaged or of another kind; fetch or save it again
[2]
--

# A byte order mark is not part of JSON, nor does Python take it.

$ printf '\357\273\277{"vocab_size": 14}' > m/config.json; tokvec -w m 0
tensor([[-0.2196,  0.2205,  2.1147,  1.2385]])
! tokvec: warning: the config was not compared with the weights: its JSON: a byte order mark, which no JSON begins with (m/config.json, byte 0)
$ sed -i '1s/^/\xef\xbb\xbf/' s/*.index.json; tokvec list s
! tokvec: the index: a byte order mark, which no JSON begins with (s/model.safetensors.index.json, byte 0); the file is damaged or of another kind; fetch or save it again
[2]
--
