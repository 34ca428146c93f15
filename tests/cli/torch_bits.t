# Tensors whose values are not those of their storage: lazily negated or conjugated views, and
# tensors that the pickle changes after they are made.

$ cp $TESTS/torch_bits/* .
$ tokvec -w neg.pt 1
! tokvec: the checkpoint's only tensor is saved with its negative bit set: its signs are not those in the file (resolve_neg()) (neg.pt); save tensors in it: torch.save(model.state_dict(), FILE)
[2]
$ tokvec -w conj.pt 1
! tokvec: the checkpoint's only tensor is saved with its conjugate bit set: its signs are not those in the file (resolve_conj()) (conj.pt); save tensors in it: torch.save(model.state_dict(), FILE)
[2]
$ tokvec -w not_neg.pt 1
tensor([[3., 4., 5.]])
$ tokvec -w other.pt 1
! tokvec: the checkpoint's only tensor is saved with metadata that tokvec does not know (other.pt); save tensors in it: torch.save(model.state_dict(), FILE)
[2]
$ tokvec -w set_item.pt 1
! tokvec: the checkpoint's only tensor is changed after it is made, which tokvec does not follow (set_item.pt); save tensors in it: torch.save(model.state_dict(), FILE)
[2]
$ tokvec -w append.pt 1
! tokvec: the checkpoint's only tensor is changed after it is made, which tokvec does not follow (append.pt); save tensors in it: torch.save(model.state_dict(), FILE)
[2]
