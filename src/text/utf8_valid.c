/*
 * utf8_valid.c: whether bytes are UTF-8, at the speed of the memory.
 * Used by utf8.c.
 */
#include "text/utf8_valid.h"

#include <stdint.h>
#include <string.h>

#include "text/utf8.h"

/* One character after the other, but for plain ASCII. */
static bool is_valid_from(const unsigned char *p, size_t len)
{
    for (size_t at = 0; at < len;) {
        uint64_t word = 0;
        if (at + 8 <= len)
            memcpy(&word, p + at, 8);
        else
            word = UINT64_MAX;
        if (!(word & UINT64_C(0x8080808080808080))) {
            at += 8;
            continue;
        }
        size_t width = p[at] < 0x80 ? 1 : nf_utf8_sequence(p + at, len - at);
        if (!width)
            return false;
        at += width;
    }
    return true;
}

bool nf_utf8_is_valid(enum nf_cpu cpu, const char *bytes, size_t len)
{
    size_t seen = 0;
    bool good = true;
#if NF_CPU_IS_X86
    if (cpu == NF_CPU_V4)
        good = nf_utf8_valid_v4(bytes, len, &seen);
    else if (cpu == NF_CPU_V3)
        good = nf_utf8_valid_v3(bytes, len, &seen);
    else if (cpu == NF_CPU_V2)
        good = nf_utf8_valid_v2(bytes, len, &seen);
#elif NF_CPU_IS_ARM
    if (cpu == NF_CPU_NEON)
        good = nf_utf8_valid_neon(bytes, len, &seen);
#else
    (void)cpu;
#endif
    /* The last character of what was seen may go on. */
    for (int back = 0; seen && back < 3 && ((unsigned char)bytes[seen - 1] & 0xC0) == 0x80; back++)
        seen--;
    if (seen && (unsigned char)bytes[seen - 1] >= 0xC0)
        seen--;
    return good && is_valid_from((const unsigned char *)bytes + seen, len - seen);
}
