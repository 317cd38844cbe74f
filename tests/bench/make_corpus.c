/*
 * make_corpus.c: writes news-like forum threads for the benchmark, the same bytes for the same size on every machine.
 * Run by bench.sh:
 *     make_corpus MEGABYTES > FILE         threads: millions of bytes, ended at the end of a thread
 *     make_corpus --short COUNT > FILE     short paragraphs, each of them once
 *     make_corpus --files COUNT FOLDER     small files of one post each, in folders of a thousand
 *     make_corpus --dumps COUNT FOLDER     files of some 200 kB each, threads one after the other, in the same way
 *
 * A paragraph is a function of its article's number and its place, so that a repost is made without remembering the first.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define WORD_BITS 14
#define WORDS (1u << WORD_BITS)
#define WORD_MAX 15
#define PARAGRAPH_MAX 4096  /* the longest here is about 930; altering at most doubles it */
#define CLUTTER_PERCENT 19  /* of the lines that are not blank */
#define COPIED_PERCENT 33   /* of the bytes */
#define ALTERED_PERCENT 10  /* of the copied paragraphs */
#define PARAGRAPHS_MAX 64   /* of an article */
#define LENGTH(array) (sizeof(array) / sizeof *(array))

/* %u a user, %n a number, %s a small one, %d a date, %p a place, %h a headline. */
static const char *const cards[] = {
    "%u\n%r\n- Joined\n- %d\n- Messages\n- %n\n- Reaction score\n- %s\n%d\n#%s\n",
    "- Joined\n- %d\n- Messages\n- %n\n- Points\n- %s\n",
    "%d, 08:14 PM\n#%s\n%u\nView Profile\n%r\nJoin Date\n%d\nLocation\n%p\nPosts\n%n\n",
    "%u\nPosts: %n\nJoined: %d\nLocation: %p\nPost by %u » %d\n",
};
static const char *const short_cards[] = {"Post by %u » %d\n", "#%s\n"};
static const char *const quotes[] = {"%u said:\n", "Originally Posted by %u View Post\n", "%u wrote: ↑%d\n"};
static const char *const feet[] = {"Reactions: %u and %u\n", "Like\nReply\nReport\n", "Last edited by %u; %d at 09:01 PM.\n",
                                   "Reply With Quote\n", "Click to expand...\n"};
static const char *const inside[] = {
    "A street in %p. Photo: AFP\n", "Image caption Crowds gather in %p\n", "Advertisement\n", "SKIP ADVERTISEMENT\n",
    "Sign up for our daily newsletter\nGet the morning's top stories delivered to your inbox\nEmail\nSign Up\n",
    "Read more\n%h\n", "Also Read: %h\n", "RELATED: %h\n", "Share:\n", "Facebook\nTwitter\nEmail\nPrint\n",
    "Story continues below this ad\n", "Click to share on Twitter (Opens in new window)\n",
};
static const char *const tails[] = {
    "This article appeared in the print edition as: %h\n", "Comments (%s)\n", "View comments\n", "Tags: %p news\n",
    "Copyright 2019 The Associated Press. All rights reserved.\n", "Most Read\n%h\n%h\n", "Follow us on Twitter @newsdesk\n",
};
static const char *const replies[] = {"Agreed.", "Source?", "No surprise there.", "Thanks for posting this.", "And so it goes on."};
static const char *const ranks[] = {"Junior Member", "Senior Member", "Registered Member", "Colonel"};
static const char *const months[] = {"Jan", "Mar", "May", "Jul", "Sep", "Nov"};
static const char *const places[] = {"Rotterdam", "Lagos", "Hamburg", "Manila", "New Delhi", "Cleveland, Ohio"};
static const char *const common[] = {"the", "of", "and", "to", "in", "a", "that", "is", "for", "on", "it", "with", "as", "was",
                                     "at", "by", "from", "have", "has", "not", "are", "this", "but", "after", "they", "said",
                                     "which", "will", "been", "its", "who", "would"};

static struct word {
    char text[WORD_MAX];
    uint8_t len;
} words[WORDS];

struct corpus {
    uint64_t random;
    uint64_t articles;
    uint64_t bytes, copied_bytes;
    uint64_t lines, clutter_lines;
    bool blank_lines; /* between the paragraphs of this thread */
};

/* source: splitmix64, Steele, Lea and Flood 2014. */
static uint64_t draw(uint64_t *random)
{
    uint64_t x = *random += 0x9e3779b97f4a7c15u;
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 27) * 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

static uint64_t below(uint64_t *random, uint64_t limit)
{
    return (draw(random) >> 32) * limit >> 32;
}

#define PICK(random, array) ((array)[below(random, LENGTH(array))])

static char *put(char *at, const char *text)
{
    size_t len = strlen(text);
    memcpy(at, text, len);
    return at + len;
}

static char *put_number(uint64_t *random, char *at, uint64_t limit)
{
    return at + sprintf(at, "%u", (unsigned)(1 + below(random, limit)));
}

