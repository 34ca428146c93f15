/* token_steps.c - what the steps of a tokenizer tell of how its tokens are written.
 * See token_steps.h.
 * SPDX-License-Identifier: MIT */
#include "vocab/token_steps.h"

#include <string.h>

enum { NESTING_MAX = 16 }; /* of sequences in sequences */

/* What stands for a space; the first step that names it counts. Longer than a character in UTF-8,
 * or a space itself, it is not a mark. */
static void note_space(token_steps *steps, const json_raw *raw)
{
    enum { ESCAPE = 6, CHANGING = 4 }; /* see json_unescape */
    char text[ESCAPE * ALPHABET_SPACE + CHANGING];
    if (steps->space[0] != '\0' || raw->length + CHANGING > sizeof text)
        return;
    size_t length = json_unescape(raw, text);
    if (length == 0 || length > ALPHABET_SPACE || memchr(text, '\0', length) != NULL ||
        (length == 1 && text[0] == ' '))
        return;
    memcpy(steps->space, text, length);
    steps->space[length] = '\0';
}

/* {"String": "_"}; {"Regex": ...} is not. */
static bool read_pattern(json_scanner *s, json_raw *pattern)
{
    json_raw key;
    if (!json_enter(s, '{'))
        return false;
    for (bool first = true; json_more(s, '}', &first);) {
        if (!json_key(s, &key))
            return false;
        bool wanted = json_raw_is(&key, "String") && json_peek(s) == '"';
        if (wanted ? !json_string_raw(s, pattern) : !json_skip(s))
            return false;
    }
    return s->fault.what == NULL;
}

static bool read_step(json_scanner *s, unsigned nesting, token_steps *steps);

static bool read_sequence(json_scanner *s, unsigned nesting, token_steps *steps)
{
    if (!json_enter(s, '['))
        return false;
    for (bool first = true; json_more(s, ']', &first);) {
        if (!read_step(s, nesting, steps))
            return false;
    }
    return s->fault.what == NULL;
}

static bool read_step(json_scanner *s, unsigned nesting, token_steps *steps)
{
    json_raw key, type = {"", 0, false}, content = type, pattern = type;
    json_raw replacement = {ALPHABET_MARK, sizeof ALPHABET_MARK - 1, false};
    if (json_peek(s) != '{' || nesting == NESTING_MAX)
        return json_skip(s);
    if (!json_enter(s, '{'))
        return false;
    for (bool first = true; json_more(s, '}', &first);) {
        if (!json_key(s, &key))
            return false;
        int next = json_peek(s);
        json_raw *text = json_raw_is(&key, "type")          ? &type
                         : json_raw_is(&key, "content")     ? &content
                         : json_raw_is(&key, "replacement") ? &replacement
                                                            : NULL;
        bool is_list = json_raw_is(&key, "decoders") || json_raw_is(&key, "pretokenizers");
        bool is_pattern = json_raw_is(&key, "pattern");
        if (next == '"' && text != NULL ? !json_string_raw(s, text)
            : next == '[' && is_list    ? !read_sequence(s, nesting + 1, steps)
            : next == '{' && is_pattern ? !read_pattern(s, &pattern)
                                        : !json_skip(s))
            return false;
    }
    steps->byte_level |= json_raw_is(&type, "ByteLevel");
    steps->byte_fallback |= json_raw_is(&type, "ByteFallback");
    if (json_raw_is(&type, "Metaspace"))
        note_space(steps, &replacement);
    if (json_raw_is(&type, "Replace") && json_raw_is(&content, " "))
        note_space(steps, &pattern);
    return s->fault.what == NULL;
}

bool token_steps_read(json_scanner *s, token_steps *steps)
{
    return read_step(s, 0, steps);
}
