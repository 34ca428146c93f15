# Equal lines of BERT's vocab.txt and equal pieces of Unigram: the last one is found, as tokenizers do it; of other lists the first. Labels stay.

$ printf '[PAD]\n[UNK]\na\nb\na\n' > vocab.txt && tokvec -n 5 -d 1 --vocab vocab.txt -f csv a b 2 4
id,token,0
4,a,-1.1969243
3,b,-0.24041797
2,a,-0.3696345
4,a,-1.1969243
$ printf '[PAD]\r\n[UNK]\r\na\r\na\r\n' > crlf.txt && tokvec -n 4 -d 1 --vocab crlf.txt -f csv a
id,token,0
3,a,-0.24041797
$ tokvec -n 5 -d 1 --vocab vocab.txt -f csv a a a a a a
id,token,0
4,a,-1.1969243
4,a,-1.1969243
4,a,-1.1969243
4,a,-1.1969243
4,a,-1.1969243
4,a,-1.1969243
$ printf '<s>\n</s>\n<unk>\na\na\n' > list.txt && tokvec -n 5 -d 1 --vocab list.txt -f csv a a a a a a
id,token,0
3,a,-0.24041797
3,a,-0.24041797
3,a,-0.24041797
3,a,-0.24041797
3,a,-0.24041797
3,a,-0.24041797
$ echo '{"model":{"type":"Unigram","vocab":[["<unk>",0],["a",-1],["b",-2],["a",-3]]}}' > tokenizer.json && tokvec -n 4 -d 1 --vocab tokenizer.json -f csv a 1 3
id,token,0
3,a,-0.24041797
1,a,0.120362945
3,a,-0.24041797
$ echo '["[UNK]","a","b","a"]' > list.json && tokvec -n 4 -d 1 --vocab list.json -f csv a
id,token,0
1,a,0.120362945
