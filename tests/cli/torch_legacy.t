# Checkpoints from before PyTorch 1.6: storages are little-endian whatever the machine said of
# itself, and modules that were pickled whole come with their source.

$ cd $TESTS/torch_legacy; tokvec -w big_flag.pt 1 -f jsonl
{"id": 1, "vector": [3.0, 4.0]}
$ cd $TESTS/torch_legacy; tokvec -w module_and_tensor.pt 1 -f jsonl
{"id": 1, "vector": [3.0, 4.0]}
$ cd $TESTS/torch_legacy; tokvec -w module_and_tensor.pt -t m 1
! tokvec: tensor 'm' is made by rows.Rows, which tokvec does not run (module_and_tensor.pt); save it again as plain numbers, or choose another tensor
[2]
$ cd $TESTS/torch_legacy; tokvec -w module.pt 1
! tokvec: the checkpoint's only tensor is made by rows.Rows, which tokvec does not run (module.pt); save tensors in it: torch.save(model.state_dict(), FILE)
[2]
