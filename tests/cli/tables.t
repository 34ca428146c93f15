# Loaded tables: which tensor, how it prints, what is refused.

$ tokvec list $DATA/model.safetensors
  NAME         DTYPE    SHAPE    BYTES  OFFSET
  ln_f.weight  float32  [8]         32     312
  wpe.weight   float32  [6, 8]     192     344
* wte.weight   float32  [12, 8]    384     536
  ln_f.bias    float16  [8]         16     920
$ tokvec list $DATA/table.npy
  NAME  DTYPE    SHAPE   BYTES  OFFSET
*       float16  [5, 4]     40     128
$ cd $DATA && tokvec list -f json model.safetensors
{"file": "model.safetensors",
 "format": "safetensors",
 "tensors": [
  {"name": "ln_f.weight", "dtype": "float32", "shape": [8], "bytes": 32, "offset": 312, "chosen": false},
  {"name": "wpe.weight", "dtype": "float32", "shape": [6, 8], "bytes": 192, "offset": 344, "chosen": false},
  {"name": "wte.weight", "dtype": "float32", "shape": [12, 8], "bytes": 384, "offset": 536, "chosen": true},
  {"name": "ln_f.bias", "dtype": "float16", "shape": [8], "bytes": 16, "offset": 920, "chosen": false}]}
$ tokvec -w $DATA/model.safetensors 3 11
tensor([[-0.0009, -0.0290, -0.0081, -0.0458,  0.0210, -0.0083, -0.0149,  0.0214],
        [ 0.0306,  0.0134,  0.0110,  0.0135, -0.0002, -0.0015, -0.0135, -0.0011]])
$ tokvec weight -w $DATA/table.npy
Parameter containing:
tensor([[-1.5000,  1.2500, -0.6250,  1.5000],
        [ 1.3125,  0.1250, -1.2500, -1.7500],
        [ 0.7500,  1.4375, -0.7500,  0.6875],
        [ 1.0625, -0.8750,  1.5000, -0.6875],
        [ 1.1250, -0.6250, -0.8750, -1.6875]], dtype=torch.float16)
$ tokvec weight -w $DATA/model.safetensors -t ln_f.weight
Parameter containing:
tensor([[1., 1., 1., 1., 1., 1., 1., 1.]])
$ tokvec -w $DATA/model.safetensors -t ln_f.bias 0
tensor([[0., 0., 0., 0., 0., 0., 0., 0.]], dtype=torch.float16)
$ tokvec -w $DATA/table.npy 1:3 --as float32
tensor([[ 1.3125,  0.1250, -1.2500, -1.7500],
        [ 0.7500,  1.4375, -0.7500,  0.6875]])
$ tokvec -w $DATA/table.npy 1:3 --as bfloat16
tensor([[ 1.3125,  0.1250, -1.2500, -1.7500],
        [ 0.7500,  1.4375, -0.7500,  0.6875]], dtype=torch.bfloat16)
$ tokvec -w $DATA/table.npy '[]'
tensor([], size=(0, 4), dtype=torch.float16)
--
# Integers and bools, which no nn.Embedding can hold, print as plain tensors in both commands.
$ tokvec weight -w $TESTS/npy/bool.npy
tensor([[False,  True, False],
        [False, False,  True],
        [ True, False,  True],
        [ True, False,  True],
        [False,  True, False],
        [ True,  True, False]])
$ tokvec -w $TESTS/npy/bool.npy 0 1
tensor([[False,  True, False],
        [False, False,  True]])
$ tokvec weight -w $TESTS/npy/int64.npy --threshold 10
tensor([[ -540938909384149840, -8875332115650278859, -9093819282480750866,
         -8946919399739460274,  5382158819535927005,  8922669518470636625],
        [ 3865600410381151025, -6743374831208377589, -2074251919842418952,
         -1327075365151698121, -4923575657258327458,   460610826429298668],
        [ 2759008089198403867, -3173228841468750242,  7176177863690913919,
          6317537851914159018,  5135466922967196329, -5594640733641486739],
        [ 2565588389938677711, -1095011732270718602,  8685412051523764156,
          7663029207118971747, -3996693878223222090,  7090431469685544000],
        [ 4823305644241712716,  7499881535565855007, -7126329836626184778,
          5179951850902001943,  3683608210274092117,  5281973571914636713],
        [-6596109744992005638, -4489103703602920022,  2617956668037623740,
          5123263456380908858, -6744741810406879645,  2646722630166231691]])
