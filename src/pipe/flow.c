/*
 * flow.c: the order of the stages, and the counting.
 * Used by the pipeline.
 */
#include "pipe/flow.h"

#include "adapt/html.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "pipe/record.h"
#include "stage/digest_keys.h"
#include "stage/fold.h"
#include "stage/learn.h"
#include "stage/page.h"
#include "stage/split.h"
#include "stage/strip.h"
#include "stage/write.h"
#include "stage/write_report.h"

/* What a thread needs to itself. */
struct worker {
    uint64_t stage_ns[NF_STAGE_COUNT];
    struct nf_page page;
    struct nf_stripper stripper;
    struct nf_normaliser normaliser;
    struct nf_key key;
};

struct nf_flow {
    const struct nf_options *options;
    struct nf_sink sink;
    struct worker *worker;
    unsigned workers;
    struct nf_html *html;       /* the parser, which the workers share */
    bool expects_pages;
    struct nf_fold *fold;
    struct nf_titles titles;
    struct nf_writer writer;
    struct nf_learner learner;
    struct nf_writer removed;   /* writes aside */
    struct nf_report *report;   /* or NULL */
    uint64_t documents;
    struct nf_counts counts;
    struct nf_open_input *first, *last;     /* they end in the order they began */
};

static bool explains(const struct nf_options *options)
{
    return options->output == NF_OUTPUT_EXPLAIN || options->output == NF_OUTPUT_EXPLAIN_JSONL;
}

static enum nf_status take_output(void *context)
{
    return nf_flow_flush(context);
}

struct nf_flow *nf_flow_new(const struct nf_options *options, unsigned workers, const struct nf_sink *sink)
{
    struct nf_flow *flow = nf_alloc_zero(1, sizeof *flow);
    flow->options = options;
    flow->sink = *sink;
    flow->workers = workers;
    flow->worker = nf_alloc_zero(workers, sizeof *flow->worker);
    for (unsigned i = 0; i < workers; i++) {
        flow->worker[i].page.kept_categories = options->kept_categories;
        flow->worker[i].page.name_elements = explains(options);
        flow->worker[i].stripper.rules = options->rules;
        flow->worker[i].stripper.kept_categories = options->kept_categories;
    }
    flow->fold = nf_fold_new(options->exact, options->scope);
    nf_fold_limit(flow->fold, options->max_memory);
    nf_learner_init(&flow->learner);
    if (explains(options) || options->report)
        nf_fold_name_sources(flow->fold);
    flow->writer.take = take_output;
    flow->writer.context = flow;
    flow->writer.rules = options->rules;
    flow->writer.titles = &flow->titles;
    flow->writer.color = options->color;
    flow->writer.text_field = options->text_field;
    flow->writer.url_field = options->url_field;
    if (options->report)
        flow->report = nf_report_new(options->rules);
    return flow;
}

static void release_worker(struct worker *worker)
{
    nf_page_release(&worker->page);
    nf_stripper_release(&worker->stripper);
    nf_normaliser_release(&worker->normaliser);
    nf_key_release(&worker->key);
}

struct nf_open_input *nf_flow_open(struct nf_flow *flow, const char *name, void *user)
{
    size_t len = strlen(name) + 1;
    struct nf_open_input *input = nf_alloc_zero(1, sizeof *input);
    input->name = memcpy(nf_alloc(len), name, len);
    input->input = (struct nf_input){.name = input->name, .user = user};
    *(flow->first ? &flow->last->next : &flow->first) = input;
    flow->last = input;
    return input;
}

static void close_first(struct nf_flow *flow)
{
    struct nf_open_input *input = flow->first;
    flow->first = input->next;
    nf_free(input->name);
    nf_free(input);
}

void nf_flow_free(struct nf_flow *flow)
{
    if (!flow)
        return;
    for (unsigned i = 0; i < flow->workers; i++)
        release_worker(&flow->worker[i]);
    nf_free(flow->worker);
    nf_html_free(flow->html);
    nf_fold_free(flow->fold);
    while (flow->first)
        close_first(flow);
    for (size_t i = 0; i < flow->titles.count; i++)
        nf_free(flow->titles.name[i]);
    nf_free(flow->titles.name);
    nf_buf_release(&flow->writer.out);
    nf_buf_release(&flow->writer.text);
    nf_learner_release(&flow->learner);
    nf_buf_release(&flow->removed.out);
    nf_report_free(flow->report);
    nf_free(flow);
}

