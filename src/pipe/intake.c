/*
 * intake.c: the first steps of an input.
 * Used by the pipeline.
 */
#include "pipe/intake.h"

#include "adapt/regex.h"
#include "base/alloc.h"

/* Most pages fit. Small ones, of which a batch has many, give back what they do not fill. */
#define PAGE_LEN ((size_t)200 << 10)

static struct nf_entry *add_entry(struct nf_intake *intake, enum nf_entry_kind kind)
{
    return nf_batch_add(nf_workers_open(intake->workers), kind, intake->input);
}

/* A document without paragraphs; the memory of former ones stays. */
static void set_document(struct nf_entry *entry, struct nf_document document)
{
    document.paragraphs = entry->document.paragraphs;
    document.capacity = entry->document.capacity;
    document.sources = entry->document.sources;
    document.source_capacity = entry->document.source_capacity;
    entry->document = document;
}

static void take_text(void *context, const struct nf_document *document)
{
    struct nf_intake *intake = context;
    struct nf_entry *entry = add_entry(intake, NF_ENTRY_TEXT);
    entry->from = (size_t)(document->bytes.data - intake->text.text.data);
    set_document(entry, *document);
}

static void add_problem(struct nf_intake *intake, const struct nf_error *problem, bool of_record)
{
    struct nf_entry *entry = add_entry(intake, NF_ENTRY_PROBLEM);
    entry->problem = nf_alloc(sizeof *problem);
    *entry->problem = *problem;
    entry->of_record = of_record;
}

static void take_cut(void *context, const struct nf_cut *cut)
{
    struct nf_intake *intake = context;
    if (cut->kind == NF_CUT_ERROR) {
        add_problem(intake, &cut->error, true);
        return;
    }
    bool part = cut->kind == NF_CUT_PART, warc = intake->records.kind == NF_RECORDS_WARC;
    struct nf_entry *entry = add_entry(intake, part ? NF_ENTRY_PART : warc ? NF_ENTRY_WARC : NF_ENTRY_JSONL);
    entry->from = (size_t)(cut->bytes.data - intake->records.bytes.data);
    entry->offset = cut->offset;
    entry->damaged = cut->damaged;
    entry->continues = part && intake->records.in_part;
    entry->record = (struct nf_record){.number = cut->number, .whole = cut->bytes};
    set_document(entry, (struct nf_document){.name = intake->input->name, .first_line = 1});
}

enum nf_status nf_intake_init(struct nf_intake *intake, const struct nf_options *options, struct nf_error *error)
{
    const char *separator = options->separator;
    intake->options = options;
    intake->text.put = take_text;
    intake->text.context = intake->records.context = intake;
    intake->text.max_document = options->max_document;
    intake->records.put = take_cut;
    intake->records.max_record = options->max_record;
    if (!separator)
        return NF_OK;
    return nf_regex_new(nf_span(separator, strlen(separator)), NF_REGEX_CASE | NF_REGEX_SEARCH,
                        &intake->text.separator, error);
}

void nf_intake_release(struct nf_intake *intake)
{
    nf_regex_free(intake->text.separator);
    nf_text_reader_release(&intake->text);
    nf_record_reader_release(&intake->records);
    nf_unpacker_release(&intake->unpacker);
    nf_buf_release(&intake->held);
}

static enum nf_looks_like expected(const struct nf_intake *intake, const char *name)
{
    switch (intake->options->format) {
    case NF_FORMAT_TEXT: return NF_LOOKS_LIKE_TEXT;
    case NF_FORMAT_HTML: return NF_LOOKS_LIKE_HTML;
    case NF_FORMAT_JSONL: return NF_LOOKS_LIKE_JSONL;
    case NF_FORMAT_WARC: return NF_LOOKS_LIKE_WARC;
    default: return nf_name_looks(name);
    }
}

/* It is known what it is: the readers are told. */
static void set_looks(struct nf_intake *intake, enum nf_looks_like looks)
{
    intake->looks = looks;
    if (looks == NF_LOOKS_LIKE_JSONL || looks == NF_LOOKS_LIKE_WARC)
        nf_record_reader_start(&intake->records, looks == NF_LOOKS_LIKE_WARC ? NF_RECORDS_WARC : NF_RECORDS_JSONL);
    if (looks == NF_LOOKS_LIKE_WARC || looks == NF_LOOKS_LIKE_HTML)
        nf_flow_expect_pages(intake->flow);
}

void nf_intake_begin(struct nf_intake *intake, const char *name, void *user)
{
    intake->input = nf_flow_open(intake->flow, name, user);
    intake->held.len = 0;
    intake->broken = false;
    nf_unpacker_start(&intake->unpacker);
    nf_text_reader_start(&intake->text, intake->input->name);
    set_looks(intake, expected(intake, name));
    add_entry(intake, NF_ENTRY_BEGIN);
}

static void hold(struct nf_intake *intake, struct nf_span bytes)
{
    struct nf_buf *held = &intake->held;
    if (!held->capacity)
        *held = nf_batch_take(nf_workers_open(intake->workers));
    if (!held->capacity)
        nf_buf_reserve(held, PAGE_LEN);
    nf_buf_add(held, bytes.data, bytes.len);
}

