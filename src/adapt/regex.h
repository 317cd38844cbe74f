/*
 * regex.h: patterns matched against whole lines, within limits.
 * Used by the rules and by --separator; the only door to PCRE2.
 */
#ifndef NEWSFOLD_ADAPT_REGEX_H
#define NEWSFOLD_ADAPT_REGEX_H

#include <newsfold/document.h>
#include <newsfold/status.h>

struct nf_regex;

enum nf_regex_flags {
    NF_REGEX_CASE = 1,      /* case matters */
    NF_REGEX_SEARCH = 2     /* anywhere in the line; otherwise the whole line */
};

enum nf_match { NF_MATCH_NO, NF_MATCH_YES, NF_MATCH_LIMIT };

/* Longer subjects are not tried: no line of clutter is that long, and a pattern's cost stays bounded. */
#define NF_REGEX_SUBJECT_MAX 4096

/*
 * Compile a pattern.
 *
 * in      pattern: PCRE2 with UTF and UCP; \C is refused
 * out     *regex; the caller frees it
 * fails   NF_ESYNTAX, with PCRE2's words and the place in error->text
 */
NF_MUST_CHECK enum nf_status nf_regex_new(struct nf_span pattern, unsigned flags, struct nf_regex **regex,
                                          struct nf_error *error);
void nf_regex_free(struct nf_regex *regex);

/*
 * Match a line.
 *
 * in      line: valid UTF-8 without a line break
 * out     NF_MATCH_LIMIT when the match, depth or heap limit was hit or the line is too long:
 *         whoever asks must then keep the line
 */
enum nf_match nf_regex_match(struct nf_regex *regex, struct nf_span line);

/* The version of the library in use. lives: for ever */
const char *nf_regex_version(void);

#endif
