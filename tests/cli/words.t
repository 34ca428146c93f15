# Word vectors and tables in text: lookups by word, and what is said of bad files.

$ cp -r $TESTS/words $TESTS/fasttext $TESTS/csv $TESTS/jsontable .
$ tokvec -w words/word2vec.vec the été
tensor([[ 0.5000, -0.2500],
        [    nan,    -inf]])
$ tokvec -w words/binary.bin -f jsonl cat the
{"id": 1, "token": "cat", "vector": [-2.0, 3.0]}
{"id": 0, "token": "the", "vector": [0.5, 1.0]}
$ tokvec -w words/glove.txt -f csv , '. .' 'at 2'
id,token,0,1,2
1,",",0.4,0.5,0.6
2,. .,0.7,0.8,0.9
3,at 2,1.0,1.1,1.2
$ tokvec -w words/glove.txt --tokens -f csv <<< 2004
id,token,0,1,2
4,2004,1.0,2.0,3.0
$ tokvec -w words/word2vec.vec thee
! tokvec: the vocabulary does not have the token 'thee' (argument 3); did you mean 'the'?
[2]
$ tokvec list words/glove.txt
  NAME  DTYPE    SHAPE   BYTES  OFFSET
*       float32  [5, 3]     74       0
--

# fastText: words outside the vocabulary have the vectors of their n-grams, and no ID.

$ tokvec -w fasttext/skipgram.bin -f csv cat 1 cats été
id,token,0,1
3,cat,0.06802642,0.07533893
1,</s>,-0.3103102,-0.10199161
,cats,0.06381411,-0.15742376
2,été,0.21777126,-0.11256543
$ tokvec -w fasttext/skipgram.bin -f json cats
{"source": {"file": "fasttext/skipgram.bin"},
 "dtype": "float32",
 "shape": [1, 2],
 "ids": [null],
 "tokens": ["cats"],
 "vectors": [[0.06381411, -0.15742376]]}
$ tokvec -w fasttext/cbow-words.bin -f csv cats
id,token,0,1
,cats,0.0,0.0
$ tokvec -w fasttext/skipgram.bin 12
! tokvec: '12' is out of range (argument 3); valid are 0 to 10 in fasttext/skipgram.bin
[2]
$ tokvec -w fasttext/supervised.bin __label__a
! tokvec: '__label__a' is a label of the model and has no vector (fasttext/supervised.bin); look up a word of its vocabulary, not a label
[2]
$ head -c 300 fasttext/skipgram.bin > cut.bin; tokvec -w cut.bin the
! tokvec: the model is cut in its input matrix (cut.bin, byte 252); the file is damaged or of another kind; fetch or save it again
[2]
--

# Files that lie, and where.

$ tokvec weight -w words/count-lies.vec
! tokvec: the file ends after 2 of 3 words (words/count-lies.vec, line 4, column 1); correct the first line to '2 2', or delete it
[2]
$ tokvec weight -w words/count-low.vec
! tokvec: something follows the 1 words that the first line announces (words/count-low.vec, line 3, column 1); correct the first line to '2 2', or delete it
[2]
$ tokvec weight -w words/short-row.vec
! tokvec: the line has 2 numbers after its word, not 3 (words/short-row.vec, line 3, column 1); the file is damaged or of another kind; fetch or save it again
[2]
$ tokvec weight -w words/no-number.vec
! tokvec: '2x' is not a valid float32 number (words/no-number.vec, line 3, column 7); the file is damaged or of another kind; fetch or save it again
[2]
$ tokvec -w words/no-number.vec the
tensor([[0.5000, 1.0000]])
$ tokvec weight -w csv/short.csv
! tokvec: the line ends after 1 of 2 numbers (csv/short.csv, line 2, column 4); the file is damaged or of another kind; fetch or save it again
[2]
$ tokvec weight -w csv/long.csv
! tokvec: the line has more than 2 numbers (csv/long.csv, line 2, column 6); the file is damaged or of another kind; fetch or save it again
[2]
$ tokvec weight -w csv/no-number.csv
! tokvec: a number is missing (csv/no-number.csv, line 2, column 5); the file is damaged or of another kind; fetch or save it again
[2]
$ tokvec weight -w csv/open-quote.csv
! tokvec: a quoted field has no closing quote, or something after it (csv/open-quote.csv, line 2, column 1); the file is damaged or of another kind; fetch or save it again
[2]
$ tokvec weight -w jsontable/ragged.json
! tokvec: the list is not as long as those before it (jsontable/ragged.json, line 1, column 12); correct it, or what it contradicts
[2]
$ tokvec weight -w jsontable/deep.json
! tokvec: a list is where a number should be (jsontable/deep.json, line 1, column 6); correct it, or what it contradicts
[2]
$ tokvec weight -w jsontable/cube.json
Parameter containing:
tensor([[[1.],
         [2.]],

        [[3.],
         [4.]]])
$ tokvec weight -w jsontable/bad-line.jsonl
! tokvec: expected a comma or a closing bracket (jsontable/bad-line.jsonl, line 2, column 17); the file is damaged or of another kind; fetch or save it again
[2]
$ echo 'Once upon a time, there were 2 cats.' > prose; tokvec weight -w prose
! tokvec: the file is not in a format that tokvec knows (prose); it opens files such as .gguf, .npy, .npz, .pt, .pth, .ckpt, .bin, .safetensors, .index.json, .zip, .vec, .w2v, .glove, .txt, .json, .jsonl, .ndjson, .csv, .tsv, and folders of models; for bare values give --dtype and --dim
[2]
$ echo '{"vocab_size": 5}' > config.json; tokvec weight -w config.json
! tokvec: the JSON is neither a table of numbers nor an index of weights (config.json, line 1, column 16); name the weights file, the model's folder, or its .index.json
[2]
$ echo '[]' > empty.json; tokvec weight -w empty.json
! tokvec: the JSON is neither a table of numbers nor an index of weights (empty.json, line 1, column 1); name the weights file, the model's folder, or its .index.json
[2]
--

