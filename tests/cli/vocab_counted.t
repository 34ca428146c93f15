# Words with counts: their places are the IDs, but in BERTweet and PhoBERT, whose tokenizers keep
# fairseq's list under another name. What is beside it tells.

$ printf 'the 9\nof 5\n' > vocab.txt; tokvec list --tokens vocab.txt
0	the
1	of
$ echo '{"tokenizer_class": "BertTokenizer"}' > tokenizer_config.json; tokvec list --tokens .
0	the
1	of
$ echo '{"tokenizer_class": "PhobertTokenizer"}' > tokenizer_config.json; tokvec list --tokens .
0	<s>
1	<pad>
2	</s>
3	<unk>
4	the
5	of
6	<mask>
$ tokvec list --tokens vocab.txt | tail -n 1
6	<mask>
$ tokvec -n 7 -d 1 --vocab vocab.txt -f csv of '<mask>'
id,token,0
5,of,0.20926936
6,<mask>,-0.972355
$ rm tokenizer_config.json; echo '{"model_type": "roberta", "tokenizer_class": "BertweetTokenizer"}' > config.json; tokvec list --tokens . | tail -n 2
5	of
6	<mask>
$ echo '{"<mask>": 7, "@USER": 6}' > added_tokens.json; tokvec list --tokens . | tail -n 3
5	of
6	@USER
7	<mask>
$ printf '[PAD]\nthe\n' > vocab.txt; rm added_tokens.json; tokvec list --tokens .
0	[PAD]
1	the
--

# The names that some classes give to their SentencePiece models.

$ for name in spm.model sentencepiece.model spm_char.model prophetnet.tokenizer; do mkdir d; cp $TESTS/pieces/kinds.model d/$name; echo '{"tokenizer_class": "DebertaV2Tokenizer"}' > d/tokenizer_config.json; tokvec list --tokens d | head -n 1; rm -r d; done
0	<unk>
0	<unk>
0	<unk>
0	<unk>
