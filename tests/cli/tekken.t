# Mistral's tekken.json: special tokens first, then ranks, as many as the configuration says.

$ python3 $TESTS/tekken/make_tekken.py . && ls
bad-base64.json
bad-behind.json
bad-byte.json
bad-cut.json
bad-few.json
bad-fraction.json
bad-huge-specials.json
bad-more-specials.json
bad-negative.json
bad-no-bytes.json
bad-no-config.json
bad-no-version.json
bad-rank.json
bad-small.json
bad-special-filler.json
bad-special-rank.json
bad-special-twice.json
bad-twice.json
bad-version.json
config-last.json
cut.json
new.json
old.json
plain.json
$ for f in new old cut plain config-last; do echo "# $f"; tokvec --seed 1 -n 300 -d 1 --vocab $f.json 0 2 5 8 19 20 23 72 264 265 281 284 299 -q -f jsonl | cut -d, -f1,2; done
# new
{"id": 0, "token": "<unk>"
{"id": 2, "token": "</s>"
{"id": 5, "token": "<SPECIAL_5>"
{"id": 8, "token": "\u0000"
{"id": 19, "token": "\u000b"
{"id": 20, "token": "\u000c"
{"id": 23, "token": "\u000f"
{"id": 72, "token": "@"
{"id": 264, "token": " the"
{"id": 265, "token": "é"
{"id": 281, "token": null
{"id": 284, "token": null
{"id": 299, "token": null
# old
{"id": 0, "token": "<unk>"
{"id": 2, "token": "</s>"
{"id": 5, "token": "[AVAILABLE_TOOLS]"
{"id": 8, "token": "[/TOOL_RESULTS]"
{"id": 19, "token": "[TOOL_CONTENT]"
{"id": 20, "token": "<SPECIAL_20>"
{"id": 23, "token": "<SPECIAL_23>"
{"id": 72, "token": "/"
{"id": 264, "token": "<0xEF>"
{"id": 265, "token": "<0xF0>"
{"id": 281, "token": " the"
{"id": 284, "token": "<0xE3><0x81>"
{"id": 299, "token": null
# cut
{"id": 0, "token": "<unk>"
{"id": 2, "token": "</s>"
{"id": 5, "token": "<SPECIAL_5>"
{"id": 8, "token": "\u0000"
{"id": 19, "token": "\u000b"
{"id": 20, "token": "\u000c"
{"id": 23, "token": "\u000f"
{"id": 72, "token": "@"
{"id": 264, "token": " the"
{"id": 265, "token": null
{"id": 281, "token": null
{"id": 284, "token": null
{"id": 299, "token": null
# plain
{"id": 0, "token": "<SPECIAL_0>"
{"id": 2, "token": "<SPECIAL_2>"
{"id": 5, "token": "<SPECIAL_5>"
{"id": 8, "token": "\u0000"
{"id": 19, "token": "\u000b"
{"id": 20, "token": "\u000c"
{"id": 23, "token": "\u000f"
{"id": 72, "token": "@"
{"id": 264, "token": " the"
{"id": 265, "token": "é"
{"id": 281, "token": null
{"id": 284, "token": null
{"id": 299, "token": null
# config-last
{"id": 0, "token": "<unk>"
{"id": 2, "token": "</s>"
{"id": 5, "token": "<SPECIAL_5>"
{"id": 8, "token": "\u0000"
{"id": 19, "token": "\u000b"
{"id": 20, "token": "\u000c"
{"id": 23, "token": "\u000f"
{"id": 72, "token": "@"
{"id": 264, "token": " the"
{"id": 265, "token": "é"
{"id": 281, "token": null
{"id": 284, "token": null
{"id": 299, "token": null
$ tokvec --seed 1 -n 300 -d 1 --vocab new.json -q ' the' '</s>' '<0xE3>' A -f csv
id,token,0
264, the,-1.236225
2,</s>,-0.6539809
235,<0xE3>,-1.3839359
73,A,-0.1852658
$ sed 's|/|\\/|g; s|"token_bytes": "I|"token_bytes": "\\u0049|g' new.json > escaped.json; grep -o '"[\]/w=="' escaped.json; tokvec list --tokens new.json > new; tokvec list --tokens escaped.json | cmp - new && wc -l < new
"\/w=="
269
$ for f in bad-*; do tokvec --seed 1 -n 300 -d 1 --vocab $f 0 -f csv && echo wrong; done
! tokvec: the tekken.json: a token that is not base64 (bad-base64.json, byte 14705); the file is damaged or of another kind; fetch or save it again
! tokvec: the tekken.json: something after the JSON value (bad-behind.json, byte 15191); the file is damaged or of another kind; fetch or save it again
! tokvec: the tekken.json: one of the first 256 tokens is not the byte of its rank (bad-byte.json, byte 318); the file is damaged or of another kind; fetch or save it again
! tokvec: the tekken.json: a string without its closing quote (bad-cut.json, byte 14781); the file is damaged or of another kind; fetch or save it again
! tokvec: the tekken.json: it has fewer tokens than its config says (bad-few.json, byte 0); the file is damaged or of another kind; fetch or save it again
! tokvec: the tekken.json: not an integer from 0 to 2^53 (bad-fraction.json, byte 14715); the file is damaged or of another kind; fetch or save it again
! tokvec: the tekken.json: its config says more special tokens than any model has (bad-huge-specials.json, byte 0); the file is damaged or of another kind; fetch or save it again
! tokvec: the tekken.json: it has more special tokens than its config says (bad-more-specials.json, byte 0); the file is damaged or of another kind; fetch or save it again
! tokvec: the tekken.json: not an integer from 0 to 2^53 (bad-negative.json, byte 14715); the file is damaged or of another kind; fetch or save it again
! tokvec: the tekken.json: a token without rank or text (bad-no-bytes.json, byte 14705); the file is damaged or of another kind; fetch or save it again
! tokvec: the tekken.json: its config does not say how many tokens there are (bad-no-config.json, byte 0); the file is damaged or of another kind; fetch or save it again
! tokvec: the tekken.json: it has no special_tokens, as only versions up to v7 may (bad-no-version.json, byte 0); the file is damaged or of another kind; fetch or save it again
! tokvec: the tekken.json: a token's rank is not its place (bad-rank.json, byte 14705); the file is damaged or of another kind; fetch or save it again
! tokvec: the tekken.json: it has fewer tokens than its config says (bad-small.json, byte 0); the file is damaged or of another kind; fetch or save it again
! tokvec: the tekken.json: a token is repeated (bad-special-filler.json, byte 0); the file is damaged or of another kind; fetch or save it again
! tokvec: the tekken.json: a special token's rank is not its place (bad-special-rank.json, byte 15027); the file is damaged or of another kind; fetch or save it again
! tokvec: the tekken.json: a token is repeated (bad-special-twice.json, byte 0); the file is damaged or of another kind; fetch or save it again
! tokvec: the tekken.json: a token is repeated (bad-twice.json, byte 0); the file is damaged or of another kind; fetch or save it again
! tokvec: the tekken.json: it has no special_tokens, as only versions up to v7 may (bad-version.json, byte 0); the file is damaged or of another kind; fetch or save it again
[2]
