/*
 * write_report.h: a web page about a run, for people who want to see what went and why.
 * Used by the pipeline.
 */
#ifndef NEWSFOLD_STAGE_WRITE_REPORT_H
#define NEWSFOLD_STAGE_WRITE_REPORT_H

#include <newsfold/pipeline.h>
#include <newsfold/rules.h>

#include "base/buf.h"

struct nf_report;

struct nf_report *nf_report_new(const struct nf_rules *rules);
void nf_report_free(struct nf_report *report);

/*
 * Add a document, in input order. Documents are shown until the page has 16 MB of them; what comes later is counted.
 *
 * cost    memory: the page, and the start of each paragraph shown
 */
void nf_report_add(struct nf_report *report, const struct nf_document *document);

/* The page: one file of HTML that needs no other, and no script. */
void nf_report_finish(struct nf_report *report, const struct nf_counts *counts, struct nf_buf *out);

#endif
