# Vocabularies that are odd, but read as their tokenizers read them, or refused.

# Some lines end in CR LF, others in LF; a carriage return within a line ends it for Python only.

$ printf '[UNK]\r\nthe\nof\r\n\r\nand\r' > vocab.txt; tokvec list --tokens vocab.txt -f jsonl
{"id": 0, "token": "[UNK]"}
{"id": 1, "token": "the"}
{"id": 2, "token": "of"}
{"id": 3, "token": ""}
{"id": 4, "token": "and"}
$ printf 'a\t-1\r\nb\t-2\n' > scores.vocab; tokvec list --tokens scores.vocab -f jsonl
{"id": 0, "token": "a"}
{"id": 1, "token": "b"}
$ printf 'the\nof\rand\n' > vocab.txt; tokvec list --tokens vocab.txt
! tokvec: the line has a carriage return in it (vocab.txt, line 2, column 1); end lines with LF or CR LF alone
[2]
$ printf 'the\rof\rand\r' > vocab.txt; tokvec list --tokens vocab.txt
! tokvec: the line has a carriage return in it (vocab.txt, line 1, column 1); end lines with LF or CR LF alone
[2]
--

# An added token whose ID is another token's does not have it; of two, the first has it.

$ echo '{"model": {"vocab": {"a": 0, "b": 1}}, "added_tokens": [{"id": 1, "content": "<x>"}, {"id": 2, "content": "<y>"}, {"id": 2, "content": "<z>"}]}' > t.json; tokvec list --tokens t.json
0	a
1	b
2	<y>
$ tokvec -n 3 -d 1 --vocab t.json '<x>'
! tokvec: the vocabulary does not have the token '<x>' (argument 7); did you mean '<y>'?
[2]
$ tokvec -n 3 -d 1 --vocab t.json '<z>'
! tokvec: the vocabulary does not have the token '<z>' (argument 7); did you mean '<y>'?
[2]
--

# In files of added tokens the last one of an ID counts, as in Python's dict.

$ mkdir m; echo '{"a": 0}' > m/vocab.json; echo '{"<x>": 2, "<y>": 2}' > m/added_tokens.json; tokvec list --tokens m
0	a
2	<y>
$ echo '{"added_tokens_decoder": {"1": {"content": "<p>"}, "1": {"content": "<q>"}}}' > m/tokenizer_config.json; tokvec list --tokens m
0	a
1	<q>
--

# Of a control piece and another that are stored alike the control piece is found, also as stored.

$ for raw in '' --raw-tokens; do tokvec --seed 1 -n 7 -d 1 --vocab $TESTS/pieces/control-and-normal.model $raw both -f jsonl; done
{"id": 6, "token": "both", "vector": [-1.5227685]}
{"id": 6, "token": "both", "vector": [-1.5227685]}
$ printf '\n\011\n\005<unk>\030\002\n\010\n\004both\030\001\n\010\n\004both\030\003' > two.model; for raw in '' --raw-tokens; do tokvec --seed 1 -n 7 -d 1 --vocab two.model $raw both -f jsonl; done
{"id": 2, "token": "both", "vector": [0.06167726]}
{"id": 2, "token": "both", "vector": [0.06167726]}
! tokvec: warning: the SentencePiece model has 3 pieces, the table 7 rows: the model may give tokens other IDs than their places; name its tokenizer.json if it has one
! tokvec: warning: the SentencePiece model has 3 pieces, the table 7 rows: the model may give tokens other IDs than their places; name its tokenizer.json if it has one
--

# A model whose IDs are shifted must begin with the usual pieces.

$ printf '\n\011\n\005<pad>\030\003\n\011\n\005<unk>\030\002\n\005\n\001a\030\001' > sentencepiece.bpe.model; echo '{"tokenizer_class": "XLMRobertaTokenizer"}' > tokenizer_config.json; tokvec list --tokens .
! tokvec: the SentencePiece model does not begin with <unk>, <s>, </s>, as that of a XLMRobertaTokenizer does (.); save the tokenizer as tokenizer.json
[2]
$ cp sentencepiece.bpe.model prophetnet.tokenizer; echo '{"tokenizer_class": "XLMProphetNetTokenizer"}' > tokenizer_config.json; mv sentencepiece.bpe.model tokens; tokvec list --tokens . | tail -n 2; echo '{"tokenizer_class": "XLMRobertaTokenizer"}' > tokenizer_config.json; rm prophetnet.tokenizer
13	[unused8]
14	[unused9]
$ printf '\n\011\n\005<unk>\030\002' > sentencepiece.bpe.model; tokvec list --tokens .
! tokvec: the SentencePiece model does not begin with <unk>, <s>, </s>, as that of a XLMRobertaTokenizer does (.); save the tokenizer as tokenizer.json
[2]
$ rm tokenizer_config.json; tokvec list --tokens sentencepiece.bpe.model
0	<unk>
--

# A rule that nearly all lines keep: the others are named, and nothing is taken for tokens.

$ seq 20 | sed 's/.*/w&\t-&.5/' > scores; (cat scores; echo) > empty.vocab; tokvec list --tokens empty.vocab
! tokvec: the line does not have a token, a tab and a score (empty.vocab, line 21, column 1); name the model of SentencePiece itself
[2]
$ (cat scores; echo w21) > x.vocab; tokvec list --tokens x.vocab
! tokvec: the line does not have what all others have: a token, a tab and a score (x.vocab, line 21); correct it, or name the model's tokenizer.json or vocab.json
[2]
$ (seq 20 | sed 's/.*/&\tw&/'; echo w21) > x.txt; tokvec list --tokens x.txt
! tokvec: the line does not have what all others have: a number at its beginning (x.txt, line 21); correct it, or name the model's tokenizer.json or vocab.json
[2]
$ (seq 20 | sed 's/.*/w&,&/'; echo w21) > x.txt; tokvec list --tokens x.txt
! tokvec: the line does not have what all others have: a number at its end (x.txt, line 21); correct it, or name the model's tokenizer.json or vocab.json
[2]
$ (seq 20 | sed 's/.*/"w&"/'; echo w21) > x.txt; tokvec list --tokens x.txt
! tokvec: the line does not have what all others have: quotes around it (x.txt, line 21); correct it, or name the model's tokenizer.json or vocab.json
[2]
$ (seq 20 | sed 's/.*/w&\tx&/'; echo w21) > x.txt; tokvec list --tokens x.txt
! tokvec: the line does not have what all others have: as many tabs (x.txt, line 21); correct it, or name the model's tokenizer.json or vocab.json
[2]
--

# Numbers behind a tab that are natural are no scores: here the IDs, of which one token has a blank.

$ printf 'a\t1\nb c\t0\n' > x.txt; tokvec list --tokens x.txt
! tokvec: each line ends in a number, as no list of tokens does (x.txt); write a vocab.json, an object from token to ID
[2]
$ printf '<unk>\t0\n<s>\t0\nb c\t-0\nd\t-1\n' > x.txt; tokvec list --tokens x.txt
0	<unk>
1	<s>
2	b c
3	d
--

# A model of SentencePiece that is cut in its first piece is no list of tokens.

$ printf '\n\011\n\005<un' > cut.model; cp cut.model cut.spm; for f in cut.*; do tokvec list --tokens $f; done
! tokvec: the file is not a valid model of SentencePiece, nor one of ranks (cut.model); fetch it again, or name the model's tokenizer.json
! tokvec: the file is not a valid model of SentencePiece, nor one of ranks (cut.spm); fetch it again, or name the model's tokenizer.json
[2]
