/*
 * fuzz_arguments.c: any lines as arguments.
 * Run by `make fuzz` with libFuzzer and by `make check` over the corpus with driver.c.
 *
 * They are taken without a message, or refused with exactly one; nothing is opened. It stands in for
 * cli/messages.c, so that messages are counted and not printed.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "cli/arguments.h"
#include "cli/messages.h"

#define ARGUMENTS_MAX 64

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static unsigned messages;

void nf_message_error(const char *file, uint64_t line, const char *format, ...)
{
    char text[4096];
    va_list args;
    (void)file;
    (void)line;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    messages++;
}

void nf_message_text(const char *text)
{
    messages += text != NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    struct nf_buf text = {0};
    char name[] = "newsfold", *argv[ARGUMENTS_MAX + 2] = {name};
    int argc = 1;
    struct nf_arguments arguments;
    nf_buf_add(&text, (const char *)data, len);
    nf_buf_add_char(&text, '\0');
    for (char *from = text.data; from && argc <= ARGUMENTS_MAX; argc++) {
        argv[argc] = from;
        char *end = strchr(from, '\n');
        from = end ? end + 1 : NULL;
        if (end)
            *end = '\0';
    }
    messages = 0;
    bool good = nf_arguments_parse(&arguments, argc, argv);
    if (messages != !good || (good && arguments.operand_count >= (size_t)argc))
        abort();
    nf_arguments_release(&arguments);
    nf_buf_release(&text);
    return 0;
}
