/*
 * strip_cues.c: the numbers that a line is judged by.
 * Used by strip_model.c.
 */
#include "stage/strip_cues.h"

#include <math.h>

/* Where a cue stands in a column. */
#define ROW(cue) ((size_t)(cue) * NF_CUE_COLUMNS)

static float share(float part, float whole)
{
    return whole > 0 ? part / whole : 0;
}

static float log_of(const struct nf_surroundings *s, uint32_t count)
{
    return count < NF_LOGS ? s->logs[count] : log2f(1 + (float)count);
}

static float kind_of_end(const struct nf_line_place *line, const struct nf_line_facts *facts)
{
    uint32_t c = line->looks.last;
    if (c == ':' || c == 0xFF1A)
        return 1;
    if (c == '?' || c == 0xFF1F || c == 0x061F)
        return 2;
    if (c == '!' || c == 0xFF01)
        return 3;
    if (c == 0x2026)
        return 4;
    if (c == '"' || c == 0x201D || c == 0x201C || c == 0xBB || c == 0x300D)
        return 5;
    if (c >= '0' && c <= '9')
        return 7;
    if (c == ')' || c == ']')
        return 8;
    return facts->ends_sentence ? 9 : 6;
}

static float capitals(const struct nf_line_place *line)
{
    return line->looks.words ? (float)line->looks.capitals / (float)line->looks.words : -1;
}

static float digits(const struct nf_line_place *line)
{
    return share((float)line->looks.digits, (float)line->looks.chars);
}

static void set_own(const struct nf_surroundings *s, size_t i, float *cue)
{
    const struct nf_line_facts *facts = &s->facts[i];
    const struct nf_line_place *line = &s->line[i];
    const struct nf_line_looks *looks = &line->looks;
    cue[ROW(NF_CUE_WORDS)] = log_of(s, facts->words);
    cue[ROW(NF_CUE_CHARS_PER_WORD)] = share((float)looks->chars, (float)facts->words);
    cue[ROW(NF_CUE_ENDS_SENTENCE)] = facts->ends_sentence;
    cue[ROW(NF_CUE_MARKED)] = facts->marked;
    cue[ROW(NF_CUE_DIGITS)] = digits(line);
    cue[ROW(NF_CUE_CAPITALS)] = capitals(line);
    cue[ROW(NF_CUE_STOPS)] = (float)looks->stops;
    cue[ROW(NF_CUE_LAST)] = kind_of_end(line, facts);
    cue[ROW(NF_CUE_START)] = looks->start;
    cue[ROW(NF_CUE_DIVIDED)] = looks->divided;
    cue[ROW(NF_CUE_ADDRESS)] = looks->address;
    cue[ROW(NF_CUE_REPEATED)] = log_of(s, line->repeated);
    cue[ROW(NF_CUE_SHAPED)] = log_of(s, line->shaped);
}

static void set_terms(const struct nf_surroundings *s, size_t i, float *cue)
{
    const struct nf_line_place *line = &s->line[i];
    size_t to = i + 1 < s->count ? line[1].looks.first_term : s->terms.count;
    float sum = 0, count = 0;
    for (size_t k = i > 2 ? i - 2 : 0; k < i + 3 && k < s->count; k++)
        if (k != i && s->line[k].in_cluster >= 0) {
            sum += s->line[k].in_cluster;
            count++;
        }
    cue[ROW(NF_CUE_IN_PROSE)] = line->in_prose;
    cue[ROW(NF_CUE_IN_CLUSTER)] = line->in_cluster;
    cue[ROW(NF_CUE_IN_SHORT)] = line->in_short;
    cue[ROW(NF_CUE_TERMS)] = log_of(s, (uint32_t)(to - line->looks.first_term));
    cue[ROW(NF_CUE_RARE_IN_CLUSTER)] = line->rare;
    cue[ROW(NF_CUE_AROUND_IN_CLUSTER)] = count > 0 ? sum / count : -1;
}