# Tables: rows are numbered as they stand in the file, whatever their IDs say.

$ tokvec weight -w csv/tokvec.csv
Parameter containing:
tensor([[0.5000, 1.0000],
        [2.0000, 3.0000]])
$ tokvec -w csv/tokens.csv -f json cat 5
{"source": {"file": "csv/tokens.csv"},
 "dtype": "float32",
 "shape": [2, 2],
 "ids": [null, 5],
 "tokens": ["cat", "a,\"b\"\nc"],
 "vectors": [[2.0, 3.0],
  [0.5, 1.0]]}
$ tokvec -w csv/tokens.tsv -f json 2 1
{"source": {"file": "csv/tokens.tsv"},
 "dtype": "float32",
 "shape": [2, 2],
 "ids": [2, 1],
 "tokens": ["\"", "a\tb\u001b\\c\\q"],
 "vectors": [[3.0, 4.0],
  [0.5, 1.0]]}
$ tokvec -w csv/labels.csv 'cat, the'
tensor([[2., 3.]])
$ tokvec -w csv/pandas.csv b
tensor([[2., 3.]])
$ tokvec -w csv/names.csv -f jsonl the cat
{"id": 0, "token": "the", "vector": [0.5, 1.0]}
{"id": 1, "token": "cat", "vector": [2.0, 3.0]}
$ tokvec weight -w csv/columns.txt
Parameter containing:
tensor([[0.5000, 1.0000, 2.0000],
        [3.0000, 4.0000, 5.0000]])
$ tokvec weight -w jsontable/lists.json
Parameter containing:
tensor([[ 5.0000e-01, -1.0000e-03],
        [ 2.0000e+00,         nan]])
$ tokvec weight -w jsontable/tokvec.json
Parameter containing:
tensor([[0.1000, 2.0000],
        [3.0000, 4.0000]], dtype=torch.float64)
$ tokvec weight -w jsontable/lists.json --dtype float64
Parameter containing:
tensor([[ 5.0000e-01, -1.0000e-03],
        [ 2.0000e+00,         nan]], dtype=torch.float64)
$ tokvec -w jsontable/words.json -f json 1
{"source": {"file": "jsontable/words.json"},
 "dtype": "float32",
 "shape": [1, 2],
 "ids": [1],
 "tokens": ["été 😀\n"],
 "vectors": [[3.0, 4.0]]}
$ tokvec weight -w jsontable/lines.jsonl -f jsonl
{"id": 3, "token": "a\"b", "vector": [1.0, 2.0]}
{"id": null, "token": "", "vector": [3.5, null]}
! tokvec: warning: 1 value is nan or infinite, which JSON does not have: null instead
--

# Bare values.

$ tokvec weight -f raw > six.raw; tokvec -w six.raw -d 3 --dtype float32 5
tensor([[-2.8400, -0.7849, -1.4096]])
$ tokvec list six.raw -d 3 --dtype float32
  NAME  DTYPE    SHAPE   BYTES  OFFSET
*       float32  [6, 3]     72       0
$ tokvec weight -w six.raw -d 3 --dtype float32 --offset 60
Parameter containing:
tensor([[-2.8400, -0.7849, -1.4096]])
$ tokvec weight -w six.raw -d 5 --dtype float32
! tokvec: the file is not whole rows of 5 float32 values: 72 bytes (six.raw); 12 bytes are left over; check --dtype, --dim and --offset
[2]
$ tokvec weight -w six.raw -d 3 --dtype float32 --offset 100
! tokvec: the file is not whole rows of 3 float32 values: 72 bytes (six.raw); it is too short for that; check --dtype, --dim and --offset
[2]
$ tokvec weight -w six.raw -d 3
! tokvec: a file of bare values does not say their type; give it with --dtype
[2]
$ tokvec weight -w six.raw --dtype float32
! tokvec: the file is not in a format that tokvec knows (six.raw); it opens files such as .gguf, .npy, .npz, .pt, .pth, .ckpt, .bin, .safetensors, .index.json, .zip, .vec, .w2v, .glove, .txt, .json, .jsonl, .ndjson, .csv, .tsv, and folders of models; for bare values give --dtype and --dim
[2]
$ tokvec weight -w csv/tokvec.csv --dtype float8_e5m2
! tokvec: numbers in text cannot become float8_e5m2; give float32 or float64
[2]
$ tokvec weight -w csv/tokvec.csv --dtype int8
! tokvec: '0.5' is not a valid int8 number (csv/tokvec.csv, line 2, column 3); the file is damaged or of another kind; fetch or save it again
[2]
$ tokvec weight -w csv/tokvec.csv --offset 3
! tokvec: an offset is for files of bare values (csv/tokvec.csv); give the dtype and the dimension of its rows too
[2]
$ tokvec weight --dtype int8
! tokvec: PyTorch does not draw int8; choose float32, float64, bfloat16 or float16; --as converts what is drawn
[2]
$ tokvec weight -f npy > six.npy; tokvec weight -w six.npy --dtype float64
! tokvec: the file has a dtype of its own (npy) (six.npy); leave out --dtype; --as converts the rows
[2]
--
