# Token IDs: where they come from and in which forms. csv shows which rows came, text their shape.

$ tokvec -f csv -d 1 3 0 5
id,0
3,-0.24041797
0,-0.111467116
5,0.20926936
--
# Ranges as in Python slices, on the command line.
$ tokvec -f csv -d 1 1:3 5 :2 4: 3:3
id,0
1,0.120362945
2,-0.3696345
5,0.20926936
0,-0.111467116
1,0.120362945
4,-1.1969243
5,0.20926936
$ tokvec -f csv -d 1 4:2
id,0
$ tokvec -f csv -d 1 :
id,0
0,-0.111467116
1,0.120362945
2,-0.3696345
3,-0.24041797
4,-1.1969243
5,0.20926936
$ tokvec 2:7
! tokvec: '2:7' goes out of range (argument 1); valid are 0 to 5 in the default table (seed 123, vocabulary 6, dimension 3); name a weights file with -w, or a shape with -n and -d
[2]
$ tokvec 7:
! tokvec: '7:' goes out of range (argument 1); valid are 0 to 5 in the default table (seed 123, vocabulary 6, dimension 3); name a weights file with -w, or a shape with -n and -d
[2]
$ tokvec 1:x
! tokvec: '1:x' is not a range of integers (argument 1); a range is BEGIN:END, with END not included
[2]
$ tokvec 1:2:3
! tokvec: '1:2:3' is not a range of integers (argument 1); a range is BEGIN:END, with END not included
[2]
$ tokvec -- -2:
! tokvec: '-2:' goes out of range (argument 2); valid are 0 to 5 in the default table (seed 123, vocabulary 6, dimension 3); name a weights file with -w, or a shape with -n and -d
[2]
$ tokvec 0:99999999999999999999
! tokvec: '0:99999999999999999999' does not fit 64 bits (argument 1); valid are 0 to 5 in the default table (seed 123, vocabulary 6, dimension 3); name a weights file with -w, or a shape with -n and -d
[2]
--
# Numbers.
$ tokvec -f csv -d 1 007 +5
! tokvec: '007' is out of range (argument 5); valid are 0 to 5 in the seeded table (seed 123, vocabulary 6, dimension 1)
[2]
$ tokvec 6
! tokvec: '6' is out of range (argument 1); valid are 0 to 5 in the default table (seed 123, vocabulary 6, dimension 3); name a weights file with -w, or a shape with -n and -d
[2]
$ tokvec 1 2 -1 3
! tokvec: '-1' is out of range (argument 3); valid are 0 to 5 in the default table (seed 123, vocabulary 6, dimension 3); name a weights file with -w, or a shape with -n and -d
[2]
$ tokvec -1
! tokvec: '-1' is out of range (argument 1); valid are 0 to 5 in the default table (seed 123, vocabulary 6, dimension 3); name a weights file with -w, or a shape with -n and -d
[2]
$ tokvec -- -1
! tokvec: '-1' is out of range (argument 2); valid are 0 to 5 in the default table (seed 123, vocabulary 6, dimension 3); name a weights file with -w, or a shape with -n and -d
[2]
$ tokvec 9223372036854775807
! tokvec: '9223372036854775807' is out of range (argument 1); valid are 0 to 5 in the default table (seed 123, vocabulary 6, dimension 3); name a weights file with -w, or a shape with -n and -d
[2]
$ tokvec 9223372036854775808
! tokvec: '9223372036854775808' does not fit 64 bits (argument 1); valid are 0 to 5 in the default table (seed 123, vocabulary 6, dimension 3); name a weights file with -w, or a shape with -n and -d
[2]
$ tokvec -9223372036854775809
! tokvec: '-9223372036854775809' does not fit 64 bits (argument 1); valid are 0 to 5 in the default table (seed 123, vocabulary 6, dimension 3); name a weights file with -w, or a shape with -n and -d
[2]
$ tokvec 99999999999999999999999999999999999999999999999999999999999999999999999999999999999999999
! tokvec: '9999999999999999999999999999999999999999...' does not fit 64 bits (argument 1); valid are 0 to 5 in the default table (seed 123, vocabulary 6, dimension 3); name a weights file with -w, or a shape with -n and -d
[2]
$ tokvec 1.5
! tokvec: '1.5' is not an integer (argument 1); token IDs are decimal integers such as 0 or 15496; for tokens, name a vocabulary with --vocab
[2]
$ tokvec 1e3
! tokvec: '1e3' is not an integer (argument 1); token IDs are decimal integers such as 0 or 15496; for tokens, name a vocabulary with --vocab
[2]
$ tokvec 0x10
! tokvec: '0x10' is not an integer (argument 1); token IDs are decimal integers such as 0 or 15496; for tokens, name a vocabulary with --vocab
[2]
$ tokvec ''
tensor([], size=(0, 3), grad_fn=<EmbeddingBackward0>)
$ tokvec -f csv -d 1 '' 1
id,0
1,0.120362945
$ tokvec three
! tokvec: 'three' is not an integer (argument 1); token IDs are decimal integers such as 0 or 15496; for tokens, name a vocabulary with --vocab
[2]
$ tokvec '٣'
! tokvec: '٣' is not an integer (argument 1); token IDs are decimal integers such as 0 or 15496; for tokens, name a vocabulary with --vocab
[2]
--
# Nested IDs keep their shape.
$ tokvec '[2, 3, 5, 1]'
tensor([[ 1.2753, -0.2010, -0.1606],
        [-0.4015,  0.9666, -1.1481],
        [-2.8400, -0.7849, -1.4096],
        [ 0.9178,  1.5810,  1.3010]], grad_fn=<EmbeddingBackward0>)
