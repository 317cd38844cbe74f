/*
 * test_numbers.c: the set of a key's numbers.
 */
#include "text/numbers.h"

#include <stdio.h>

#include "test.h"
#include "text/normalise.h"

/* By every way, which must agree; there are digits behind the key. */
static uint64_t of(const char *key)
{
    struct nf_buf padded = {0};
    nf_buf_add_text(&padded, key);
    memset(nf_buf_reserve(&padded, NF_KEY_PADDING), '7', NF_KEY_PADDING);
    uint64_t numbers = nf_numbers_of(NF_CPU_ANY, nf_buf_span(&padded));
    for (int cpu = NF_CPU_ANY; cpu <= (int)nf_cpu_best(); cpu++)
        CHECK(nf_numbers_of((enum nf_cpu)cpu, nf_buf_span(&padded)) == numbers, "way %d: '%s'", cpu, key);
    nf_buf_release(&padded);
    return numbers;
}

static unsigned count(uint64_t bits)
{
    unsigned n = 0;
    for (; bits; bits &= bits - 1)
        n++;
    return n;
}

void test_numbers(void)
{
    unsigned alike = 0;
    test_begin("numbers: none, one, several");
    CHECK(of("") == 0 && of("no figure in words of any length") == 0, "no number");
    CHECK(of("12") && count(of("12")) <= 3, "one number");
    CHECK((of("a 12 b 345.6 c") | of("7%")) == of("7% and 345.6 12"), "the order does not matter");
    test_begin("numbers: found at every place of a key, with the letters that belong to them");
    struct nf_buf key = {0};
    for (unsigned n = 0; n < 60; n++) {
        size_t len = key.len;
        nf_buf_add_text(&key, "4711th rest");
        nf_buf_add(&key, "", 1);
        CHECK(of(key.data) == of("4711th"), "place %u", n);
        key.len = len;
        nf_buf_add_text(&key, n % 2 ? "w " : "no ");
    }
    nf_buf_release(&key);
    test_begin("numbers: others are told apart, all but few");
    for (unsigned n = 0; n < 1000; n++) {
        char one[8], other[8];
        snprintf(one, sizeof one, "%u", n);
        snprintf(other, sizeof other, "%u", n + 1);
        alike += (of(other) & ~of(one)) == 0;
    }
    CHECK(alike < 10, "%u of 1000", alike);
}
