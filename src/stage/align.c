/*
 * align.c: word alignment, greedy with a look ahead at each edit.
 * Used by fold_near.c only.
 */
#include "stage/align.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define EDIT_WORDS_MAX 3        /* words that only the copy has, in one place */
#define SKIP_WORDS_MAX 40       /* words that only the source has, in one place */
#define SKIP_GUARDED 4          /* in a gap so short, a guarded word of the source counts too */
#define SYNC_WORDS 3            /* equal words that end an edit */
#define WORDS_PER_EDIT 12
#define MATCHED_LEAST 4

/* One direction of the walk: +1 to the ends, -1 to the starts. Positions are signed for that. */
struct side {
    struct nf_alignment *all;
    ptrdiff_t step, copy, source, copy_end, source_end;
};

static ptrdiff_t left(const struct side *side, ptrdiff_t at, ptrdiff_t end)
{
    return side->step > 0 ? end - at : at - end;
}

static bool same(const struct side *side, ptrdiff_t copy, ptrdiff_t source)
{
    return side->all->copy[copy] == side->all->source[source];
}

/* Whether enough words agree from here on; fewer are enough where the copy ends. */
static bool is_sync(const struct side *side, ptrdiff_t copy, ptrdiff_t source)
{
    ptrdiff_t copy_left = left(side, copy, side->copy_end), source_left = left(side, source, side->source_end);
    ptrdiff_t need = copy_left < SYNC_WORDS ? copy_left : SYNC_WORDS;
    if (source_left < need)
        return false;
    for (ptrdiff_t k = 0; k < need; k++)
        if (!same(side, copy + k * side->step, source + k * side->step))
            return false;
    return need > 0;
}

static ptrdiff_t least(ptrdiff_t a, ptrdiff_t b)
{
    return a < b ? a : b;
}

/* The next word of the source, s words on or more and fewer than `most`, that is the copy's; `most` if there is none. */
static ptrdiff_t next_same(const struct side *side, ptrdiff_t copy, ptrdiff_t s, ptrdiff_t most)
{
    const uint16_t word = side->all->copy[copy], *source = side->all->source + side->source;
    while (s < most && source[s * side->step] != word)
        s++;
    return s;
}

/* How many words the source skips before both sides agree behind `extra` words of the copy; `most`: too many. */
static ptrdiff_t skip_to_sync(const struct side *side, ptrdiff_t extra, ptrdiff_t most)
{
    ptrdiff_t copy = side->copy + extra * side->step, s = next_same(side, copy, 0, most);
    while (s < most && !is_sync(side, copy, side->source + s * side->step))
        s = next_same(side, copy, s + 1, most);
    return s;
}

#ifdef __SSE2__
#define WINDOW 48

/* A bit for each word of the window that is the one. */
static inline uint64_t same_as(const __m128i *window, uint16_t word)
{
    const __m128i want = _mm_set1_epi16((short)word);
    uint64_t same = 0;
    for (int i = 0; i < WINDOW / 8; i += 2)
        same |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_packs_epi16(_mm_cmpeq_epi16(window[i], want),
                                                                      _mm_cmpeq_epi16(window[i + 1], want))) << 8 * i;
    return same;
}

/* find_sync where no end is near, ahead: where three words agree is where their three bits do. */
static bool find_sync_ahead(const struct side *side, ptrdiff_t *extra, ptrdiff_t *skipped)
{
    const uint16_t *copy = side->all->copy + side->copy, *source = side->all->source + side->source;
    __m128i window[WINDOW / 8];
    uint64_t same[EDIT_WORDS_MAX + SYNC_WORDS];
    ptrdiff_t best = PTRDIFF_MAX;
    for (int i = 0; i < WINDOW / 8; i++)
        window[i] = _mm_loadu_si128((const __m128i *)(const void *)(source + 8 * i));
    for (int i = 0; i < EDIT_WORDS_MAX + SYNC_WORDS; i++)
        same[i] = same_as(window, copy[i]);
    for (ptrdiff_t e = 0; e <= EDIT_WORDS_MAX && e * 4 < best; e++) {
        ptrdiff_t most = least(SKIP_WORDS_MAX + 1, best - e * 4);
        uint64_t sync = same[e] & same[e + 1] >> 1 & same[e + 2] >> 2 & ((UINT64_C(1) << most) - 1);
        ptrdiff_t s = sync ? __builtin_ctzll(sync) : most;
        side->all->steps += (size_t)least(s + 1, most);
        if (!sync)
            continue;
        best = e * 4 + s;
        *extra = e;
        *skipped = s;
    }
    return best != PTRDIFF_MAX;
}

_Static_assert(SYNC_WORDS == 3 && SKIP_WORDS_MAX + SYNC_WORDS <= WINDOW, "where words agree lies in the window");
#endif