/* Without the parser, each page says that it could not be read. */
void nf_flow_expect_pages(struct nf_flow *flow)
{
    if (flow->expects_pages)
        return;
    flow->expects_pages = true;
    if (nf_html_new(&flow->html, NULL) != NF_OK)
        return;
    for (unsigned i = 0; i < flow->workers; i++)
        flow->worker[i].page.html = flow->html;
}

/* A page's text stays with the batch while the worker goes on to its next page. */
static void read_page(struct worker *worker, struct nf_entry *entry, struct nf_span charset)
{
    worker->page.charset = charset;
    nf_page_read(&worker->page, &entry->bytes, &entry->own_text, &entry->document);
    entry->replaced = worker->page.replaced;
    entry->flat = worker->page.flat;
    entry->empty = worker->page.empty;
}

/* Since *began, for a stage; then the next one begins. */
static void add_time(const struct nf_flow *flow, uint64_t *stage_ns, enum nf_stage stage, uint64_t *began)
{
    if (!flow->options->timed)
        return;
    uint64_t now = nf_clock_ns();
    stage_ns[stage] += now - *began;
    *began = now;
}

static void work_on(const struct nf_flow *flow, struct worker *worker, struct nf_entry *entry)
{
    struct nf_document *document = &entry->document;
    struct nf_span charset = {"", 0};
    uint64_t began = flow->options->timed ? nf_clock_ns() : 0;
    if (entry->kind == NF_ENTRY_JSONL || entry->kind == NF_ENTRY_WARC)
        nf_record_read(flow->options, entry, &charset);
    add_time(flow, worker->stage_ns, NF_STAGE_RECORD, &began);
    if (entry->no_document)
        return;
    if (entry->page)
        read_page(worker, entry, charset);
    else
        nf_split(document, flow->options->paragraphs);
    add_time(flow, worker->stage_ns, entry->page ? NF_STAGE_PAGE : NF_STAGE_SPLIT, &began);
    nf_strip(&worker->stripper, document);
    add_time(flow, worker->stage_ns, NF_STAGE_STRIP, &began);
    nf_digest_keys(document, &worker->normaliser, &worker->key, flow->options->exact ? NULL : &entry->words);
    add_time(flow, worker->stage_ns, NF_STAGE_DIGEST, &began);
}

static bool holds_document(enum nf_entry_kind kind)
{
    return kind == NF_ENTRY_TEXT || kind == NF_ENTRY_PAGE || kind == NF_ENTRY_JSONL || kind == NF_ENTRY_WARC;
}

void nf_flow_work(void *context, unsigned worker, struct nf_batch *batch)
{
    struct nf_flow *flow = context;
    for (size_t i = 0; i < batch->count; i++) {
        if (!holds_document(batch->entry[i].kind))
            continue;
        work_on(flow, &flow->worker[worker], &batch->entry[i]);
        nf_batch_keep(batch, &batch->entry[i].bytes);
    }
}

static void count(struct nf_counts *counts, const struct nf_document *document)
{
    counts->documents += !document->continues;
    counts->cut += document->continues;
    counts->paragraphs += document->count;
    for (size_t i = 0; i < document->count; i++) {
        const struct nf_paragraph *paragraph = &document->paragraphs[i];
        counts->kept += paragraph->verdict == NF_KEEP;
        counts->repeat_exact += paragraph->verdict == NF_REPEAT && !paragraph->near;
        counts->repeat_near += paragraph->verdict == NF_REPEAT && paragraph->near;
        counts->boilerplate[paragraph->category] += paragraph->verdict == NF_BOILERPLATE;
        counts->moved += paragraph->moved;
    }
}

static void add_counts(struct nf_counts *sum, const struct nf_counts *more)
{
    sum->documents += more->documents;
    sum->cut += more->cut;
    sum->paragraphs += more->paragraphs;
    sum->kept += more->kept;
    sum->repeat_exact += more->repeat_exact;
    sum->repeat_near += more->repeat_near;
    for (int i = 0; i < NF_CATEGORY_COUNT; i++)
        sum->boilerplate[i] += more->boilerplate[i];
    sum->moved += more->moved;
    sum->pages += more->pages;
    sum->flat += more->flat;
    sum->empty += more->empty;
    sum->replaced += more->replaced;
    sum->emptied += more->emptied;
    sum->bytes_in += more->bytes_in;
    sum->packed += more->packed;
    sum->bytes_unpacked += more->bytes_unpacked;
    sum->records += more->records;
    sum->no_text += more->no_text;
    sum->skipped += more->skipped;
    sum->bad += more->bad;
}

