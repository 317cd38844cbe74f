/*
 * utf8_valid_neon.c: whether bytes are UTF-8, with NEON.
 * Used by utf8_valid.c.
 */
#include "text/neon.h"
#include "text/utf8_valid.h"

#if NF_CPU_IS_ARM
#include "text/utf8_valid_tables.h"

static const uint8_t first_high[16] = {NF_FIRST_HIGH}, first_low[16] = {NF_FIRST_LOW}, second_high[16] = {NF_SECOND_HIGH};

/* The bytes `n` before each, of a block and the one before it. */
#define BEFORE(n) vextq_u8(last, bytes, 16 - (n))

static inline uint8x16_t errors_of(uint8x16_t bytes, uint8x16_t last)
{
    uint8x16_t first = BEFORE(1);
    uint8x16_t wrong = vandq_u8(vqtbl1q_u8(vld1q_u8(first_high), vshrq_n_u8(first, 4)),
                                vqtbl1q_u8(vld1q_u8(first_low), vandq_u8(first, vdupq_n_u8(0x0F))));
    wrong = vandq_u8(wrong, vqtbl1q_u8(vld1q_u8(second_high), vshrq_n_u8(bytes, 4)));
    uint8x16_t third = vqsubq_u8(BEFORE(2), vdupq_n_u8(0xE0 - 0x80));
    uint8x16_t fourth = vqsubq_u8(BEFORE(3), vdupq_n_u8(0xF0 - 0x80));
    uint8x16_t further = vandq_u8(vorrq_u8(third, fourth), vdupq_n_u8(0x80));
    return veorq_u8(further, wrong);
}

bool nf_utf8_valid_neon(const char *bytes, size_t len, size_t *seen)
{
    uint8x16_t last = vdupq_n_u8(0), errors = last;
    size_t at = 0;
    for (; at + 32 <= len; at += 32) {
        uint8x16_t a = vld1q_u8((const uint8_t *)bytes + at);
        uint8x16_t b = vld1q_u8((const uint8_t *)bytes + at + 16);
        if (vmaxvq_u8(vorrq_u8(vorrq_u8(a, b), last)) >= 0x80) {
            errors = vorrq_u8(errors, errors_of(a, last));
            errors = vorrq_u8(errors, errors_of(b, a));
        }
        last = b;
    }
    *seen = at;
    return vmaxvq_u8(errors) == 0;
}
#endif
