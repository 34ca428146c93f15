/* fuzz_json.c - arbitrary bytes as JSON.
 * What is accepted must survive being printed and read again, and what is accepted with only
 * unsigned integers must be accepted without that bound.
 * SPDX-License-Identifier: MIT */
#include "text/json.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Prints, reads again, prints again. C0 80, which stands for a NUL, is no UTF-8: not read again. */
static void check_again(const cJSON *json)
{
    char *printed = cJSON_PrintUnformatted(json);
    if (printed == NULL)
        abort();
    if (strstr(printed, "\xc0\x80") == NULL) {
        json_fault fault;
        cJSON *again = json_parse(printed, strlen(printed), 0, &fault, NULL);
        char *second = again == NULL ? NULL : cJSON_PrintUnformatted(again);
        if (second == NULL || strcmp(printed, second) != 0)
            abort();
        free(second);
        json_free(again);
    }
    free(printed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    json_fault fault = {.what = NULL, .offset = 0};
    cJSON *any = json_parse((const char *)data, size, 0, &fault, NULL);
    if (any == NULL && (fault.what == NULL || fault.offset > size))
        abort();
    cJSON *strict = json_parse((const char *)data, size, JSON_UNSIGNED_ONLY, &fault, NULL);
    if (strict != NULL && any == NULL)
        abort();
    if (any != NULL)
        check_again(any);
    json_free(any);
    json_free(strict);
    return 0;
}