static float words_at(const struct nf_surroundings *s, size_t i, ptrdiff_t offset)
{
    ptrdiff_t at = (ptrdiff_t)i + offset;
    if (at < 0 || (size_t)at >= s->count)
        return -2;
    return s->line[at].kind == NF_KIND_HIT ? -1 : log_of(s, s->facts[at].words);
}

static float ends_at(const struct nf_surroundings *s, size_t i, ptrdiff_t offset)
{
    ptrdiff_t at = (ptrdiff_t)i + offset;
    if (at < 0 || (size_t)at >= s->count)
        return 0;
    return s->facts[at].ends_sentence ? 1 : s->line[at].looks.last == ':' ? 2 : 0;
}

static void set_neighbours(const struct nf_surroundings *s, size_t i, float *cue)
{
    for (ptrdiff_t offset = 1; offset <= 3; offset++) {
        cue[ROW(NF_CUE_WORDS_1_BEFORE + offset - 1)] = words_at(s, i, -offset);
        cue[ROW(NF_CUE_WORDS_1_AFTER + offset - 1)] = words_at(s, i, offset);
    }
    cue[ROW(NF_CUE_ENDS_1_BEFORE)] = ends_at(s, i, -1);
    cue[ROW(NF_CUE_ENDS_1_AFTER)] = ends_at(s, i, 1);
    const struct nf_line_place *before = i ? &s->line[i - 1] : NULL;
    const struct nf_line_place *after = i + 1 < s->count ? &s->line[i + 1] : NULL;
    cue[ROW(NF_CUE_MARKED_AFTER)] = after && s->facts[i + 1].marked;
    cue[ROW(NF_CUE_CAPITALS_BEFORE)] = before ? capitals(before) : -2;
    cue[ROW(NF_CUE_CAPITALS_AFTER)] = after ? capitals(after) : -2;
    cue[ROW(NF_CUE_DIGITS_BEFORE)] = before ? digits(before) : -2;
    cue[ROW(NF_CUE_DIGITS_AFTER)] = after ? digits(after) : -2;
}

static uint32_t sum_between(const struct nf_surroundings *s, enum nf_line_sum sum, size_t from, size_t to)
{
    return s->sums[to][sum] - s->sums[from][sum];
}

void nf_surroundings_make_logs(struct nf_surroundings *s)
{
    for (uint32_t i = 0; i < NF_LOGS; i++)
        s->logs[i] = log2f(1 + (float)i);
    s->log_lines = log_of(s, (uint32_t)s->count);
    s->log_prose_words = log_of(s, sum_between(s, NF_SUM_PROSE_WORDS, 0, s->count));
}

static void set_place(const struct nf_surroundings *s, size_t i, float *cue)
{
    const struct nf_line_place *line = &s->line[i];
    uint32_t words = sum_between(s, NF_SUM_PROSE_WORDS, 0, s->count), prose = sum_between(s, NF_SUM_PROSE, 0, s->count);
    size_t run_from = i > line->sentence[0] ? i - line->sentence[0] : 0;
    size_t run_to = i + line->sentence[1] + 1u < s->count ? i + line->sentence[1] + 1u : s->count;
    cue[ROW(NF_CUE_PROSE_BEFORE)] = line->prose[0];
    cue[ROW(NF_CUE_PROSE_AFTER)] = line->prose[1];
    cue[ROW(NF_CUE_LONG_BEFORE)] = line->longer[0];
    cue[ROW(NF_CUE_LONG_AFTER)] = line->longer[1];
    cue[ROW(NF_CUE_PLACE)] = share((float)i, (float)s->count);
    cue[ROW(NF_CUE_LINES_BEFORE)] = log_of(s, (uint32_t)i);
    cue[ROW(NF_CUE_LINES_AFTER)] = log_of(s, (uint32_t)(s->count - i));
    cue[ROW(NF_CUE_WORDS_GONE)] = share((float)sum_between(s, NF_SUM_PROSE_WORDS, 0, i), (float)words);
    cue[ROW(NF_CUE_LINES)] = s->log_lines;
    cue[ROW(NF_CUE_PROSE_WORDS)] = s->log_prose_words;
    cue[ROW(NF_CUE_PROSE_SHARE)] = share((float)prose, (float)s->count);
    cue[ROW(NF_CUE_PROSE_MEAN)] = share((float)words, (float)prose);
    cue[ROW(NF_CUE_DOCUMENT_CAPITALS)] = s->capitals;
    cue[ROW(NF_CUE_RUN_BEFORE)] = line->sentence[0];
    cue[ROW(NF_CUE_RUN_AFTER)] = line->sentence[1];
    cue[ROW(NF_CUE_RUN_MEAN)] = share((float)sum_between(s, NF_SUM_WORDS, run_from, run_to), (float)(run_to - run_from));
}

