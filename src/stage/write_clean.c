/*
 * write_clean.c: the clean text.
 * Used by the pipeline.
 */
#include "stage/write.h"

void nf_writer_restart(struct nf_writer *writer)
{
    writer->wrote = writer->blank = writer->in_line = writer->headed = false;
    writer->old_lines = writer->new_lines = writer->old_end = 0;
}

void nf_writer_pass_on(struct nf_writer *writer)
{
    if (writer->out.len >= NF_WRITE_LEN && writer->take && writer->status == NF_OK)
        writer->status = writer->take(writer->context);
}

/* Room for all is made at once: there are many short ones. */
static void write_paragraph(struct nf_writer *writer, const struct nf_paragraph *paragraph)
{
    struct nf_span text = paragraph->text;
    char *to = nf_buf_reserve(&writer->out, text.len + 2);
    if (writer->blank && writer->wrote && !writer->in_line)
        *to++ = '\n';
    memcpy(to, text.data, text.len);
    to += text.len;
    if (!paragraph->unfinished)
        *to++ = '\n';
    writer->out.len = (size_t)(to - writer->out.data);
    writer->in_line = paragraph->unfinished;
    writer->wrote = true;
    writer->blank = false;
}

void nf_write_clean(struct nf_writer *writer, const struct nf_document *document)
{
    writer->blank |= !document->continues;
    if (writer->in_line && !document->continues) {      /* behind a record without a line end */
        nf_buf_add_char(&writer->out, '\n');
        writer->in_line = false;
    }
    for (size_t i = 0; i < document->count; i++) {
        const struct nf_paragraph *paragraph = &document->paragraphs[document->order ? document->order[i] : i];
        writer->blank |= paragraph->blank_before;
        if (paragraph->verdict != NF_KEEP)
            continue;
        write_paragraph(writer, paragraph);
        nf_writer_pass_on(writer);
    }
}
