/*
 * read_text.c: cutting text into documents.
 * Used by the pipeline.
 */
#include "stage/read_text.h"

void nf_text_reader_start(struct nf_text_reader *reader, const char *name)
{
    reader->decoder = (struct nf_decoder){0};
    reader->text.len = reader->start;           /* what a former input left behind was never put */
    reader->scanned = 0;
    reader->document.name = name;
    reader->document.first_offset = 0;
    reader->document.first_line = 1;
    reader->document.continues = reader->document.continues_line = false;
}

void nf_text_reader_release(struct nf_text_reader *reader)
{
    nf_buf_release(&reader->text);
}

/* What was decoded and not put yet. */
static struct nf_span pending(const struct nf_text_reader *reader)
{
    struct nf_span text = nf_buf_span(&reader->text);
    return nf_span(text.data + reader->start, text.len - reader->start);
}

/* Puts the first `len` bytes as a document, and forgets `skip` more after them. */
static void put(struct nf_text_reader *reader, size_t len, size_t skip, bool cut)
{
    struct nf_document *document = &reader->document;
    document->bytes = nf_span(pending(reader).data, len);
    document->cut = cut;
    document->cut_line = cut && document->bytes.data[len - 1] != '\n';
    reader->put(reader->context, document);
    document->first_offset += len + skip;
    document->continues = cut;
    document->continues_line = document->cut_line;
    reader->start += len + skip;
    reader->scanned = 0;
}

/* Where a document that is too long is cut: before a blank line, else after a line, else after a blank. */
static size_t cut_at(struct nf_span text)
{
    size_t line = 0, blank = 0, least = text.len / 2;
    for (size_t i = text.len; i > least; i--) {
        char c = text.data[i - 1];
        if (c == '\n' && i >= 2 && text.data[i - 2] == '\n')
            return i - 1;
        if (c == '\n' && !line)
            line = i;
        if (c == ' ' && !blank)
            blank = i;
    }
    if (line || blank)
        return line ? line : blank;
    size_t at = text.len;
    while (at > 1 && ((unsigned char)text.data[at] & 0xC0) == 0x80)
        at--;
    return at;
}

/* The next document's end past what was scanned: a form feed or a separator line; NF_NONE if it is not there. */
static size_t find_end(struct nf_text_reader *reader, size_t *skip)
{
    struct nf_span text = pending(reader);
    while (reader->separator && reader->scanned < text.len) {
        const char *from = text.data + reader->scanned;
        const char *end = memchr(from, '\n', text.len - reader->scanned);
        const char *feed = memchr(from, '\f', end ? (size_t)(end - from) : text.len - reader->scanned);
        if (feed)
            return *skip = 1, (size_t)(feed - text.data);
        if (!end)
            return SIZE_MAX;
        size_t len = (size_t)(end - from);
        len -= len && from[len - 1] == '\r';
        if (reader->scanned && nf_regex_match(reader->separator, nf_span(from, len)) == NF_MATCH_YES)
            return *skip = 0, reader->scanned;
        reader->scanned = (size_t)(end - text.data) + 1;
    }
    const char *feed = reader->separator ? NULL
        : memchr(text.data + reader->scanned, '\f', text.len - reader->scanned);
    if (feed)
        return *skip = 1, (size_t)(feed - text.data);
    if (!reader->separator)
        reader->scanned = text.len;
    return SIZE_MAX;
}

/* Puts every document that is whole. */
static void put_whole(struct nf_text_reader *reader)
{
    while (pending(reader).len) {
        size_t skip = 0, end = find_end(reader, &skip);
        struct nf_span text = pending(reader);
        if ((end < text.len ? end : text.len) > reader->max_document)
            put(reader, cut_at(nf_span(text.data, reader->max_document)), 0, true);
        else if (end == SIZE_MAX)
            break;
        else
            put(reader, end, skip, false);
    }
}

void nf_text_reader_feed(struct nf_text_reader *reader, const char *bytes, size_t len)
{
    nf_decode(&reader->decoder, bytes, len, &reader->text);
    put_whole(reader);
}

char *nf_text_reader_room(struct nf_text_reader *reader, size_t len)
{
    return nf_decode_room(&reader->decoder, len, &reader->text);
}

void nf_text_reader_finish(struct nf_text_reader *reader)
{
    nf_decode_end(&reader->decoder, &reader->text);
    if (reader->separator && pending(reader).len && reader->text.data[reader->text.len - 1] != '\n')
        nf_buf_add_char(&reader->text, '\n');       /* so that a last line can be a separator too */
    put_whole(reader);
    if (pending(reader).len)
        put(reader, pending(reader).len, 0, false);
}

void nf_text_reader_take(struct nf_text_reader *reader, struct nf_buf *text)
{
    struct nf_span rest = pending(reader);
    nf_buf_add(text, rest.data, rest.len);
    struct nf_buf full = reader->text;
    reader->text = *text;
    *text = full;
    text->len = reader->start;
    reader->start = 0;
}
