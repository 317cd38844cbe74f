/*
 * options.h: everything a run can be told, in plain values.
 * Used by the command line, which fills it, and by programs that embed the library.
 */
#ifndef NEWSFOLD_OPTIONS_H
#define NEWSFOLD_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum nf_paragraphs { NF_PARAGRAPHS_AUTO, NF_PARAGRAPHS_LINE, NF_PARAGRAPHS_BLOCK };
enum nf_format { NF_FORMAT_AUTO, NF_FORMAT_TEXT, NF_FORMAT_HTML, NF_FORMAT_JSONL, NF_FORMAT_WARC };
enum nf_to { NF_TO_AUTO, NF_TO_TEXT, NF_TO_JSONL };         /* AUTO: records of JSONL stay so, all else is text */
enum nf_on_error { NF_ON_ERROR_PASS, NF_ON_ERROR_SKIP, NF_ON_ERROR_STOP };
enum nf_scope { NF_SCOPE_RUN, NF_SCOPE_DOCUMENT };
enum nf_output {
    NF_OUTPUT_CLEAN, NF_OUTPUT_EXPLAIN, NF_OUTPUT_EXPLAIN_JSONL, NF_OUTPUT_DIFF, NF_OUTPUT_RULES, NF_OUTPUT_NONE
};

struct nf_rules;

struct nf_options {
    enum nf_format format;
    enum nf_paragraphs paragraphs;
    enum nf_scope scope;
    enum nf_output output;
    enum nf_to to;
    enum nf_on_error on_error;  /* what becomes of a record that cannot be read */
    bool exact;                 /* only equal paragraphs fold, not alike ones */
    bool timed;                 /* measure the time of each stage */
    bool color;                 /* in NF_OUTPUT_EXPLAIN and NF_OUTPUT_DIFF */
    bool removed, report;       /* write these too, to the sink's aside() */
    const char *separator;      /* pattern of a line that begins a document; NULL: form feeds only */
    const char *text_field, *id_field, *url_field;      /* of records; NULL: text, id, url */
    uint64_t max_document;      /* bytes; longer documents are cut at a paragraph; more than NF_MAX_DOCUMENT_MOST is as much */
    uint64_t max_record;        /* bytes; longer records are not read; 0: the default; the most: NF_MAX_RECORD_MOST */
    uint64_t max_expansion;     /* packed input may unpack to so many times its size; 0: the default */
    uint64_t max_memory;        /* bytes for what was seen; 0: any number */
    unsigned jobs;              /* threads; the output is the same for any number; 0 is 1 */
    uint32_t kept_categories;   /* a bit for each enum nf_category that is not stripped */
    const struct nf_rules *rules;       /* borrowed; several pipelines may share them */
};

#define NF_MAX_DOCUMENT_DEFAULT (UINT64_C(4) << 20)
#define NF_MAX_DOCUMENT_LEAST (UINT64_C(4) << 10)
#define NF_MAX_DOCUMENT_MOST (UINT64_C(2) << 30)        /* places in a document have 32 bits */
#define NF_MAX_RECORD_DEFAULT (UINT64_C(256) << 20)
#define NF_MAX_RECORD_MOST (UINT64_C(1) << 30)          /* in UTF-8 it may be three times as long */
#define NF_MAX_EXPANSION_DEFAULT UINT64_C(200)
#define NF_MAX_MEMORY_DEFAULT (UINT64_C(8) << 30)
#define NF_MAX_MEMORY_LEAST (UINT64_C(1) << 20)
#define NF_JOBS_MAX 256

#endif
