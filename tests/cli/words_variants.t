# Word vectors and columns of numbers as many programs write them.

$ cp -r $TESTS/words $TESTS/fasttext .
$ tokvec -w words/mark.vec -f csv the cat
id,token,0,1
0,the,0.5,-0.25
1,cat,1.0,2.0
$ tokvec -w words/mark.txt -f csv the cat
id,token,0,1
0,the,0.5,-0.25
1,cat,1.0,2.0
$ tokvec weight -w words/aligned.vec -f csv
id,token,0,1,2
0,look,0.1257,-0.1321,0.6404
1,at,-0.3616,1.304,0.9471
2,this,-0.6233,0.0413,-2.325
3,.,10.0,-0.5443,-0.3163
$ tokvec -w words/aligned.txt -f csv at .
id,token,0,1,2
1,at,-0.3616,1.304,0.9471
3,.,10.0,-0.5443,-0.3163
$ tokvec weight -w words/tabs.vec -f csv
id,token,0,1
0,the,0.5,0.25
1,of,1.5,2.25
$ tokvec weight -w words/tab-word.vec -f csv
id,token,0,1
0,the,0.5,0.25
1,of,1.5,2.25
$ tokvec weight -w words/tab-word.txt -f csv
id,token,0,1
0,the,0.5,0.25
1,of,1.5,2.25
$ tokvec weight -w words/tab-in-word.vec -f jsonl
{"id": 0, "token": "the", "vector": [0.5, 1.0]}
{"id": 1, "token": "\r", "vector": [1.5, 2.0]}
{"id": 2, "token": "\t", "vector": [2.5, 3.0]}
{"id": 3, "token": "a\tb", "vector": [3.5, 4.0]}
$ tokvec -w words/numbers.emb -f csv --tokens 7 0
id,token,0
1,7,1.5
2,0,2.5
--

# Headers with a third number, and words in base64, in quotes, and with control characters.

$ tokvec -w words/three.vec -f csv é that
id,token,0,1
1,é,1.5,2.0
2,that,2.5,3.0
$ tokvec -w words/three-plain.vec -f csv queen
id,token,0,1
1,queen,1.5,2.0
$ tokvec -w words/quoted.txt -f jsonl 'New York' 'x"y' '"' '""' '"quoted"'
{"id": 1, "token": "New York", "vector": [3.0, 4.0]}
{"id": 2, "token": "x\"y", "vector": [5.0, 6.0]}
{"id": 3, "token": "\"", "vector": [7.0, 8.0]}
{"id": 4, "token": "\"\"", "vector": [9.0, 10.0]}
{"id": 5, "token": "\"quoted\"", "vector": [11.0, 12.0]}
$ tokvec weight -w words/control.vec -f jsonl
{"id": 0, "token": "the", "vector": [1.0, 2.0]}
{"id": 1, "token": "a\u0001b", "vector": [3.0, 4.0]}
{"id": 2, "token": "\u007f", "vector": [5.0, 6.0]}
--

# A header that announces more rows than there are: those are found, the others missed.

$ tokvec -w words/head.vec -f csv of
id,token,0,1
1,of,3.0,4.0
! tokvec: warning: the first line announces 2519370 words, the file has 3 (words/head.vec); correct the line to '3 2', or delete it
$ tokvec -w words/head.vec 2
tensor([[5., 6.]])
! tokvec: warning: the first line announces 2519370 words, the file has 3 (words/head.vec); correct the line to '3 2', or delete it
$ tokvec -w words/head.vec nothing
! tokvec: warning: the first line announces 2519370 words, the file has 3 (words/head.vec); correct the line to '3 2', or delete it
! tokvec: the file ends after 3 of 2519370 words (words/head.vec, line 5, column 1); correct the first line to '3 2', or delete it
[2]
$ tokvec -w words/head.vec 3
! tokvec: warning: the first line announces 2519370 words, the file has 3 (words/head.vec); correct the line to '3 2', or delete it
! tokvec: the file ends after 3 of 2519370 words (words/head.vec, line 5, column 1); correct the first line to '3 2', or delete it
[2]
$ tokvec weight -w words/head.vec
! tokvec: warning: the first line announces 2519370 words, the file has 3 (words/head.vec); correct the line to '3 2', or delete it
! tokvec: the file ends after 3 of 2519370 words (words/head.vec, line 5, column 1); correct the first line to '3 2', or delete it
[2]
$ tokvec -w words/count-lies.vec nothing
! tokvec: the file ends after 2 of 3 words (words/count-lies.vec, line 4, column 1); correct the first line to '2 2', or delete it
[2]
$ echo '2519370 4' > cut.vec; tokvec -w cut.vec the
! tokvec: the file is too short for 2519370 words of 4 numbers, which its first line announces (cut.vec, line 1, column 1); the file is damaged or of another kind; fetch or save it again
[2]
--

# Rows of whole numbers are not headers.

$ tokvec weight -w words/whole.txt -f csv
id,0,1
0,1.0,2.0
1,3.0,4.0
2,5.0,6.0
$ tokvec weight -w words/whole.tsv -f csv
id,0,1
0,1.0,2.0
1,3.0,4.0
2,5.0,6.0
$ tokvec weight -w words/whole-two.txt -f csv
id,0,1
0,0.0,1.0
1,1.0,0.0
$ tokvec weight -w words/whole-three.txt -f csv
id,0,1,2
0,4.0,2.0,9.0
1,5.0,7.0,1.0
2,8.0,9.0,1.0
--

