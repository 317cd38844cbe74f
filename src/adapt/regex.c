/*
 * regex.c: PCRE2 behind two calls.
 * Used by the rules and by the text reader.
 */
#include "adapt/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/alloc.h"

/* An honest line pattern needs a few hundred steps; these stop the others in about a millisecond. */
#define MATCH_LIMIT 100000
#define DEPTH_LIMIT 1000
#define HEAP_LIMIT_KIB 1024

/* Compiling to machine code costs as much as some fifty interpreted matches; patterns that were tried half as often will be again. */
#define TRIES_BEFORE_JIT 32

struct nf_regex {
    pcre2_general_context *memory;
    pcre2_code *code;
    pcre2_match_data *match;
    pcre2_match_context *limits;
    unsigned tries;
    bool jit_tried, jit;
};

/* PCRE2's memory comes through our door: out of memory ends the program there, and is no broken pattern. */
static void *get_memory(PCRE2_SIZE len, void *context)
{
    (void)context;
    return nf_alloc(len);
}

static void give_memory(void *block, void *context)
{
    (void)context;
    nf_free(block);
}

static uint32_t compile_options(unsigned flags)
{
    uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C | PCRE2_NO_AUTO_CAPTURE;
    if (!(flags & NF_REGEX_CASE))
        options |= PCRE2_CASELESS;
    if (!(flags & NF_REGEX_SEARCH))
        options |= PCRE2_ANCHORED | PCRE2_ENDANCHORED;
    return options;
}

static pcre2_code *compile(struct nf_span pattern, unsigned flags, pcre2_general_context *memory, int *code,
                           PCRE2_SIZE *offset)
{
    pcre2_compile_context *context = pcre2_compile_context_create(memory);
    pcre2_code *compiled = pcre2_compile((PCRE2_SPTR)pattern.data, pattern.len, compile_options(flags), code, offset,
                                         context);
    pcre2_compile_context_free(context);
    return compiled;
}

enum nf_status nf_regex_new(struct nf_span pattern, unsigned flags, struct nf_regex **regex,
                            struct nf_error *error)
{
    int code;
    PCRE2_SIZE offset;
    pcre2_general_context *memory = pcre2_general_context_create(get_memory, give_memory, NULL);
    pcre2_code *compiled = compile(pattern, flags, memory, &code, &offset);
    if (!compiled) {
        PCRE2_UCHAR text[160] = "";
        pcre2_get_error_message(code, text, sizeof text);
        pcre2_general_context_free(memory);
        return nf_fail(error, NF_ESYNTAX, 0, "pattern, character %zu: %s", (size_t)offset + 1, (char *)text);
    }
    *regex = nf_alloc_zero(1, sizeof **regex);
    (*regex)->code = compiled;
    (*regex)->memory = memory;
    (*regex)->match = pcre2_match_data_create(1, memory);
    (*regex)->limits = pcre2_match_context_create(memory);
    pcre2_set_match_limit((*regex)->limits, MATCH_LIMIT);
    pcre2_set_depth_limit((*regex)->limits, DEPTH_LIMIT);
    pcre2_set_heap_limit((*regex)->limits, HEAP_LIMIT_KIB);
    return NF_OK;
}

void nf_regex_free(struct nf_regex *regex)
{
    if (!regex)
        return;
    pcre2_code_free(regex->code);
    pcre2_match_data_free(regex->match);
    pcre2_match_context_free(regex->limits);
    pcre2_general_context_free(regex->memory);
    nf_free(regex);
}

static void make_jit(struct nf_regex *regex)
{
    if (!regex->jit_tried)
        regex->jit = pcre2_jit_compile(regex->code, PCRE2_JIT_COMPLETE) == 0;       /* refused: the interpreter goes on */
    regex->jit_tried = true;
}

static int match(struct nf_regex *regex, struct nf_span line)
{
    return pcre2_match(regex->code, (PCRE2_SPTR)line.data, line.len, 0, PCRE2_NO_UTF_CHECK | PCRE2_NO_JIT, regex->match,
                       regex->limits);
}

/* As pcre2_match would, without its checks. */
static int match_jit(struct nf_regex *regex, struct nf_span line)
{
    return pcre2_jit_match(regex->code, (PCRE2_SPTR)line.data, line.len, 0, 0, regex->match, regex->limits);
}

static bool is_decided(int result)
{
    return result >= 0 || result == PCRE2_ERROR_NOMATCH;
}

/*
 * Interpreter and machine code have limits of different kinds. Where one gives up the other is asked, so that
 * the answer does not depend on how often a pattern was tried before.
 */
enum nf_match nf_regex_match(struct nf_regex *regex, struct nf_span line)
{
    if (line.len > NF_REGEX_SUBJECT_MAX)
        return NF_MATCH_LIMIT;
    if (++regex->tries == TRIES_BEFORE_JIT)
        make_jit(regex);
    int result = regex->jit ? match_jit(regex, line) : match(regex, line);
    if (!is_decided(result) && regex->jit)
        result = match(regex, line);
    else if (!is_decided(result)) {
        make_jit(regex);
        result = regex->jit ? match_jit(regex, line) : result;
    }
    if (result >= 0)
        return NF_MATCH_YES;
    return result == PCRE2_ERROR_NOMATCH ? NF_MATCH_NO : NF_MATCH_LIMIT;
}

const char *nf_regex_version(void)
{
#define TEXT_OF(x) #x
#define VERSION_TEXT(major, minor) TEXT_OF(major) "." TEXT_OF(minor)
    return VERSION_TEXT(PCRE2_MAJOR, PCRE2_MINOR);
#undef VERSION_TEXT
#undef TEXT_OF
}
