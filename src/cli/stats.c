/*
 * stats.c: the counts of a run as JSON.
 * Used by run.c.
 */
#include "cli/stats.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "cli/messages.h"

static void add_boilerplate(struct nf_buf *out, const struct nf_counts *counts)
{
    nf_json_name(out, "boilerplate");
    nf_buf_add_char(out, '{');
    for (int i = 0; i < NF_CATEGORY_COUNT; i++)
        nf_json_number(out, nf_category_name((enum nf_category)i), counts->boilerplate[i]);
    nf_buf_add_char(out, '}');
}

static void add_times(struct nf_buf *out, const struct nf_counts *counts)
{
    static const char *const names[] = {
#define STAGE(id, name) name,
#include <newsfold/stage.def>
#undef STAGE
    };
    nf_json_name(out, "stage_ns");
    nf_buf_add_char(out, '{');
    for (int i = 0; i < NF_STAGE_COUNT; i++)
        nf_json_number(out, names[i], counts->stage_ns[i]);
    nf_buf_add_char(out, '}');
}

static void add_counts(struct nf_buf *out, const struct nf_counts *counts)
{
    nf_buf_add_char(out, '{');
    nf_json_number(out, "inputs", counts->inputs);
    nf_json_number(out, "documents", counts->documents);
    nf_json_number(out, "paragraphs", counts->paragraphs);
    nf_json_number(out, "kept", counts->kept);
    nf_json_number(out, "repeat_exact", counts->repeat_exact);
    nf_json_number(out, "repeat_near", counts->repeat_near);
    add_boilerplate(out, counts);
    nf_json_number(out, "moved", counts->moved);
    nf_json_number(out, "pages", counts->pages);
    nf_json_number(out, "unparsed_pages", counts->flat);
    nf_json_number(out, "empty_pages", counts->empty);
    nf_json_number(out, "cut_documents", counts->cut);
    nf_json_number(out, "replaced_bytes", counts->replaced);
    nf_json_number(out, "bytes_in", counts->bytes_in);
    nf_json_number(out, "bytes_out", counts->bytes_out);
    nf_json_number(out, "packed_inputs", counts->packed);
    nf_json_number(out, "bytes_unpacked", counts->bytes_unpacked);
    nf_json_number(out, "records", counts->records);
    nf_json_number(out, "records_without_text", counts->no_text);
    nf_json_number(out, "skipped_records", counts->skipped);
    nf_json_number(out, "bad_records", counts->bad);
    nf_json_number(out, "unique_paragraphs", counts->unique);
    nf_json_number(out, "exact_index_bytes", counts->exact_bytes);
    nf_json_number(out, "near_index_bytes", counts->near_bytes);
    add_times(out, counts);
    nf_buf_add_text(out, "}\n");
}

bool nf_stats_write(const struct nf_counts *counts, const char *path)
{
    struct nf_buf text = {0};
    add_counts(&text, counts);
    FILE *file = path ? fopen(path, "we") : stderr;
    bool good = file && fwrite(text.data, 1, text.len, file) == text.len && fflush(file) == 0;
    if (file && path)
        good = fclose(file) == 0 && good;
    if (!good)
        nf_message_error(path ? path : "standard error", 0, "%s", strerror(errno));
    nf_buf_release(&text);
    return good;
}
