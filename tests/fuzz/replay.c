/* replay.c - runs a fuzz target over a folder of files, and over every truncation of the small
 * ones. A regression test of the corpus that needs no fuzzing engine. SPDX-License-Identifier: MIT
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TRUNCATED_MAX = 8192 }; /* larger files are only run whole */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A copy of just that size, so that a sanitizer sees any access past the end. */
static void run(const char *data, size_t size)
{
    uint8_t *copy = malloc(size == 0 ? 1 : size);
    if (copy == NULL)
        abort();
    memcpy(copy, data, size);
    LLVMFuzzerTestOneInput(copy, size);
    free(copy);
}

static char *read_file(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return NULL;
    char *data = NULL;
    size_t capacity = 0, n = 0;
    do {
        *size = capacity == 0 ? 0 : *size + n;
        if (*size == capacity) {
            capacity = capacity == 0 ? 1 << 16 : 2 * capacity;
            data = realloc(data, capacity);
            if (data == NULL)
                abort();
        }
        n = fread(data + *size, 1, capacity - *size, file);
    } while (n > 0);
    fclose(file);
    return data;
}

static size_t run_file(const char *path)
{
    size_t size;
    char *data = read_file(path, &size);
    if (data == NULL)
        return 0; /* a folder */
    size_t shortest = size <= TRUNCATED_MAX ? 0 : size;
    for (size_t length = shortest; length <= size; length++)
        run(data, length);
    free(data);
    return size - shortest + 1;
}

int main(int argc, char **argv)
{
    size_t files = 0, runs = 0;
    for (int i = 1; i < argc; i++) {
        DIR *folder = opendir(argv[i]);
        if (folder == NULL) {
            perror(argv[i]);
            return 1;
        }
        for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
            char path[4096];
            snprintf(path, sizeof path, "%s/%s", argv[i], entry->d_name);
            size_t n = entry->d_name[0] == '.' ? 0 : run_file(path);
            files += n > 0;
            runs += n;
        }
        closedir(folder);
    }
    printf("%zu files, %zu runs\n", files, runs);
    return files == 0; /* an empty corpus tests nothing */
}
