/*
 * markup_inline.c: inline elements as marks among the runs of text.
 * Used by markup.c.
 */
#include "text/markup_inline.h"

#include "base/alloc.h"

static void add_mark(struct nf_markup *markup, uint32_t source, bool closes)
{
    markup->run = nf_grow(markup->run, &markup->run_capacity, markup->run_count + 1, sizeof *markup->run);
    markup->run[markup->run_count++] = (struct nf_markup_run){.source = source, .len = 0, .space = closes};
    nf_buf_add_char(&markup->out, NF_MARKUP_TEXT);
}

bool nf_markup_inline_open(struct nf_markup *markup, struct nf_markup_start *tag, size_t out)
{
    bool bare = markup->out.len == out + 1 + strlen(nf_tag_name(tag->tag));     /* no attribute is left to the parser */
    bool full = markup->waiting_count == NF_MARKUP_WAITING_MAX;
    if (!markup->in_body || !bare || full || (tag->tag == NF_TAG_A && markup->link != NF_MARKUP_LINK_NONE))
        return false;
    if (tag->tag == NF_TAG_A)
        markup->link = NF_MARKUP_LINK_WAITS;
    markup->out.len = out;
    size_t set = nf_markup_attributes_set(markup, tag);
    markup->waiting[markup->waiting_count++] = (struct nf_markup_waiting){
        .out = (uint32_t)out, .run = (uint32_t)markup->run_count, .set = (uint32_t)set, .tag = (uint8_t)tag->tag};
    add_mark(markup, (uint32_t)set, false);
    return true;
}

bool nf_markup_inline_close(struct nf_markup *markup, enum nf_tag tag)
{
    if (!markup->waiting_count || markup->waiting[markup->waiting_count - 1].tag != tag)
        return false;
    if (tag == NF_TAG_A)
        markup->link = NF_MARKUP_LINK_NONE;
    markup->waiting_count--;
    add_mark(markup, tag, true);
    return true;
}

/* The marks become tags, from the last one on, so that each byte moves once. */
static void put_tags(struct nf_markup *markup)
{
    struct nf_buf *out = &markup->out;
    size_t more = 0, end = out->len;
    for (size_t i = 0; i < markup->waiting_count; i++)
        more += strlen(nf_tag_name((enum nf_tag)markup->waiting[i].tag)) + 1;
    nf_buf_reserve(out, more);
    out->len += more;
    for (size_t i = markup->waiting_count; i-- > 0;) {
        struct nf_markup_waiting *waiting = &markup->waiting[i];
        const char *name = nf_tag_name((enum nf_tag)waiting->tag);
        size_t len = strlen(name), behind = waiting->out + 1u;
        memmove(out->data + behind + more, out->data + behind, end - behind);
        end = waiting->out;
        more -= len + 1;
        char *to = out->data + waiting->out + more;
        to[0] = '<';
        memcpy(to + 1, name, len);
        to[len + 1] = '>';
        waiting->tag_end = (uint32_t)(waiting->out + more + len + 1);
    }
}

static void move_places(struct nf_markup *markup)
{
    size_t i = markup->waiting_count, place = markup->place_count;
    while (i && place && markup->place[place - 1].out > markup->waiting[0].out) {
        const struct nf_markup_waiting *waiting = &markup->waiting[i - 1];
        if (markup->place[place - 1].out > waiting->out)
            markup->place[--place].out += waiting->tag_end - waiting->out;
        else
            i--;
    }
}

static void drop_marks(struct nf_markup *markup)
{
    size_t next = 0, to = markup->waiting[0].run;
    for (size_t from = to; from < markup->run_count; from++) {
        bool mark = next < markup->waiting_count && markup->waiting[next].run == from;
        next += mark;
        if (!mark)
            markup->run[to++] = markup->run[from];
    }
    markup->run_count = to;
}

void nf_markup_inline_settle(struct nf_markup *markup)
{
    if (!markup->waiting_count)
        return;
    put_tags(markup);
    move_places(markup);
    drop_marks(markup);
    size_t count = markup->waiting_count;
    markup->waiting_count = 0;
    for (size_t i = 0; i < count; i++) {
        nf_markup_tag_add(markup, markup->waiting[i].tag_end, markup->waiting[i].set);
        nf_markup_inline_opened(markup, (enum nf_tag)markup->waiting[i].tag);
    }
}

/*
 * As long as tags inside a link are nested well, its end tag closes it; else nobody but the parser knows. A link ends
 * another before it that has nothing else open in it.
 */
void nf_markup_inline_opened(struct nf_markup *markup, enum nf_tag tag)
{
    markup->in_body |= tag == NF_TAG_BODY;
    if (tag == NF_TAG_A)
        markup->link = markup->link == NF_MARKUP_LINK_UNKNOWN || (markup->link == NF_MARKUP_LINK_OPEN && markup->in_link.len)
            ? NF_MARKUP_LINK_UNKNOWN : NF_MARKUP_LINK_OPEN;
    else if (markup->link == NF_MARKUP_LINK_OPEN)
        nf_buf_add_char(&markup->in_link, (char)tag);
}

void nf_markup_inline_closed(struct nf_markup *markup, enum nf_tag tag)
{
    struct nf_buf *in_link = &markup->in_link;
    if (tag == NF_TAG_BODY || tag == NF_TAG_HEAD || tag == NF_TAG_HTML)
        markup->in_body = false;
    if (markup->link != NF_MARKUP_LINK_OPEN)
        return;
    if (in_link->len && in_link->data[in_link->len - 1] == (char)tag)
        in_link->len--;
    else
        markup->link = !in_link->len && tag == NF_TAG_A ? NF_MARKUP_LINK_NONE : NF_MARKUP_LINK_UNKNOWN;
}
