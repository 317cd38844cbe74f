/*
 * digest_v3.c: XXH3-128 with AVX2, for texts of more than 240 bytes: the others are the same by all ways.
 * Used by digest.c.
 */
#include "adapt/digest.h"

#if NF_CPU_IS_X86
#include <immintrin.h>

/* The header has no attribute for its functions: all that are written from here on have the instructions. */
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2,bmi,bmi2"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2,bmi,bmi2")
#endif

#define XXH_INLINE_ALL
#define XXH_VECTOR XXH_AVX2
#include <xxhash.h>

struct nf_digest nf_digest_v3(struct nf_span text)
{
    XXH128_hash_t hash = XXH3_128bits(text.data, text.len);
    return (struct nf_digest){hash.low64, hash.high64};
}

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif
#endif
