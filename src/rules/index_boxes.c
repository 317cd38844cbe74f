/*
 * index_boxes.c: texts of three bytes put into the boxes by which they are looked for together.
 * Used by index_raw_make.c.
 */
#include "rules/index_boxes.h"

#include <stdlib.h>

#include "base/alloc.h"

/*
 * How rare two bytes one behind the other are in English, by the lowest five bits of each (blank, a to z, and the
 * signs and figures that share these bits): half a power of two each, from A for 1 on, and on from a.
 */
static const char rarity[32][33] = {
    "eLONPPORPNVVQOROOUPNLRTOaPaaXXgh",
    "PdSRSdWTcScUOSMfTgOQOVTYZTblmjmi",
    "RUadfRehfUcjTccTfiVXaSggdVfjjiik",
    "VQcWgQihQSnTTebPefTYRUghlXiljkoh",
    "NTabXPcYeRcjVYWTcbWUdUYbgYdijhof",
    "LPVRPRUUZUiaPRNWUXNNRaSUSUZfiflb",
    "QUheiSTjiSolWbcQgjTdWVojkajoohok",
    "PUcgdRfYTUnlUZUUcjTVYWcinYdioklf",
    "QPbcdNdffQigXZXRceWZUYfciXfjokmh",
    "TTVQSRTShdjVRSMQVaTPObSkagVfoiok",
    "fakmjYoolfgmjmiXimieiXlkinoooooo",
    "TZdefSbegUjfYcXbdjgWcdjfmchjjkoh",
    "MRabUPZchQiaQXXRWjbTUUZbjRfhigih",
    "RQVZZPYccSigXUYRScaUYVebgXdjomih",
    "MSWROPXOaSbXUXTSbdcQPWWddVcgkhme",
    "OWWUTYQUcVZVSQNSSgOSROTRbYdknnli",
    "SSddbRddWUidRYYSTaQVUVffdZejjkie",
    "aihhmgikkfokcfdiYdbddUcddbglokon",
    "NQYVUNXVcQnUUTTPVdWRRUVbfTciohme",
    "LUZUcPadTQmWRWRRTbbROSeZgWYekgmc",
    "MQWXdOYYMOkgTWUOZfRRUTdWfTafmglc",
    "SUVTUVbUiUjeSVScTfPQRefhbafmikoi",
    "ZUiijPlilSoldfdXbhedfeghgeenolmm",
    "TTffgSgjSRokZcWTdgZXcfidifhmomoj",
    "XZgZlYgjfYkhcecgVgggXdhigfgloloj",
    "ObYbcWiciYojUXVQYhYTWfacfdbhnkoe",
    "UZhlnWknkallghjbhgighdlkmgenojon",
    "Zlhjijkikkoonjimhhiihllkmooookoo",
    "cffgghhigfkjfhhffnhfeklfojnokooo",
    "Ynfnjomnmholgmemkjomjoooionimgko",
    "dnoomooolooolonojmnomooooonoioco",
    "Zjggjiijkgooghkljkhhgklllmlooooi"
};

/* Rows are the first byte's. */
struct pairs {
    double often[32][32], one[32];
};

static double often(unsigned first, unsigned second)
{
    unsigned char c = (unsigned char)rarity[first][second];
    unsigned halves = c < 'a' ? c - 65u : c - 97u + 26u;       
    return (halves % 2 ? 0.70710678 : 1.0) / (double)(UINT64_C(1) << halves / 2);
}

static void read_pairs(struct pairs *pairs)
{
    for (unsigned first = 0; first < 32; first++) {
        pairs->one[first] = 0;
        for (unsigned second = 0; second < 32; second++) {
            pairs->often[first][second] = often(first, second);
            pairs->one[first] += pairs->often[first][second];
        }
    }
}

double nf_three_cost(const char *p)
{
    unsigned middle = p[1] & 0x1F;
    double one = 0;
    for (unsigned second = 0; second < 32; second++)
        one += often(middle, second);
    return often(p[0] & 0x1F, middle) * often(middle, p[2] & 0x1F) / one;
}

