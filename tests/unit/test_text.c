/* test_text.c - tests of the text writer on results too large to be real.
 * A summary asks for the rows that it shows and no others, whatever the shape.
 * SPDX-License-Identifier: MIT */
#include "unit.h"

#include "print/writer.h"

/* A result of float32 with that shape, printed with those edge items. */
static result make_result(const uint64_t *shape, unsigned ndim, uint64_t edge)
{
    result what = {.ndim = ndim, .rows = 1, .dim = shape[ndim - 1], .dtype = TOKVEC_FLOAT32};
    what.options = (print_options){4, 1000, edge, 80, SCI_AUTO};
    for (unsigned i = 0; i < ndim; i++)
        what.shape[i] = shape[i];
    for (unsigned i = 0; i + 1 < ndim; i++)
        what.rows *= shape[i];
    return what;
}

/* Prints it with every value of row r being r mod 1000. Returns how many rows were asked for. */
static size_t print_rows(const result *what, char *text, size_t room)
{
    sink out;
    assert_true(sink_open(&out, NULL, NULL));
    writer *w = writer_open(&text_format, &out, what, NULL);
    assert_non_null(w);
    assert_true(text_format.begin(w, NULL));
    float *row = malloc((size_t)what->dim * sizeof *row);
    assert_non_null(row);
    size_t asked = 0;
    for (uint64_t at = 0; (at = text_format.next_row(w, at)) < what->rows; at++) {
        for (uint64_t i = 0; i < what->dim; i++)
            row[i] = (float)(at % 1000);
        int64_t id = (int64_t)at;
        assert_true(text_format.rows(w, &id, 1, row, NULL));
        asked++;
    }
    assert_true(text_format.end(w, NULL));
    assert_true(out.length < room);
    memcpy(text, out.buffer, out.length);
    text[out.length] = '\0';
    sink_abandon(&out);
    writer_close(w);
    free(row);
    return asked;
}

static void a_long_matrix_shows_its_ends(void **state)
{
    (void)state;
    char text[2000];
    result what = make_result((uint64_t[]){1000000000000, 2}, 2, 2);
    assert_int_equal(print_rows(&what, text, sizeof text), 4);
    assert_string_equal(text, "tensor([[  0.,   0.],\n"
                              "        [  1.,   1.],\n"
                              "        ...,\n"
                              "        [998., 998.],\n"
                              "        [999., 999.]])\n");
}

static void every_dimension_is_cut(void **state)
{
    (void)state;
    char text[2000];
    result what = make_result((uint64_t[]){1000000, 1000000, 5}, 3, 1);
    assert_int_equal(print_rows(&what, text, sizeof text), 4);
    assert_string_equal(text, "tensor([[[  0.,  ...,   0.],\n"
                              "         ...,\n"
                              "         [999.,  ..., 999.]],\n"
                              "\n"
                              "        ...,\n"
                              "\n"
                              "        [[  0.,  ...,   0.],\n"
                              "         ...,\n"
                              "         [999.,  ..., 999.]]])\n");
}

static void without_edge_items_no_row_is_asked_for(void **state)
{
    (void)state;
    char text[2000];
    result what = make_result((uint64_t[]){1000000000000, 3}, 2, 0);
    assert_int_equal(print_rows(&what, text, sizeof text), 0);
    assert_string_equal(text, "tensor([...], size=(1000000000000, 3))\n");
}

static void below_the_threshold_all_are(void **state)
{
    (void)state;
    char text[20000];
    result what = make_result((uint64_t[]){10, 100}, 2, 3);
    assert_int_equal(print_rows(&what, text, sizeof text), 10);
    assert_null(strstr(text, "..."));
    what = make_result((uint64_t[]){7, 143}, 2, 3); /* one more than the threshold */
    assert_int_equal(print_rows(&what, text, sizeof text), 6);
    assert_non_null(strstr(text, "..."));
}

static void formats_are_found_by_name(void **state)
{
    (void)state;
    for (size_t i = 0; writer_formats[i] != NULL; i++) {
        assert_ptr_equal(writer_find(writer_formats[i]->name), writer_formats[i]);
        assert_true(writer_formats[i]->help[0] != '\0');
    }
    assert_null(writer_find(""));
    assert_null(writer_find("TEXT"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_long_matrix_shows_its_ends),
        cmocka_unit_test(every_dimension_is_cut),
        cmocka_unit_test(without_edge_items_no_row_is_asked_for),
        cmocka_unit_test(below_the_threshold_all_are),
        cmocka_unit_test(formats_are_found_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
