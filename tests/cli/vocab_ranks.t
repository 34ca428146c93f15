# Special tokens are not in a file of ranks: their rows have no labels, and who looks for one is told so.

$ printf 'IQ== 0\nYQ== 1\nIHdvcmxk 2\n' > x.tiktoken; tokvec -n 4 -d 1 --vocab x.tiktoken -f jsonl 2 3
{"id": 2, "token": " world", "vector": [-0.3696345]}
{"id": 3, "token": null, "vector": [-0.24041797]}
$ tokvec -n 4 -d 1 --vocab x.tiktoken '<|endoftext|>'
! tokvec: the vocabulary does not have the token '<|endoftext|>' (argument 7); a file of ranks has no special tokens: give its ID, or name the model's tokenizer.json
[2]
$ tokvec -n 4 -d 1 --vocab x.tiktoken ' worlds'
! tokvec: the vocabulary does not have the token ' worlds' (argument 7); did you mean ' world'?
[2]
--
# In a folder, the tokenizer's configuration has them.

$ mkdir m && cp x.tiktoken m && echo '{"added_tokens_decoder": {"3": {"content": "<|endoftext|>"}}}' > m/tokenizer_config.json
$ tokvec -n 4 -d 1 --vocab m -f jsonl '<|endoftext|>' 2
{"id": 3, "token": "<|endoftext|>", "vector": [-0.24041797]}
{"id": 2, "token": " world", "vector": [-0.3696345]}