void nf_box_maker_add(struct nf_box_maker *maker, struct nf_three_of three)
{
    maker->item = nf_grow(maker->item, &maker->capacity, maker->count + 1, sizeof *maker->item);
    maker->item[maker->count++] = three;
}

/* A box, and how often each middle byte is met behind one of its first bytes, and before one of its third. */
struct box {
    struct nf_three_of has;
    double behind[32], before[32];
    double cost;
};

static bool has(uint32_t bits, unsigned at)
{
    return bits >> at & 1;
}

/* The box with three bytes more. */
static void widen(struct box *box, const struct nf_three_of *three, const struct pairs *pairs)
{
    uint32_t first = three->of[0] & ~box->has.of[0], third = three->of[2] & ~box->has.of[2];
    for (int i = 0; i < 3; i++)
        box->has.of[i] |= three->of[i];
    for (unsigned byte = 0; byte < 32; byte++) {
        for (unsigned middle = 0; has(first, byte) && middle < 32; middle++)
            box->behind[middle] += pairs->often[byte][middle];
        for (unsigned middle = 0; has(third, byte) && middle < 32; middle++)
            box->before[middle] += pairs->often[middle][byte];
    }
    box->cost = 0;
    for (unsigned middle = 0; middle < 32; middle++)
        if (has(box->has.of[1], middle))
            box->cost += box->behind[middle] * box->before[middle] / pairs->one[middle];
}

/* Into the box that it makes the least more common. */
static void put(struct box *box, const struct nf_three_of *three, const struct pairs *pairs)
{
    struct box best = {0};
    size_t place = NF_BOXES;
    for (size_t i = 0; i < NF_BOXES; i++) {
        struct box wider = box[i];
        widen(&wider, three, pairs);
        if (place == NF_BOXES || wider.cost - box[i].cost < best.cost - box[place].cost) {
            best = wider;
            place = i;
        }
    }
    box[place] = best;
}

/* What is to be put, and how common it is. */
struct waiting {
    struct nf_three_of three;
    double cost;
};

static int by_cost(const void *a, const void *b)
{
    const struct waiting *one = a, *other = b;
    if (one->cost != other->cost)
        return one->cost > other->cost ? -1 : 1;
    return memcmp(&one->three, &other->three, sizeof one->three);
}

/* The common ones first: they are to be alone. More than these are put anywhere, for all of them are common together. */
#define WEIGHED_MAX 2000

static void put_all(const struct nf_box_maker *maker, struct box *box, const struct pairs *pairs)
{
    struct waiting *waiting = nf_alloc_zero(maker->count, sizeof *waiting);
    for (size_t i = 0; i < maker->count; i++) {
        struct box alone = {0};
        widen(&alone, &maker->item[i], pairs);
        waiting[i] = (struct waiting){maker->item[i], alone.cost};
    }
    qsort(waiting, maker->count, sizeof *waiting, by_cost);
    for (size_t i = 0; i < maker->count; i++) {
        bool again = i && memcmp(&waiting[i].three, &waiting[i - 1].three, sizeof waiting[i].three) == 0;
        if (i < WEIGHED_MAX && !again)
            put(box, &waiting[i].three, pairs);
        else if (!again)
            widen(&box[i % NF_BOXES], &waiting[i].three, pairs);
    }
    nf_free(waiting);
}

void nf_box_maker_end(struct nf_box_maker *maker, struct nf_boxes *boxes)
{
    struct box box[NF_BOXES] = {{.cost = 0}};
    struct pairs pairs;
    *boxes = (struct nf_boxes){{{{0}}}};
    read_pairs(&pairs);
    if (maker->count)
        put_all(maker, box, &pairs);
    for (unsigned i = 0; i < NF_BOXES; i++)
        for (unsigned place = 0; place < 3; place++)
            for (unsigned byte = 0; byte < 32; byte++)
                boxes->row[i / 8][place][byte] |= (uint8_t)(has(box[i].has.of[place], byte) << i % 8);
    nf_free(maker->item);
    *maker = (struct nf_box_maker){0};
}
