# The bits of codes that do not fill the last word or byte of a row.
$ mkdir g && cp $TESTS/packed/gemma-int2/model.safetensors g && sed 's/"hidden_size": [0-9]*/"hidden_size": 11/' $TESTS/packed/gemma-int2/config.json > g/config.json && tokvec list g | cut -c1-130
  NAME                                    DTYPE    SHAPE    BYTES  OFFSET  KIND
  model.embed_tokens.embedding_scale      float32  [5, 1]      20     296  -
  model.norm.weight                       float32  [4]         16     316  -
* model.embed_tokens.embedding_quantized  float32  [5, 11]     15     332  Gemma, 2 bits

  FILE               WHY
* config.json        config
* model.safetensors  weights
