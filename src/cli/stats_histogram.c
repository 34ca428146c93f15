/* stats_histogram.c - 'tokvec stats --hist': how many values lie where.
 * See stats.h.
 * SPDX-License-Identifier: MIT */
#include "cli/stats.h"

#include "cli/reporting.h"
#include "measure/histogram.h"

enum { BIN, FROM, TO, COUNT, BAR, FIELD_COUNT };
enum { BAR_WIDTH = 50 };

static const report_field fields[FIELD_COUNT] = {
    [BIN] = {.name = "bin", .flags = REPORT_RIGHT},
    [FROM] = {.name = "from", .flags = REPORT_RIGHT},
    [TO] = {.name = "to", .flags = REPORT_RIGHT},
    [COUNT] = {.name = "count", .flags = REPORT_RIGHT},
    [BAR] = {.name = "", .flags = REPORT_ONLY_TEXT},
};

static const char full_bar[] = "##################################################";
_Static_assert(sizeof full_bar - 1 == BAR_WIDTH, "the longest bar");

static uint64_t largest_count(const histogram *h)
{
    uint64_t most = 1;
    for (unsigned i = 0; i < h->bins; i++)
        most = h->counts[i] > most ? h->counts[i] : most;
    return most;
}

/* As long as its share of the largest count; of what there is at all, something is to be seen. */
static report_value bar(uint64_t count, uint64_t most)
{
    size_t length = (size_t)((double)count / (double)most * BAR_WIDTH);
    return report_bytes((tokvec_text){full_bar, length == 0 && count > 0 ? 1 : length});
}

static bool print_bins(report *r, const histogram *h, tokvec_error *err)
{
    uint64_t most = largest_count(h);
    bool good = true;
    for (unsigned i = 0; good && i < h->bins; i++) {
        const report_value line[FIELD_COUNT] = {
            [BIN] = report_natural(i),           [FROM] = report_real(h->edges[i]),
            [TO] = report_real(h->edges[i + 1]), [COUNT] = report_natural(h->counts[i]),
            [BAR] = bar(h->counts[i], most),
        };
        good = report_line(r, line, err);
    }
    return good;
}

/* What is in no bin, if there is any. */
static bool print_odd(report *r, const char *what, uint64_t count, tokvec_error *err)
{
    const report_value line[FIELD_COUNT] = {
        [BIN] = report_text_of(what), [COUNT] = report_natural(count), [BAR] = report_text_of("")};
    return count == 0 || report_line(r, line, err);
}

bool stats_histogram(stats_query *q, tokvec_error *err)
{
    const stats_settings *how = q->options;
    uint64_t bins = STATS_BINS;
    if (how->bins != NULL)
        option_unsigned(how->bins, HISTOGRAM_BINS_MAX, &bins);
    histogram h;
    reporting out;
    if (!histogram_make(&h, q->from.table, q->whole ? NULL : &q->wanted.list, (unsigned)bins,
                        how->shared.common.threads, err))
        return false;
    bool good = reporting_open(&out, &how->shared, fields, FIELD_COUNT, false, err);
    if (good) {
        good = print_bins(out.report, &h, err) &&
               (how->finite || (print_odd(out.report, "nan", h.nan, err) &&
                                print_odd(out.report, "-inf", h.negative, err) &&
                                print_odd(out.report, "inf", h.positive, err)));
        good = reporting_close(&out, good, err);
    }
    histogram_free(&h);
    return good;
}
