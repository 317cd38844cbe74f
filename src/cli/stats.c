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
#include "cli/output.h"

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
    nf_json_number(out, "emptied_inputs", counts->emptied);
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
    nf_json_number(out, "near_forgotten", counts->near_forgotten);
    nf_json_number(out, "unremembered", counts->unremembered);
    add_times(out, counts);
    nf_buf_add_text(out, "}\n");
}

/* A file is replaced as a whole. */
static bool write_file(const char *path, const struct nf_buf *text)
{
    struct nf_output_file output;
    bool good = nf_output_open(&output, path, NF_OUTPUT_FOLLOW, NULL);
    good = good && nf_output_write(&output, text->data, text->len) && nf_output_commit(&output, NULL);
    nf_output_discard(&output);
    return good;
}

bool nf_stats_write(const struct nf_counts *counts, const char *path)
{
    struct nf_buf text = {0};
    add_counts(&text, counts);
    bool good = path ? write_file(path, &text) : fwrite(text.data, 1, text.len, stderr) == text.len;
    if (!good)
        nf_message_error(path ? path : "standard error", 0, "%s", strerror(errno));
    nf_buf_release(&text);
    return good;
}
