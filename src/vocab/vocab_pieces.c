/* vocab_pieces.c - models of SentencePiece.
 * One message of protobuf: pieces, which are messages of a text, a score and a type, in the order
 * of their IDs; then what the model was trained with, and how it normalises text. Taken and refused
 * is what SentencePiece itself takes and refuses. Format: sentencepiece_model.proto of
 * github.com/google/sentencepiece.
 * SPDX-License-Identifier: MIT */
#include "vocab/vocab_kinds.h"

#include "base/bytes.h"
#include "codec/protobuf.h"

#include <math.h>
#include <string.h>

/* Fields of the model. */
enum { PIECES = 1, TRAINER = 2, NORMALIZER = 3, SELF_TEST = 4, DENORMALIZER = 5 };
enum { TRAINER_BYTE_FALLBACK = 35 };

typedef enum piece_type {
    PIECE_NORMAL = 1,
    PIECE_UNKNOWN,
    PIECE_CONTROL,
    PIECE_USER_DEFINED,
    PIECE_UNUSED,
    PIECE_BYTE
} piece_type;

typedef struct piece {
    tokvec_text text;
    float score;
    piece_type type;
} piece;

/* A piece as all of them are written: a text, a score and, if it is not a normal one, a type, each
 * once, with lengths of one byte. False: it is to be looked at field by field. */
static bool read_usual(const uint8_t *data, uint64_t size, piece *out)
{
    enum { TEXT_KEY = 0x0a, SCORE_KEY = 0x15, TYPE_KEY = 0x18, SCORE_SIZE = 5, TYPE_SIZE = 2 };
    if (size < 2 || data[0] != TEXT_KEY || data[1] >= 0x80 || size - 2 < data[1])
        return false;
    const uint8_t *score = data + 2 + data[1];
    uint64_t left = size - 2 - data[1];
    bool typed = left == SCORE_SIZE + TYPE_SIZE;
    if ((left != SCORE_SIZE && !typed) || score[0] != SCORE_KEY)
        return false;
    const uint8_t *type = score + SCORE_SIZE;
    if (typed && (type[0] != TYPE_KEY || type[1] < PIECE_NORMAL || type[1] > PIECE_BYTE))
        return false;
    *out = (piece){.text = {(const char *)data + 2, data[1]},
                   .score = float_of_bits(load_le32(score + 1)),
                   .type = typed ? (piece_type)type[1] : PIECE_NORMAL};
    return true;
}

/* Reads a piece; of a field that is there twice the last counts, and one of another wire type than
 * it should have is unknown. *r has a fault if it is no message. */
static piece read_piece(protobuf_reader *r)
{
    enum { TEXT = 1, SCORE, TYPE };
    piece p = {.text = {"", 0}, .type = PIECE_NORMAL};
    for (protobuf_field f; protobuf_next(r, &f);) {
        if (f.number == TEXT && f.type == PROTOBUF_BYTES)
            p.text = (tokvec_text){(const char *)f.data, (size_t)f.size};
        else if (f.number == SCORE && f.type == PROTOBUF_FIXED32)
            p.score = float_of_bits((uint32_t)f.value);
        else if (f.number == TYPE && f.type == PROTOBUF_VARINT &&
                 (uint32_t)f.value - PIECE_NORMAL <= PIECE_BYTE - PIECE_NORMAL)
            p.type = (piece_type)(uint32_t)f.value;
    }
    return p;
}

/* ---- recognising ---------------------------------------------------------------------------- */

static bool is_message_field(const protobuf_field *f, uint32_t number)
{
    return f->number == number && f->type == PROTOBUF_BYTES;
}

/* Whether a field is a piece; *scored: one with a score or a type, tags of which no text has. */
static bool is_piece(const protobuf_reader *model, const protobuf_field *f, bool *scored)
{
    if (!file_want(model->map, (uint64_t)(f->data - model->data), f->size, NULL))
        return false;
    protobuf_reader r = protobuf_inner(model, f);
    bool has_text = false;
    for (protobuf_field part; protobuf_next(&r, &part);) {
        has_text |= part.number == 1 && part.type == PROTOBUF_BYTES && part.size > 0;
        *scored |= part.number == 2 || part.number == 3;
    }
    return r.fault == NULL && has_text;
}

bool vocab_is_pieces(const file_map *map)
{
    protobuf_reader model = protobuf_of_map(map, 0, map->size);
    uint64_t pieces = 0;
    bool scored = false;
    for (protobuf_field f; protobuf_next(&model, &f);) {
        if (!is_message_field(&f, PIECES))
            continue;
        if (!is_piece(&model, &f, &scored))
            return false;
        if (pieces++ == 0 && scored)
            return true;
    }
    return model.fault == NULL && pieces > 0;
}

/* ---- reading -------------------------------------------------------------------------------- */

typedef struct reader {
    const file_map *map;
    vocab_list *list;
    int64_t next; /* ID */
    unsigned unknown;
    bool byte_fallback;
    bool has_byte[256]; /* forms of single bytes */
    unsigned bytes;     /* of them */
    bool seems_byte;    /* a piece that is none is written so */
    tokvec_error *err;
} reader;

static bool bad(const reader *r, uint64_t at, const char *what)
{
    file_map_bad(r->map, at, r->err, "the SentencePiece model: %s", what);
    return error_hint(r->err, "the file is damaged or of another kind; fetch or save it again");
}