$ tokvec -w $TESTS/npy/int64.npy 0
tensor([[ -540938909384149840, -8875332115650278859, -9093819282480750866,
         -8946919399739460274,  5382158819535927005,  8922669518470636625]])
$ tokvec -w $TESTS/npy/uint8.npy 0
tensor([[ 19, 231,  42, 203,  64, 241,  83]], dtype=torch.uint8)
$ tokvec weight -w $TESTS/npy/uint64.npy --threshold 10
tensor([[ 7604578820532368191,   947517892872332169],
        [12280450693758360496, 14008310958938213834],
        [ 5493706346418101412, 17210555794021166105],
        [14767117092610377530, 11214754850410203080],
        [15783358224958776998, 18222778791758591591],
        [ 8879823941480015642,  1670893323103290917]], dtype=torch.uint64)
$ tokvec weight -w $TESTS/npy/int8.npy --as float32 --threshold 10
Parameter containing:
tensor([[ 107.,  121.,  -63.],
        [  -9.,  100.,  -70.],
        [  52.,  120., -103.],
        ...,
        [ 115.,   52.,  -15.],
        [  27.,  -40., -107.],
        [ 117.,  -65.,   47.]])
--
# 8-bit floats.
$ tokvec weight -w $TESTS/safetensors/f8_e4m3.safetensors --threshold 10
Parameter containing:
tensor([[        nan,  1.9200e+02,  1.2000e+01],
        [-7.8125e-02,  2.8125e-01, -1.0000e+01],
        [-1.0000e+01, -1.7578e-02,  5.0781e-02],
        ...,
        [-3.9062e-02, -1.9200e+02,  2.5000e-01],
        [-4.4800e+02,  3.5156e-02,  5.0000e-01],
        [-3.5200e+02, -1.3000e+01,  8.1250e-01]], dtype=torch.float8_e4m3fn)
$ tokvec -w $TESTS/safetensors/f8_e5m2.safetensors 0
tensor([[ 0.8750,  0.1562, -0.3750, -0.0391,  0.1875]],
       dtype=torch.float8_e5m2)
$ tokvec -w $TESTS/safetensors/f8_e5m2.safetensors 0 -f csv
id,0,1,2,3,4
0,0.875,0.15625,-0.375,-0.0390625,0.1875
$ tokvec -w $TESTS/safetensors/bf16.safetensors 0
tensor([[-0.0028, -0.0021, -0.0105, -0.0146,  0.0238, -0.0118]],
       dtype=torch.bfloat16)
--
# One dimension is one row; with three, the vectors of the last are; a single number is one row of one.
$ tokvec weight -w $TESTS/npy/vector.npy
Parameter containing:
tensor([[-0.7191, -1.6978,  0.8514, -0.7805, -1.3512, -0.9366,  0.5479,  0.2450,
         -2.0925,  0.3327,  0.8080, -2.0257]])
$ tokvec weight -w $TESTS/npy/scalar.npy
Parameter containing:
tensor([[3.]])
$ cd $TESTS/npy && tokvec -w vector.npy 1
! tokvec: '1' is out of range (argument 3); valid are 0 to 0 in vector.npy
[2]
$ cd $TESTS/npy && tokvec weight -w three_d.npy
Parameter containing:
tensor([[[ 0.0953,  1.7709, -0.2340],
         [-0.7531,  1.1648,  1.2353]],

        [[ 0.9403,  0.9011,  0.5453],
         [ 1.1868, -2.6200, -0.2739]],

        [[-0.5997,  0.3346, -1.2130],
         [-0.2973, -1.7680,  2.2135]],

        [[ 0.9757,  0.0276,  0.4918],
         [-1.0566, -1.4811, -0.7147]]])
