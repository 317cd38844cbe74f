/*
 * test_places.c: the table of places against a model that is only an array.
 */
#include "base/places.h"

#include "base/alloc.h"
#include "test.h"

#define ENTRIES 200000

/* in  spread: 0: random keys; else all keys of a part want the bucket at its end, or one of a few before it */
static uint64_t key_of(uint64_t number, bool spread)
{
    uint64_t state = number;
    return spread ? test_random(&state) : (UINT64_C(0xFFFFFFFF) - number) << 32 | 1;
}

static void check_all(const struct nf_places *places, uint32_t count, uint32_t gone, bool spread)
{
    for (uint32_t i = 0; i < count; i++) {
        uint32_t want = i < gone ? NF_PLACES_ABSENT : i - gone;
        CHECK(nf_places_get(places, key_of(i, spread)) == want, "place %u", i);
    }
    for (uint32_t i = count; i < count * 2; i++)
        CHECK(nf_places_get(places, key_of(i, spread)) == NF_PLACES_ABSENT, "a key that was never put, %u", i);
    CHECK(nf_places_count(places) == count - gone, "%zu entries", nf_places_count(places));
    uint64_t *key = nf_alloc(count * 2 * sizeof *key);
    uint32_t *place = nf_alloc(count * 2 * sizeof *place);
    for (uint32_t i = 0; i < count * 2; i++)
        key[i] = key_of(i, spread);
    nf_places_get_all(places, key, count * 2, place);
    for (uint32_t i = 0; i < count * 2; i++)
        CHECK(place[i] == nf_places_get(places, key[i]), "place %u of many", i);
    nf_free(key);
    nf_free(place);
}

static void check_table(uint32_t count, unsigned part_bits, bool spread)
{
    struct nf_places places;
    size_t most = 0;
    test_begin("places: %u entries, %u part bits, %s", count, part_bits, spread ? "spread" : "crowded");
    nf_places_init(&places, part_bits);
    for (uint32_t i = 0; i < count; i++) {
        nf_places_prefetch(&places, key_of(i, spread));
        nf_places_put(&places, key_of(i, spread), i);
        nf_places_put(&places, key_of(i / 2, spread), i + 1);
        size_t each = nf_places_bytes(&places) / (i + 1);
        most = i > ENTRIES / 4 && each > most ? each : most;
    }
    CHECK(most <= 16, "up to %zu bytes an entry", most);
    check_all(&places, count, 0, spread);
    size_t bytes = nf_places_bytes(&places);
    nf_places_forget(&places, count / 2);
    check_all(&places, count, count / 2, spread);
    CHECK(count < 1000 || nf_places_bytes(&places) < bytes, "%zu bytes, before %zu", nf_places_bytes(&places), bytes);
    for (uint32_t i = 0; i < count / 2; i++)
        nf_places_put(&places, key_of(i, spread), count + i);
    for (uint32_t i = 0; i < count / 2; i++)
        CHECK(nf_places_get(&places, key_of(i, spread)) == count + i, "put again, %u", i);
    for (size_t p = 0; p < (size_t)1 << part_bits; p++)
        CHECK(nf_places_is_sound(&places.part[p], UINT32_MAX), "part %zu", p);
    nf_places_forget(&places, UINT32_MAX);
    CHECK(nf_places_count(&places) == 0, "all forgotten");
    nf_places_release(&places);
}

/* What a damaged file could hold. */
static void test_soundness(void)
{
    struct nf_places places;
    test_begin("places: a part that is not sound");
    nf_places_init(&places, 0);
    for (uint32_t i = 0; i < 100; i++)
        nf_places_put(&places, key_of(i, true), i);
    struct nf_places_part *part = places.part;
    CHECK(nf_places_is_sound(part, 100) && !nf_places_is_sound(part, 99), "places below a limit");
    part->count++;
    CHECK(!nf_places_is_sound(part, 100), "a wrong count");
    part->count--;
    size_t bucket = 0;
    while (part->bucket[bucket].tag[1] == 0)
        bucket++;
    part->bucket[bucket].tag[0] = 0;
    part->count--;
    CHECK(!nf_places_is_sound(part, 100), "a gap in a bucket");
    nf_places_release(&places);
    nf_places_init(&places, 0);
    nf_places_make_part(places.part, 1);
    for (unsigned i = 0; i < NF_PLACES_EACH; i++)
        places.part->bucket->tag[i] = i + 1;
    places.part->count = NF_PLACES_EACH;
    CHECK(!nf_places_is_sound(places.part, 100), "no room");
    nf_places_release(&places);
}

void test_places(void)
{
    check_table(3, 0, true);
    check_table(5000, 0, true);
    check_table(ENTRIES, 6, true);
    check_table(2000, 0, false);
    test_soundness();
}
