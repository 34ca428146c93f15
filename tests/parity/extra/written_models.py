"""Folders as peft, sentence-transformers, model2vec and compressed-tensors save them: every row, and its token.

Small models with random weights. The right answer is the table of the model that the library itself
loads again: for an adapter the rows it has for its own IDs, or, where they change the base model's
rows, a refusal.
"""
import json
import os
import sys
import warnings

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
import parity  # noqa: E402
import labels  # noqa: E402

run = parity.Run(cases=10)
np, torch, transformers, tokenizers = parity.originals("numpy", "torch", "transformers", "tokenizers")

transformers.logging.set_verbosity_error()
transformers.logging.disable_progress_bar()
warnings.simplefilter("ignore")
V, D = 64, 16


def matrix(path, *options):
    out = run.path("out.npy")
    if os.path.exists(out):
        os.remove(out)
    _, message, status = run.call("weight", "-q", "-w", path, "-f", "npy", "-o", out, *options)
    return np.load(out) if status == 0 else message


def rows(path, ids, *options):
    """float32 rows by ID, or the message."""
    output, message, status = run.call("-q", "-w", path, "-f", "raw", "--as", "float32", *options,
                                       stdin="\n".join(map(str, ids)).encode())
    return np.frombuffer(output, np.float32).reshape(len(ids), -1) if status == 0 else message


def equal(got, wanted, case):
    same = not isinstance(got, str) and got.shape == wanted.shape and got.tobytes() == wanted.tobytes()
    run.equal(True if same else str(got)[:300], True, case)


def refused(path, words, case, *options):
    _, message, status = run.call("-w", path, *options, "1")
    run.equal((status, [w for w in words if w not in message]), (2, []), f"{case}: {message}")


def base(draw):
    torch.manual_seed(draw.getrandbits(32))
    sizes = dict(vocab_size=V, num_hidden_layers=1, num_attention_heads=2, hidden_size=D)
    tied = draw.random() < 0.5
    kind = draw.randrange(3)
    if kind == 0:
        config = transformers.LlamaConfig(**sizes, intermediate_size=24, num_key_value_heads=1,
                                          tie_word_embeddings=tied)
        return transformers.LlamaForCausalLM(config), "embed_tokens", ["q_proj", "v_proj"]
    if kind == 1:
        config = transformers.GPT2Config(vocab_size=V, n_embd=D, n_layer=1, n_head=2, n_positions=32,
                                         tie_word_embeddings=tied)
        return transformers.GPT2LMHeadModel(config), "wte", ["c_attn"]
    config = transformers.BertConfig(**sizes, intermediate_size=24)
    return transformers.BertForMaskedLM(config), "word_embeddings", ["query", "value"]


def embedding(model):
    return model.get_input_embeddings().weight.detach()


def peft_case(number):
    draw = run.random
    model, name, linear = base(draw)
    saved = run.path(f"base-{number}")
    model.save_pretrained(saved)
    dtype = draw.choice((torch.float32, torch.bfloat16))
    kind = draw.choice(("saved", "lora", "linear", "trained", "trained beside", "resized", "prompt"))
    ids = sorted(draw.sample(range(V), 5))
    if draw.random() < 0.3:
        draw.shuffle(ids)
    config = {
        "saved": lambda: peft.LoraConfig(r=2, target_modules=linear, modules_to_save=[name]),
        "lora": lambda: peft.LoraConfig(r=2, target_modules=[*linear, name]),
        "linear": lambda: peft.LoraConfig(r=2, target_modules=linear),
        "trained": lambda: peft.TrainableTokensConfig(token_indices=ids, target_modules=[name]),
        "trained beside": lambda: peft.LoraConfig(r=2, target_modules=linear,
                                                  trainable_token_indices={name: ids}),
        "resized": lambda: peft.LoraConfig(r=2, target_modules=linear),
        "prompt": lambda: peft.PromptTuningConfig(task_type="CAUSAL_LM", num_virtual_tokens=3),
    }[kind]()
    if kind == "resized":
        model.resize_token_embeddings(V + 8)
    if kind == "prompt" and not hasattr(model, "prepare_inputs_for_generation"):
        return
    model = peft.get_peft_model(model.to(dtype), config)
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.requires_grad:
                parameter.copy_(torch.randn_like(parameter))
    folder = run.path(f"adapter-{number}")
    safe = draw.random() < 0.7
    try:
        model.save_pretrained(folder, safe_serialization=safe,
                              save_embedding_layers=kind == "resized" or "auto")
    except TypeError:
        model.save_pretrained(folder, save_embedding_layers=kind == "resized" or "auto")
    case = f"peft {number}, {kind}, {type(model.get_base_model()).__name__}, {dtype}, {os.listdir(folder)}"
    if kind in ("lora", "linear", "prompt"):
        refused(folder, [] if kind == "prompt" else ["adapter"], case)
        return
    if kind in ("saved", "resized"):
        layer = model.get_input_embeddings()
        layer = layer.modules_to_save["default"] if hasattr(layer, "modules_to_save") else layer
        wanted = layer.weight.detach()
        equal(rows(folder, range(len(wanted))), wanted.float().numpy(), case)
        return
    merged = model.merge_and_unload()
    # The rows are trained in float32; merging rounds them to the model's dtype.
    got, table = rows(folder, ids), embedding(merged).float().numpy()
    if not isinstance(got, str):
        got = torch.from_numpy(got.copy()).to(dtype).float().numpy()
    equal(got, table[ids], case)
    other = next(i for i in range(V) if i not in ids)
    message = rows(folder, [other])
    run.equal(isinstance(message, str), True, f"{case}: ID {other} has no row")


