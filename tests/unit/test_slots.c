/*
 * test_slots.c: the table of one document, against a model, over many documents of different sizes.
 */
#include "base/slots.h"

#include "test.h"

#define KEYS 500

static void check_document(struct nf_slots *slots, uint64_t *state, size_t most)
{
    static uint32_t model[KEYS];
    size_t used = 0;
    memset(model, 0xFF, sizeof model);
    nf_slots_begin(slots, most);
    for (unsigned step = 0; step < 1000; step++) {
        uint64_t number = test_random(state) % KEYS, key = number * UINT64_C(0x9E3779B97F4A7C15);
        CHECK(nf_slots_get(slots, key) == model[number], "get, step %u", step);
        if (model[number] == NF_SLOTS_ABSENT) {
            if (used == most)
                continue;
            used++;
            model[number] = step;
        }
        CHECK(nf_slots_put(slots, key, step) == model[number], "put, step %u", step);
    }
}

void test_slots(void)
{
    struct nf_slots slots = {0};
    uint64_t state = 5;
    test_begin("slots: many documents");
    for (size_t document = 0; document < 60; document++)
        check_document(&slots, &state, document % 3 == 0 ? KEYS : document * 5);
    test_begin("slots: when the generations run out");
    slots.generation = UINT32_MAX - 2;
    for (size_t document = 0; document < 5; document++)
        check_document(&slots, &state, KEYS);
    nf_slots_release(&slots);
}
