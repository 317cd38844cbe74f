/*
 * cpu.h: what the processor can do.
 * Used by the text files that have a way for each; asked once, where a stage begins.
 */
#ifndef NEWSFOLD_BASE_CPU_H
#define NEWSFOLD_BASE_CPU_H

/*
 * x86-64 by its levels: 2 has SSE4.2, 3 AVX2, 4 AVX-512 (here: with VBMI2, so that bytes can be compressed).
 * aarch64 has NEON, always.
 */
enum nf_cpu {
    NF_CPU_UNDECIDED,
    NF_CPU_REFERENCE,           /* one character at a time, to compare the others with */
    NF_CPU_ANY,
    NF_CPU_V2,
    NF_CPU_V3,
    NF_CPU_V4,
    NF_CPU_COUNT,
    NF_CPU_NEON = NF_CPU_V2
};

#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
#define NF_CPU_IS_X86 1
#else
#define NF_CPU_IS_X86 0
#endif

#if defined(__aarch64__) && defined(__ARM_NEON) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define NF_CPU_IS_ARM 1
#else
#define NF_CPU_IS_ARM 0
#endif

/* The best there is here. A build may set NF_CPU_MOST to measure an older processor's way. */
enum nf_cpu nf_cpu_best(void);

#endif