/* Only --explain asks for the names of earlier documents. */
static void keep_title(struct nf_flow *flow, const struct nf_document *document)
{
    struct nf_titles *titles = &flow->titles;
    size_t len = strlen(document->name) + 1;
    if (flow->options->output != NF_OUTPUT_EXPLAIN)
        return;
    titles->name = nf_grow(titles->name, &titles->capacity, titles->count + 1, sizeof *titles->name);
    titles->name[titles->count++] = memcpy(nf_alloc(len), document->name, len);
}

static void write_result(struct nf_flow *flow, const struct nf_document *document)
{
    enum nf_to to = flow->options->to;
    if (to != NF_TO_TEXT && document->record && document->record->text.data)
        nf_write_record(&flow->writer, document);
    else if (to == NF_TO_JSONL)
        nf_write_object(&flow->writer, document);
    else
        nf_write_clean(&flow->writer, document);
}

static void write_document(struct nf_flow *flow, const struct nf_document *document)
{
    switch (flow->options->output) {
    case NF_OUTPUT_CLEAN: write_result(flow, document); break;
    case NF_OUTPUT_EXPLAIN: nf_write_explain(&flow->writer, document); break;
    case NF_OUTPUT_EXPLAIN_JSONL: nf_write_explain_jsonl(&flow->writer, document); break;
    case NF_OUTPUT_RULES: nf_learn_document(&flow->learner, document); break;
    case NF_OUTPUT_DIFF: nf_write_diff(&flow->writer, document); break;
    case NF_OUTPUT_NONE: break;
    }
    if (flow->options->removed)
        nf_write_removed(&flow->removed, document);
    if (flow->report)
        nf_report_add(flow->report, document);
}

static enum nf_status flush_aside(struct nf_flow *flow, enum nf_aside which, struct nf_buf *out)
{
    enum nf_status status = out->len ? flow->sink.aside(flow->sink.context, which, out->data, out->len) : NF_OK;
    out->len = 0;
    return status;
}

enum nf_status nf_flow_flush(struct nf_flow *flow)
{
    struct nf_buf *out = &flow->writer.out;
    enum nf_status aside = flush_aside(flow, NF_ASIDE_REMOVED, &flow->removed.out);
    if (!out->len || aside != NF_OK)
        return aside;
    enum nf_status status = flow->sink.write(flow->sink.context, out->data, out->len);
    flow->counts.bytes_out += out->len;
    out->len = 0;
    return status;
}

static enum nf_status flush_full(struct nf_flow *flow)
{
    if (flow->writer.status != NF_OK)
        return flow->writer.status;
    return flow->writer.out.len + flow->removed.out.len >= NF_WRITE_LEN ? nf_flow_flush(flow) : NF_OK;
}

static enum nf_status finish_document(struct nf_flow *flow, struct nf_entry *entry)
{
    struct nf_document *document = &entry->document;
    struct nf_counts *counts = &entry->input->counts;
    uint64_t began = flow->options->timed ? nf_clock_ns() : 0;
    document->number = flow->documents++;
    if (entry->kind == NF_ENTRY_TEXT) {
        document->first_line = 1 + entry->input->feeds;
        entry->input->feeds += document->feeds;
    }
    counts->pages += entry->page;
    counts->flat += entry->flat;
    counts->empty += entry->empty;
    counts->replaced += entry->replaced;
    keep_title(flow, document);
    nf_fold_document(flow->fold, document, flow->options->exact ? NULL : &entry->words);
    add_time(flow, flow->counts.stage_ns, NF_STAGE_FOLD, &began);
    count(counts, document);
    write_document(flow, document);
    enum nf_status status = flush_full(flow);
    add_time(flow, flow->counts.stage_ns, NF_STAGE_WRITE, &began);
    return status;
}

/* Outputs that are told apart begin afresh. */
static enum nf_status begin_input(struct nf_flow *flow, const struct nf_input *input)
{
    flow->counts.inputs++;
    if (flow->sink.begin || flow->options->output == NF_OUTPUT_DIFF)
        nf_writer_restart(&flow->writer);
    return !flow->sink.begin ? NF_OK : flow->sink.begin(flow->sink.context, input);
}

static enum nf_status end_input(struct nf_flow *flow, const struct nf_entry *entry)
{
    struct nf_open_input *input = entry->input;
    enum nf_status status = flow->sink.begin ? nf_flow_flush(flow) : NF_OK;
    input->input.complete = input->input.complete && !input->stopped;
    input->counts.replaced += entry->replaced;
    input->counts.records += entry->skipped;
    input->counts.skipped += entry->skipped;
    input->counts.emptied = input->counts.paragraphs && !input->counts.kept;
    add_counts(&flow->counts, &input->counts);
    if (status == NF_OK && flow->sink.end)
        status = flow->sink.end(flow->sink.context, &input->input, &input->counts);
    close_first(flow);
    return status;
}

