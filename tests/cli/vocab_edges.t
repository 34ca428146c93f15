# A dictionary of fairseq whose counts end in 0; files without tokens; text that begins as zlib does.

$ printf 'c 2\na 1\nmadeupword0000 0\n' > dict.txt && tokvec -n 8 -d 1 --vocab dict.txt -f csv 4 5 6
id,token,0
4,c,-1.1969243
5,a,0.20926936
6,madeupword0000,-0.972355
$ echo '{}' > empty.json && tokvec --vocab empty.json -f csv 0
! tokvec: the JSON: it has no tokens (empty.json, byte 0); the file is damaged or of another kind; fetch or save it again
[2]
$ echo '[]' > empty.json && tokvec --vocab empty.json -f csv 0
! tokvec: the JSON: it has no tokens (empty.json, byte 0); the file is damaged or of another kind; fetch or save it again
[2]
$ printf 'x y z\n4 5 6\n' > text && tokvec weight -w text
! tokvec: the file is not in a format that tokvec knows (text); it opens files such as .gguf, .npy, .npz, .pt, .pth, .ckpt, .bin, .safetensors, .index.json, .zip, .vec, .w2v, .glove, .txt, .json, .jsonl, .ndjson, .csv, .tsv, and folders of models; for bare values give --dtype and --dim
[2]
--