$ tokvec '[[1,2],[3,4]]'
tensor([[[ 0.9178,  1.5810,  1.3010],
         [ 1.2753, -0.2010, -0.1606]],

        [[-0.4015,  0.9666, -1.1481],
         [-1.1589,  0.3255, -0.6315]]], grad_fn=<EmbeddingBackward0>)
$ tokvec '[[1,2],' '[3,4]]'
tensor([[[ 0.9178,  1.5810,  1.3010],
         [ 1.2753, -0.2010, -0.1606]],

        [[-0.4015,  0.9666, -1.1481],
         [-1.1589,  0.3255, -0.6315]]], grad_fn=<EmbeddingBackward0>)
$ tokvec '[1,2]' '[3,4]'
tensor([[[ 0.9178,  1.5810,  1.3010],
         [ 1.2753, -0.2010, -0.1606]],

        [[-0.4015,  0.9666, -1.1481],
         [-1.1589,  0.3255, -0.6315]]], grad_fn=<EmbeddingBackward0>)
$ tokvec '[[[1],[2]],[[3],[4]]]' -d 2
tensor([[[[-0.3696, -0.2404]],

         [[-1.1969,  0.2093]]],


        [[[-0.9724, -0.7550]],

         [[ 0.3239, -0.1085]]]], grad_fn=<EmbeddingBackward0>)
