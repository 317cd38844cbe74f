/*
 * record.c: records, read.
 * Used by the flow.
 */
#include "pipe/record.h"

#include "base/alloc.h"
#include "stage/read_jsonl.h"
#include "stage/read_warc.h"
#include "text/charset.h"
#include "text/json_string.h"

#define MARK "\xEF\xBB\xBF"

static void add_problem(struct nf_entry *entry, const struct nf_error *error)
{
    entry->problem = nf_alloc(sizeof *error);
    *entry->problem = *error;
}

/* The text of a value that may be no string. Of an array or object only its bracket is known: it has none. */
static void add_value(struct nf_buf *out, const struct nf_jsonl_value *value)
{
    if (!value->raw.data)
        return;
    if (value->string || !memchr("{[", value->raw.data[0], 2))
        nf_json_string_decode(value->raw, out);
}

static void set_known_as(struct nf_entry *entry, const struct nf_jsonl_value *id, const struct nf_jsonl_value *url)
{
    entry->known_as.len = 0;
    add_value(&entry->known_as, id);
    size_t len = entry->known_as.len;
    add_value(&entry->known_as, url);
    struct nf_span both = nf_buf_span(&entry->known_as);
    entry->record.id = nf_span(both.data, len);
    entry->record.url = nf_span(both.data + len, both.len - len);
}

static void read_jsonl(const struct nf_options *options, struct nf_entry *entry)
{
    const char *const names[NF_JSONL_FIELDS] = {options->text_field, options->id_field, options->url_field};
    struct nf_jsonl_value value[NF_JSONL_FIELDS];
    struct nf_record *record = &entry->record;
    struct nf_span line = record->whole;
    struct nf_error error = {0};
    if (record->number == 1 && line.len >= 3 && memcmp(line.data, MARK, 3) == 0)
        line = nf_span(line.data + 3, line.len - 3);
    entry->no_document = true;
    entry->blank = nf_jsonl_is_blank(line);
    if (entry->blank)
        return;
    if (nf_jsonl_read(line, names, value, &error) != NF_OK) {
        error.line = record->number;
        add_problem(entry, &error);
        return;
    }
    if (!value[NF_JSONL_TEXT].string)
        return;
    entry->no_document = false;
    record->text = value[NF_JSONL_TEXT].raw;
    set_known_as(entry, &value[NF_JSONL_ID], &value[NF_JSONL_URL]);
    entry->own_text.len = 0;
    uint64_t replaced = nf_json_string_decode(record->text, &entry->own_text);
    bool stays = options->output == NF_OUTPUT_CLEAN && options->to != NF_TO_TEXT;
    entry->replaced = stays ? 0 : replaced;         /* the record is written with the bytes it had */
}

static void set_address(struct nf_entry *entry, const struct nf_warc_header *header)
{
    struct nf_jsonl_value id = {nf_span("", 0), true}, url = {header->uri, true};
    if (memchr(header->uri.data, '\\', header->uri.len))
        url.raw.len = 0;            /* no address has one, and it would be taken for an escape */
    set_known_as(entry, &id, &url);
}

/* A body that cannot be unpacked wholly gives what could be had. */
static void read_warc(const struct nf_options *options, struct nf_entry *entry, struct nf_span *charset)
{
    struct nf_warc_limits limits = {options->max_expansion, options->max_record};
    struct nf_warc_header header = {0};
    enum nf_warc_content content;
    struct nf_buf body = {0};
    struct nf_error error = {0}, where = {0};
    enum nf_status status = nf_warc_read(entry->record.whole, &limits, &header, &content, charset, &body, &error);
    if (status != NF_OK) {
        nf_fail(&where, status, 0, "byte %llu: %s", (unsigned long long)entry->offset, error.text);
        add_problem(entry, &where);
    }
    entry->no_document = content == NF_WARC_SKIP || !body.len;
    entry->page = content == NF_WARC_PAGE;
    if (!entry->no_document)
        set_address(entry, &header);
    nf_buf_release(&entry->bytes);
    entry->own_text.len = 0;
    if (entry->page && !entry->no_document) {
        entry->bytes = body;
        return;
    }
    if (!entry->no_document)
        entry->replaced = nf_charset_decode(&body, *charset, &entry->own_text);
    nf_buf_release(&body);
}

void nf_record_read(const struct nf_options *options, struct nf_entry *entry, struct nf_span *charset)
{
    *charset = nf_span("", 0);
    if (entry->kind == NF_ENTRY_JSONL)
        read_jsonl(options, entry);
    else
        read_warc(options, entry, charset);
    entry->document.record = &entry->record;
    entry->document.bytes = nf_buf_span(&entry->own_text);
}
