/*
 * literals.c: an index of the text that rules' patterns must meet.
 * Used by the rule set only.
 */
#include "rules/literals.h"

#include "base/alloc.h"

static uint32_t hash3(const char *p)
{
    uint32_t word = (uint32_t)(unsigned char)p[0] | (uint32_t)(unsigned char)p[1] << 8
                    | (uint32_t)(unsigned char)p[2] << 16;
    return (word * 0x9E3779B1u) >> 20;
}

void nf_literals_release(struct nf_literals *literals)
{
    for (size_t i = 0; i < literals->count; i++)
        nf_free((char *)literals->item[i].text);
    nf_free(literals->item);
    *literals = (struct nf_literals){0};
}

bool nf_literals_add(struct nf_literals *literals, struct nf_span text, uint16_t rule, bool at_start)
{
    if (literals->count == NF_LITERALS_MAX || text.len > UINT16_MAX)
        return false;
    literals->item = nf_grow(literals->item, &literals->capacity, literals->count + 1, sizeof *literals->item);
    literals->index.item = literals->item;
    struct nf_literal *literal = &literals->item[literals->count++];
    uint16_t *head = text.len < 3 ? &literals->index.short_bucket[(unsigned char)text.data[0]]
                                  : &literals->index.bucket[hash3(text.data)];
    *literal = (struct nf_literal){.text = memcpy(nf_alloc(text.len), text.data, text.len),
                                   .len = (uint16_t)text.len, .rule = rule, .next = *head, .at_start = at_start};
    *head = (uint16_t)literals->count;
    return true;
}

/* The numbers found so far. */
struct found {
    uint16_t *rule;
    size_t count, max;
};

static void collect(const struct nf_literal_index *index, uint16_t head, struct nf_span rest, bool start,
                    struct found *found)
{
    for (uint16_t i = head; i && found->count < found->max; i = index->item[i - 1].next) {
        const struct nf_literal *literal = &index->item[i - 1];
        if (literal->len <= rest.len && (start || !literal->at_start)
            && memcmp(literal->text, rest.data, literal->len) == 0)
            found->rule[found->count++] = literal->rule;
    }
}

size_t nf_literals_find(const struct nf_literal_index *index, struct nf_span lower, uint16_t *rules, size_t max)
{
    struct found found = {rules, 0, max};
    for (size_t at = 0; at < lower.len; at++) {
        struct nf_span rest = nf_span(lower.data + at, lower.len - at);
        uint16_t head = index->short_bucket[(unsigned char)rest.data[0]];
        if (head)
            collect(index, head, rest, at == 0, &found);
        head = rest.len >= 3 ? index->bucket[hash3(rest.data)] : 0;
        if (head)
            collect(index, head, rest, at == 0, &found);
    }
    return found.count;
}