$ tokvec '((1, 2), (3, 4))' -f csv -d 1
id,0
1,0.120362945
2,-0.3696345
3,-0.24041797
4,-1.1969243
$ tokvec '[]'
tensor([], size=(0, 3), grad_fn=<EmbeddingBackward0>)
$ tokvec '[[], []]'
tensor([], size=(2, 0, 3), grad_fn=<EmbeddingBackward0>)
$ tokvec '[[1, 2], [3]]'
! tokvec: lists of one level have different lengths (argument 1); nested IDs must form a rectangle, as a tensor does
[2]
$ tokvec '[1, [2]]'
! tokvec: a list is beside a number (argument 1); nested IDs must form a rectangle, as a tensor does
[2]
$ tokvec '[[1], 2]'
! tokvec: '2' is beside a list (argument 1); nested IDs must form a rectangle, as a tensor does
[2]
$ tokvec '[[1], [[2]]]'
! tokvec: a list is beside a number (argument 1); nested IDs must form a rectangle, as a tensor does
[2]
$ tokvec '[1, 2' '3'
! tokvec: the input ends inside '[' (argument 2); close the brackets
[2]
$ tokvec '1]'
! tokvec: ']' has no matching '[' (argument 1); check the brackets
[2]
$ tokvec '[1)'
! tokvec: ')' has no matching '(' (argument 1); check the brackets
[2]
$ tokvec '[1,2]' 3
! tokvec: '3' follows a list on the same line (argument 2); R prints [1] and the like in front of numbers: leave that out
[2]
$ tokvec '[1,2]' 3 -f csv -d 1
! tokvec: '3' follows a list on the same line (argument 2); R prints [1] and the like in front of numbers: leave that out
[2]
$ tokvec ',1'
! tokvec: there is nothing before a comma (argument 1); give a token ID or take the comma out
[2]
$ tokvec '1,,2'
! tokvec: there is nothing before a comma (argument 1); give a token ID or take the comma out
[2]
$ tokvec -f csv -d 1 1, 2,
id,0
1,0.120362945
2,-0.3696345
$ tokvec $(printf '[%.0s' $(seq 62))1$(printf ']%.0s' $(seq 62)) --threshold 0 --edgeitems 0
tensor([...],
       size=(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 3),
       grad_fn=<EmbeddingBackward0>)
$ tokvec $(printf '[%.0s' $(seq 63))1$(printf ']%.0s' $(seq 63))
! tokvec: the IDs are nested too deeply (argument 1); nested IDs must form a rectangle, as a tensor does
[2]
--
# Pasted from Python.
$ tokvec 'tensor([[4, 3]])'
tensor([[[-1.1589,  0.3255, -0.6315],
         [-0.4015,  0.9666, -1.1481]]], grad_fn=<EmbeddingBackward0>)
$ tokvec 'tensor([4, 3], dtype=torch.int32)'
tensor([[-1.1589,  0.3255, -0.6315],
        [-0.4015,  0.9666, -1.1481]], grad_fn=<EmbeddingBackward0>)
$ tokvec "tensor([4, 3], device='cuda:0')"
tensor([[-1.1589,  0.3255, -0.6315],
        [-0.4015,  0.9666, -1.1481]], grad_fn=<EmbeddingBackward0>)
$ tokvec 'tensor(3)'
tensor([-0.4015,  0.9666, -1.1481], grad_fn=<EmbeddingBackward0>)
$ tokvec 'array([4, 3])' -f csv -d 1
id,0
4,-1.1969243
3,-0.24041797
$ tokvec 'np.array([[4], [3]], dtype=np.int64)' -f csv -d 1
id,0
4,-1.1969243
3,-0.24041797
$ tokvec 'tensor([0, 1, ..., 4, 5])'
! tokvec: '...' stands for IDs that were left out (argument 1); print the whole tensor: torch.set_printoptions(profile='full')
[2]
$ tokvec 'tensor([1.5])'
! tokvec: '1.5' is not an integer (argument 1); token IDs are decimal integers such as 0 or 15496; for tokens, name a vocabulary with --vocab
[2]
$ tokvec 'list([1])'
! tokvec: 'list' is not an integer (argument 1); token IDs are decimal integers; tensor(...) and array(...) may be pasted
[2]
$ tokvec 'tensor(tensor([1]))'
! tokvec: 'tensor' is inside another one (argument 1); paste one at a time
[2]
$ tokvec 'tensor([1]'
! tokvec: the input ends inside '(' (argument 1); close the brackets
[2]
$ tokvec 'tensor([1], x'
! tokvec: 'x' is not an integer (argument 1); token IDs are decimal integers such as 0 or 15496; for tokens, name a vocabulary with --vocab
[2]
$ tokvec 'x=3'
! tokvec: 'x' is not an integer (argument 1); token IDs are decimal integers such as 0 or 15496
[2]
--
# From standard input and files.
$ echo 2 3 5 1 | tokvec
tensor([[ 1.2753, -0.2010, -0.1606],
        [-0.4015,  0.9666, -1.1481],
        [-2.8400, -0.7849, -1.4096],
        [ 0.9178,  1.5810,  1.3010]], grad_fn=<EmbeddingBackward0>)