/* Whether all of a message is well-formed; `nested` is a field that holds messages, or 0. */
static bool is_message(const protobuf_reader *outer, const protobuf_field *f, uint32_t nested)
{
    protobuf_reader r = protobuf_inner(outer, f);
    for (protobuf_field part; protobuf_next(&r, &part);) {
        if (nested != 0 && is_message_field(&part, nested) && !is_message(&r, &part, 0))
            return false;
    }
    return r.fault == NULL;
}

static bool read_trainer(reader *r, const protobuf_reader *model, const protobuf_field *f)
{
    protobuf_reader inner = protobuf_inner(model, f);
    for (protobuf_field part; protobuf_next(&inner, &part);) {
        if (part.number == TRAINER_BYTE_FALLBACK && part.type == PROTOBUF_VARINT)
            r->byte_fallback = part.value != 0;
    }
    return inner.fault == NULL || bad(r, inner.at, inner.fault);
}

/* What is wrong with a piece; NULL: nothing. */
static const char *fault_of(const piece *p)
{
    if (p->text.length == 0)
        return "a piece without text";
    if (memchr(p->text.bytes, '\0', p->text.length) != NULL)
        return "a piece with a zero byte in it";
    if (!isfinite(p->score))
        return "a piece whose score is not finite";
    if (p->type == PIECE_BYTE && !alphabet_is_byte(p->text, BYTES_IN_CAPITALS))
        return "a piece for a byte that is not written as <0x0A>";
    return NULL;
}

static void note_byte(reader *r, tokvec_text form)
{
    static const alphabet bytes = {.kind = ALPHABET_SENTENCEPIECE};
    char byte;
    alphabet_decode(&bytes, form, &byte);
    r->bytes += !r->has_byte[(unsigned char)byte];
    r->has_byte[(unsigned char)byte] = true;
}

/* The unknown and the control pieces are text as it is, and found before pieces that read alike.
 */
static list_origin origin_of(const piece *p)
{
    return p->type == PIECE_UNKNOWN || p->type == PIECE_CONTROL ? LIST_ADDED : LIST_MODEL;
}

static bool add_piece(reader *r, const protobuf_reader *model, const protobuf_field *f)
{
    piece p;
    if (!read_usual(f->data, f->size, &p)) {
        protobuf_reader inner = protobuf_inner(model, f);
        p = read_piece(&inner);
        if (inner.fault != NULL)
            return bad(r, inner.at, inner.fault);
    }
    const char *fault = fault_of(&p);
    if (fault != NULL)
        return bad(r, (uint64_t)(f->data - model->data), fault);
    r->unknown += p.type == PIECE_UNKNOWN;
    if (p.type == PIECE_BYTE)
        note_byte(r, p.text);
    else
        r->seems_byte |= alphabet_is_byte(p.text, BYTES_IN_CAPITALS);
    r->list->origin = origin_of(&p);
    char *room = vocab_list_room(r->list, p.text.length, r->err);
    if (room == NULL)
        return false;
    vocab_list_copy(room, p.text, (const char *)model->data + model->end);
    return vocab_list_add(r->list, r->next++, p.text.length, r->err);
}

static bool read_model(reader *r)
{
    protobuf_reader model = protobuf_of_bytes(r->map->data, r->map->size);
    for (protobuf_field f; protobuf_next(&model, &f);) {
        bool good = true;
        if (is_message_field(&f, PIECES))
            good = add_piece(r, &model, &f);
        else if (is_message_field(&f, TRAINER))
            good = read_trainer(r, &model, &f);
        else if (is_message_field(&f, SELF_TEST))
            good = is_message(&model, &f, 1) || bad(r, model.at, "its self test is damaged");
        else if (is_message_field(&f, NORMALIZER) || is_message_field(&f, DENORMALIZER))
            good = is_message(&model, &f, 0) || bad(r, model.at, "its normalizer is damaged");
        if (!good)
            return false;
    }
    return model.fault == NULL || bad(r, model.at, model.fault);
}

/* What only all pieces together tell. */
static bool check(const reader *r)
{
    if (r->unknown != 1)
        return bad(r, 0, r->unknown == 0 ? "it has no unknown piece" : "it has two unknown pieces");
    if (r->bytes > 0 && !r->byte_fallback)
        return bad(r, 0, "it has pieces for bytes, but does not fall back to them");
    if (r->byte_fallback && r->bytes < 256)
        return bad(r, 0, "it falls back to bytes, but has no piece for some");
    if (r->byte_fallback && r->seems_byte)
        return bad(r, 0, "a piece is repeated");
    return true;
}

static bool seal(reader *r)
{
    alphabet *a = &r->list->base.alphabet;
    a->kind = ALPHABET_SENTENCEPIECE;
    a->bytes = r->bytes > 0 ? BYTES_IN_CAPITALS : BYTES_NEVER;
    r->list->origin = LIST_MODEL;
    r->list->added_plain = r->list->apart = true;
    r->list->base.by_place = true;
    bool differ;
    return vocab_list_seal(r->list, false, r->err) && vocab_list_differ(r->list, &differ, r->err) &&
           (differ || bad(r, 0, "a piece is repeated"));
}

tokvec_vocab *vocab_pieces(const file_map *map, tokvec_error *err)
{
    reader r = {.map = map, .list = vocab_list_new(err), .err = err};
    if (r.list != NULL)
        vocab_list_expect(r.list, map->size);
    if (r.list != NULL && file_want(map, 0, map->size, err) && read_model(&r) && check(&r) &&
        seal(&r))
        return &r.list->base;
    tokvec_vocab_close(r.list == NULL ? NULL : &r.list->base);
    return NULL;
}
