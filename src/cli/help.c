/*
 * help.c: texts about the program.
 * Used by run.c; the options are the rows of options.def.
 */
#include "cli/help.h"

#include <inttypes.h>
#include <stdio.h>

#include <newsfold/version.h>

#include "adapt/inflate.h"
#include "adapt/regex.h"

#define HELP_COLUMN 30

const char nf_usage[] =
    "usage: newsfold [OPTION]... [FILE|DIR|-]...\n"
    "       newsfold learn [OPTION]... FILE|DIR... > site.rules\n"
    "       scraper | newsfold > clean.txt\n"
    "Try 'newsfold --help'.\n";

static const char introduction[] =
    "Usage: newsfold [OPTION]... [FILE|DIR|-]...\n"
    "  or:  newsfold learn [OPTION]... FILE|DIR... > site.rules\n"
    "Fold repeated news articles in scraped text, and take out what forums and news\n"
    "sites leave around them. Reads standard input without a FILE, writes clean text.\n"
    "learn writes the lines that recur in many of the files as rules for --rules.\n";

static const char ending[] =
    "\nExamples:\n"
    "  curl -s https://forum.example/thread | newsfold        a page through a pipe\n"
    "  newsfold -O clean/ dumps/                              a folder, each file for itself\n"
    "  newsfold -n --report=what.html dumps/                  what would go, and why, to look at\n"
    "  newsfold -q --exit-code post.txt >/dev/null            is there anything to fold?\n"
    "\nSIZE is a number of bytes, or 500K, 64M, 2G. Exit status: 0 done, 1 only with\n"
    "--exit-code, 2 a usage error or an input or output that failed.\n"
    "Manual: newsfold(1), newsfold-rules(5).\n";

static void add_option(struct nf_buf *out, const char *name, char letter, const char *argument, bool maybe,
                       const char *help)
{
    char text[80];
    char first[8] = "    ";
    if (letter)
        snprintf(first, sizeof first, "-%c, ", letter);
    int len = snprintf(text, sizeof text, "  %s--%s%s%s%s%s", first, name, maybe ? "[" : "", argument ? "=" : "",
                       argument ? argument : "", maybe ? "]" : "");
    nf_buf_add(out, text, (size_t)len);
    if (len > HELP_COLUMN - 2) {
        nf_buf_add_char(out, '\n');
        len = 0;
    }
    for (; len < HELP_COLUMN; len++)
        nf_buf_add_char(out, ' ');
    nf_buf_add_text(out, help);
    nf_buf_add_char(out, '\n');
}

static void add_group(struct nf_buf *out, const char *text)
{
    nf_buf_add_char(out, '\n');
    nf_buf_add_text(out, text);
    nf_buf_add_text(out, ":\n");
}

void nf_help(struct nf_buf *out)
{
    nf_buf_add_text(out, introduction);
#define FLAG false
#define VALUE false
#define MAYBE true
#define GROUP(text) add_group(out, text);
#define OPTION(id, name, letter, kind, argument, help) add_option(out, name, letter, argument, kind, help);
#include "cli/options.def"
#undef OPTION
#undef GROUP
#undef MAYBE
#undef VALUE
#undef FLAG
    nf_buf_add_text(out, ending);
}

void nf_version(struct nf_buf *out, bool libraries)
{
    nf_buf_add_text(out, "newsfold " NF_VERSION "\n");
    if (!libraries)
        return;
    nf_buf_add_text(out, "PCRE2 ");
    nf_buf_add_text(out, nf_regex_version());
    nf_buf_add_text(out, nf_can_inflate(NF_PACKING_GZIP) ? "\ngzip with zlib" : "\nno gzip");
    nf_buf_add_text(out, nf_can_inflate(NF_PACKING_ZSTD) ? "\nzstd with libzstd" : "\nno zstd");
    nf_buf_add_char(out, '\n');
}

void nf_list_rules(struct nf_buf *out, const struct nf_rules *rules)
{
    char text[200];
    for (int category = 0; category < NF_CATEGORY_COUNT; category++)
        for (size_t i = 0; i < nf_rules_count(rules); i++) {
            if (nf_rules_category(rules, i) != (enum nf_category)category)
                continue;
            int len = snprintf(text, sizeof text, "%-12s  %s\n", nf_category_name((enum nf_category)category),
                               nf_rules_name(rules, i));
            nf_buf_add(out, text, (size_t)len < sizeof text ? (size_t)len : sizeof text - 1);
        }
}