def trained_tokenizer(draw):
    from tokenizers import Tokenizer, models, pre_tokenizers, trainers
    t = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    t.pre_tokenizer = pre_tokenizers.Whitespace()
    words = ["".join(draw.choices("abcdeé日", k=draw.randint(1, 4))) for _ in range(60)]
    t.train_from_iterator(words, trainers.WordPieceTrainer(
        vocab_size=80, special_tokens=["[PAD]", "[UNK]"], show_progress=False))
    return t


def static_case(number):
    from model2vec import StaticModel
    draw = run.random
    tokenizer = trained_tokenizer(draw)
    size = tokenizer.get_vocab_size()
    rng = np.random.default_rng(draw.getrandbits(32))
    clusters = draw.choice((None, None, 12))
    vectors = rng.standard_normal((clusters or size, D)).astype(draw.choice((np.float32, np.float16)))
    mapping = rng.integers(0, clusters, size) if clusters else None
    weights = draw.choice((None, rng.random(size), rng.random(size).astype(np.float32)))
    model = StaticModel(vectors=vectors, tokenizer=tokenizer, weights=weights, token_mapping=mapping,
                        normalize=draw.random() < 0.5)
    quantise = draw.choice((None, None, "float16", "int8", "float64"))
    folder = run.path(f"static-{number}")
    model.save_pretrained(folder)
    model = StaticModel.from_pretrained(folder, quantize_to=quantise)
    model.save_pretrained(folder)
    model = StaticModel.from_pretrained(folder)
    ids = np.arange(size)
    table = model.embedding[ids if model.token_mapping is None else model.token_mapping[ids]]
    if model.weights is not None:
        table = table * model.weights[:, None]
    case = (f"model2vec {number}: {model.embedding.dtype} {model.embedding.shape}, weights "
            f"{getattr(model.weights, 'dtype', None)}, mapping {clusters}")
    equal(rows(folder, ids), table.astype(np.float32), case)
    stored = {i: t for t, i in tokenizer.get_vocab().items()}
    labels.compare(run, folder, stored, {i: t.encode() for i, t in stored.items()}, case,
                   source=("-w", folder))


