# Keyword arguments of a pasted tensor: those that say nothing of its IDs are stepped over, any
# other may hold IDs or change them.

$ printf 'tensor([1, 2], device="cuda:0", dtype=torch.int32)' | tokvec -f csv -d 1
id,0
1,0.120362945
2,-0.3696345
$ printf 'array([[1, 2],\n       [3, 4]], shape=(2, 2), dtype=int64)' | tokvec -f csv -d 1
id,0
1,0.120362945
2,-0.3696345
3,-0.24041797
4,-1.1969243
$ printf 'tensor(indices=tensor([[0, 1]]),\n       values=tensor([3, 4]),\n       size=(3,), nnz=2, layout=torch.sparse_coo)' | tokvec
! tokvec: 'indices' is not a known argument of a printed tensor (standard input, line 1, column 8); paste a tensor of IDs; a sparse one as x.to_dense()
[2]
$ tokvec 'tensor(data=[1, 2])'
! tokvec: 'data' is not a known argument of a printed tensor (argument 1); paste a tensor of IDs; a sparse one as x.to_dense()
[2]
$ tokvec -f csv 'tensor([1], values=tensor([2]))'
! tokvec: 'values' is not a known argument of a printed tensor (argument 3); paste a tensor of IDs; a sparse one as x.to_dense()
[2]
$ tokvec 'array([1], ndmin=2)'
! tokvec: 'ndmin' is not a known argument of a printed tensor (argument 1); paste a tensor of IDs; a sparse one as x.to_dense()
[2]
$ tokvec 'tensor(dtype=torch.int64)' 1
! tokvec: these brackets are empty (argument 1); nested IDs must form a rectangle, as a tensor does
[2]
$ tokvec 'tensor()'
! tokvec: these brackets are empty (argument 1); nested IDs must form a rectangle, as a tensor does
[2]
--
# The size that is printed with a tensor of no IDs.

$ tokvec 'tensor([], size=(0, 3), dtype=torch.int64)'
! tokvec: 'size' gives a shape, but there are no IDs (argument 1); write empty lists out, as in [[], []]
[2]
$ tokvec 'array([], shape=(0, 3), dtype=int64)'
! tokvec: 'shape' gives a shape, but there are no IDs (argument 1); write empty lists out, as in [[], []]
[2]
$ tokvec 'tensor([[], []])'
tensor([], size=(2, 0, 3), grad_fn=<EmbeddingBackward0>)
$ tokvec 'tensor([], dtype=torch.int64)'
tensor([], size=(0, 3), grad_fn=<EmbeddingBackward0>)
