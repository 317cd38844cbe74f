/*
 * json.c: JSON, written.
 * Used by the writers and by --stats.
 */
#include "base/json.h"

#include <inttypes.h>
#include <stdio.h>

static void add_escape(struct nf_buf *out, unsigned char c)
{
    static const char named[] = "\bb\ff\nn\rr\tt\"\"\\\\";
    for (size_t i = 0; i + 1 < sizeof named; i += 2)
        if ((unsigned char)named[i] == c) {
            nf_buf_add_char(out, '\\');
            nf_buf_add_char(out, named[i + 1]);
            return;
        }
    char text[8];
    nf_buf_add(out, text, (size_t)snprintf(text, sizeof text, "\\u%04x", c));
}

void nf_json_escaped(struct nf_buf *out, struct nf_span text)
{
    size_t from = 0;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c >= ' ' && c != '"' && c != '\\' && c != 0x7F)
            continue;
        nf_buf_add(out, text.data + from, i - from);
        add_escape(out, c);
        from = i + 1;
    }
    nf_buf_add(out, text.data + from, text.len - from);
}

void nf_json_text(struct nf_buf *out, struct nf_span text)
{
    nf_buf_add_char(out, '"');
    nf_json_escaped(out, text);
    nf_buf_add_char(out, '"');
}

void nf_json_name(struct nf_buf *out, const char *name)
{
    char last = out->len ? out->data[out->len - 1] : '{';
    if (last != '{' && last != '[')
        nf_buf_add_char(out, ',');
    nf_json_text(out, nf_span(name, strlen(name)));
    nf_buf_add_char(out, ':');
}

void nf_json_number(struct nf_buf *out, const char *name, uint64_t value)
{
    char text[24];
    nf_json_name(out, name);
    nf_buf_add(out, text, (size_t)snprintf(text, sizeof text, "%" PRIu64, value));
}

void nf_json_string(struct nf_buf *out, const char *name, struct nf_span text)
{
    nf_json_name(out, name);
    nf_json_text(out, text);
}