static float clip(ptrdiff_t lines)
{
    return (float)(lines > NF_FAR ? NF_FAR : lines < -NF_FAR ? -NF_FAR : lines);
}

static void set_cluster(const struct nf_surroundings *s, size_t i, float *cue)
{
    cue[ROW(NF_CUE_CLUSTER)] = i < s->cluster_from ? 0 : i < s->cluster_to ? 1 : 2;
    cue[ROW(NF_CUE_CLUSTER_FROM)] = clip((ptrdiff_t)i - (ptrdiff_t)s->cluster_from);
    cue[ROW(NF_CUE_CLUSTER_TO)] = clip((ptrdiff_t)s->cluster_to - (ptrdiff_t)i);
    cue[ROW(NF_CUE_CLUSTER_SHARE)] = share((float)sum_between(s, NF_SUM_PROSE_WORDS, s->cluster_from, s->cluster_to),
                                      (float)sum_between(s, NF_SUM_PROSE_WORDS, 0, s->count));
    cue[ROW(NF_CUE_CLUSTER_LINES)] = log_of(s, (uint32_t)(s->cluster_to - s->cluster_from));
}

/* A sum over some lines before or after. */
static uint32_t window_sum(const struct nf_surroundings *s, enum nf_line_sum sum, size_t i, size_t lines, bool after)
{
    size_t from = after ? i + 1 : i > lines ? i - lines : 0;
    size_t to = after ? (i + 1 + lines < s->count ? i + 1 + lines : s->count) : i;
    return sum_between(s, sum, from, to);
}

static float window(const struct nf_surroundings *s, enum nf_line_sum sum, size_t i, size_t lines, bool after)
{
    return (float)window_sum(s, sum, i, lines, after);
}

static void set_windows(const struct nf_surroundings *s, size_t i, float *cue)
{
    static const struct {
        enum nf_line_sum sum;
        enum nf_cue first;
    } rows[] = {
        {NF_SUM_PROSE, NF_CUE_PROSE_5_BEFORE}, {NF_SUM_SHORT, NF_CUE_SHORT_5_BEFORE},
        {NF_SUM_TITLE, NF_CUE_TITLE_5_BEFORE}, {NF_SUM_SAYING, NF_CUE_SAYING_5_BEFORE},
        {NF_SUM_HIT, NF_CUE_HIT_5_BEFORE}, {NF_SUM_MARKED, NF_CUE_MARKED_5_BEFORE},
    };
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        float *to = cue + ROW(rows[r].first);
        to[ROW(0)] = window(s, rows[r].sum, i, 5, false);
        to[ROW(1)] = window(s, rows[r].sum, i, 5, true);
        to[ROW(2)] = window(s, rows[r].sum, i, 20, false);
        to[ROW(3)] = window(s, rows[r].sum, i, 20, true);
    }
    cue[ROW(NF_CUE_WORDS_3_WINDOW_BEFORE)] = log_of(s, window_sum(s, NF_SUM_WORDS, i, 3, false));
    cue[ROW(NF_CUE_WORDS_3_WINDOW_AFTER)] = log_of(s, window_sum(s, NF_SUM_WORDS, i, 3, true));
}

