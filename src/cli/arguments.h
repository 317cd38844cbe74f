/*
 * arguments.h: what the user typed, checked, with nothing opened yet.
 * Used by run.c.
 */
#ifndef NEWSFOLD_CLI_ARGUMENTS_H
#define NEWSFOLD_CLI_ARGUMENTS_H

#include <newsfold/document.h>
#include <newsfold/options.h>

struct nf_arguments {
    struct nf_options options;
    const char **operands;      /* into argv */
    size_t operand_count;
    const char **rule_files;    /* into argv; owned array */
    size_t rule_file_count, rule_file_capacity;
    const char *seen_file;      /* NULL: none */
    const char *stats_file;     /* NULL: standard error */
    bool learn;                 /* the input is read twice: first for rules */
    const char *files_from;     /* NULL: operands only; "-": standard input */
    const char *output_file;    /* of -o; NULL: standard output, or one of the next two */
    const char *output_folder;  /* of -O */
    const char *backup_suffix;  /* of -i; NULL: no backup */
    const char *removed_file, *report_file;     /* NULL: none; "-": standard output */
    bool stats, exit_code, quiet, verbose, dry_run, in_place, null, explain, diff, no_progress;
    bool no_builtin_rules, list_rules, help, version;
};

/*
 * out     arguments: filled with defaults and what argv says
 * fails   with one message on standard error, giving false
 */
bool nf_arguments_parse(struct nf_arguments *arguments, int argc, char **argv);
void nf_arguments_release(struct nf_arguments *arguments);

#endif
