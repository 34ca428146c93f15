# The format vec needs a word or an ID for each row.

$ printf 'id,0,1\n5,1,2\n,3,4\n' > a.csv; tokvec weight -w a.csv -f jsonl
{"id": 5, "vector": [1.0, 2.0]}
{"id": null, "vector": [3.0, 4.0]}
$ tokvec weight -w a.csv -f vec
! tokvec: row 1 has neither a token nor an ID; the format vec needs one for each row, jsonl does not
[2]
$ tokvec -w a.csv -f vec 5
1 2
5 1.0 2.0
--

# One line tells that rows are missing.

$ printf '2 2\nking\n' > a.vec; tokvec weight -w a.vec -f csv
! tokvec: the file is too short for 2 words of 2 numbers, which its first line announces (a.vec, line 1, column 1); the file is damaged or of another kind; fetch or save it again
[2]
--
