/*
 * read_records.c: where records end.
 * Used by the pipeline.
 */
#include "stage/read_records.h"

#include "stage/read_warc.h"

void nf_record_reader_start(struct nf_record_reader *reader, enum nf_records kind)
{
    reader->kind = kind;
    reader->bytes.len = reader->start;          /* what a former input left behind was never put */
    reader->scanned = 0;
    reader->offset = reader->number = reader->skipped = reader->skip = 0;
    reader->in_part = reader->lost = reader->damaged = false;
}

void nf_record_reader_release(struct nf_record_reader *reader)
{
    nf_buf_release(&reader->bytes);
}

static struct nf_span pending(const struct nf_record_reader *reader)
{
    struct nf_span bytes = nf_buf_span(&reader->bytes);
    return nf_span(bytes.data + reader->start, bytes.len - reader->start);
}

static void pass(struct nf_record_reader *reader, size_t len)
{
    reader->start += len;
    reader->offset += len;
    reader->scanned = 0;
}

static void put(struct nf_record_reader *reader, enum nf_cut_kind kind, size_t len)
{
    struct nf_cut cut = {.kind = kind, .bytes = nf_span(pending(reader).data, len), .number = reader->number,
                         .offset = reader->offset, .damaged = reader->damaged};
    reader->damaged = false;
    reader->put(reader->context, &cut);
    pass(reader, len);
}

/* A record that is passed over still counts. in  status, text: what is wrong with it */
static void put_error(struct nf_record_reader *reader, enum nf_status status, const char *text)
{
    struct nf_cut cut = {.kind = NF_CUT_ERROR, .bytes = nf_span("", 0), .number = reader->number,
                         .offset = reader->offset};
    if (reader->kind == NF_RECORDS_WARC)
        nf_fail(&cut.error, status, 0, "byte %llu: %s", (unsigned long long)reader->offset, text);
    else
        nf_fail(&cut.error, status, reader->number, "%s", text);
    reader->put(reader->context, &cut);
}

/* A line, or a part of one that is too long. */
static void put_line(struct nf_record_reader *reader, size_t len, bool ends)
{
    reader->number += !reader->in_part;
    bool is_long = reader->in_part || len > reader->max_record;
    if (is_long && !reader->in_part)
        put_error(reader, NF_ELIMIT, "longer than --max-record: not read");
    put(reader, is_long ? NF_CUT_PART : NF_CUT_RECORD, len);
    reader->in_part = is_long && !ends;
}

static void put_lines(struct nf_record_reader *reader)
{
    for (;;) {
        struct nf_span left = pending(reader);
        const char *end = left.len > reader->scanned
                              ? memchr(left.data + reader->scanned, '\n', left.len - reader->scanned) : NULL;
        if (!end)
            break;
        put_line(reader, (size_t)(end - left.data) + 1, true);
    }
    reader->scanned = pending(reader).len;
    if (reader->scanned && (reader->in_part || reader->scanned > reader->max_record))
        put_line(reader, reader->scanned, false);
}

/* Only records that may hold a page are kept; the bodies of others are never held. */
static void put_warc_record(struct nf_record_reader *reader, const struct nf_warc_header *header, size_t header_len)
{
    reader->number++;
    if (nf_warc_is_wanted(header) && header->length <= reader->max_record) {
        put(reader, NF_CUT_RECORD, header_len + (size_t)header->length);
        return;
    }
    if (nf_warc_is_wanted(header))
        put_error(reader, NF_ELIMIT, "longer than --max-record: not read");
    else
        reader->skipped++;
    reader->skip = header->length;
    pass(reader, header_len);
}

static bool fail_warc(struct nf_record_reader *reader, const char *text, size_t len)
{
    put_error(reader, NF_ESYNTAX, text);
    pass(reader, len);
    reader->lost = true;
    return true;
}

/* in  last: there is no more input. gives back whether there is more to do now */
static bool take_warc_record(struct nf_record_reader *reader, bool last)
{
    struct nf_warc_header header;
    struct nf_span left = pending(reader);
    size_t header_len = 0;
    if (!last && left.len < reader->scanned)
        return false;
    enum nf_warc_found found = nf_warc_find_header(left, &header, &header_len);
    if (found == NF_WARC_UNFINISHED)
        return last && fail_warc(reader, "a header without an end", left.len);
    if (found == NF_WARC_WRONG)
        return fail_warc(reader, "no WARC header", 1);
    bool held = nf_warc_is_wanted(&header) && header.length <= reader->max_record;
    if (held && left.len - header_len < header.length) {
        reader->scanned = header_len + (size_t)header.length;
        if (!last)
            return false;
        put_error(reader, NF_ESYNTAX, "the record is cut short");
        reader->damaged = true;
        header.length = left.len - header_len;
    }
    put_warc_record(reader, &header, header_len);
    return true;
}

static bool skip_body(struct nf_record_reader *reader, bool last)
{
    size_t left = pending(reader).len, len = reader->skip < left ? (size_t)reader->skip : left;
    pass(reader, len);
    reader->skip -= len;
    if (!reader->skip || !last)
        return !reader->skip;
    put_error(reader, NF_ESYNTAX, "the record is cut short");
    reader->skip = 0;
    return true;
}

static bool find_next(struct nf_record_reader *reader, bool last)
{
    bool found;
    pass(reader, nf_warc_next(pending(reader), last, &found));
    reader->lost = !found;
    return found;
}

static bool step_warc(struct nf_record_reader *reader, bool last)
{
    struct nf_span left = pending(reader);
    if (reader->skip)
        return skip_body(reader, last);
    if (!left.len)
        return false;
    if (reader->lost)
        return find_next(reader, last);
    if (left.data[0] != '\r' && left.data[0] != '\n')
        return take_warc_record(reader, last);
    pass(reader, 1);            /* records are followed by line ends */
    return true;
}

static void put_warc(struct nf_record_reader *reader, bool last)
{
    while (step_warc(reader, last))
        ;
}

void nf_record_reader_feed(struct nf_record_reader *reader, const char *bytes, size_t len)
{
    nf_buf_add(&reader->bytes, bytes, len);
    if (reader->kind == NF_RECORDS_JSONL)
        put_lines(reader);
    else
        put_warc(reader, false);
}

void nf_record_reader_finish(struct nf_record_reader *reader)
{
    if (reader->kind == NF_RECORDS_WARC)
        put_warc(reader, true);
    else if (pending(reader).len)
        put_line(reader, pending(reader).len, true);
}

void nf_record_reader_take(struct nf_record_reader *reader, struct nf_buf *bytes)
{
    struct nf_span rest = pending(reader);
    nf_buf_add(bytes, rest.data, rest.len);
    struct nf_buf full = reader->bytes;
    reader->bytes = *bytes;
    *bytes = full;
    bytes->len = reader->start;
    reader->start = 0;
}