$ tokvec weight -w $TESTS/npy/no_rows.npy
Parameter containing:
tensor([], size=(0, 12))
$ cd $TESTS/npy && tokvec -w no_rows.npy 0
! tokvec: '0' is out of range (argument 3); no_rows.npy has no rows
[2]
$ tokvec weight -w $TESTS/npy/no_columns.npy
Parameter containing:
tensor([], size=(28, 0))
$ tokvec -w $TESTS/npy/no_columns.npy 0 -f csv
id
0
--
# Which tensor.
$ cd $DATA && tokvec -w model.safetensors -t wte.wieght 3
! tokvec: no tensor is named 'wte.wieght' (model.safetensors); did you mean 'wte.weight'?
[2]
$ cd $DATA && tokvec -w model.safetensors -t nothing.like.it 3
! tokvec: no tensor is named 'nothing.like.it' (model.safetensors); see the names with tokvec list, and give one with -t
[2]
$ cd $DATA && tokvec -w model.safetensors -t '' 3
! tokvec: no tensor is named '' (model.safetensors); see the names with tokvec list, and give one with -t
[2]
$ cd $DATA && tokvec -w table.npy -t wte.weight 3
! tokvec: no tensor is named 'wte.weight' (table.npy); the file has one array without a name; leave out -t
[2]
$ cd $TESTS/safetensors && tokvec -w data_order.safetensors 1
! tokvec: 2 tensors may be the token embedding (data_order.safetensors); name one with -t: 'a' (4, 2), 'b' (3, 3); tokvec list shows all
[2]
$ cd $TESTS/safetensors && tokvec -w many.safetensors 1
! tokvec: 120 tensors may be the token embedding (many.safetensors); name one with -t: 'layer.0.weight' (1, 3), 'layer.1.weight' (1, 3), 'layer.10.weight' (1, 3), 'layer.100.weight' (1, 3), 'layer.101.weight' (1, 3), 'layer.102.weight' (1, 3), 'layer.103.weight' (1, 3), 'layer.104.weight' (1, 3) and 112 more; tokvec list shows all
[2]
$ cd $TESTS/safetensors && tokvec -w no_tensors.safetensors 1
! tokvec: the file holds no tensors (no_tensors.safetensors); name another file
[2]
$ cd $TESTS/safetensors && tokvec list no_tensors.safetensors
$ tokvec list $TESTS/safetensors/names.safetensors
  NAME                                                                                                  DTYPE    SHAPE   BYTES  OFFSET
                                                                                                        float32  [1, 2]      8    1384
  " "                                                                                                   float32  [3, 2]     24    1392
  A                                                                                                     float32  [2, 2]     16    1416
  a                                                                                                     float32  [1, 2]      8    1432
  a.b                                                                                                   float32  [3, 2]     24    1440
  back\slash                                                                                            float32  [3, 2]     24    1464
  del\x7f                                                                                               float32  [2, 2]     16    1488
  é                                                                                                    float32  [3, 2]     24    1504
  line\nbreak                                                                                           float32  [1, 2]      8    1528
  naïve 词嵌入                                                                                             float32  [3, 2]     24    1536
  nul\xc0\x80byte                                                                                       float32  [1, 2]      8    1560
  slash/path                                                                                            float32  [1, 2]      8    1568
  tab\t                                                                                                 float32  [2, 2]     16    1576
  with "quotes"                                                                                         float32  [1, 2]      8    1592
  xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx  float32  [2, 2]     16    1600
  é                                                                                                     float32  [1, 2]      8    1616
  😀                                                                                                     float32  [1, 2]      8    1624
$ cd $TESTS/safetensors && tokvec list -f csv names.safetensors
name,dtype,shape,bytes,offset,chosen
,float32,"[1, 2]",8,1384,false
 ,float32,"[3, 2]",24,1392,false
