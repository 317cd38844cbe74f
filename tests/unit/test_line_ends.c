/*
 * test_line_ends.c: where lines end, against a look at each byte.
 */
#include "text/line_ends.h"

#include "base/alloc.h"
#include "test.h"

/* The text alone in memory, so that a sanitizer sees reads past its end. */
static bool agree(enum nf_cpu cpu, struct nf_span text)
{
    uint16_t at[NF_ENDS_ROOM];
    size_t count = 0, got = nf_line_ends(cpu, text, at);
    bool good = true;
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] != '\n' && text.data[i] != '\r')
            continue;
        good = good && count < got && at[count] == i;
        count++;
    }
    return CHECK(good && count == got, "%zu ends of %zu, way %d", got, count, (int)cpu);
}

void test_line_ends(void)
{
    uint64_t state = 5;
    test_begin("line ends");
    for (int round = 0; round < 3000; round++) {
        size_t len = round < 300 ? (size_t)round : test_random(&state) % (NF_ENDS_LEN + 1), every = 1 + test_random(&state) % 200;
        char *alone = nf_alloc(len + !len);
        for (size_t i = 0; i < len; i++)
            alone[i] = test_random(&state) % every ? (char)test_random(&state) : test_random(&state) % 3 ? '\n' : '\r';
        bool good = true;
        for (int cpu = NF_CPU_REFERENCE; cpu <= (int)nf_cpu_best(); cpu++)
            good = good && agree((enum nf_cpu)cpu, nf_span(alone, len));
        nf_free(alone);
        if (!good)
            break;
    }
}
