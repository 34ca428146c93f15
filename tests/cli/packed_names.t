# The codes of a packed weight stand for the weight, by its plain name too.

$ cd $TESTS/packed && tokvec -w ct-int4-group -t model.embed_tokens.weight 1 -f jsonl | cut -c1-60
{"id": 1, "vector": [-0.31445312, 0.0, -0.07861328, 0.236328
$ cd $TESTS/packed && tokvec -w gemma-int4 -t model.embed_tokens.weight 1 -f jsonl | cut -c1-60
{"id": 1, "vector": [-0.32165942, -0.12866376, 0.45032316, -
$ cd $TESTS/packed && tokvec list ct-nvfp4 | grep '^\*' | cut -c1-40
* model.embed_tokens.weight_packed      
* config.json        config
* model.safetensors  weights
