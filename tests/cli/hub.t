# Models in the cache of the hub, by the name of their repository.

$ mkdir -p hub/models--me--tiny/{blobs,refs/refs/pr,snapshots/aa10,snapshots/aabb,snapshots/c0de} empty; cp $TESTS/models/single/model.safetensors hub/models--me--tiny/blobs/7e; for s in aa10 aabb; do ln -s ../../blobs/7e hub/models--me--tiny/snapshots/$s/model.safetensors; done; printf aa10 > hub/models--me--tiny/refs/main; printf aabb > hub/models--me--tiny/refs/refs/pr/1; echo '{"a": 0, "b": 1, "c": 2, "d": 3, "e": 4, "f": 5, "g": 6, "h": 13}' > hub/models--me--tiny/snapshots/aa10/vocab.json; cp -r hub/models--me--tiny hub/models--alone
$ export HF_HUB_CACHE=hub; tokvec -w me/tiny b -f csv; tokvec -w alone 0
id,token,0,1,2,3
1,b,1.6700373,1.7441901,0.6218945,2.5079198
tensor([[-0.2196,  0.2205,  2.1147,  1.2385]])
$ for r in main refs/pr/1 aa10 aab c; do HF_HUB_CACHE=hub tokvec -w me/tiny@$r 0; done
tensor([[-0.2196,  0.2205,  2.1147,  1.2385]])
tensor([[-0.2196,  0.2205,  2.1147,  1.2385]])
tensor([[-0.2196,  0.2205,  2.1147,  1.2385]])
tensor([[-0.2196,  0.2205,  2.1147,  1.2385]])
! tokvec: the folder holds no model that tokvec knows (hub/models--me--tiny/snapshots/c0de); it opens model.safetensors, pytorch_model.bin, their .index.json, or a single .safetensors or .gguf file; or download the rest: hf download me/tiny
[2]
$ for r in v2 '' ../main /etc a b; do HF_HUB_CACHE=hub tokvec -w me/tiny@$r 0; done
! tokvec: the hub's cache does not have 'v2' of me/tiny (hub/models--me--tiny); download it: hf download me/tiny --revision v2; there is aa10, aabb, c0de
! tokvec: the hub's cache does not have '' of me/tiny (hub/models--me--tiny); download it: hf download me/tiny --revision ; there is aa10, aabb, c0de
! tokvec: the hub's cache does not have '../main' of me/tiny (hub/models--me--tiny); download it: hf download me/tiny --revision ../main; there is aa10, aabb, c0de
! tokvec: the hub's cache does not have '/etc' of me/tiny (hub/models--me--tiny); download it: hf download me/tiny --revision /etc; there is aa10, aabb, c0de
! tokvec: 'a' begins the names of 2 snapshots of me/tiny (hub/models--me--tiny); name one of them: aa10, aabb
! tokvec: the hub's cache does not have 'b' of me/tiny (hub/models--me--tiny); download it: hf download me/tiny --revision b; there is aa10, aabb, c0de
[2]
$ export HF_HUB_CACHE=hub; tokvec -w me/other 0; tokvec -w me/other@v2 0; tokvec -w gpt2 0; tokvec -w other 0; tokvec -w me/tiny/x 0; tokvec -w me--tiny 0; tokvec -w other.bin 0; tokvec -w empty/other 0
! tokvec: cannot open: No such file or directory (me/other); nor is it in the hub's cache, hub: hf download me/other
! tokvec: cannot open: No such file or directory (me/other@v2); nor is it in the hub's cache, hub: hf download me/other --revision v2
! tokvec: cannot open: No such file or directory (gpt2); nor is it in the hub's cache, hub: hf download gpt2
! tokvec: cannot open: No such file or directory (other); check the name
! tokvec: cannot open: No such file or directory (me/tiny/x); check the name
! tokvec: cannot open: No such file or directory (me--tiny); check the name
! tokvec: cannot open: No such file or directory (other.bin); check the name
! tokvec: cannot open: No such file or directory (empty/other); check the name
[2]
$ export HF_HUB_CACHE=hub; tokvec list --tokens me/tiny | head -2; tokvec -n 14 --vocab me/tiny c -f csv; tokvec digest me/tiny alone@aabb > list; cat list; tokvec digest --check list; tokvec diff -q me/tiny alone; tokvec list me/tiny | tail -1
0	a
1	b
id,token,0,1,2
2,c,-0.21963762,-0.37916982,0.76710707
74c6a4b125e327928bf0c13b07fe9d3ce7e8eb66cf2c03090fe94cea601e2997  me/tiny:wte.weight
74c6a4b125e327928bf0c13b07fe9d3ce7e8eb66cf2c03090fe94cea601e2997  alone@aabb:wte.weight
me/tiny:wte.weight: OK
alone@aabb:wte.weight: OK
* vocab.json         vocabulary
$ tokvec -w hub/models--me--tiny/snapshots/aa10/model.safetensors b -f csv; cd hub/models--me--tiny/snapshots/aa10; tokvec -w model.safetensors b -f csv | tail -1; tokvec -w . b -f csv | tail -1
id,token,0,1,2,3
1,b,1.6700373,1.7441901,0.6218945,2.5079198
1,b,1.6700373,1.7441901,0.6218945,2.5079198
1,b,1.6700373,1.7441901,0.6218945,2.5079198
$ tokvec -w hub/models--me--tiny/blobs/7e b -f csv
! tokvec: 'b' is not an integer (argument 3); token IDs are decimal integers such as 0 or 15496; for tokens, name a vocabulary with --vocab
[2]
--

