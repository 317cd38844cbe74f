/*
 * rules.h: sets of boilerplate rules.
 * Used by the strip stage, by the command line, and by programs that embed the library.
 */
#ifndef NEWSFOLD_RULES_H
#define NEWSFOLD_RULES_H

#include <newsfold/document.h>
#include <newsfold/status.h>

struct nf_rules;

/* In place of a rule's number: the line was taken out for its place in a whole page's dump. */
#define NF_RULE_STRUCTURE UINT16_MAX

/* The same for HTML: the elements around a paragraph say that it is not what the page is for. */
#define NF_RULE_PAGE (UINT16_MAX - 1)

struct nf_rules *nf_rules_new(void);
void nf_rules_free(struct nf_rules *rules);

/* Add the rules that come with newsfold. */
void nf_rules_add_builtin(struct nf_rules *rules);

/*
 * Add the rules of a file.
 *
 * in      text: as man/newsfold-rules.5 describes; file: its name, for messages, kept for as long as the set
 * fails   NF_ESYNTAX, with the line in error->line; the rules before it were added
 */
NF_MUST_CHECK enum nf_status nf_rules_add(struct nf_rules *rules, struct nf_span text, const char *file,
                                          struct nf_error *error);

/* The same for equal sets of rules, and for others only by chance. */
uint64_t nf_rules_fingerprint(const struct nf_rules *rules);

size_t nf_rules_count(const struct nf_rules *rules);
/* in  rule: a number below nf_rules_count, NF_RULE_STRUCTURE or NF_RULE_PAGE */
const char *nf_rules_name(const struct nf_rules *rules, size_t rule);
enum nf_category nf_rules_category(const struct nf_rules *rules, size_t rule);

#endif