static void invent_words(void)
{
    static const char *const onsets[] = {"b", "br", "c", "d", "dr", "f", "g", "gl", "h", "k", "l", "m", "n", "p", "pr", "r",
                                         "s", "st", "t", "tr", "v", "w"};
    static const char *const rimes[] = {"a", "e", "i", "o", "u", "an", "en", "er", "al", "ist", "or", "ing", "um", "ea"};
    uint64_t random = 1;
    for (size_t i = 0; i < WORDS; i++) {
        char *at = words[i].text;
        for (size_t syllables = 2 + below(&random, 2); syllables > 0; syllables--)
            at = put(put(at, PICK(&random, onsets)), PICK(&random, rimes));
        words[i].len = (uint8_t)(at - words[i].text);
    }
}

/* The product of two even draws: some words come often, most seldom. */
static char *put_word(uint64_t bits, char *at, bool capital)
{
    const struct word *word = &words[(bits % WORDS) * (bits >> WORD_BITS & (WORDS - 1)) >> WORD_BITS];
    memcpy(at, word->text, WORD_MAX);
    if (capital)
        *at = (char)(*at - 'a' + 'A');
    return at + word->len;
}

static char *put_words(uint64_t *random, char *at, uint64_t count)
{
    for (uint64_t i = 0; i < count; i++) {
        uint64_t bits = draw(random);
        bool name = (bits >> 40) % 12 == 0;
        if (i > 0)
            *at++ = ' ';
        if (i > 0 && !name && (bits >> 32) % 8 < 3)
            at = put(at, common[(bits >> 48) % LENGTH(common)]);
        else
            at = put_word(bits, at, name || i == 0);
        if (name && i + 1 < count)
            at = put(at, i % 2 ? "’s" : ",");
        if ((bits >> 52) % 48 == 0)
            at = put_number(random, put(at, " – "), 3000);
    }
    return at;
}

static char *put_sentence(uint64_t *random, char *at, uint64_t count)
{
    bool quoted = below(random, 5) < 2;
    at = put_words(random, put(at, quoted ? "“" : ""), count);
    return put(at, quoted ? ".”" : ".");
}

static uint64_t paragraphs_of(uint64_t article)
{
    uint64_t random = article ^ 0xa5a5a5a5u;
    return 6 + below(&random, 34);
}

static size_t make_paragraph(uint64_t article, uint64_t place, char *text)
{
    uint64_t random = article * PARAGRAPHS_MAX + place;
    char *at = text;
    if (place == 0)
        return (size_t)(put_words(&random, at, 7 + below(&random, 6)) - text);
    if (below(&random, 100) < 30)
        return (size_t)(put_sentence(&random, at, 5 + below(&random, 20)) - text);
    for (uint64_t sentences = 2 + below(&random, 4); sentences > 0; sentences--) {
        at = put_sentence(&random, at, 10 + below(&random, 16));
        *at++ = ' ';
    }
    return (size_t)(at - 1 - text);
}

/* Another site's rendering: straight quotes, double spaces, some no-break spaces, or upper case. */
static size_t alter(uint64_t way, const char *text, size_t len, char *out)
{
    char *at = out;
    for (size_t i = 0; i < len; i++) {
        bool quote = way == 0 && len - i >= 3 && memcmp(text + i, "\xe2\x80", 2) == 0 && (unsigned char)text[i + 2] >= 0x98;
        if (quote) {
            *at++ = (unsigned char)text[i + 2] >= 0x9c ? '"' : '\'';
            i += 2;
        } else if (text[i] == ' ' && way == 1) {
            at = put(at, "  ");
        } else if (text[i] == ' ' && way == 2 && i % 4 == 0) {
            at = put(at, "\xc2\xa0");
        } else {
            *at++ = way == 3 && text[i] >= 'a' && text[i] <= 'z' ? (char)(text[i] - 'a' + 'A') : text[i];
        }
    }
    return (size_t)(at - out);
}

static size_t write_line(struct corpus *c, const char *text, size_t len)
{
    size_t written = len + 1;
    fwrite(text, 1, len, stdout);
    putchar('\n');
    if (c->blank_lines) {
        putchar('\n');
        written++;
    }
    c->lines++;
    c->bytes += written;
    return written;
}

static char *put_field(struct corpus *c, char field, char *at)
{
    uint64_t *random = &c->random;
    switch (field) {
    case 'u': return put_number(random, put_word(draw(random), at, true), 99);
    case 'n': return put_number(random, at, 20000);
    case 's': return put_number(random, at, 200);
    case 'd': return put_number(random, put(put_number(random, put(put(at, PICK(random, months)), " "), 28), ", 20"), 23);
    case 'p': return put(at, PICK(random, places));
    case 'r': return put(at, PICK(random, ranks));
    default: return put_words(random, at, 7 + below(random, 5));
    }
}

static void write_clutter(struct corpus *c, const char *shape)
{
    char line[PARAGRAPH_MAX], *at = line;
    for (; *shape; shape++) {
        if (*shape == '%') {
            at = put_field(c, *++shape, at);
        } else if (*shape == '\n') {
            write_line(c, line, (size_t)(at - line));
            c->clutter_lines++;
            at = line;
        } else {
            *at++ = *shape;
        }
    }
}