def sentence_case(number):
    from sentence_transformers import SentenceTransformer, models
    draw = run.random
    tokenizer = trained_tokenizer(draw)
    size = tokenizer.get_vocab_size()
    folder = run.path(f"sentence-{number}")
    if draw.random() < 0.5:
        fast = transformers.PreTrainedTokenizerFast(tokenizer_object=tokenizer, unk_token="[UNK]",
                                                    pad_token="[PAD]")
        local = run.path(f"bert-{number}")
        config = transformers.BertConfig(vocab_size=size, num_hidden_layers=1, num_attention_heads=2,
                                         hidden_size=D, intermediate_size=24)
        transformers.BertModel(config).save_pretrained(local)
        fast.save_pretrained(local)
        word = models.Transformer(local)
        model = SentenceTransformer(modules=[word, models.Pooling(D)])
        kind = "Transformer"
    else:
        model = SentenceTransformer(modules=[models.StaticEmbedding(tokenizer, embedding_dim=D)])
        kind = "StaticEmbedding"
    model.save(folder, safe_serialization=True)
    model = SentenceTransformer(folder)
    first = model[0]
    table = (first.embedding.weight if kind == "StaticEmbedding"
             else first.model.get_input_embeddings().weight
             if hasattr(first, "model") else first.auto_model.get_input_embeddings().weight)
    case = f"sentence-transformers {number}, {kind}, {sorted(os.listdir(folder))}"
    equal(rows(folder, range(size)), table.detach().float().numpy(), case)
    stored = {i: t for t, i in tokenizer.get_vocab().items()}
    labels.compare(run, folder, stored, {i: t.encode() for i, t in stored.items()}, case,
                   source=("-w", folder))


def packed_case(number):
    from compressed_tensors.compressors import ModelCompressor
    from compressed_tensors.quantization import (QuantizationArgs, QuantizationConfig,
                                                 QuantizationScheme, apply_quantization_config)
    draw = run.random
    bits, group, kind, symmetric, form = draw.choice((
        (4, 32, "int", True, "pack-quantized"), (4, 32, "int", False, "pack-quantized"),
        (8, None, "int", True, "int-quantized"), (8, None, "float", True, "float-quantized")))
    tokenizer = trained_tokenizer(draw)
    size = tokenizer.get_vocab_size()
    model = transformers.LlamaForCausalLM(transformers.LlamaConfig(
        vocab_size=size, num_hidden_layers=1, num_attention_heads=2, hidden_size=64,
        intermediate_size=64, num_key_value_heads=1, tie_word_embeddings=False)).to(torch.bfloat16)
    weights = QuantizationArgs(num_bits=bits, type=kind, symmetric=symmetric, group_size=group,
                               strategy="group" if group else "channel")
    config = QuantizationConfig(format=form, config_groups={
        "embedding": QuantizationScheme(targets=["Embedding"], weights=weights)})
    apply_quantization_config(model, config)
    layer = model.model.embed_tokens
    top = layer.weight.float().reshape(size, -1, group or 64).abs().amax(-1)
    top = top / (448 if kind == "float" else 2 ** (bits - 1) - 1)
    layer.weight_scale.data.copy_(top.reshape(layer.weight_scale.shape))
    if not symmetric:
        layer.weight_zero_point.data.copy_(torch.randint(-3, 3, layer.weight_zero_point.shape))
    compressor = ModelCompressor(quantization_config=config)
    compressor.compress_model(model)
    folder = run.path(f"packed-{number}")
    model.save_pretrained(folder)
    compressor.update_config(folder)
    transformers.PreTrainedTokenizerFast(tokenizer_object=tokenizer).save_pretrained(folder)
    compressor.decompress_model(model)
    case = f"compressed-tensors {number}: {form}, {bits} bits, {group}, symmetric {symmetric}"
    got = rows(folder, range(size))
    if kind == "float" and not isinstance(got, str):  # the program keeps what bfloat16 drops
        got = torch.from_numpy(got.copy()).bfloat16().float().numpy()
    equal(got, embedding(model).float().numpy(), case)
    stored = {i: t for t, i in tokenizer.get_vocab().items()}
    labels.compare(run, folder, stored, {i: t.encode() for i, t in stored.items()}, case,
                   source=("-w", folder))


only = os.environ.get("ONLY", "")
print("torch", torch.__version__, "transformers", transformers.__version__)
for name, compare in (("peft", peft_case), ("model2vec", static_case),
                      ("sentence_transformers", sentence_case),
                      ("compressed_tensors", packed_case)):
    if only in name:
        try:
            module = __import__(name)
        except ImportError as error:
            print(f"  {name} is not installed: {error}")
            continue
        globals()[name] = module
        before = run.total
        for number in range(run.cases):
            compare(number)
        print(f"  {name} {module.__version__}: {run.total - before} comparisons", flush=True)
run.end()
