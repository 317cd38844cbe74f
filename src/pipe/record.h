/*
 * record.h: a record's bytes into what a document needs: its text, or its page.
 * Used by the flow, on any thread.
 */
#ifndef NEWSFOLD_PIPE_RECORD_H
#define NEWSFOLD_PIPE_RECORD_H

#include "pipe/batch.h"

/*
 * Read an entry of kind JSONL or WARC.
 *
 * out     entry->record, own_text or (where page is set) bytes with `charset`, a view of the record;
 *         no_document, blank and problem tell what there is not
 */
void nf_record_read(const struct nf_options *options, struct nf_entry *entry, struct nf_span *charset);

#endif
