/*
 * operands.c: what is to be read: the operands and the names of --files-from, walked.
 * Used by the cli files.
 */
#include "cli/operands.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "cli/messages.h"
#include "cli/read_file.h"

/* Names end with the mark; an empty one names nothing. */
static void take_names(struct nf_operands *operands, struct nf_span text, char mark)
{
    size_t at = 0;
    while (at < text.len) {
        const char *end = memchr(text.data + at, mark, text.len - at);
        size_t len = end ? (size_t)(end - text.data) - at : text.len - at;
        if (len) {
            nf_buf_add(&operands->list, text.data + at, len);
            nf_buf_add_char(&operands->list, '\0');
            operands->list_count++;
        }
        at += len + 1;
    }
}

static bool names_standard_input(const struct nf_operands *operands)
{
    for (size_t i = 0; i < operands->count; i++)
        if (strcmp(operands->name[i], "-") == 0)
            return true;
    const char *name = operands->list.data;
    for (size_t i = 0; i < operands->list_count; i++, name += strlen(name) + 1)
        if (strcmp(name, "-") == 0)
            return true;
    return false;
}

static bool read_list(struct nf_operands *operands, const struct nf_arguments *arguments)
{
    struct nf_buf text = {0};
    const char *path = arguments->files_from;
    bool standard = strcmp(path, "-") == 0;
    bool good = nf_read_file(path, &text);
    if (!good) {
        nf_message_error(standard ? "standard input" : path, 0, "%s", strerror(errno));
    } else if (!arguments->null && text.len && memchr(text.data, '\0', text.len)) {
        nf_message_error(standard ? "standard input" : path, 0, "names end with NUL bytes here; add -0");
        good = false;
    } else {
        take_names(operands, nf_buf_span(&text), arguments->null ? '\0' : '\n');
    }
    nf_buf_release(&text);
    if (good && standard && names_standard_input(operands)) {
        nf_message_error(NULL, 0, "standard input cannot be the list of --files-from and an input too");
        good = false;
    }
    return good;
}

bool nf_operands_read(struct nf_operands *operands, const struct nf_arguments *arguments)
{
    static const char *const standard[] = {"-"};
    bool none = !arguments->operand_count && !arguments->files_from;
    *operands = (struct nf_operands){
        .name = none ? standard : arguments->operands,
        .count = none ? 1 : arguments->operand_count,
    };
    return !arguments->files_from || read_list(operands, arguments);
}

void nf_operands_release(struct nf_operands *operands)
{
    nf_buf_release(&operands->list);
}

bool nf_operands_walk(const struct nf_operands *operands, struct nf_walk *walk)
{
    for (size_t i = 0; i < operands->count; i++)
        if (!nf_walk(walk, operands->name[i], false))
            return false;
    const char *name = operands->list.data;
    for (size_t i = 0; i < operands->list_count; i++, name += strlen(name) + 1)
        if (!nf_walk(walk, name, true))
            return false;
    return true;
}
