/*
 * blocks.c: the output of files does not depend on how they are fed or on how many threads work, and cleaning clean
 * text changes nothing.
 * Run by run_cases.py over every case and sample: blocks FILE... Its last line is newsfold-tests: P passed, F failed.
 */
#include <stdio.h>

#include <newsfold/pipeline.h>
#include <newsfold/rules.h>

#include "base/buf.h"

#define EXCERPT 80
#define ROUNDS 8

/* The ways a file is run in. Idempotence is for those whose output is the clean text of one document. */
static const struct {
    const char *name;
    struct nf_options options;
    bool idempotent;
} ways[] = {
    {"default", {.max_document = NF_MAX_DOCUMENT_DEFAULT}, true},
    {"exact", {.max_document = NF_MAX_DOCUMENT_DEFAULT, .exact = true}, true},
    {"line", {.max_document = NF_MAX_DOCUMENT_DEFAULT, .paragraphs = NF_PARAGRAPHS_LINE}, true},
    {"separator", {.max_document = NF_MAX_DOCUMENT_DEFAULT, .separator = "^(?:[-=*_]{3,}|#\\d+)$"}, false},
    {"4 KiB documents", {.max_document = NF_MAX_DOCUMENT_LEAST}, false},
    {"explain", {.max_document = NF_MAX_DOCUMENT_DEFAULT, .output = NF_OUTPUT_EXPLAIN_JSONL}, false},
};

static struct nf_rules *rules;
static unsigned passed, failed;

static enum nf_status keep_output(void *context, const char *bytes, size_t len)
{
    nf_buf_add(context, bytes, len);
    return NF_OK;
}

static struct nf_pipeline *open_pipeline(size_t way, unsigned jobs, struct nf_buf *out)
{
    struct nf_options options = ways[way].options;
    struct nf_sink sink = {.context = out, .write = keep_output};
    struct nf_pipeline *pipeline = NULL;
    options.rules = rules;
    options.jobs = jobs;
    out->len = 0;
    return nf_pipeline_new(&options, &sink, &pipeline, NULL) == NF_OK ? pipeline : NULL;
}

/* A block is put where the pipeline would have it, if it says where: the command line reads so. */
static enum nf_status feed_block(struct nf_pipeline *pipeline, struct nf_span block)
{
    char *room = nf_pipeline_room(pipeline, block.len);
    if (room)
        memcpy(room, block.data, block.len);
    return nf_pipeline_feed(pipeline, room ? room : block.data, block.len);
}

static enum nf_status feed(struct nf_pipeline *pipeline, struct nf_span text, size_t block)
{
    enum nf_status status = NF_OK;
    nf_pipeline_begin(pipeline, "input", NULL);
    for (size_t at = 0; at < text.len && status == NF_OK; at += block)
        status = feed_block(pipeline, nf_span(text.data + at, text.len - at < block ? text.len - at : block));
    return status == NF_OK ? nf_pipeline_end(pipeline, true) : status;
}

static bool close_pipeline(struct nf_pipeline *pipeline, enum nf_status status)
{
    if (status == NF_OK)
        status = nf_pipeline_flush(pipeline);
    nf_pipeline_free(pipeline);
    return status == NF_OK;
}

static bool run(size_t way, struct nf_span text, size_t block, struct nf_buf *out)
{
    struct nf_pipeline *pipeline = open_pipeline(way, 1, out);
    return pipeline && close_pipeline(pipeline, feed(pipeline, text, block));
}

static void show(const char *which, const struct nf_buf *text, size_t at)
{
    size_t len = text->len - at < EXCERPT ? text->len - at : EXCERPT;
    printf("    %s: %.*s\n", which, (int)len, text->data ? text->data + at : "");
}

/* From the start of the line in which they differ. */
static void compare(const char *file, const char *way, const char *what, size_t number, const struct nf_buf *want,
                    const struct nf_buf *got)
{
    size_t at = 0;
    if (nf_span_equal(nf_buf_span(want), nf_buf_span(got))) {
        passed++;
        return;
    }
    failed++;
    while (at < want->len && at < got->len && want->data[at] == got->data[at])
        at++;
    while (at > 0 && at <= want->len && want->data[at - 1] != '\n')
        at--;
    printf("FAILED %s, %s: %s (%zu)\n", file, way, what, number);
    show("first", want, at);
    show("then ", got, at);
}

static void check_file(const char *file, struct nf_span text)
{
    static const size_t blocks[] = {1, 7, 4096};
    struct nf_buf whole = {0}, other = {0};
    for (size_t way = 0; way < sizeof ways / sizeof *ways; way++) {
        bool good = run(way, text, text.len, &whole);
        for (size_t i = 0; good && i < sizeof blocks / sizeof *blocks; i++) {
            good = run(way, text, blocks[i], &other);
            compare(file, ways[way].name, "another output, blocks", blocks[i], &whole, &other);
        }
        if (good && ways[way].idempotent) {
            good = run(way, nf_buf_span(&whole), whole.len, &other);
            compare(file, ways[way].name, "cleaning its output changes it", whole.len, &whole, &other);
        }
        if (!good) {
            failed++;
            printf("FAILED %s, %s: the pipeline failed\n", file, ways[way].name);
        }
    }
    nf_buf_release(&whole);
    nf_buf_release(&other);
}

static bool read_whole(const char *path, struct nf_buf *text)
{
    FILE *file = fopen(path, "rb");
    size_t len = 1;
    text->len = 0;
    while (file && len > 0) {
        len = fread(nf_buf_reserve(text, 65536), 1, 65536, file);
        text->len += len;
    }
    bool good = file && !ferror(file);
    if (file)
        fclose(file);
    return good;
}

/* All files as the inputs of one run, so often that there are batches for all threads. */
static bool run_all(size_t way, unsigned jobs, char **files, struct nf_buf *out)
{
    struct nf_pipeline *pipeline = open_pipeline(way, jobs, out);
    struct nf_buf text = {0};
    enum nf_status status = pipeline ? NF_OK : NF_EREAD;
    for (size_t round = 0; round < ROUNDS; round++)
        for (size_t i = 0; status == NF_OK && files[i]; i++)
            if (read_whole(files[i], &text))
                status = feed(pipeline, nf_buf_span(&text), 1000);
    nf_buf_release(&text);
    return pipeline && close_pipeline(pipeline, status);
}

static void check_jobs(char **files)
{
    static const unsigned jobs[] = {2, 3, 8};
    struct nf_buf one = {0}, other = {0};
    for (size_t way = 0; way < sizeof ways / sizeof *ways; way++) {
        bool good = run_all(way, 1, files, &one);
        for (size_t i = 0; good && i < sizeof jobs / sizeof *jobs; i++) {
            good = run_all(way, jobs[i], files, &other);
            compare("all files", ways[way].name, "another output with more threads", jobs[i], &one, &other);
        }
        if (!good) {
            failed++;
            printf("FAILED all files, %s: the pipeline failed\n", ways[way].name);
        }
    }
    nf_buf_release(&one);
    nf_buf_release(&other);
}

int main(int argc, char **argv)
{
    struct nf_buf text = {0};
    rules = nf_rules_new();
    nf_rules_add_builtin(rules);
    for (int i = 1; i < argc; i++) {
        if (read_whole(argv[i], &text)) {
            check_file(argv[i], nf_buf_span(&text));
        } else {
            failed++;
            printf("FAILED %s: cannot be read\n", argv[i]);
        }
    }
    check_jobs(argv + 1);
    nf_buf_release(&text);
    nf_rules_free(rules);
    printf("newsfold-tests: %u passed, %u failed\n", passed, failed);
    return failed != 0;
}