# Where the cache is.

$ export HOME=home; unset XDG_CACHE_HOME HF_HOME HF_HUB_CACHE HUGGINGFACE_HUB_CACHE; tokvec -w x/y 0; XDG_CACHE_HOME=xdg tokvec -w x/y 0; XDG_CACHE_HOME=xdg HF_HOME='~/hf/$HOME' tokvec -w x/y 0; HF_HOME=hf HUGGINGFACE_HUB_CACHE=old tokvec -w x/y 0; HUGGINGFACE_HUB_CACHE=old HF_HUB_CACHE='~/${HOME}/$NOT_SET/$/${' tokvec -w x/y 0
! tokvec: cannot open: No such file or directory (x/y); nor is it in the hub's cache, home/.cache/huggingface/hub: hf download x/y
! tokvec: cannot open: No such file or directory (x/y); nor is it in the hub's cache, xdg/huggingface/hub: hf download x/y
! tokvec: cannot open: No such file or directory (x/y); nor is it in the hub's cache, home/hf/home/hub: hf download x/y
! tokvec: cannot open: No such file or directory (x/y); nor is it in the hub's cache, old: hf download x/y
! tokvec: cannot open: No such file or directory (x/y); nor is it in the hub's cache, home/home/$NOT_SET/$/${: hf download x/y
[2]
$ cd hub; HF_HUB_CACHE= tokvec -w alone 0
tensor([[-0.2196,  0.2205,  2.1147,  1.2385]])
--

# What is not there, and what stands where a name should.

$ export HF_HUB_CACHE=hub; rm hub/models--alone/snapshots/a*/model.safetensors; tokvec -w alone 0; printf c0de > hub/models--alone/refs/main; tokvec -w alone 0; rm -r hub/models--alone/snapshots; tokvec -w alone@main 0
! tokvec: the folder holds no model that tokvec knows (hub/models--alone/snapshots/aa10); it opens model.safetensors, pytorch_model.bin, their .index.json, or a single .safetensors or .gguf file; or download the rest: hf download alone
! tokvec: the folder holds no model that tokvec knows (hub/models--alone/snapshots/c0de); it opens model.safetensors, pytorch_model.bin, their .index.json, or a single .safetensors or .gguf file; or download the rest: hf download alone
! tokvec: the hub's cache does not have 'main' of alone (hub/models--alone); download it: hf download alone --revision main
[2]
$ export HF_HUB_CACHE=hub; cd hub/models--me--tiny/refs; rm main; mkfifo main; cd ../../..; tokvec -w me/tiny 0; rm hub/models--me--tiny/refs/main; truncate -s 1G hub/models--me--tiny/refs/main; tokvec -w me/tiny 0; printf 'aa10\0' > hub/models--me--tiny/refs/main; tokvec -w me/tiny 0; printf '../../../empty' > hub/models--me--tiny/refs/main; tokvec -w me/tiny 0; ln -sf main hub/models--me--tiny/refs/main; tokvec -w me/tiny@main 0
! tokvec: the folder holds 3 snapshots, and refs/main names none of them (hub/models--me--tiny); name one of them: snapshots/aa10, snapshots/aabb, snapshots/c0de
! tokvec: the folder holds 3 snapshots, and refs/main names none of them (hub/models--me--tiny); name one of them: snapshots/aa10, snapshots/aabb, snapshots/c0de
! tokvec: the folder holds 3 snapshots, and refs/main names none of them (hub/models--me--tiny); name one of them: snapshots/aa10, snapshots/aabb, snapshots/c0de
! tokvec: the folder holds 3 snapshots, and refs/main names none of them (hub/models--me--tiny); name one of them: snapshots/aa10, snapshots/aabb, snapshots/c0de
! tokvec: the hub's cache does not have 'main' of me/tiny (hub/models--me--tiny); download it: hf download me/tiny --revision main; there is aa10, aabb, c0de
[2]
$ rm -r hub/models--me--tiny/snapshots/{aabb,c0de}; ln -sf ../snapshots hub/models--me--tiny/snapshots/loop; HF_HUB_CACHE=hub tokvec -w me/tiny 0
tensor([[-0.2196,  0.2205,  2.1147,  1.2385]])