/* The smallest edit after which both sides agree again. */
static bool find_sync(const struct side *side, ptrdiff_t *extra, ptrdiff_t *skipped)
{
    ptrdiff_t best = PTRDIFF_MAX, source_left = left(side, side->source, side->source_end);
#ifdef __SSE2__
    if (side->step > 0 && source_left >= WINDOW && left(side, side->copy, side->copy_end) >= EDIT_WORDS_MAX + SYNC_WORDS)
        return find_sync_ahead(side, extra, skipped);
#endif
    for (ptrdiff_t e = 0; e <= EDIT_WORDS_MAX && e < left(side, side->copy, side->copy_end); e++) {
        ptrdiff_t most = least(least(SKIP_WORDS_MAX + 1, source_left), best - e * 4);
        if (most <= 0)
            break;
        ptrdiff_t s = skip_to_sync(side, e, most);
        side->all->steps += (size_t)least(s + 1, most);
        if (s == most)
            continue;
        best = e * 4 + s;
        *extra = e;
        *skipped = s;
    }
    return best != PTRDIFF_MAX;
}

static const struct nf_word *copy_word(const struct side *side, ptrdiff_t at)
{
    return &nf_full_words_of(side->all->copy_words)[at];
}

/* A word that only the copy has, and that nobody would miss: no figure, no name, nothing that turns a sentence. */
static bool is_small_word(const struct nf_guard *guard, const struct nf_word *word)
{
    if (word->digit || nf_is_guarded(guard, word->hash))
        return false;
    return !word->name || nf_is_light_word(guard, word->hash);
}

/* A place and an agency before the first word that both have. */
static bool is_dateline(const struct side *side, ptrdiff_t extra)
{
    if (side->step > 0 || extra != side->copy + 1 || !nf_is_agency(side->all->guard, copy_word(side, side->copy)->hash))
        return false;
    for (ptrdiff_t k = 0; k < extra; k++)
        if (copy_word(side, k)->digit)
            return false;
    return true;
}

/* PLACE (AGENCY) - where the source has PLACE alone. */
static bool is_agency_put_in(const struct side *side, ptrdiff_t extra, ptrdiff_t skipped)
{
    return extra == 1 && !skipped && side->copy <= EDIT_WORDS_MAX
           && nf_is_agency(side->all->guard, copy_word(side, side->copy)->hash);
}

static bool is_light(const struct side *side, ptrdiff_t extra, ptrdiff_t skipped)
{
    const struct nf_guard *guard = side->all->guard;
    for (ptrdiff_t k = 0; k < extra; k++)
        if (!is_small_word(guard, copy_word(side, side->copy + k * side->step)))
            return false;
    for (ptrdiff_t k = 0; k < skipped && skipped <= SKIP_GUARDED; k++)
        if (nf_is_guarded_trace(guard, side->all->source[side->source + k * side->step]))
            return false;
    return true;
}

/* Over one edit; false when there is no way on. A last word alone may differ: it was cut, or is an edit itself. */
static bool pass_edit(struct side *side)
{
    if (side->all->steps > side->all->steps_most)
        return false;
    ptrdiff_t extra, skipped, rest = left(side, side->copy, side->copy_end);
    if (rest <= EDIT_WORDS_MAX && is_dateline(side, rest)) {
        side->copy = side->copy_end;
        return true;
    }
    if (find_sync(side, &extra, &skipped)) {
        if (!is_light(side, extra, skipped) && !is_agency_put_in(side, extra, skipped))
            return false;
        side->copy += extra * side->step;
        side->source += skipped * side->step;
    } else if (rest == 1 && is_light(side, 1, 0)) {
        side->copy += side->step;
    } else {
        return false;
    }
    side->all->edits++;
    return side->all->edits <= 1 + side->all->count / WORDS_PER_EDIT;
}

static bool walk(struct side *side)
{
    while (side->copy != side->copy_end) {
        if (left(side, side->source, side->source_end) > 0 && same(side, side->copy, side->source)) {
            side->copy += side->step;
            side->source += side->step;
            side->all->matched++;
        } else if (!pass_edit(side)) {
            return false;
        }
    }
    return true;
}

bool nf_align(struct nf_alignment *all, size_t copy_at, size_t source_at)
{
    struct side ahead = {all, 1, (ptrdiff_t)copy_at, (ptrdiff_t)source_at, (ptrdiff_t)all->count,
                         (ptrdiff_t)all->source_to};
    struct side back = {all, -1, (ptrdiff_t)copy_at - 1, (ptrdiff_t)source_at - 1, -1,
                        (ptrdiff_t)all->source_from - 1};
    all->matched = all->edits = 0;
    if (!walk(&ahead) || !walk(&back))
        return false;
    all->first = (size_t)(back.source + 1);
    all->last = (size_t)ahead.source;
    return all->matched >= MATCHED_LEAST && all->matched * 10 >= all->count * 6;
}
