/*
 * status.c: texts of statuses, and filling an error.
 * Used by every file that can fail.
 */
#include <newsfold/status.h>

#include <stdarg.h>
#include <stdio.h>

const char *nf_status_text(enum nf_status status)
{
    static const char *const texts[] = {
#define STATUS(code, text) text,
#include <newsfold/status.def>
#undef STATUS
    };
    return texts[status];
}

enum nf_status nf_fail(struct nf_error *error, enum nf_status status, uint64_t line,
                       const char *format, ...)
{
    if (!error)
        return status;
    error->status = status;
    error->line = line;
    va_list args;
    va_start(args, format);
    vsnprintf(error->text, sizeof error->text, format, args);
    va_end(args);
    return status;
}
