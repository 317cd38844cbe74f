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

/* The most common three letters of English, or blanks, from the first on. */
static const char common[] =
    " ththeinghe  anng nd and to into  coioned you yo a  ofor es re s aentfortioer  reof on e t fois e ain  prat ours t"
    "ati wial  be maan  caly proatehat stersst ur th nt  onle  isthave ter moe sts t tess itcomn t ded titharever wh se"
    "allou witse e conse oreall heras s othie icontinnce ha soresce  aren ut t aivesta bu lin ars it s imenpere peveest"
    " orect al ex weereinete r td acanomech inte fme  asoutg t trear ne hoe me wtrahist i noidens tede b heighagectiuse"
    "orecess w fr su dible us merat pa wantene  wot oica lor a en leovef tity fiant doworss oneure chpla po teartg aust"
    "stes sstreatd iainitiompsinke s favenale rd sghts cty ow ry  plorticeacte ey ahinill shy tencance ddincaleraabllin"
    "dertur pet srinmanom nesr seriostlearom acbe haniese lplet cnts outictorge et redialundtennotninpretivot test w si"
    "frod oay sermorienntiiteistn illyendd cffeorkontoun ado tindexpranorm at lahould  evhavrenr clestim bawheeaslit cl"
    "inskinh asti taealbutapp spalsn oso latic  miakempl dad bds cha fa tivende a seadrieothmat golant f i ferct porrou"
    "mintanincn snerast grssils desona br sae hr pase apimeedi fes phow und pusiparanyeses bcatikeey datwhi ges mimphen"
    "eedackemeduct mt pgrastoby cre crsesd fif o aachlowficardh trecthogetrt d md wshoenso saliy oprilik imileofftrinde"
    " byualsio easpemarmere yvel bosedar hear irithess lciattey ir oellir e g opsitny rtinsicheheyeryht tal abamesure n"
    "t bitsignxper ey sy ccouricsigilif yervookl awer hiughode upuctck makwe ";

#define COMMON_COUNT (sizeof common / 3)
#define COMMON_OFTEN(rank) (.24 / ((double)(rank) + 22))

double nf_three_cost(uint32_t three)
{
    unsigned code[3] = {three & 31, three >> 5 & 31, three >> 10};
    char letters[3];
    for (int i = 0; i < 3; i++)         /* signs share their lowest five bits with letters */
        letters[i] = code[i] ? (char)(0x60 | code[i]) : ' ';
    for (size_t rank = 0; rank < COMMON_COUNT; rank++)
        if (memcmp(common + 3 * rank, letters, 3) == 0)
            return COMMON_OFTEN(rank);
    double one = 0;
    for (unsigned second = 0; second < 32; second++)
        one += often(code[1], second);
    double cost = often(code[0], code[1]) * often(code[1], code[2]) / one;
    return cost < COMMON_OFTEN(COMMON_COUNT) ? cost : COMMON_OFTEN(COMMON_COUNT);
}

void nf_box_maker_add(struct nf_box_maker *maker, uint32_t three)
{
    maker->three = nf_grow(maker->three, &maker->capacity, maker->count + 1, sizeof *maker->three);
    maker->three[maker->count++] = three;
}

/* A box, and how often each middle byte is met behind one of its first bytes, and before one of its third. */
struct box {
    uint32_t has[3];            /* a bit for the lowest five bits of a byte */
    double behind[32], before[32];
    double cost;
};

static bool has(uint32_t bits, unsigned byte)
{
    return bits >> byte & 1;
}

/* The box with three bytes more. */
static void widen(struct box *box, uint32_t three, const struct pairs *pairs)
{
    unsigned first = three & 31, second = three >> 5 & 31, third = three >> 10;
    for (unsigned middle = 0; middle < 32; middle++) {
        box->behind[middle] += has(box->has[0], first) ? 0 : pairs->often[first][middle];
        box->before[middle] += has(box->has[2], third) ? 0 : pairs->often[middle][third];
    }
    box->has[0] |= UINT32_C(1) << first;
    box->has[1] |= UINT32_C(1) << second;
    box->has[2] |= UINT32_C(1) << third;
    box->cost = 0;
    for (unsigned middle = 0; middle < 32; middle++)
        box->cost += has(box->has[1], middle) ? box->behind[middle] * box->before[middle] / pairs->one[middle] : 0;
}

/* Into the box that it makes the least more common. */
static void put(struct box *box, size_t boxes, uint32_t three, const struct pairs *pairs)
{
    struct box best = {.cost = 0};
    size_t place = boxes;
    for (size_t i = 0; i < boxes; i++) {
        struct box wider = box[i];
        widen(&wider, three, pairs);
        if (place == boxes || wider.cost - box[i].cost < best.cost - box[place].cost) {
            best = wider;
            place = i;
        }
    }
    box[place] = best;
}

/* What is to be put, and how common it is. */
struct waiting {
    uint32_t three;
    double cost;
};

static int by_cost(const void *a, const void *b)
{
    const struct waiting *one = a, *other = b;
    if (one->cost != other->cost)
        return one->cost > other->cost ? -1 : 1;
    return one->three < other->three ? -1 : 1;
}

/* The common ones first: they are to be alone. More than these are put anywhere, for all of them are common together. */
#define WEIGHED_MAX 2000

static void put_all(const struct nf_box_maker *maker, struct box *box, size_t boxes, const struct pairs *pairs)
{
    struct waiting *waiting = nf_alloc_zero(maker->count, sizeof *waiting);
    for (size_t i = 0; i < maker->count; i++) {
        struct box alone = {.cost = 0};
        widen(&alone, maker->three[i], pairs);
        waiting[i] = (struct waiting){maker->three[i], alone.cost};
    }
    qsort(waiting, maker->count, sizeof *waiting, by_cost);
    for (size_t i = 0; i < maker->count; i++) {
        if (i < WEIGHED_MAX)
            put(box, boxes, waiting[i].three, pairs);
        else
            widen(&box[i % boxes], waiting[i].three, pairs);
    }
    nf_free(waiting);
}

void nf_box_maker_end(struct nf_box_maker *maker, struct nf_boxes *boxes)
{
    struct box box[NF_BOXES] = {{.cost = 0}};
    struct pairs pairs;
    *boxes = (struct nf_boxes){.groups = maker->count > 8 ? NF_BOX_GROUPS : 1};
    read_pairs(&pairs);
    if (maker->count)
        put_all(maker, box, 8 * (size_t)boxes->groups, &pairs);
    for (unsigned i = 0; i < NF_BOXES; i++)
        for (unsigned place = 0; place < 3; place++)
            for (unsigned byte = 0; byte < 32; byte++)
                boxes->row[i / 8][place][byte] |= (uint8_t)(has(box[i].has[place], byte) << i % 8);
    nf_free(maker->three);
    *maker = (struct nf_box_maker){0};
}