# Columns of numbers.

$ tokvec weight -w words/comments.txt -f csv
id,0,1
0,1.0,2.0
1,-3.0,4.5
2,5.0,-6.0
$ tokvec weight -w words/padded.txt -f csv
id,0,1
0,1.0,2.0
1,-3.0,4.5
$ tokvec weight -w words/padded.txt --dtype float64 -f jsonl
{"id": 0, "vector": [1.0, 2.0]}
{"id": 1, "vector": [-3.0, 4.5]}
$ tokvec weight -w words/ragged.txt
! tokvec: the line has 2 fields, the first one has 3 (words/ragged.txt, line 2, column 1); the file is damaged or of another kind; fetch or save it again
[2]
--

# What cannot be read says why.

$ tokvec -w words/sparse.vec the
! tokvec: the line has 2 numbers after its word, not 3 (words/sparse.vec, line 2, column 1); sparse vectors, pairs of an index and a value, are not read
[2]
$ tokvec -w words/comma.vec the
! tokvec: '0,5' is not a valid float32 number (words/comma.vec, line 2, column 5); numbers need a decimal point in place of the comma
[2]
$ tokvec -w words/empty-line.vec 2
! tokvec: the line is empty (words/empty-line.vec, line 3, column 1); the file is damaged or of another kind; fetch or save it again
[2]
--

# Binary files: a space in a word is noticed wherever it is passed over; other encodings are not one.

$ tokvec -w words/phrases.bin 0
! tokvec: word 0 has a space in it, at which the binary format ends words (words/phrases.bin, byte 4); save the vectors as text, where words may have spaces
[2]
$ tokvec -w words/phrases.bin the
! tokvec: word 0 has a space in it, at which the binary format ends words (words/phrases.bin, byte 4); save the vectors as text, where words may have spaces
[2]
$ tokvec -w words/short-phrase.bin 0
tensor([[ 0.5000, -0.2500,  0.1250,  1.0000]])
$ tokvec -w words/short-phrase.bin to
! tokvec: word 1 has a space in it, at which the binary format ends words (words/short-phrase.bin, byte 24); save the vectors as text, where words may have spaces
[2]
$ tokvec weight -w words/latin1.bin -f jsonl
{"id": 0, "token": "caf<0xE9>", "vector": [0.5, -0.25, 0.125, 1.0]}
{"id": 1, "token": "<0xC3>", "vector": [1.5, 2.0, -3.0, 0.0625]}
{"id": 2, "token": "\u000cThe", "vector": [-0.75, 0.3, 0.7, -0.1]}
{"id": 3, "token": "a_b", "vector": [0.01, 0.02, -0.03, 0.04]}
{"id": 4, "token": "", "vector": [2.0, 3.0, 5.0, 7.0]}
$ tokvec weight -w words/latin1-lines.bin -f csv | cut -d, -f3-
0,1,2,3
0.5,-0.25,0.125,1.0
1.5,2.0,-3.0,0.0625
-0.75,0.3,0.7,-0.1
0.01,0.02,-0.03,0.04
2.0,3.0,5.0,7.0
--

# Tokens on lines that end in a carriage return and a newline.

$ printf 'cat\r\ncats\r\n' | tokvec -w fasttext/skipgram.bin --tokens -f csv
id,token,0,1
3,cat,0.06802642,0.07533893
,cats,0.06381411,-0.15742376
$ printf 'cat\r\ncats\r\n' | tokvec -w fasttext/skipgram.bin --tokens -f json --no-labels
{"source": {"file": "fasttext/skipgram.bin"},
 "dtype": "float32",
 "shape": [2, 2],
 "ids": [3, null],
 "vectors": [[0.06802642, 0.07533893],
  [0.06381411, -0.15742376]]}
$ printf '\r\r\n\t\r\na\tb' | tokvec -w words/tab-in-word.vec --tokens -f jsonl
{"id": 1, "token": "\r", "vector": [1.5, 2.0]}
{"id": 2, "token": "\t", "vector": [2.5, 3.0]}
{"id": 3, "token": "a\tb", "vector": [3.5, 4.0]}
--

# Any token reads back as it was, and is one field for other programs.

$ tokvec weight -w words/tokens.jsonl --dtype float64 -f jsonl > before
$ tokvec weight -w words/tokens.jsonl --dtype float64 -f vec > tokens.vec
$ tokvec weight -w tokens.vec --dtype float64 -f jsonl | cmp - before && wc -l < before
25
$ awk 'NF != (NR == 1 ? 2 : 3)' tokens.vec; cut -d' ' -f1 tokens.vec | head -7
25
<0x20>
<0x09>
<0x0A>
<0x0D>
<0x>
<0x00>
$ tokvec weight -w tokens.vec --dtype float64 -f vec | cmp - tokens.vec && tokvec -w tokens.vec -f jsonl --tokens '' '3 4' '<0x20>' | cut -c1-40
{"id": 4, "token": "", "vector": [0.4, -
{"id": 14, "token": "3 4", "vector": [1.
{"id": 20, "token": "<0x20>", "vector": 
--
