/*
 * line_cues.c: the cues of every line of some documents, for train_lines.py.
 *
 *     line_cues HOW CUES < NAMES     HOW: line or auto (paragraphs); NAMES: a file a line
 *
 * Prints `DOC name lines dump`, then each line with its verdict (1 kept) before it. The cues of all lines go to the
 * file CUES, as floats of this machine.
 */
#include <stdio.h>
#include <string.h>

#include "base/paragraphs.h"
#include "stage/split.h"
#include "stage/strip_cues.h"
#include "stage/strip_structure.h"

static char bytes[1 << 26];

static FILE *cue_file;

static void print_line(const struct nf_surroundings *surroundings, const struct nf_document *document, size_t i)
{
    struct nf_cues cues;
    nf_line_cues(surroundings, i, &cues, 0);
    for (size_t cue = 0; cue < NF_CUE_COUNT; cue++)
        fwrite(cues.row[cue], sizeof **cues.row, 1, cue_file);
    struct nf_span text = document->paragraphs[i].text;
    printf("%d ", document->paragraphs[i].verdict == NF_KEEP);
    for (size_t k = 0; k < text.len; k++)
        putchar(text.data[k] == '\n' || text.data[k] == '\t' ? ' ' : text.data[k]);
    putchar('\n');
}

static void print_document(struct nf_stripper *stripper, const char *name, enum nf_paragraphs how)
{
    FILE *file = fopen(name, "rb");
    struct nf_document document = {.first_line = 1};
    struct nf_surroundings surroundings;
    if (!file)
        return;
    document.bytes = nf_span(bytes, fread(bytes, 1, sizeof bytes, file));
    fclose(file);
    nf_split(&document, how);
    nf_strip(stripper, &document);
    nf_surroundings_init(&surroundings, stripper->facts, &document);
    printf("DOC %s %zu %d\n", name, document.count, nf_is_dump(stripper, &document));
    for (size_t i = 0; i < document.count; i++)
        print_line(&surroundings, &document, i);
    nf_surroundings_release(&surroundings);
    nf_document_release(&document);
}

int main(int argc, char **argv)
{
    struct nf_rules *rules = nf_rules_new();
    struct nf_stripper stripper = {.rules = rules, .rules_only = true};
    char name[4096];
    if (argc < 3 || !(cue_file = fopen(argv[2], "wb")))
        return 2;
    nf_rules_add_builtin(rules);
    while (fgets(name, sizeof name, stdin)) {
        name[strcspn(name, "\n")] = '\0';
        print_document(&stripper, name, strcmp(argv[1], "auto") == 0 ? NF_PARAGRAPHS_AUTO : NF_PARAGRAPHS_LINE);
    }
    fclose(cue_file);
    nf_stripper_release(&stripper);
    nf_rules_free(rules);
    return 0;
}
