/*
 * numbers.c: the set of a paragraph's numbers.
 * Used by the digest stage.
 */
#include "text/numbers.h"

#include "text/words_blocks.h"

static size_t next_digit_by(enum nf_cpu cpu, struct nf_span key, size_t at)
{
    switch (cpu) {
#if NF_CPU_IS_X86
    case NF_CPU_V4: return nf_next_digit_v4(key, at);
    case NF_CPU_V3: return nf_next_digit_v3(key, at);
    case NF_CPU_V2: return nf_next_digit_v2(key, at);
#elif NF_CPU_IS_ARM
    case NF_CPU_NEON: return nf_next_digit_neon(key, at);
#endif
    default: return nf_next_digit_any(key, at);
    }
}

/* Of a number, and of the letters, points and signs that belong to it. */
static bool belongs(char c)
{
    return c != ' ' && (unsigned char)c < 0x80;
}

static uint64_t bits_of(const char *word, size_t len)
{
    uint64_t hash = UINT64_C(0xCBF29CE484222325);
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ (unsigned char)word[i]) * UINT64_C(0x100000001B3);
    hash ^= hash >> 29;
    hash *= UINT64_C(0xD6E8FEB86659FD93);
    return UINT64_C(1) << (hash >> 58) | UINT64_C(1) << (hash >> 52 & 63) | UINT64_C(1) << (hash >> 46 & 63);
}

uint64_t nf_numbers_of(enum nf_cpu cpu, struct nf_span key)
{
    uint64_t numbers = 0;
    for (size_t at = next_digit_by(cpu, key, 0); at < key.len; at = next_digit_by(cpu, key, at)) {
        size_t from = at;
        while (from > 0 && belongs(key.data[from - 1]))
            from--;
        while (at < key.len && belongs(key.data[at]))
            at++;
        numbers |= bits_of(key.data + from, at - from);
    }
    return numbers;
}
