/*
 * test_digest.c: digests are XXH3-128 with seed 0, on every machine and by every way.
 */
#include "adapt/digest.h"

#include "test.h"

/* source  the vectors of xxHash's own tests/sanity_test_vectors.h, over the buffer it makes them from */
static const struct {
    size_t len;
    uint64_t low, high;
} known[] = {
    {0, 0x6001C324468D497F, 0x99AA06D3014798D8},    {1, 0xC44BDFF4074EECDB, 0xA6CD5E9392000F6A},
    {6, 0x3E7039BDDA43CFC6, 0x082AFE0B8162D12A},    {12, 0x061A192713F69AD9, 0x6E3EFD8FC7802B18},
    {24, 0x1E7044D28B1B901D, 0x0CE966E4678D3761},   {48, 0xF942219AED80F67B, 0xA002AC4E5478227E},
    {81, 0x5E8BAFB9F95FB803, 0x4952F58181AB0042},   {222, 0xF1AEBD597CEC6B3A, 0x337E09641B948717},
    {403, 0xCDEB804D65C6DEA4, 0x1B6DE21E332DD73D},  {512, 0x617E49599013CB6B, 0x18D2D110DCC9BCA1},
    {2048, 0xDD59E2C3A5F038E0, 0xF736557FD47073A5}, {2367, 0xCB37AEB9E5D361ED, 0xE89C0F6FF369B427},
};

void test_digest(void)
{
    char buffer[2367];
    uint64_t generated = 2654435761u;
    for (size_t i = 0; i < sizeof buffer; i++) {
        buffer[i] = (char)(generated >> 56);
        generated *= UINT64_C(11400714785074694797);
    }
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        test_begin("digest: %zu bytes", known[i].len);
        for (int cpu = NF_CPU_REFERENCE; cpu <= (int)nf_cpu_best(); cpu++) {
            struct nf_digest digest = nf_digest_by((enum nf_cpu)cpu, nf_span(buffer, known[i].len));
            CHECK(digest.high == known[i].high && digest.low == known[i].low, "way %d: got %016llX%016llX", cpu,
                  (unsigned long long)digest.high, (unsigned long long)digest.low);
        }
    }
}
