/* words.c - reading the texts that say how a table is drawn.
 * See words.h.
 * SPDX-License-Identifier: MIT */
#include "rng/words.h"

#include "base/bytes.h"
#include "text/number.h"

#include <stdio.h>
#include <string.h>

bool words_split(const char *text, size_t size, char between, size_t *n, tokvec_text *out)
{
    size_t most = *n, from = 0;
    *n = 0;
    for (size_t i = 0; i <= size; i++) {
        if (i < size && text[i] != between)
            continue;
        if (*n == most)
            return false;
        out[(*n)++] = (tokvec_text){text + from, i - from};
        from = i + 1;
    }
    return true;
}

bool words_equal(tokvec_text word, const char *text)
{
    return word.length == strlen(text) && memcmp(word.bytes, text, word.length) == 0;
}

bool words_unsigned(tokvec_text word, uint64_t most, uint64_t *out)
{
    uint64_t value = 0;
    if (word.length == 0)
        return false;
    for (size_t i = 0; i < word.length; i++) {
        char c = word.bytes[i];
        if (c < '0' || c > '9' || !mul_u64(value, 10, &value) ||
            !add_u64(value, (uint64_t)(c - '0'), &value))
            return false;
    }
    *out = value;
    return value <= most;
}

bool words_integer(tokvec_text word, uint64_t *out)
{
    bool negative = word.length > 0 && word.bytes[0] == '-';
    size_t sign = negative || (word.length > 0 && word.bytes[0] == '+');
    uint64_t most = negative ? UINT64_C(1) << 63 : UINT64_MAX;
    if (!words_unsigned((tokvec_text){word.bytes + sign, word.length - sign}, most, out))
        return false;
    *out = negative ? 0 - *out : *out;
    return true;
}

bool words_number(tokvec_text word, double *out)
{
    const char *end = word.bytes + word.length;
    return word.length > 0 && number_read(TOKVEC_FLOAT64, word.bytes, end, out) == end;
}

/* ---------------------------------------------------------------- distributions */

static bool unknown_init(tokvec_text name, const init_form *forms, tokvec_error *err)
{
    char names[600] = "";
    size_t length = 0;
    for (const init_form *f = forms; f->name != NULL && length < sizeof names; f++)
        length += (size_t)snprintf(names + length, sizeof names - length, "%s%s",
                                   f == forms ? "" : ", ", f->name);
    error_set(err, TOKVEC_BAD_ARGUMENT, "'%.*s' is not a valid distribution of this generator",
              (int)(name.length < 200 ? name.length : 200), name.bytes);
    return error_hint(err, "valid are %s", names);
}

static bool bad_parameters(const char *text, size_t size, const init_form *form, tokvec_error *err)
{
    error_set(err, TOKVEC_BAD_ARGUMENT, "'%.*s' does not have the parameters of %s",
              (int)(size < 200 ? size : 200), text, form->name);
    return error_hint(err, "write %s", form->hint);
}

bool words_init(const char *text, size_t size, const init_form *forms, init *out, tokvec_error *err)
{
    const char *colon = memchr(text, ':', size);
    tokvec_text name = {text, colon != NULL ? (size_t)(colon - text) : size};
    const init_form *form = forms;
    while (form->name != NULL && !words_equal(name, form->name))
        form++;
    if (form->name == NULL)
        return unknown_init(name, forms, err);
    *out = (init){.form = form};
    memcpy(out->number, form->defaults, sizeof out->number);
    size_t n = 0;
    if (colon != NULL) {
        n = form->most;
        size_t rest = size - name.length - 1;
        if (form->most == 0 || !words_split(colon + 1, rest, ',', &n, out->word))
            return bad_parameters(text, size, form, err);
    }
    out->count = (unsigned)n;
    if (n < form->least)
        return bad_parameters(text, size, form, err);
    for (size_t i = 0; i < n; i++) {
        bool is_word = (form->words >> i & 1) != 0;
        if (!is_word && (!words_number(out->word[i], &out->number[i]) ||
                         out->number[i] != out->number[i] /* NaN */))
            return bad_parameters(text, size, form, err);
    }
    return true;
}
