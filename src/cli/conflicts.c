/*
 * conflicts.c: options that cannot be had together.
 * Used by arguments.c.
 */
#include "cli/conflicts.h"

#include <string.h>

#include "cli/messages.h"

static bool is_standard(const char *file)
{
    return file && strcmp(file, "-") == 0;
}

/* Where the clean text, or what stands for it, goes to standard output. */
static bool uses_standard_output(const struct nf_arguments *arguments)
{
    if (arguments->diff || arguments->explain)
        return !arguments->output_file || is_standard(arguments->output_file);
    if ((arguments->dry_run && arguments->options.output != NF_OUTPUT_RULES) || arguments->output_folder || arguments->in_place)
        return false;
    return !arguments->output_file || is_standard(arguments->output_file);
}

static bool reads_standard_input(const struct nf_arguments *arguments)
{
    bool standard = !arguments->operand_count && !arguments->files_from;
    for (size_t i = 0; i < arguments->operand_count; i++)
        standard |= is_standard(arguments->operands[i]);
    return standard;
}

static const char *run_conflict(const struct nf_arguments *arguments)
{
    bool learns = arguments->options.output == NF_OUTPUT_RULES;
    if (arguments->seen_file && arguments->options.scope == NF_SCOPE_DOCUMENT)
        return "--seen folds across runs, --scope=document within each document; choose one";
    if (arguments->seen_file && learns)
        return "learn looks at the files of one run; leave --seen out";
    if (arguments->learn && reads_standard_input(arguments))
        return "--learn reads its files twice, which standard input cannot be";
    if (learns && (arguments->output_folder || arguments->in_place || arguments->diff || arguments->removed_file
                   || arguments->report_file))
        return "learn writes rules only; of the outputs only -o goes with it";
    return NULL;
}

static const char *output_conflict(const struct nf_arguments *arguments)
{
    bool each = arguments->output_folder || arguments->in_place;
    if (!!arguments->output_file + !!arguments->output_folder + arguments->in_place > 1)
        return "-o, -O and -i exclude each other: one file, a folder, or the inputs themselves";
    if (arguments->explain && arguments->diff)
        return "--explain and --diff exclude each other";
    if (each && (arguments->explain || arguments->diff) && !arguments->dry_run)
        return "--explain and --diff stand in place of the clean text, which -O and -i write; with -n they show "
               "what would be done";
    if (arguments->in_place && !arguments->operand_count && !arguments->files_from)
        return "-i: standard input cannot be changed in place";
    if (arguments->output_folder && !arguments->operand_count && !arguments->files_from)
        return "-O: standard input has no name to be written to; use -o";
    if (arguments->output_folder && !*arguments->output_folder)
        return "-O: the name of the folder is empty";
    if (arguments->backup_suffix && strchr(arguments->backup_suffix, '/'))
        return "-i: the suffix of the backup may not have a slash; write -i.old, or -i alone";
    if (arguments->null && !arguments->files_from)
        return "-0 is about the names in --files-from, which is not there";
    return NULL;
}

static bool same_name(const char *a, const char *b)
{
    return a && b && strcmp(a, b) == 0;
}

static const char *side_conflict(const struct nf_arguments *arguments)
{
    const char *files[] = {arguments->output_file, arguments->removed_file, arguments->report_file,
                           arguments->stats_file, arguments->seen_file};
    const size_t count = sizeof files / sizeof *files;
    for (size_t i = 0; i < count; i++)
        for (size_t j = i + 1; j < count; j++)
            if (same_name(files[i], files[j]))
                return "two of -o, --removed, --report, --stats and --seen name the same file";
    if (is_standard(arguments->removed_file) && uses_standard_output(arguments))
        return "--removed=-: standard output has the clean text already; add -n, -o, -O or -i";
    if (is_standard(arguments->report_file) && uses_standard_output(arguments))
        return "--report=-: standard output has the clean text already; add -n, -o, -O or -i";
    return NULL;
}

bool nf_conflicts_check(const struct nf_arguments *arguments)
{
    const char *text = run_conflict(arguments);
    if (!text)
        text = output_conflict(arguments);
    if (!text)
        text = side_conflict(arguments);
    if (text)
        nf_message_error(NULL, 0, "%s", text);
    return !text;
}
