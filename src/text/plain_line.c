/*
 * plain_line.c: lines as rules see them.
 * Used by the strip stage and by the tests of rules.
 */
#include "text/plain_line.h"

#include "text/chars.h"
#include "text/ascii.h"
#include "text/eight.h"
#include "text/signs.h"
#include "text/utf8.h"

/* Longer lines are seldom made lower case. */
#define QUICK_MAX 1024

void nf_plain_line_release(struct nf_plain_line *line)
{
    nf_buf_release(&line->bytes);
    nf_buf_release(&line->lower);
    nf_buf_release(&line->scratch);
    nf_letters_release(&line->letters);
}

static char *put(char *out, uint32_t c)
{
    if (c < 0x80) {
        *out++ = (char)c;
    } else if (c < 0x800) {
        *out++ = (char)(0xC0 | c >> 6);
        *out++ = (char)(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        *out++ = (char)(0xE0 | c >> 12);
        *out++ = (char)(0x80 | (c >> 6 & 0x3F));
        *out++ = (char)(0x80 | (c & 0x3F));
    } else {
        *out++ = (char)(0xF0 | c >> 18);
        *out++ = (char)(0x80 | (c >> 12 & 0x3F));
        *out++ = (char)(0x80 | (c >> 6 & 0x3F));
        *out++ = (char)(0x80 | (c & 0x3F));
    }
    return out;
}

/* Where the making of a plain line stands. */
struct squeeze {
    struct nf_plain_line *line;
    char *out;
    size_t left;                /* bytes of the text that are still to be read */
    uint32_t before;            /* the character before, if it is not of ASCII */
    unsigned seen;              /* bits of all characters so far */
    bool after_blank;
};

static void put_plain(struct squeeze *squeeze, uint32_t c)
{
    if (nf_is_plain_blank(c)) {
        if (!squeeze->after_blank)
            *squeeze->out++ = ' ';
        squeeze->after_blank = true;
        return;
    }
    if (c == NF_DOTS || c == NF_TRADE_MARK) {
        size_t len = c == NF_DOTS ? 3 : 2;
        memcpy(squeeze->out, c == NF_DOTS ? "..." : "TM", len);
        squeeze->out += len;
        squeeze->after_blank = false;
        return;
    }
    c = nf_plain_of(c);
    squeeze->after_blank &= !c;
    squeeze->out = c ? put(squeeze->out, c) : squeeze->out;
}

static uint8_t bits_of(struct nf_plain_line *line, uint32_t c)
{
    return c < 0x10000 ? nf_letters_of(&line->letters, c) : nf_letter_bits(c);
}

/* Whether composition leaves a mark, or a character that joins others, behind the one before it. */
static bool stands_behind(const struct squeeze *squeeze, uint32_t c, unsigned bits)
{
    unsigned order = nf_chars_order(squeeze->before);
    if ((bits & NF_LETTER_JOINS) && (order || nf_letter_joins(squeeze->before, c)))
        return false;
    return !(bits & NF_LETTER_MARK) || order <= nf_chars_order(c);
}

/* Room for so many characters more than the text has. */
static void reserve(struct squeeze *squeeze, size_t more)
{
    struct nf_buf *buf = &squeeze->line->bytes;
    buf->len = (size_t)(squeeze->out - buf->data);
    squeeze->out = nf_buf_reserve(buf, squeeze->left + 4 * more + NF_ASCII_BLOCK);
}

/* False: the character needs its neighbours. */
static bool put_settled(struct squeeze *squeeze, uint32_t c)
{
    unsigned bits = bits_of(squeeze->line, c);
    uint32_t parts[NF_PARTS_MAX] = {c};
    size_t count = 1;
    if (bits & NF_LETTER_PARTS) {
        count = nf_chars_compose(c, parts);
        reserve(squeeze, count);
    } else if (!(bits & NF_LETTER_SETTLED) || ((bits & (NF_LETTER_MARK | NF_LETTER_JOINS)) && !stands_behind(squeeze, c, bits))) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        squeeze->seen |= bits_of(squeeze->line, parts[i]);
        put_plain(squeeze, parts[i]);
    }
    squeeze->before = parts[count - 1];
    return true;
}

/* Whether one sign of ASCII stands for the character of three bytes. */
static inline bool is_quick(const char *p, char *sign)
{
    *sign = nf_is_general(p) ? nf_sign_of((unsigned char)p[2]) : 0;
    return *sign;
}