static bool clutter_wanted(const struct corpus *c)
{
    return c->clutter_lines * 100 < c->lines * CLUTTER_PERCENT;
}

static void write_article(struct corpus *c)
{
    uint64_t article = c->articles++, count = paragraphs_of(article);
    char text[PARAGRAPH_MAX];
    for (uint64_t i = 0; i < count; i++) {
        write_line(c, text, make_paragraph(article, i, text));
        if (below(&c->random, 4) == 0 && clutter_wanted(c))
            write_clutter(c, PICK(&c->random, inside));
    }
    if (clutter_wanted(c))
        write_clutter(c, PICK(&c->random, tails));
}

/* A run of 4 to 23 paragraphs of an earlier article. */
static void write_repost(struct corpus *c)
{
    uint64_t article = below(&c->random, c->articles), count = paragraphs_of(article);
    uint64_t begin = below(&c->random, 2) ? 0 : below(&c->random, count - 4), end = begin + 4 + below(&c->random, 20);
    char text[PARAGRAPH_MAX], altered[PARAGRAPH_MAX];
    if (clutter_wanted(c))
        write_clutter(c, PICK(&c->random, quotes));
    for (uint64_t i = begin; i < end && i < count; i++) {
        size_t len = make_paragraph(article, i, text);
        if (below(&c->random, 100) < ALTERED_PERCENT)
            c->copied_bytes += write_line(c, altered, alter(below(&c->random, 4), text, len, altered));
        else
            c->copied_bytes += write_line(c, text, len);
    }
}

static void write_post(struct corpus *c)
{
    write_clutter(c, clutter_wanted(c) ? PICK(&c->random, cards) : PICK(&c->random, short_cards));
    if (below(&c->random, 6) == 0) {
        const char *reply = PICK(&c->random, replies);
        write_line(c, reply, strlen(reply));
    } else if (c->articles > 0 && c->copied_bytes * 100 < c->bytes * COPIED_PERCENT) {
        write_repost(c);
    } else {
        write_article(c);
    }
    if (clutter_wanted(c))
        write_clutter(c, PICK(&c->random, feet));
}

static void write_thread(struct corpus *c)
{
    if (c->bytes > 0)
        c->bytes += (uint64_t)printf("\f\n");
    c->blank_lines = below(&c->random, 4) < 3;
    for (uint64_t posts = 2 + below(&c->random, 10); posts > 0; posts--)
        write_post(c);
}

static void write_threads(uint64_t limit)
{
    struct corpus corpus = {.random = 2};
    while (corpus.bytes < limit)
        write_thread(&corpus);
}

/* A number makes each of them another one. */
static void write_short(uint64_t count)
{
    struct corpus corpus = {.random = 3};
    for (uint64_t i = 0; i < count; i++) {
        char text[PARAGRAPH_MAX];
        char *at = put_words(&corpus.random, text, 3 + below(&corpus.random, 8));
        at += sprintf(at, " %llu.", (unsigned long long)i);
        write_line(&corpus, text, (size_t)(at - text));
    }
}

/* Standard output goes to one file after the other. in  len: of each file at least; 0: one post */
static bool write_files(uint64_t count, const char *folder, uint64_t len)
{
    struct corpus corpus = {.random = 4};
    char path[4096];
    for (uint64_t i = 0; i < count; i++) {
        snprintf(path, sizeof path, "%s/%03u", folder, (unsigned)(i / 1000));
        if (i % 1000 == 0 && mkdir(path, 0777) != 0)
            return false;
        snprintf(path, sizeof path, "%s/%03u/%06u.txt", folder, (unsigned)(i / 1000), (unsigned)i);
        if (!freopen(path, "w", stdout))
            return false;
        uint64_t end = corpus.bytes + len;
        write_post(&corpus);
        while (corpus.bytes < end)
            write_thread(&corpus);
    }
    return true;
}

int main(int argc, char **argv)
{
    uint64_t number = argc > 1 ? strtoull(argv[argc > 2 ? 2 : 1], NULL, 10) : 0;
    bool good = number > 0;
    setvbuf(stdout, NULL, _IOFBF, 1 << 18);
    invent_words();
    if (good && argc == 2)
        write_threads(number * 1000000);
    else if (good && argc == 3 && strcmp(argv[1], "--short") == 0)
        write_short(number);
    else if (good && argc == 4 && strcmp(argv[1], "--files") == 0)
        good = write_files(number, argv[3], 0);
    else if (good && argc == 4 && strcmp(argv[1], "--dumps") == 0)
        good = write_files(number, argv[3], 200000);
    else
        good = false;
    if (!good)
        fprintf(stderr, "usage: make_corpus MEGABYTES | --short COUNT | --files|--dumps COUNT FOLDER\n");
    return !good || fflush(stdout) != 0 || ferror(stdout);
}
