# What config.json says of the table's shape, as published models say it.

$ python3 $TESTS/check/make.py m && mv m/healthy/gpt2 . && rm -r m
--

# Mamba's table is padded to a multiple that the config names, and not further.

$ echo '{"d_model": 40, "vocab_size": 45, "pad_vocab_size_multiple": 10}' > gpt2/config.json; tokvec check gpt2
$ echo '{"d_model": 40, "vocab_size": 39, "pad_vocab_size_multiple": 10}' > gpt2/config.json; tokvec check --no-header gpt2
config  error  wte.weight  -  -  gpt2/config.json says vocab_size 39, but 'wte.weight' has 50 rows
[1]
$ echo '{"d_model": 40, "vocab_size": 47, "pad_vocab_size_multiple": 0}' > gpt2/config.json; tokvec check --no-header gpt2
config  error  wte.weight  -  -  gpt2/config.json says vocab_size 47, but 'wte.weight' has 50 rows
[1]
--

# OLMo's has the rows of embedding_size.

$ echo '{"d_model": 40, "vocab_size": 41, "embedding_size": 50}' > gpt2/config.json; tokvec check gpt2
--

# A model of several parts may be right about one of them only.

$ echo '{"vocab_size": 40, "text_config": {"vocab_size": 50, "hidden_size": 40}}' > gpt2/config.json; tokvec check gpt2
$ echo '{"vocab_size": 40, "text_config": {"vocab_size": 41, "hidden_size": 41}}' > gpt2/config.json; tokvec check --no-header gpt2
config  error  wte.weight  -  -  gpt2/config.json says vocab_size 40, but 'wte.weight' has 50 rows
config  error  wte.weight  -  -  gpt2/config.json says hidden_size 41, but 'wte.weight' has 40 columns
[1]
--

# What is not a whole number is as it stands, and -1 says nothing.

$ echo '{"n_embd": 40.5, "vocab_size": 1e300}' > gpt2/config.json; tokvec check --no-header gpt2
config  error  wte.weight  -  -  gpt2/config.json says vocab_size 1.0000000000000001e+300, but 'wte.weight' has 50 rows
config  error  wte.weight  -  -  gpt2/config.json says n_embd 40.5, but 'wte.weight' has 40 columns
[1]
$ echo '{"hidden_size": "40", "vocab_size": "50"}' > gpt2/config.json; tokvec check --no-header gpt2
config  error  wte.weight  -  -  gpt2/config.json says vocab_size, but not as a number
config  error  wte.weight  -  -  gpt2/config.json says hidden_size, but not as a number
[1]
$ echo '{"hidden_size": null, "vocab_size": -1}' > gpt2/config.json; tokvec check gpt2
--