/* Text and records are read on as they come; a page, and what may be one, waits. */
static void take_known(struct nf_intake *intake, struct nf_span bytes)
{
    switch (intake->looks) {
    case NF_LOOKS_LIKE_TEXT:
        nf_text_reader_feed(&intake->text, bytes.data, bytes.len);
        break;
    case NF_LOOKS_LIKE_JSONL:
    case NF_LOOKS_LIKE_WARC:
        nf_record_reader_feed(&intake->records, bytes.data, bytes.len);
        break;
    default:
        hold(intake, bytes);
        break;
    }
}

static void look(struct nf_intake *intake, bool whole)
{
    enum nf_looks_like looks = nf_bytes_look(nf_buf_span(&intake->held), whole);
    set_looks(intake, looks);
    if (looks == NF_LOOKS_UNDECIDED || looks == NF_LOOKS_LIKE_HTML)
        return;
    take_known(intake, nf_buf_span(&intake->held));
    intake->held.len = 0;
}

static void take_bytes(struct nf_intake *intake, struct nf_span bytes)
{
    bool undecided = intake->looks == NF_LOOKS_UNDECIDED;
    if (intake->unpacker.inflater)
        intake->input->counts.bytes_unpacked += bytes.len;
    take_known(intake, bytes);
    if (undecided)
        look(intake, false);
}

/* What came before is done all the same. */
static void break_off(struct nf_intake *intake, const struct nf_error *problem)
{
    add_problem(intake, problem, false);
    intake->broken = true;
}

/* A block that is taken in pieces may lose its place between them. */
char *nf_intake_room(struct nf_intake *intake, size_t len)
{
    bool as_it_comes = intake->unpacker.known && !intake->unpacker.inflater && !intake->broken;
    if (!as_it_comes || intake->looks != NF_LOOKS_LIKE_TEXT || len > NF_PIECE_LEN)
        return NULL;
    return nf_text_reader_room(&intake->text, len);
}

bool nf_intake_take(struct nf_intake *intake, struct nf_span *in)
{
    struct nf_error error = {0};
    struct nf_span out;
    size_t left = in->len;
    if (intake->broken || intake->input->stopped)
        return false;
    enum nf_status status = nf_unpacker_take(&intake->unpacker, intake->options->max_expansion, in, &out, &error);
    if (out.len)
        take_bytes(intake, out);
    if (status != NF_OK)
        break_off(intake, &error);
    return status == NF_OK && (out.len || in->len != left);
}

/* An HTML input is one document. */
static void take_page(struct nf_intake *intake)
{
    struct nf_entry *entry = add_entry(intake, NF_ENTRY_PAGE);
    set_document(entry, (struct nf_document){.name = intake->input->name});
    nf_buf_release(&entry->bytes);
    if (intake->held.len < PAGE_LEN / 4)
        nf_buf_fit(&intake->held);
    entry->bytes = intake->held;
    nf_workers_open(intake->workers)->page_len += entry->bytes.len;
    intake->held = (struct nf_buf){0};
}

static void end_packed(struct nf_intake *intake)
{
    struct nf_error error = {0};
    struct nf_span held;
    enum nf_status status = nf_unpacker_end(&intake->unpacker, &held, &error);
    if (held.len && !intake->broken)
        take_bytes(intake, held);
    if (status != NF_OK && !intake->broken)
        break_off(intake, &error);
    if (!intake->unpacker.inflater)
        return;
    intake->input->counts.packed++;
    intake->input->input.packed = true;
    uint64_t garbage = nf_inflater_garbage(intake->unpacker.inflater);
    if (!garbage || intake->broken)
        return;
    nf_fail(&error, NF_OK, 0, "%llu bytes behind the packed data were ignored", (unsigned long long)garbage);
    add_problem(intake, &error, false);
}

void nf_intake_end(struct nf_intake *intake, bool complete)
{
    end_packed(intake);
    if (intake->looks == NF_LOOKS_UNDECIDED)
        look(intake, true);
    if (intake->held.len)
        take_page(intake);
    nf_text_reader_finish(&intake->text);
    bool records = intake->looks == NF_LOOKS_LIKE_JSONL || intake->looks == NF_LOOKS_LIKE_WARC;
    if (records)
        nf_record_reader_finish(&intake->records);
    struct nf_entry *end = add_entry(intake, NF_ENTRY_END);
    end->replaced = intake->text.decoder.replaced;
    end->skipped = records ? intake->records.skipped : 0;
    intake->input->input.complete = complete && !intake->broken;
    intake->input = NULL;
}

size_t nf_intake_len(const struct nf_intake *intake)
{
    return intake->text.start + intake->records.start + nf_workers_open(intake->workers)->page_len;
}

/* The views can be set now that the bytes do not move any more. */
void nf_intake_seal(struct nf_intake *intake, struct nf_batch *batch)
{
    nf_text_reader_take(&intake->text, &batch->text);
    nf_record_reader_take(&intake->records, &batch->records);
    for (size_t i = 0; i < batch->count; i++) {
        struct nf_entry *entry = &batch->entry[i];
        if (entry->kind == NF_ENTRY_TEXT)
            entry->document.bytes.data = batch->text.data + entry->from;
        else if (entry->kind == NF_ENTRY_JSONL || entry->kind == NF_ENTRY_WARC || entry->kind == NF_ENTRY_PART)
            entry->record.whole.data = batch->records.data + entry->from;
    }
}