/* The bytes from `at` on, a block at least; any stand behind the text's end. in  rest: room for a block */
static inline const char *block_at(struct nf_span text, size_t readable, size_t at, char *rest)
{
    if (at + NF_ASCII_BLOCK <= readable)
        return text.data + at;
    memset(rest, 0, NF_ASCII_BLOCK);
    return memcpy(rest, text.data + at, text.len - at);
}

/* A character of two or three bytes. out  c: which it is; gives its bytes; 0 for others and at the text's very end */
static inline size_t read_wide(const unsigned char *p, size_t room, uint32_t *c)
{
    if (room < 4 || p[0] < 0xC2 || p[0] >= 0xF0)
        return 0;
    bool two = p[0] < 0xE0;
    *c = two ? (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3F)
             : (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
    return two ? 2 : 3;
}

/* Characters that stay as they are, and single blanks between them. out  gives how many bytes of the text from `at` on they have */
static size_t copy_same(struct squeeze *squeeze, struct nf_span text, size_t at)
{
    const unsigned char *from = (const unsigned char *)text.data + at;
    size_t room = text.len - at, done = 0, blank = 0;
    unsigned last = 0;
    uint32_t c;
    for (size_t len; (len = read_wide(from + done + blank, room - done - blank, &c)) > 0;) {
        unsigned bits = nf_letters_of(&squeeze->line->letters, c);
        bool same = (bits & (NF_LETTER_SAME | NF_LETTER_JOINS)) == NF_LETTER_SAME;
        if (!same || ((bits & NF_LETTER_MARK) && (!done || blank || (last & NF_LETTER_MARK))))
            break;
        squeeze->out[done] = ' ';
        done += blank;
        memcpy(squeeze->out + done, from + done, 4);
        done += len;
        blank = room > done && from[done] == ' ';
        last = bits;
        squeeze->seen |= bits;
        squeeze->before = c;
    }
    squeeze->out += done;
    return done;
}

/* The bits of a block's bytes that are the text's. */
static inline uint32_t bits_within(struct nf_span text, size_t at)
{
    return text.len - at < NF_ASCII_BLOCK ? (UINT32_C(1) << (text.len - at)) - 1 : UINT32_MAX;
}

/* Plain characters, single blanks, none at the ends. False: a character needs its neighbours. */
static bool squeeze_text(struct nf_plain_line *line, struct nf_span text, size_t readable, bool composed)
{
    struct nf_buf *buf = &line->bytes;
    buf->len = 0;
    struct squeeze squeeze = {.line = line, .out = nf_buf_reserve(buf, text.len + NF_ASCII_BLOCK), .after_blank = true};
    for (size_t at = 0; at < text.len;) {
        char rest[NF_ASCII_BLOCK];
        const char *block = block_at(text, readable, at, rest);
        struct nf_ascii ascii = nf_ascii_read(block);
        ascii.others |= ~bits_within(text, at);
        unsigned len = nf_ascii_plain_len(ascii, squeeze.after_blank);
        memcpy(squeeze.out, block, NF_ASCII_BLOCK);
        squeeze.out += len;
        at += len;
        if (len) {
            squeeze.after_blank = nf_ascii_is_blank(ascii, len - 1);
            squeeze.before = 0;
        }
        if (len == NF_ASCII_BLOCK || at == text.len)
            continue;
        if (at + 3 <= text.len && is_quick(text.data + at, squeeze.out)) {
            at += 3;
            squeeze.out++;
            squeeze.after_blank = false;
            squeeze.before = 0;
            continue;
        }
        size_t same = copy_same(&squeeze, text, at);
        at += same;
        if (same) {
            squeeze.after_blank = false;
            continue;
        }
        uint32_t c = nf_utf8_next(text, &at);
        squeeze.left = text.len - at;
        if (composed) {
            squeeze.seen |= bits_of(line, c);
            put_plain(&squeeze, c);
        } else if (!put_settled(&squeeze, c)) {
            return false;
        }
    }
    buf->len = (size_t)(squeeze.out - buf->data);
    buf->len -= buf->len && buf->data[buf->len - 1] == ' ';
    line->cased = squeeze.seen & NF_LETTER_CASED;
    line->unspaced = squeeze.seen & NF_LETTER_UNSPACED;
    return true;
}

/* The length of a list mark at the start, its blank included; 0 if there is none. */
static size_t mark_len(struct nf_span text)
{
    static const char *const marks[] = {"-", "*", "\xE2\x80\xA2", "\xC2\xB7", "\xE2\x96\xAA", "\xE2\x97\xA6", "o"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t len = strlen(marks[i]);
        if (text.len > len + 1 && memcmp(text.data, marks[i], len) == 0 && text.data[len] == ' ')
            return len + 1;
    }
    return 0;
}

static size_t quote_len(struct nf_span text)
{
    size_t at = 0;
    while (at < text.len && (text.data[at] == '>' || text.data[at] == '|' || text.data[at] == ' '))
        at++;
    return at < text.len ? at : 0;
}

static void drop(struct nf_buf *buf, size_t len)
{
    if (len)
        nf_buf_drop(buf, len);
}

static void drop_marks(struct nf_plain_line *line)
{
    drop(&line->bytes, quote_len(nf_buf_span(&line->bytes)));
    size_t len = mark_len(nf_buf_span(&line->bytes));
    line->marked = len > 0;
    drop(&line->bytes, len);
}

static bool is_sentence_end(uint32_t c)
{
    return c == '.' || c == '!' || c == '?' || c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0x0964
           || c == 0x061F || c == 0x06D4;
}

static bool is_closer(uint32_t c)
{
    return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0xBB || c == 0x300D || c == 0x300F || c == 0xFF09;
}

/* The last character that closes nothing ends a sentence. */
static bool ends_sentence(struct nf_span text)
{
    while (text.len) {
        size_t at = text.len - 1;
        while (at > 0 && ((unsigned char)text.data[at] & 0xC0) == 0x80)
            at--;
        size_t from = at;
        uint32_t c = nf_utf8_next(text, &at);
        if (!is_closer(c))
            return is_sentence_end(c);
        text.len = from;
    }
    return false;
}

/* Characters that stand without blanks weigh a part of a word each. */
static uint32_t count_unspaced(struct nf_span text)
{
    uint32_t words = 0;
    unsigned weight = 0, per_word;
    bool in_word = false;
    for (size_t at = 0; at < text.len;) {
        uint32_t c = nf_utf8_next(text, &at);
        bool unspaced = c >= 0x80 && nf_is_unspaced(c, &per_word), is_part = !unspaced && c != ' ';
        weight += unspaced ? 10 / per_word : 0;
        words += is_part && !in_word;
        in_word = is_part;
    }
    return words + (weight + 9) / 10;
}

/* The line has single blanks, and none at its ends; a block is readable behind it. */
static uint32_t count_spaced(const struct nf_plain_line *line)
{
    struct nf_span text = nf_buf_span(&line->bytes);
    uint32_t blanks = 0;
    for (size_t at = 0; at < text.len; at += NF_ASCII_BLOCK) {
        struct nf_ascii ascii = nf_ascii_read(text.data + at);
        ascii.blanks &= bits_within(text, at);
        blanks += nf_ascii_blank_count(ascii);
    }
    return text.len ? blanks + 1 : 0;
}

static void count(struct nf_plain_line *line)
{
    struct nf_span text = nf_buf_span(&line->bytes);
    line->words = line->unspaced ? count_unspaced(text) : count_spaced(line);
    line->chars = (uint32_t)nf_utf8_count(text);
}

/* A letter's lower case. */
static char *put_lower(struct nf_plain_line *line, char *out, uint32_t c)
{
    return put(out, bits_of(line, c) & NF_LETTER_LOWER ? c : nf_lower(c));
}

/* No lower case letter has more than three bytes for one. */
struct nf_span nf_plain_line_lower(struct nf_plain_line *line)
{
    if (line->lower_made)
        return nf_buf_span(&line->lower);
    struct nf_span text = nf_buf_span(&line->bytes);
    line->lower.len = 0;
    char *from = nf_buf_reserve(&line->lower, text.len * 3 + 10), *out = from;
    for (size_t at = 0; at < text.len;) {
        unsigned len = 0;
        if (at + 8 <= text.len) {
            uint64_t word = nf_eight_load(text.data + at), other = word & NF_EIGHT(0x80), ascii = word & NF_EIGHT(0x7F);
            uint64_t upper = nf_eight_at_least(ascii, 'A') & ~nf_eight_at_least(ascii, 'Z' + 1);
            len = other ? nf_eight_before(other) : 8;
            nf_eight_store(out, word | upper >> 2);
            out += len;
            at += len;
        }
        if (len < 8)
            do
                out = put_lower(line, out, nf_utf8_next(text, &at));
            while (at < text.len && (unsigned char)text.data[at] >= 0x80);
    }
    memset(out, 0, NF_PLAIN_LINE_PADDING);
    line->lower.len = (size_t)(out - from);
    line->lower_made = true;
    return nf_buf_span(&line->lower);
}

struct nf_span nf_plain_line_head(struct nf_plain_line *line, char *out)
{
    struct nf_span text = nf_buf_span(&line->bytes);
    char *from = out;
    size_t at = 0;
    for (unsigned i = 0; i < NF_HEAD_CHARS && at < text.len; i++)
        out = put_lower(line, out, nf_utf8_next(text, &at));
    return nf_span(from, (size_t)(out - from));
}

static void make_plain(struct nf_plain_line *line, struct nf_span text, size_t readable)
{
    line->lower_made = false;
    if (squeeze_text(line, text, readable, false))
        return;
    line->scratch.len = 0;
    nf_compose(text, &line->scratch);
    squeeze_text(line, nf_buf_span(&line->scratch), line->scratch.len, true);
}

void nf_plain_line_set_piece(struct nf_plain_line *line, struct nf_span text)
{
    make_plain(line, text, text.len);
    line->ends_sentence = ends_sentence(nf_buf_span(&line->bytes));
}

/* Whether nothing but a list mark is to be dropped at a line's ends. out  mark: its bytes */
static bool has_plain_ends(struct nf_span text, size_t *mark)
{
    char first = text.data[0];
    bool marked = text.len > 2 && text.data[1] == ' ' && (first == '-' || first == '*' || first == 'o');
    *mark = marked ? 2 : 0;
    if ((unsigned char)first >= 0x80) {                 /* a quote; other signs may be marks */
        char sign;
        return text.len > 3 && is_quick(text.data, &sign) && sign != '-' && text.data[text.len - 1] != ' ';
    }
    return first != '>' && first != '|' && text.data[text.len - 1] != ' ';
}

/* A sign that one of ASCII stands for, or a letter of Latin-1. out  put: room for two bytes each; gives the bytes of the text */
static inline size_t put_western(struct nf_plain_line *line, const char *p, char **bytes, char **lower)
{
    char sign;
    if (is_quick(p, &sign)) {
        *(*bytes)++ = *(*lower)++ = sign;
        return 3;
    }
    uint32_t c = (uint32_t)((unsigned char)p[0] & 0x1F) << 6 | ((unsigned char)p[1] & 0x3F);
    if (((unsigned char)p[0] & 0xFE) != 0xC2 || !(nf_letters_of(&line->letters, c) & NF_LETTER_SAME))
        return 0;
    *bytes = put(*bytes, c);
    *lower = put_lower(line, *lower, c);
    return 2;
}

/*
 * Short lines of Western text with single blanks, as most are: all is told in one pass, lower case too. False: another line.
 */
static bool set_western(struct nf_plain_line *line, struct nf_span text, size_t readable)
{
    size_t mark = 0;
    if (!text.len || text.len > QUICK_MAX || readable < text.len + NF_ASCII_BLOCK || !has_plain_ends(text, &mark))
        return false;
    line->bytes.len = line->lower.len = 0;
    char *bytes = nf_buf_reserve(&line->bytes, QUICK_MAX + NF_ASCII_BLOCK);
    char *lower = nf_buf_reserve(&line->lower, QUICK_MAX + NF_ASCII_BLOCK);
    bool after_blank = true;
    uint32_t blanks = 0, chars = 0;
    for (size_t at = mark; at < text.len;) {
        struct nf_ascii ascii = nf_ascii_read(text.data + at);
        ascii.others |= ~bits_within(text, at);
        unsigned len = nf_ascii_plain_len(ascii, after_blank);
        memcpy(bytes, text.data + at, NF_ASCII_BLOCK);
        nf_ascii_lower(text.data + at, lower);
        ascii.blanks &= (UINT32_C(1) << len) - 1;
        blanks += nf_ascii_blank_count(ascii);
        after_blank = len ? nf_ascii_is_blank(ascii, len - 1) : after_blank;
        bytes += len, lower += len, at += len, chars += len;
        if (len == NF_ASCII_BLOCK || at == text.len)
            continue;
        size_t wide = put_western(line, text.data + at, &bytes, &lower);
        if (!wide)
            return false;
        at += wide;
        after_blank = false;
        chars++;
    }
    memset(lower, 0, NF_PLAIN_LINE_PADDING);
    line->bytes.len = line->lower.len = (size_t)(bytes - line->bytes.data);
    line->lower_made = true;
    line->cased = line->unspaced = false;
    line->marked = mark > 0;
    line->words = blanks + 1;
    line->chars = chars;
    return true;
}

void nf_plain_line_set_within(struct nf_plain_line *line, struct nf_span text, size_t readable)
{
    if (!set_western(line, text, readable)) {
        make_plain(line, text, readable);
        drop_marks(line);
        count(line);
    }
    line->ends_sentence = ends_sentence(nf_buf_span(&line->bytes));
}

void nf_plain_line_set(struct nf_plain_line *line, struct nf_span text)
{
    nf_plain_line_set_within(line, text, text.len);
}
