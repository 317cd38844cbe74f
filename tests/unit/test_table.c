/*
 * test_table.c: the table against a model that is only an array.
 */
#include "base/table.h"

#include "base/alloc.h"
#include "test.h"

#define ENTRIES 60000

struct model {
    uint64_t key, value;
    uint32_t check;
};

static uint64_t model_get(const struct model *model, size_t count, uint64_t key, uint32_t check)
{
    for (size_t i = 0; i < count; i++)
        if (model[i].key == key && model[i].check == check)
            return model[i].value;
    return NF_TABLE_ABSENT;
}

/* Keys from a small range, so that many come again with the same and with other checks. */
static void test_against_model(unsigned part_bits)
{
    static struct model model[2000];
    size_t count = 0;
    uint64_t state = part_bits + 1;
    struct nf_table table;
    test_begin("table: 2,000 random entries, %u part bits", part_bits);
    nf_table_init(&table, part_bits);
    for (unsigned i = 0; i < 6000; i++) {
        uint64_t random = test_random(&state), key = (random % 700) * UINT64_C(0x9E3779B97F4A7C15);
        uint32_t check = (uint32_t)(random >> 40) % 3;
        uint64_t known = model_get(model, count, key, check);
        CHECK(nf_table_get(&table, key, check) == known, "get before put, step %u", i);
        if (known == NF_TABLE_ABSENT && count < 2000)
            model[count++] = (struct model){key, i, check};
        uint64_t stands = nf_table_put(&table, key, check, i);
        CHECK(stands == (known == NF_TABLE_ABSENT ? i : known), "put, step %u", i);
    }
    CHECK(nf_table_count(&table) == count, "%zu entries, the model has %zu", nf_table_count(&table), count);
    nf_table_release(&table);
}

static void test_growth(void)
{
    struct nf_table table;
    uint64_t state = 7;
    size_t most = 0;
    uint64_t *key = nf_alloc(ENTRIES * sizeof *key);
    test_begin("table: growth keeps every entry, and memory per entry");
    nf_table_init(&table, 0);
    for (size_t i = 0; i < ENTRIES; i++) {
        key[i] = test_random(&state);
        nf_table_put(&table, key[i], (uint32_t)i, i);
        size_t each = nf_table_bytes(&table) / (i + 1);
        most = i > ENTRIES / 4 && each > most ? each : most;
    }
    for (size_t i = 0; i < ENTRIES; i++)
        CHECK(nf_table_get(&table, key[i], (uint32_t)i) == i, "entry %zu", i);
    CHECK(most <= 24, "up to %zu bytes an entry", most);
    nf_table_release(&table);
    nf_free(key);
}

/* Every key wants the same place. */
static void test_collisions(void)
{
    struct nf_table table;
    test_begin("table: keys that agree in their low half");
    nf_table_init(&table, 0);
    for (uint64_t i = 0; i < 1000; i++)
        nf_table_put(&table, i << 32 | 5, 0, i);
    for (uint64_t i = 0; i < 1000; i++)
        CHECK(nf_table_get(&table, i << 32 | 5, 0) == i, "key %u", (unsigned)i);
    CHECK(nf_table_get(&table, UINT64_C(1000) << 32 | 5, 0) == NF_TABLE_ABSENT, "a key that was never put");
    nf_table_release(&table);
    test_begin("table: keys that crowd at the end of a part, put in from the last to the first");
    nf_table_init(&table, 0);
    for (uint64_t i = 3000; i-- > 0;)
        nf_table_put(&table, i << 32 | (UINT32_MAX - i % 3), (uint32_t)i, i);
    for (uint64_t i = 0; i < 3000; i++)
        CHECK(nf_table_get(&table, i << 32 | (UINT32_MAX - i % 3), (uint32_t)i) == i, "key %u", (unsigned)i);
    nf_table_release(&table);
    test_begin("table: keys that agree in their high half");
    nf_table_init(&table, 8);
    for (uint64_t i = 0; i < 1000; i++)
        nf_table_put(&table, i, 0, i);
    for (uint64_t i = 0; i < 1000; i++)
        CHECK(nf_table_get(&table, i, 0) == i, "key %u", (unsigned)i);
    nf_table_release(&table);
}

static void test_limits(void)
{
    struct nf_table table;
    test_begin("table: the largest value, a check of 24 bits, key 0");
    nf_table_init(&table, 0);
    CHECK(nf_table_put(&table, 0, 0xFFFFFF, NF_TABLE_VALUE_MAX) == NF_TABLE_VALUE_MAX, "largest value");
    CHECK(nf_table_get(&table, 0, 0xFFFFFF) == NF_TABLE_VALUE_MAX, "largest value, again");
    CHECK(nf_table_get(&table, 0, 0) == NF_TABLE_ABSENT, "another check");
    CHECK(nf_table_put(&table, 0, 0, 0) == 0, "value 0");
    CHECK(nf_table_get(&table, 0, 0) == 0, "value 0, again");
    nf_table_release(&table);
}

static void check_forgotten(uint64_t count, uint64_t least)
{
    struct nf_table table;
    uint64_t state = count;
    test_begin("table: of %u values those below %u are forgotten", (unsigned)count, (unsigned)least);
    nf_table_init(&table, 2);
    for (uint64_t i = 0; i < count; i++)
        nf_table_put(&table, test_random(&state), (uint32_t)i, i);
    size_t bytes = nf_table_bytes(&table);
    nf_table_forget(&table, least);
    CHECK(nf_table_count(&table) == count - least, "%zu are left", nf_table_count(&table));
    CHECK(nf_table_bytes(&table) <= bytes && (least < count / 2 || count < 1000 || nf_table_bytes(&table) < bytes),
          "%zu bytes, before %zu", nf_table_bytes(&table), bytes);
    for (int again = 0; again < 2; again++) {
        state = count;
        for (uint64_t i = 0; i < count; i++) {
            uint64_t key = test_random(&state), want = i < least ? NF_TABLE_ABSENT : i - least;
            if (again && i < least)
                want = nf_table_put(&table, key, (uint32_t)i, count + i);
            CHECK(nf_table_get(&table, key, (uint32_t)i) == want, "value %u", (unsigned)i);
        }
    }
    nf_table_release(&table);
}

static void test_forgetting(void)
{
    check_forgotten(10, 3);
    check_forgotten(5000, 0);
    check_forgotten(5000, 2500);
    check_forgotten(5000, 4999);
    check_forgotten(5000, 5000);
}

void test_table(void)
{
    test_forgetting();
    test_against_model(0);
    test_against_model(8);
    test_growth();
    test_collisions();
    test_limits();
}
