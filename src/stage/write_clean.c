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

static void write_paragraph(struct nf_writer *writer, const struct nf_paragraph *paragraph)
{
    if (writer->blank && writer->wrote && !writer->in_line)
        nf_buf_add_char(&writer->out, '\n');
    nf_buf_add(&writer->out, paragraph->text.data, paragraph->text.len);
    if (!paragraph->unfinished)
        nf_buf_add_char(&writer->out, '\n');
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
