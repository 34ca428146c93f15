# IDs as other programs print them, and options at their ends.

$ cd $TESTS/good/ids-ignore-index; tokvec -n 20000 -d 2 --seed 1 -f jsonl < input
{"id": 1, "vector": [-0.6539809, -1.6094848]}
{"id": 2, "vector": [-0.10016718, -0.6091889]}
! tokvec: '-100' is out of range (standard input, line 1, column 8); valid are 0 to 19999 in the seeded table (seed 1, vocabulary 20000, dimension 2)
[2]
$ cd $TESTS/good/ids-other-languages-print; for f in tf js julia llama-tokenize hf size; do tokvec -n 9000 -d 1 -f csv < $f >/dev/null 2>&1; echo $?; done
2
2
2
2
2
2
$ cd $TESTS/good/ids-summarised; tokvec -n 20000 -d 2 --seed 1 -f jsonl < input
{"id": 1, "vector": [-0.6539809, -1.6094848]}
{"id": 2, "vector": [-0.10016718, -0.6091889]}
! tokvec: '...' stands for IDs that were left out (standard input, line 1, column 16); print the whole tensor: torch.set_printoptions(profile='full')
[2]
$ tokvec weight --padding-idx -1 -n 4 -d 2
Parameter containing:
tensor([[-0.1115,  0.1204],
        [-0.3696, -0.2404],
        [-1.1969,  0.2093],
        [ 0.0000,  0.0000]], requires_grad=True)
$ tokvec --seed=18446744073709551615 0
tensor([[-2.6643, -1.0910, -1.6460]], grad_fn=<EmbeddingBackward0>)
