/*
 * page_evidence.h: what an element's attributes say about its text.
 * Used by the page_*.c files.
 */
#ifndef NEWSFOLD_STAGE_PAGE_EVIDENCE_H
#define NEWSFOLD_STAGE_PAGE_EVIDENCE_H

#include "base/buf.h"

enum nf_evidence {
#define EVIDENCE(id) NF_EVIDENCE_##id,
#include "stage/page_evidence.def"
#undef EVIDENCE
    NF_EVIDENCE_COUNT
};

#define NF_EVIDENCE_BIT(id) (UINT64_C(1) << NF_EVIDENCE_##id)
#define NF_EVIDENCE_ALL ((UINT64_C(1) << NF_EVIDENCE_COUNT) - 1)

/* The words that say something, by a hash of them. */
struct nf_evidence_words {
    uint16_t number[1024];
};

/* cost: a microsecond */
void nf_evidence_words_init(struct nf_evidence_words *index);

/*
 * The bits of all words in a name or a list of names. Names are cut at what is no letter, and before a capital behind a
 * small letter.
 */
uint64_t nf_evidence_of(const struct nf_evidence_words *index, const char *names);

#endif
