/*
 * write_removed.c: the text that was taken out, in input order.
 * Used by the pipeline.
 */
#include "stage/write.h"

void nf_write_removed(struct nf_writer *writer, const struct nf_document *document)
{
    struct nf_buf *out = &writer->out;
    writer->blank |= !document->continues;
    for (size_t i = 0; i < document->count; i++) {
        const struct nf_paragraph *paragraph = &document->paragraphs[i];
        if (paragraph->verdict == NF_KEEP)
            continue;
        if (writer->blank && writer->wrote)
            nf_buf_add_char(out, '\n');
        nf_buf_add(out, paragraph->text.data, paragraph->text.len);
        nf_buf_add_char(out, '\n');
        writer->wrote = true;
        writer->blank = false;
    }
}