static void set_groups(const struct nf_surroundings *s, size_t i, float *cue)
{
    const struct nf_line_place *line = &s->line[i];
    for (int group = 0; group < NF_GROUP_COUNT; group++)
        for (int after = 0; after < 2; after++)
            cue[ROW(NF_CUE_COMMENTS_BEFORE + 2 * group + after)] = line->group[after][group];
    cue[ROW(NF_CUE_COMMENTS_GONE)] = log_of(s, sum_between(s, NF_SUM_COMMENTS, 0, i));
    cue[ROW(NF_CUE_COMMENTS_LEFT)] = log_of(s, sum_between(s, NF_SUM_COMMENTS, i, s->count));
    cue[ROW(NF_CUE_STAMPS)] = log_of(s, sum_between(s, NF_SUM_STAMP, 0, s->count));
    cue[ROW(NF_CUE_CARDS)] = log_of(s, sum_between(s, NF_SUM_CARD, 0, s->count));
    cue[ROW(NF_CUE_FOOTERS_LEFT)] = log_of(s, sum_between(s, NF_SUM_FOOTER, i, s->count));
}

static float known(const struct nf_surroundings *s, size_t i, bool after)
{
    return share(window(s, NF_SUM_KNOWN_WORDS, i, 10, after) / 16, window(s, NF_SUM_WORDS, i, 10, after));
}

static void set_dates(const struct nf_surroundings *s, size_t i, float *cue)
{
    const struct nf_line_place *line = &s->line[i];
    float long_all = (float)sum_between(s, NF_SUM_LONG, 0, s->count);
    cue[ROW(NF_CUE_DATED_BEFORE)] = line->dated[0];
    cue[ROW(NF_CUE_DATED_AFTER)] = line->dated[1];
    cue[ROW(NF_CUE_DATED_20_BEFORE)] = window(s, NF_SUM_DATED, i, 20, false);
    cue[ROW(NF_CUE_DATED_20_AFTER)] = window(s, NF_SUM_DATED, i, 20, true);
    cue[ROW(NF_CUE_DATED)] = log_of(s, sum_between(s, NF_SUM_DATED, 0, s->count));
    cue[ROW(NF_CUE_NAMES_20_BEFORE)] = window(s, NF_SUM_NAMES, i, 20, false);
    cue[ROW(NF_CUE_NAMES_20_AFTER)] = window(s, NF_SUM_NAMES, i, 20, true);
    cue[ROW(NF_CUE_HEADLINE)] = line->headline;
    cue[ROW(NF_CUE_HEADLINE_AT)] = s->headline < s->count ? clip((ptrdiff_t)i - (ptrdiff_t)s->headline) : -NF_FAR - 1;
    cue[ROW(NF_CUE_LONG_20_BEFORE)] = window(s, NF_SUM_LONG, i, 20, false);
    cue[ROW(NF_CUE_LONG_20_AFTER)] = window(s, NF_SUM_LONG, i, 20, true);
    cue[ROW(NF_CUE_LONG_LEFT)] = share((float)sum_between(s, NF_SUM_LONG, i + 1, s->count), long_all);
    cue[ROW(NF_CUE_IN_CLUSTER_10_BEFORE)] = known(s, i, false);
    cue[ROW(NF_CUE_IN_CLUSTER_10_AFTER)] = known(s, i, true);
}

/* How far the lengths of neighbours are from each other: items of a list are alike. */
static void set_even(const struct nf_surroundings *s, size_t i, float *cue)
{
    float least = 99, most = 0;
    for (size_t k = i > 2 ? i - 2 : 0; k < i + 3 && k < s->count; k++) {
        float words = (float)s->facts[k].words;
        least = words < least ? words : least;
        most = words > most ? words : most;
    }
    cue[ROW(NF_CUE_EVEN)] = log2f((1 + most) / (1 + least));
}

void nf_line_cues(const struct nf_surroundings *s, size_t i, struct nf_cues *cues, unsigned column)
{
    float *cue = cues->row[0] + column;
    set_own(s, i, cue);
    set_terms(s, i, cue);
    set_neighbours(s, i, cue);
    set_place(s, i, cue);
    set_cluster(s, i, cue);
    set_windows(s, i, cue);
    set_groups(s, i, cue);
    set_dates(s, i, cue);
    set_even(s, i, cue);
}