A,float32,"[2, 2]",16,1416,false
a,float32,"[1, 2]",8,1432,false
a.b,float32,"[3, 2]",24,1440,false
back\slash,float32,"[3, 2]",24,1464,false
"del",float32,"[2, 2]",16,1488,false
é,float32,"[3, 2]",24,1504,false
"line
break",float32,"[1, 2]",8,1528,false
naïve 词嵌入,float32,"[3, 2]",24,1536,false
nul\xc0\x80byte,float32,"[1, 2]",8,1560,false
slash/path,float32,"[1, 2]",8,1568,false
tab	,float32,"[2, 2]",16,1576,false
"with ""quotes""",float32,"[1, 2]",8,1592,false
xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx,float32,"[2, 2]",16,1600,false
é,float32,"[1, 2]",8,1616,false
😀,float32,"[1, 2]",8,1624,false
$ cd $DATA && tokvec -w model.safetensors 12
! tokvec: '12' is out of range (argument 3); valid are 0 to 11 in 'wte.weight' of model.safetensors
[2]
$ cd $DATA && tokvec -w table.npy 5
! tokvec: '5' is out of range (argument 3); valid are 0 to 4 in table.npy
[2]
--
# Files of no known format, and broken ones.
$ tokvec -w nowhere 1
! tokvec: cannot open: No such file or directory (nowhere); check the name
[2]
$ tokvec -w '' 1
! tokvec: cannot open: No such file or directory (the name is empty); check the name
[2]
$ tokvec list nowhere
! tokvec: cannot open: No such file or directory (nowhere); check the name
[2]
$ touch empty && tokvec -w empty 1
! tokvec: the file is empty (empty); it opens files such as .gguf, .npy, .npz, .pt, .pth, .ckpt, .bin, .safetensors, .index.json, .zip, .vec, .w2v, .glove, .txt, .json, .jsonl, .ndjson, .csv, .tsv, and folders of models; for bare values give --dtype and --dim
[2]
$ echo hello > text && tokvec -w text 1
! tokvec: the file is not in a format that tokvec knows (text); it opens files such as .gguf, .npy, .npz, .pt, .pth, .ckpt, .bin, .safetensors, .index.json, .zip, .vec, .w2v, .glove, .txt, .json, .jsonl, .ndjson, .csv, .tsv, and folders of models; for bare values give --dtype and --dim
[2]
$ tokvec -w /dev/null 1
! tokvec: this is a device, neither a file nor a pipe (/dev/null); copy it to a file first
[2]
$ cd $TESTS/npy && tokvec -w bad_object.npy 1
! tokvec: the elements are Python objects, which can only be read by running a pickle (bad_object.npy, byte 20); in Python: numpy.save(NEW, numpy.load(FILE, allow_pickle=True).astype('float32'))
[2]
$ cd $TESTS/npy && tokvec -w bad_data_cut.npy 1
! tokvec: the data is cut: 14 bytes are there, the shape needs 216 (bad_data_cut.npy, byte 128); the file is damaged or of another kind; fetch or save it again
[2]
$ cd $TESTS/npy && tokvec -w bad_descr_record.npy 1
! tokvec: the elements are records, not numbers (bad_descr_record.npy, byte 20); the file is damaged or of another kind; fetch or save it again
[2]
$ cd $TESTS/npy && tokvec -w bad_magic.npy 1
! tokvec: the magic of .npy is not at the beginning (bad_magic.npy, byte 0); the file is damaged or of another kind; fetch or save it again
[2]
$ cd $TESTS/npy && tokvec -w bad_version_4_0.npy 1
! tokvec: version 4.0 of the format is unknown (bad_version_4_0.npy, byte 6); the file is damaged or of another kind; fetch or save it again
[2]
$ cd $TESTS/npy && tokvec -w odd_descr_complex.npy 1
! tokvec: the array has elements of type complex64 (odd_descr_complex.npy); a table needs floats, integers or bools of 8 to 64 bits
[2]
$ cd $TESTS/safetensors && tokvec -w bad_json_comma.safetensors 1
! tokvec: the header: expected a member's name in double quotes (bad_json_comma.safetensors, byte 122); the file is damaged or of another kind; fetch or save it again
[2]
$ cd $TESTS/safetensors && tokvec -w bad_length_past_end.safetensors 1
! tokvec: the header's length of 283 goes past the end of the file, which is 81 bytes short at least (bad_length_past_end.safetensors, byte 0); the file is damaged or of another kind; fetch or save it again
[2]
$ cd $TESTS/safetensors && tokvec -w bad_overlap.safetensors 1
! tokvec: the data of tensor 'b' begins at byte 150 instead of 154 (bad_overlap.safetensors, byte 8); the file is damaged or of another kind; fetch or save it again
[2]
$ cd $TESTS/safetensors && tokvec -w odd_sub_byte.safetensors 1
! tokvec: tensor 'a' has elements of type float4_e2m1fn (odd_sub_byte.safetensors); a table needs floats, integers or bools of 8 to 64 bits
[2]
