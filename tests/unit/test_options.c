/* test_options.c - tests of cli/commands, cli/parse: what all commands' lists of options must hold.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include "cli/parse.h"

static size_t count_options(const command *cmd)
{
    size_t count = 0;
    while (command_option(cmd, count) != NULL)
        count++;
    return count;
}

/* The settings after `tokvec COMMAND ARGUMENTS`, or NULL. */
static settings *parsed(const command *cmd, char *one, char *two, tokvec_error *err)
{
    char program[] = "tokvec";
    char *argv[] = {program, one, two, NULL};
    return parse_arguments(cmd, two != NULL ? 3 : 2, argv, 1, err);
}

static void a_command_is_found_by_its_name(void **state)
{
    (void)state;
    for (size_t i = 0; commands[i] != NULL; i++)
        assert_ptr_equal(command_find(commands[i]->name), commands[i]);
    assert_null(command_find("lis"));
    assert_string_equal(command_meant("lis"), "list");
    assert_null(command_meant("hello"));
}

static void no_command_takes_two_options_of_one_name(void **state)
{
    (void)state;
    for (size_t c = 0; commands[c] != NULL; c++) {
        size_t count = count_options(commands[c]);
        assert_true(count >= 1 && count <= PARSE_OPTIONS_MAX);
        for (size_t i = 0; i < count; i++) {
            const option_spec *a = command_option(commands[c], i);
            for (size_t j = 0; j < i; j++) {
                const option_spec *b = command_option(commands[c], j);
                assert_string_not_equal(a->name, b->name);
                assert_true(a->letter == 0 || a->letter != b->letter);
            }
        }
    }
}

static void every_option_is_described_in_full(void **state)
{
    (void)state;
    for (size_t c = 0; commands[c] != NULL; c++) {
        size_t size = commands[c]->size != 0 ? commands[c]->size : sizeof(settings);
        assert_true(size >= sizeof(settings));
        const option_spec *option;
        for (size_t i = 0; (option = command_option(commands[c], i)) != NULL; i++) {
            assert_non_null(option->help);
            assert_int_equal(option->argument == NULL, option->kind == OPTION_FLAG);
            assert_int_equal(option->word != NULL, option->kind == OPTION_WORD);
            assert_true(option->set != NULL || option->kind <= OPTION_FILE);
            size_t width = option->kind == OPTION_FLAG ? sizeof(bool) : sizeof(const char *);
            assert_true(option->set != NULL || option->place + width <= size);
        }
    }
}

static void an_option_takes_the_words_it_lists(void **state)
{
    (void)state;
    for (size_t c = 0; commands[c] != NULL; c++) {
        const option_spec *option;
        for (size_t i = 0; (option = command_option(commands[c], i)) != NULL; i++) {
            for (size_t w = 0; option->word != NULL && option->word(w).name != NULL; w++) {
                char name[64], word[64];
                tokvec_error err;
                snprintf(name, sizeof name, "--%s", option->name);
                snprintf(word, sizeof word, "%s", option->word(w).name);
                settings *s = parsed(commands[c], name, word, &err);
                assert_non_null(s);
                settings_free(s);
            }
        }
    }
}

/* Each flag sets one byte of the settings, and no two of a command the same one. */
static void flags_have_places_of_their_own(void **state)
{
    (void)state;
    for (size_t c = 0; commands[c] != NULL; c++) {
        const option_spec *option;
        for (size_t i = 0; (option = command_option(commands[c], i)) != NULL; i++) {
            if (option->kind != OPTION_FLAG || option->set != NULL)
                continue;
            char name[64], after[] = "--";
            tokvec_error err;
            snprintf(name, sizeof name, "--%s", option->name);
            settings *s = parsed(commands[c], name, after, &err);
            assert_non_null(s);
            const option_spec *other;
            for (size_t j = 0; (other = command_option(commands[c], j)) != NULL; j++) {
                if (other->kind == OPTION_FLAG && other->set == NULL)
                    assert_int_equal(*((const bool *)((const char *)s + other->place)), i == j);
            }
            settings_free(s);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_command_is_found_by_its_name),
        cmocka_unit_test(no_command_takes_two_options_of_one_name),
        cmocka_unit_test(every_option_is_described_in_full),
        cmocka_unit_test(an_option_takes_the_words_it_lists),
        cmocka_unit_test(flags_have_places_of_their_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
