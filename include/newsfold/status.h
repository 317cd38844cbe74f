/*
 * status.h: how anything in newsfold can fail.
 * Used by every file; the rows are in status.def.
 */
#ifndef NEWSFOLD_STATUS_H
#define NEWSFOLD_STATUS_H

#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define NF_MUST_CHECK __attribute__((warn_unused_result))
#else
#define NF_MUST_CHECK
#endif

enum nf_status {
#define STATUS(code, text) NF_##code,
#include <newsfold/status.def>
#undef STATUS
};

/* What went wrong and where. `text` is one line without a newline; `line` 0 means the whole source. */
struct nf_error {
    enum nf_status status;
    uint64_t line;
    char text[240];
};

/*
 * The text of a status.
 *
 * lives   for ever
 */
const char *nf_status_text(enum nf_status status);

/*
 * Fill `error` (which may be NULL) and give its status back, so that a caller can return the call.
 */
enum nf_status nf_fail(struct nf_error *error, enum nf_status status, uint64_t line,
                       const char *format, ...) __attribute__((format(printf, 4, 5)));

#endif