$ printf '[[1,2],\n [3,4]]\n' | tokvec
tensor([[[ 0.9178,  1.5810,  1.3010],
         [ 1.2753, -0.2010, -0.1606]],

        [[-0.4015,  0.9666, -1.1481],
         [-1.1589,  0.3255, -0.6315]]], grad_fn=<EmbeddingBackward0>)
$ printf 'tensor([[4, 3]])\n' | tokvec
tensor([[[-1.1589,  0.3255, -0.6315],
         [-0.4015,  0.9666, -1.1481]]], grad_fn=<EmbeddingBackward0>)
$ printf 'tensor([[0, 1, 2],\n        [3, 4, 5]], dtype=torch.int32)\n' | tokvec -f csv -d 1
id,0
0,-0.111467116
1,0.120362945
2,-0.3696345
3,-0.24041797
4,-1.1969243
5,0.20926936
$ printf '1,2\r\n3 , 4\t5\r\n' | tokvec -f csv -d 1
id,0
1,0.120362945
2,-0.3696345
3,-0.24041797
4,-1.1969243
5,0.20926936
$ printf '\xef\xbb\xbf1 2' | tokvec -f csv -d 1
id,0
1,0.120362945
2,-0.3696345
$ printf '' | tokvec
tensor([], size=(0, 3), grad_fn=<EmbeddingBackward0>)
$ printf '\n \n' | tokvec
tensor([], size=(0, 3), grad_fn=<EmbeddingBackward0>)
$ printf '' | tokvec -f csv
id,0,1,2
$ printf '1 2\n3 9 4\n' | tokvec
! tokvec: '9' is out of range (standard input, line 2, column 3); valid are 0 to 5 in the default table (seed 123, vocabulary 6, dimension 3); name a weights file with -w, or a shape with -n and -d
[2]
$ printf '1 2\n3 9 4\n' | tokvec -f csv -d 1
id,0
1,0.120362945
2,-0.3696345
3,-0.24041797
! tokvec: '9' is out of range (standard input, line 2, column 3); valid are 0 to 5 in the seeded table (seed 123, vocabulary 6, dimension 1)
[2]
$ printf '[1,\n [2]]' | tokvec
! tokvec: a list is beside a number (standard input, line 2, column 2); nested IDs must form a rectangle, as a tensor does
[2]
$ printf '1 2\n  1:3\n' | tokvec
! tokvec: '1:3' is not an integer (standard input, line 2, column 3); ranges are for the command line; here each ID is written out
[2]
$ printf '1\0002' | tokvec
! tokvec: '1?2' has zero bytes in it (standard input, line 1, column 1); the text may be UTF-16: convert it with iconv -f UTF-16 -t UTF-8
[2]
$ printf '[1, 2' | tokvec
! tokvec: the input ends inside '[' (standard input, line 1, column 6); close the brackets
[2]
$ printf '1 two 3' | tokvec -f jsonl -d 1
{"id": 1, "vector": [0.120362945]}
! tokvec: 'two' is not an integer (standard input, line 1, column 3); token IDs are decimal integers such as 0 or 15496; for tokens, name a vocabulary with --vocab
[2]
$ printf '4 2' > ids; tokvec -i ids
tensor([[-1.1589,  0.3255, -0.6315],
        [ 1.2753, -0.2010, -0.1606]], grad_fn=<EmbeddingBackward0>)
$ tokvec -i ids 3
! tokvec: token IDs come from the arguments and from --input (argument 3); choose one of the two
[2]
$ echo 5 | tokvec -i -
tensor([[-2.8400, -0.7849, -1.4096]], grad_fn=<EmbeddingBackward0>)
$ tokvec -i nowhere
! tokvec: cannot open: No such file or directory (nowhere); check the name
[2]
$ tokvec -i .
! tokvec: cannot read: Is a directory (.); name a file, not a directory
[2]
