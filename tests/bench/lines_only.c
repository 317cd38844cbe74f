/*
 * lines_only.c: writes each line that was not met before, told by a hash of its bytes, and does nothing else: no letters
 * made alike, no rules, no paragraphs, and a table as large as it will ever be. The bound that exact mode's speed is
 * measured against.
 *
 *     lines_only FILE [SIZE] > text         SIZE: of a pipe's text
 */
#define XXH_INLINE_ALL
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#define BLOCK ((size_t)256 << 10)
#define AHEAD 16                /* look-ups under way at once */
#define LINE_MEAN 64            /* bytes; a table for lines so long or longer is large enough, and others are refused */

struct line {
    uint64_t hash;
    size_t from, end;           /* behind its line feed */
};

struct seen {
    uint64_t *hash;             /* 0: free */
    size_t mask, count;
};

static void fail(const char *why)
{
    fprintf(stderr, "lines_only: %s\n", why);
    exit(2);
}

static void *room(size_t count, size_t size)
{
    void *memory = calloc(count, size);
    if (!memory)
        fail("no memory");
    return memory;
}

/* The lines of a block that are whole. out  line; gives their number */
static size_t find_lines(const char *bytes, size_t len, struct line *line)
{
    size_t count = 0, from = 0;
    for (const char *end; (end = memchr(bytes + from, '\n', len - from)); from = line[count++].end) {
        size_t to = (size_t)(end - bytes);
        line[count] = (struct line){to > from ? XXH3_64bits(bytes + from, to - from) | 1 : 0, from, to + 1};
    }
    return count;
}

static int is_new(struct seen *seen, uint64_t hash)
{
    size_t at = hash & seen->mask;
    while (seen->hash[at] && seen->hash[at] != hash)
        at = (at + 1) & seen->mask;
    int new = !seen->hash[at];
    seen->hash[at] = hash;
    if ((seen->count += (size_t)new) > seen->mask)
        fail("the lines are too short for the table");
    return new;
}

/* Copies what is new, and empty lines. */
static size_t keep(struct seen *seen, const char *bytes, const struct line *line, size_t count, char *out)
{
    size_t len = 0;
    for (size_t i = 0; i < count + AHEAD; i++) {
        if (i < count)
            __builtin_prefetch(&seen->hash[line[i].hash & seen->mask]);
        if (i < AHEAD)
            continue;
        const struct line *here = &line[i - AHEAD];
        if (here->hash && !is_new(seen, here->hash))
            continue;
        memcpy(out + len, bytes + here->from, here->end - here->from);
        len += here->end - here->from;
    }
    return len;
}

static void put(const char *bytes, size_t len)
{
    for (ssize_t done; len; bytes += done, len -= (size_t)done)
        if ((done = write(STDOUT_FILENO, bytes, len)) < 0)
            fail("the output cannot be written");
}

int main(int argc, char **argv)
{
    int file = argc > 1 ? open(argv[1], O_RDONLY) : -1;
    struct stat about;
    if (file < 0 || fstat(file, &about) != 0)
        fail("no file that can be read");
    struct seen seen = {.mask = 1023};
    while (seen.mask < (argc > 2 ? strtoul(argv[2], NULL, 10) : (size_t)about.st_size) / LINE_MEAN)
        seen.mask = seen.mask * 2 + 1;
    seen.hash = room(seen.mask + 1, sizeof *seen.hash);
    char *in = room(2, BLOCK), *out = room(2, BLOCK);
    struct line *line = room(2 * BLOCK, sizeof *line);
    size_t len = 0;
    for (ssize_t more; (more = read(file, in + len, BLOCK)) > 0;) {
        len += (size_t)more;
        size_t count = find_lines(in, len, line), end = count ? line[count - 1].end : 0;
        put(out, keep(&seen, in, line, count, out));
        memmove(in, in + end, len -= end);
        if (len > BLOCK)
            fail("a line is too long");
    }
    if (len)
        fail("the last line does not end");
    return 0;
}
