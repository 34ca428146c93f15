# What the decoder of a tokenizer.json makes of tokens, and the ways to find them again.

# A decoder that replaces U+2581 does so in added tokens, too, beside blanks that they have.
$ printf '{"added_tokens": [{"id": 2, "content": "a b\\u2581c"}], "decoder": {"type": "Sequence", "decoders": [{"type": "Replace", "pattern": {"String": "\\u2581"}, "content": " "}, {"type": "ByteFallback"}]}, "model": {"type": "BPE", "vocab": {"\\u2581a": 0, "<0x0A>": 1}}}' > t.json; tokvec list --tokens t.json
0	 a
1	\n
2	a b c
$ tokvec -n 3 -d 1 --vocab t.json -f csv 'a b c' ' a'
id,token,0
2,a b c,-0.3696345
0, a,-0.111467116
$ tokvec list --tokens --raw-tokens t.json
0	▁a
1	<0x0A>
2	a b▁c
$ tokvec -n 3 -d 1 --vocab t.json 'a b d'
! tokvec: the vocabulary does not have the token 'a b d' (argument 7); did you mean 'a b c'?
[2]