/* The lines of JSONL that are no document, as they came. */
static enum nf_status pass_through(struct nf_flow *flow, const struct nf_entry *entry)
{
    if (flow->options->output == NF_OUTPUT_CLEAN && flow->options->to != NF_TO_TEXT)
        nf_write_raw(&flow->writer, entry->record.whole, entry->continues);
    return flush_full(flow);
}

static void tell_problem(struct nf_flow *flow, const struct nf_entry *entry)
{
    struct nf_open_input *input = entry->input;
    bool of_record = entry->kind != NF_ENTRY_PROBLEM || entry->of_record;
    input->counts.bad += of_record;
    if (flow->sink.problem)
        flow->sink.problem(flow->sink.context, &input->input, entry->problem);
    if (!of_record || flow->options->on_error != NF_ON_ERROR_STOP)
        return;
    input->stopped = true;
}

static enum nf_status finish_record(struct nf_flow *flow, struct nf_entry *entry)
{
    struct nf_counts *counts = &entry->input->counts;
    counts->records += !entry->blank;
    if (entry->problem)
        tell_problem(flow, entry);
    if ((entry->problem || entry->damaged) && flow->options->on_error != NF_ON_ERROR_PASS)
        return NF_OK;
    if (!entry->no_document)
        return finish_document(flow, entry);
    if (entry->kind == NF_ENTRY_WARC) {
        counts->skipped += !entry->problem;
        return NF_OK;
    }
    counts->no_text += !entry->blank && !entry->problem;
    return pass_through(flow, entry);
}

static enum nf_status finish_entry(struct nf_flow *flow, struct nf_entry *entry)
{
    if (entry->input->stopped && entry->kind != NF_ENTRY_END)
        return NF_OK;
    switch (entry->kind) {
    case NF_ENTRY_BEGIN: return begin_input(flow, &entry->input->input);
    case NF_ENTRY_END: return end_input(flow, entry);
    case NF_ENTRY_PART:
        return flow->options->on_error == NF_ON_ERROR_SKIP ? NF_OK : pass_through(flow, entry);
    case NF_ENTRY_PROBLEM:
        tell_problem(flow, entry);
        return NF_OK;
    case NF_ENTRY_JSONL:
    case NF_ENTRY_WARC:
        return finish_record(flow, entry);
    default: return finish_document(flow, entry);
    }
}

enum nf_status nf_flow_finish(void *context, struct nf_batch *batch)
{
    enum nf_status status = NF_OK;
    for (size_t i = 0; i < batch->count && status == NF_OK; i++)
        status = finish_entry(context, &batch->entry[i]);
    return status;
}

enum nf_status nf_flow_load(struct nf_flow *flow, uint64_t len, nf_move *get, void *context, struct nf_error *error)
{
    return nf_fold_load(flow->fold, nf_rules_fingerprint(flow->options->rules), len, get, context, error);
}

enum nf_status nf_flow_save(const struct nf_flow *flow, nf_move *put, void *context)
{
    return nf_fold_save(flow->fold, nf_rules_fingerprint(flow->options->rules), put, context);
}

enum nf_status nf_flow_conclude(struct nf_flow *flow)
{
    struct nf_buf page = {0};
    if (flow->options->output == NF_OUTPUT_RULES) {
        nf_learned_rules(&flow->learner, &flow->writer.out);
        return nf_flow_flush(flow);
    }
    if (!flow->report)
        return NF_OK;
    struct nf_counts counts = nf_flow_counts(flow);
    nf_report_finish(flow->report, &counts, &page);
    enum nf_status status = flush_aside(flow, NF_ASIDE_REPORT, &page);
    nf_buf_release(&page);
    return status;
}

struct nf_counts nf_flow_counts(const struct nf_flow *flow)
{
    struct nf_counts counts = flow->counts;
    struct nf_fold_size size = nf_fold_size(flow->fold);
    for (unsigned i = 0; i < flow->workers; i++)
        for (int stage = 0; stage < NF_STAGE_COUNT; stage++)
            counts.stage_ns[stage] += flow->worker[i].stage_ns[stage];
    counts.unique = size.paragraphs;
    counts.exact_bytes = size.exact_bytes;
    counts.near_bytes = size.near_bytes;
    counts.near_forgotten = size.near_forgotten;
    counts.unremembered = size.unremembered;
    return counts;
}
