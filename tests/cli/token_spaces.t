# What stands for a space, and which tokens are bytes, as the decoder of a tokenizer.json says it; else its pre-tokenizer.

$ echo '{"pre_tokenizer":null,"decoder":{"type":"Metaspace","replacement":"_","prepend_scheme":"always"},"model":{"type":"BPE","vocab":{"_the":0,"▁the":1,"_":2,"<0x0A>":3,"a_b":4}},"added_tokens":[{"id":5,"content":"<my_token>"}]}' > metaspace.json
$ tokvec -n 6 -d 1 --vocab metaspace.json -f jsonl 0:6
{"id": 0, "token": " the", "vector": [-0.111467116]}
{"id": 1, "token": "▁the", "vector": [0.120362945]}
{"id": 2, "token": " ", "vector": [-0.3696345]}
{"id": 3, "token": "<0x0A>", "vector": [-0.24041797]}
{"id": 4, "token": "a b", "vector": [-1.1969243]}
{"id": 5, "token": "<my_token>", "vector": [0.20926936]}
$ tokvec -n 6 -d 1 --vocab metaspace.json -f jsonl ' the' '▁the' ' ' '_the' 'a b' '<my_token>' '<0x0A>'
{"id": 0, "token": " the", "vector": [-0.111467116]}
{"id": 1, "token": "▁the", "vector": [0.120362945]}
{"id": 2, "token": " ", "vector": [-0.3696345]}
{"id": 0, "token": " the", "vector": [-0.111467116]}
{"id": 4, "token": "a b", "vector": [-1.1969243]}
{"id": 5, "token": "<my_token>", "vector": [0.20926936]}
{"id": 3, "token": "<0x0A>", "vector": [-0.24041797]}
$ echo '{"decoder":{"type":"Sequence","decoders":[{"type":"Replace","content":" ","pattern":{"String":"_"}},{"type":"ByteFallback"},{"type":"Fuse"}]},"model":{"vocab":{"_the":0,"<0x0a>":1,"<0x0A>":2,"<0xe3>":3,"<0xZZ>":4,"<0x4a>":5}}}' > replace.json
$ tokvec -n 6 -d 1 --vocab replace.json -f jsonl 0:6
{"id": 0, "token": " the", "vector": [-0.111467116]}
{"id": 1, "token": "\n", "vector": [0.120362945]}
{"id": 2, "token": "\n", "vector": [-0.3696345]}
{"id": 3, "token": "<0xE3>", "vector": [-0.24041797]}
{"id": 4, "token": "<0xZZ>", "vector": [-1.1969243]}
{"id": 5, "token": "J", "vector": [0.20926936]}
$ tokvec -n 6 -d 1 --vocab replace.json -f jsonl ' the' '<0x0A>' '<0x0a>' '<0xE3>' '<0xe3>' '<0xZZ>' J
{"id": 0, "token": " the", "vector": [-0.111467116]}
{"id": 2, "token": "\n", "vector": [-0.3696345]}
{"id": 1, "token": "\n", "vector": [0.120362945]}
{"id": 3, "token": "<0xE3>", "vector": [-0.24041797]}
{"id": 3, "token": "<0xE3>", "vector": [-0.24041797]}
{"id": 4, "token": "<0xZZ>", "vector": [-1.1969243]}
{"id": 5, "token": "J", "vector": [0.20926936]}
$ printf '"\\n"' | tokvec -n 6 -d 1 --vocab replace.json -f jsonl
{"id": 2, "token": "\n", "vector": [-0.3696345]}
$ echo '{"decoder":{"type":"Metaspace","replacement":"\u007c"},"pre_tokenizer":{"type":"Sequence","pretokenizers":[{"type":"Metaspace","replacement":"▁"}]},"model":{"vocab":{"▁a":0,"|b":1}}}' > both.json && tokvec -n 2 -d 1 --vocab both.json -f jsonl ' b' '▁a'
{"id": 1, "token": " b", "vector": [0.120362945]}
{"id": 0, "token": "▁a", "vector": [-0.111467116]}
$ echo '{"pre_tokenizer":{"type":"Sequence","pretokenizers":[{"type":"Metaspace","replacement":"_"}]},"model":{"vocab":{"▁a":0,"_b":1}}}' > before.json && tokvec -n 2 -d 1 --vocab before.json -f jsonl ' b' '▁a'
{"id": 1, "token": " b", "vector": [0.120362945]}
{"id": 0, "token": "▁a", "vector": [-0.111467116]}
$ echo '{"decoder":{"type":"Sequence","decoders":[{"type":"Replace","pattern":{"Regex":"_"},"content":" "},{"type":"Sequence","decoders":[{"type":"Replace","pattern":{"String":"<sp>x"},"content":" "},{"type":"Replace","pattern":{"String":"+"},"content":" "}]}]},"model":{"vocab":{"_a":0,"+b":1}}}' > nested.json && tokvec -n 2 -d 1 --vocab nested.json -f jsonl 0 1
{"id": 0, "token": "_a", "vector": [-0.111467116]}
{"id": 1, "token": " b", "vector": [0.120362945]}
$ echo '{"decoder":{"type":"Metaspace","replacement":"_"' > cut.json; tokvec -n 2 -d 1 --vocab cut.json 0 -f csv
! tokvec: the JSON: expected a comma or a closing bracket (cut.json, byte 49); the file is damaged or of another kind; fetch or save it again
[2]
$ echo '{"decoder":{"type":"Metaspace","replacement":7,"type":null},"model":{"vocab":{"▁a":0}}}' > odd.json; tokvec -n 2 -d 1 --vocab odd.json 0 -f csv
id,token,0
0, a,-0.111467116
