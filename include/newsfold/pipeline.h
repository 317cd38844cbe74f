/*
 * pipeline.h: bytes in, clean text out: the whole of newsfold behind a few calls.
 * Used by the command line, the tests, the fuzzers, and programs that embed the library.
 */
#ifndef NEWSFOLD_PIPELINE_H
#define NEWSFOLD_PIPELINE_H

#include <newsfold/document.h>
#include <newsfold/options.h>
#include <newsfold/status.h>

struct nf_pipeline;

/* The stages of the flow, as --stats names them. */
enum nf_stage {
#define STAGE(id, name) NF_STAGE_##id,
#include <newsfold/stage.def>
#undef STAGE
    NF_STAGE_COUNT
};

/* paragraphs = kept + repeat_exact + repeat_near + the sum of boilerplate */
struct nf_counts {
    uint64_t inputs, documents, paragraphs, kept, repeat_exact, repeat_near;
    uint64_t boilerplate[NF_CATEGORY_COUNT];
    uint64_t moved;                     /* of kept: paragraphs that only a later copy had, put in their place */
    uint64_t bytes_in, bytes_out;       /* of input as it came, of output */
    uint64_t packed, bytes_unpacked;    /* inputs that were gzip or zstd, and what they held */
    uint64_t records;                   /* of JSONL and WARC inputs, all below included */
    uint64_t no_text;                   /* of them: JSONL without the text field */
    uint64_t skipped;                   /* WARC that is no page or text */
    uint64_t bad;                       /* could not be read */
    uint64_t replaced;                  /* ill-formed parts of the input that became U+FFFD */
    uint64_t pages;                     /* of documents: HTML */
    uint64_t flat;                      /* of pages: the parser gave up, all their text was taken */
    uint64_t empty;                     /* of pages: they hold no text */
    uint64_t emptied;                   /* inputs with paragraphs of which none stays */
    uint64_t cut;                       /* documents longer than the limit, cut at a paragraph */
    uint64_t unique;                    /* paragraphs that the tables hold */
    uint64_t exact_bytes, near_bytes;   /* of memory, for those */
    uint64_t near_forgotten;            /* paragraphs whose near copies are not looked for any more: options.max_memory */
    uint64_t unremembered;              /* paragraphs that no later one is compared with, for the same reason */
    uint64_t stage_ns[NF_STAGE_COUNT];  /* time spent, the threads' added up; 0 unless options.timed */
};

/* An input, as the sink is told of it. lives: until its end() returns */
struct nf_input {
    const char *name;
    void *user;                         /* as given to nf_pipeline_begin */
    bool complete;                      /* in end(): all of it was fed, and could be unpacked */
    bool packed;                        /* in end(): it was gzip or zstd */
};

/* What is written beside the output: the text that went, and a web page about the run. */
enum nf_aside { NF_ASIDE_REMOVED, NF_ASIDE_REPORT, NF_ASIDE_COUNT };

/*
 * Takes output. All calls come from within nf_pipeline_feed, _end, _flush and _conclude, on their thread, in the order of
 * the inputs; an input's calls may come after later inputs were fed. Whatever is not NF_OK ends the run with that
 * status. begin and end may be NULL: then the outputs of all inputs are one text, with blank lines between.
 * problem, which may be NULL too, is told what was wrong with a record, or with an input, and where.
 */
struct nf_sink {
    void *context;
    enum nf_status (*begin)(void *context, const struct nf_input *input);
    enum nf_status (*write)(void *context, const char *bytes, size_t len);
    enum nf_status (*aside)(void *context, enum nf_aside which, const char *bytes, size_t len); /* if asked for */
    enum nf_status (*end)(void *context, const struct nf_input *input, const struct nf_counts *of_input);
    void (*problem)(void *context, const struct nf_input *input, const struct nf_error *error);
};

/*
 * in      options: borrowed, and the rules in it, until the pipeline is freed; sink: copied
 * fails   NF_ESYNTAX for a separator that is no pattern
 */
NF_MUST_CHECK enum nf_status nf_pipeline_new(const struct nf_options *options, const struct nf_sink *sink,
                                             struct nf_pipeline **pipeline, struct nf_error *error);

/* What was not flushed is not written. */
void nf_pipeline_free(struct nf_pipeline *pipeline);

/*
 * An input: begin, any number of blocks, end.
 *
 * in      name: for messages and explanations; copied
 *         bytes: text in UTF-8, or UTF-16 behind a byte order mark; pages in any encoding; blocks of any
 *         size give the same output
 *         complete: false when reading failed; what was fed is done all the same
 * fails   whatever the sink fails with
 */
void nf_pipeline_begin(struct nf_pipeline *pipeline, const char *name, void *user);
NF_MUST_CHECK enum nf_status nf_pipeline_feed(struct nf_pipeline *pipeline, const char *bytes, size_t len);
NF_MUST_CHECK enum nf_status nf_pipeline_end(struct nf_pipeline *pipeline, bool complete);

/*
 * Where the next block of an input may be read to, so that it need not be copied; it is fed like any other.
 *
 * in      len: room for so many bytes
 * gives back NULL where it would be copied all the same
 * lives   until the next call for the pipeline
 */
char *nf_pipeline_room(struct nf_pipeline *pipeline, size_t len);

/* Write everything that is finished: every document whose end was fed. To be called last, and before waiting long. */
NF_MUST_CHECK enum nf_status nf_pipeline_flush(struct nf_pipeline *pipeline);

/*
 * To be called once, after the last flush: writes what is about the whole run. With NF_OUTPUT_RULES, which writes nothing
 * of the documents, that is what recurs in them, as the text of a rule file.
 */
NF_MUST_CHECK enum nf_status nf_pipeline_conclude(struct nf_pipeline *pipeline);

/* Moves bytes to where they are kept, or from there: all of them. */
typedef enum nf_status nf_move(void *context, void *bytes, size_t len);

/*
 * What this run saw, kept for a later one, which then folds against it as if both were one run.
 *
 * in      load: before the first input, len bytes in all; save: after the last one was flushed
 * fails   NF_ECONTRACT when the bytes are damaged, or were kept by another version, under other rules or in the
 *         other mode (options.exact), with the reason in error->text; whatever move fails with. After a load
 *         that failed the pipeline can only be freed
 */
NF_MUST_CHECK enum nf_status nf_pipeline_load(struct nf_pipeline *pipeline, uint64_t len, nf_move *get, void *context,
                                              struct nf_error *error);
NF_MUST_CHECK enum nf_status nf_pipeline_save(const struct nf_pipeline *pipeline, nf_move *put, void *context);

/* What was done so far, of what is written. */
struct nf_counts nf_pipeline_counts(const struct nf_pipeline *pipeline);

#endif
