/*
 * arguments.c: argv into plain values.
 * Used by run.c; the options are the rows of options.def.
 */
#include "cli/arguments.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "cli/conflicts.h"
#include "cli/messages.h"

enum option_id {
    OPTION_NONE = 1000,         /* past every letter */
#define GROUP(text)
#define OPTION(id, name, letter, kind, argument, help) OPTION_##id,
#include "cli/options.def"
#undef OPTION
#undef GROUP
};

static const struct option long_options[] = {
#define FLAG no_argument
#define VALUE required_argument
#define MAYBE optional_argument
#define GROUP(text)
#define OPTION(id, name, letter, kind, argument, help) {name, kind, NULL, OPTION_##id},
#include "cli/options.def"
#undef OPTION
#undef GROUP
#undef MAYBE
#undef VALUE
#undef FLAG
    {NULL, 0, NULL, 0},
};

static const struct {
    char letter;
    unsigned char colons;       /* as getopt has it: one takes a value, two may have one */
    int id;
} letters[] = {
#define FLAG 0
#define VALUE 1
#define MAYBE 2
#define GROUP(text)
#define OPTION(id, name, letter, kind, argument, help) {letter, kind, OPTION_##id},
#include "cli/options.def"
#undef OPTION
#undef GROUP
#undef MAYBE
#undef VALUE
#undef FLAG
};

#define LETTER_COUNT (sizeof letters / sizeof *letters)

/* ":" first: a missing value is told apart from an unknown option. */
static void letter_list(char list[3 * LETTER_COUNT + 2])
{
    size_t at = 0;
    list[at++] = ':';
    for (size_t i = 0; i < LETTER_COUNT; i++) {
        if (!letters[i].letter)
            continue;
        list[at++] = letters[i].letter;
        for (unsigned colon = 0; colon < letters[i].colons; colon++)
            list[at++] = ':';
    }
    list[at] = '\0';
}

static int id_of(int found)
{
    for (size_t i = 0; i < LETTER_COUNT; i++)
        if (letters[i].letter && letters[i].letter == found)
            return letters[i].id;
    return found;
}

static bool choose(const char *option, const char *value, const char *const *choices, unsigned *chosen)
{
    for (unsigned i = 0; choices[i]; i++)
        if (strcmp(value, choices[i]) == 0) {
            *chosen = i;
            return true;
        }
    nf_message_error(NULL, 0, "--%s: '%s' is none of its values; see --help", option, value);
    return false;
}

static bool set_color(struct nf_arguments *arguments, const char *value)
{
    static const char *const choices[] = {"auto", "always", "never", NULL};
    unsigned chosen;
    if (!choose("color", value, choices, &chosen))
        return false;
    if (chosen)
        arguments->options.color = chosen == 1;
    return true;
}

/* A list of categories as bits. */
static bool categories_of(const char *option, const char *list, uint32_t *bits)
{
    *bits = 0;
    while (*list) {
        size_t len = strcspn(list, ","), found = NF_CATEGORY_COUNT;
        for (size_t i = 0; i < NF_CATEGORY_COUNT; i++) {
            const char *name = nf_category_name((enum nf_category)i);
            if (strlen(name) == len && memcmp(name, list, len) == 0)
                found = i;
        }
        if (len == 3 && memcmp(list, "all", 3) == 0)
            *bits = UINT32_MAX;
        else if (found < NF_CATEGORY_COUNT)
            *bits |= UINT32_C(1) << found;
        else {
            nf_message_error(NULL, 0, "--%s: no category '%.*s'; --list-rules names them", option, (int)len, list);
            return false;
        }
        list += len + (list[len] == ',');
    }
    return true;
}

static unsigned processors(void)
{
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count < 1 ? 1 : count > NF_JOBS_MAX ? NF_JOBS_MAX : (unsigned)count;
}

static bool jobs_of(const char *text, unsigned *jobs)
{
    char *end;
    errno = 0;
    unsigned long count = strtoul(text, &end, 10);
    if (*text < '0' || *text > '9' || *end || errno || count < 1 || count > NF_JOBS_MAX) {
        nf_message_error(NULL, 0, "--jobs: '%s' is no number from 1 to %d", text, NF_JOBS_MAX);
        return false;
    }
    *jobs = (unsigned)count;
    return true;
}

static bool count_of(const char *option, const char *text, uint64_t *count)
{
    char *end;
    errno = 0;
    unsigned long long number = strtoull(text, &end, 10);
    if (*text < '0' || *text > '9' || *end || errno || number < 1) {
        nf_message_error(NULL, 0, "--%s: '%s' is no number from 1 on", option, text);
        return false;
    }
    *count = number;
    return true;
}

/* A number of bytes, with K, M or G. */
static bool size_of(const char *option, const char *text, uint64_t least, uint64_t *size)
{
    char *end;
    unsigned shift = 0;
    unsigned long long number = strtoull(text, &end, 10);
    if (end != text && strchr("kKmMgG", *end) && *end)
        shift = *end == 'k' || *end == 'K' ? 10 : *end == 'm' || *end == 'M' ? 20 : 30, end++;
    if (end == text || *end || *text == '-' || number > UINT64_MAX >> 31) {
        nf_message_error(NULL, 0, "--%s: '%s' is no size; write 500K, 64M or 2G", option, text);
        return false;
    }
    *size = (uint64_t)number << shift;
    if (*size >= least)
        return true;
    nf_message_error(NULL, 0, "--%s: '%s' is too small; at least %llu bytes", option, text, (unsigned long long)least);
    return false;
}

static bool set_choice(struct nf_arguments *arguments, int id, const char *value)
{
    static const char *const formats[] = {"auto", "text", "html", "jsonl", "warc", NULL};
    static const char *const paragraphs[] = {"auto", "line", "block", NULL};
    static const char *const scopes[] = {"run", "document", NULL};
    static const char *const forms[] = {"text", "jsonl", NULL};
    unsigned chosen = 0;
    switch (id) {
    case OPTION_FORMAT:
        if (!choose("format", value, formats, &chosen))
            return false;
        arguments->options.format = (enum nf_format)chosen;
        return true;
    case OPTION_PARAGRAPHS:
        if (!choose("paragraphs", value, paragraphs, &chosen))
            return false;
        arguments->options.paragraphs = (enum nf_paragraphs)chosen;
        return true;
    case OPTION_SCOPE:
        if (!choose("scope", value, scopes, &chosen))
            return false;
        arguments->options.scope = (enum nf_scope)chosen;
        return true;
    default:
        if (value && !choose("explain", value, forms, &chosen))
            return false;
        arguments->explain = true;
        arguments->options.output = chosen ? NF_OUTPUT_EXPLAIN_JSONL : NF_OUTPUT_EXPLAIN;
        return true;
    }
}

/* What is said of records. */
static bool set_record_option(struct nf_arguments *arguments, int id, const char *value)
{
    static const char *const forms[] = {"auto", "text", "jsonl", NULL};
    static const char *const actions[] = {"pass", "skip", "stop", NULL};
    struct nf_options *options = &arguments->options;
    unsigned chosen = 0;
    switch (id) {
    case OPTION_TO:
        if (!choose("to", value, forms, &chosen))
            return false;
        options->to = (enum nf_to)chosen;
        return true;
    case OPTION_ON_ERROR:
        if (!choose("on-error", value, actions, &chosen))
            return false;
        options->on_error = (enum nf_on_error)chosen;
        return true;
    case OPTION_TEXT_FIELD: options->text_field = value; return true;
    case OPTION_ID_FIELD: options->id_field = value; return true;
    case OPTION_URL_FIELD: options->url_field = value; return true;
    case OPTION_MAX_RECORD: return size_of("max-record", value, NF_MAX_DOCUMENT_LEAST, &options->max_record);
    default: return count_of("max-expansion", value, &options->max_expansion);
    }
}

static bool set_categories(struct nf_arguments *arguments, int id, const char *value)
{
    uint32_t bits;
    if (!categories_of(id == OPTION_KEEP ? "keep" : "strip", value, &bits))
        return false;
    if (id == OPTION_KEEP)
        arguments->options.kept_categories |= bits;
    else
        arguments->options.kept_categories = ~bits;
    return true;
}

static bool set_flag(struct nf_arguments *arguments, int id)
{
    switch (id) {
    case OPTION_EXACT: arguments->options.exact = true; return true;
    case OPTION_NO_BUILTIN_RULES: arguments->no_builtin_rules = true; return true;
    case OPTION_LEARN: arguments->learn = true; return true;
    case OPTION_LIST_RULES: arguments->list_rules = true; return true;
    case OPTION_DRY_RUN: arguments->dry_run = true; return true;
    case OPTION_EXIT_CODE: arguments->exit_code = true; return true;
    case OPTION_QUIET: arguments->quiet = true; return true;
    case OPTION_VERBOSE: arguments->verbose = true; return true;
    case OPTION_HELP: arguments->help = true; return true;
    case OPTION_VERSION: arguments->version = true; return true;
    case OPTION_NULL: arguments->null = true; return true;
    case OPTION_DIFF: arguments->diff = true; return true;
    case OPTION_NO_PROGRESS: arguments->no_progress = true; return true;
    default: return false;
    }
}

static bool set_file(struct nf_arguments *arguments, int id, const char *value)
{
    switch (id) {
    case OPTION_FILES_FROM: arguments->files_from = value; return true;
    case OPTION_OUTPUT: arguments->output_file = value; return true;
    case OPTION_OUTPUT_DIR: arguments->output_folder = value; return true;
    case OPTION_REMOVED: arguments->removed_file = value; return true;
    case OPTION_REPORT: arguments->report_file = value; return true;
    default:
        arguments->in_place = true;
        arguments->backup_suffix = value && *value ? value : NULL;
        return true;
    }
}

static bool set(struct nf_arguments *arguments, int id, const char *value)
{
    switch (id) {
    case OPTION_FORMAT: case OPTION_PARAGRAPHS: case OPTION_SCOPE: case OPTION_EXPLAIN:
        return set_choice(arguments, id, value);
    case OPTION_TO: case OPTION_ON_ERROR: case OPTION_TEXT_FIELD: case OPTION_ID_FIELD: case OPTION_URL_FIELD:
    case OPTION_MAX_RECORD: case OPTION_MAX_EXPANSION:
        return set_record_option(arguments, id, value);
    case OPTION_FILES_FROM: case OPTION_OUTPUT: case OPTION_OUTPUT_DIR: case OPTION_IN_PLACE: case OPTION_REMOVED:
    case OPTION_REPORT:
        return set_file(arguments, id, value);
    case OPTION_KEEP: case OPTION_STRIP:
        return set_categories(arguments, id, value);
    case OPTION_SEPARATOR:
        arguments->options.separator = value;
        return true;
    case OPTION_RULES:
        arguments->rule_files = nf_grow(arguments->rule_files, &arguments->rule_file_capacity,
                                        arguments->rule_file_count + 1, sizeof *arguments->rule_files);
        arguments->rule_files[arguments->rule_file_count++] = value;
        return true;
    case OPTION_STATS:
        arguments->stats = arguments->options.timed = true;
        arguments->stats_file = value;
        return true;
    case OPTION_COLOR:
        return set_color(arguments, value);
    case OPTION_SEEN:
        arguments->seen_file = value;
        return true;
    case OPTION_JOBS:
        return jobs_of(value, &arguments->options.jobs);
    case OPTION_MAX_MEMORY:
        return size_of("max-memory", value, NF_MAX_MEMORY_LEAST, &arguments->options.max_memory);
    case OPTION_MAX_DOCUMENT:
        return size_of("max-document", value, NF_MAX_DOCUMENT_LEAST, &arguments->options.max_document);
    default:
        return set_flag(arguments, id);
    }
}

static bool complain(int found, char **argv)
{
    const char *typed = argv[optind - 1];
    if (found == ':')
        nf_message_error(NULL, 0, "%s needs a value; see --help", typed);
    else if (optopt > 0 && optopt < OPTION_NONE)
        nf_message_error(NULL, 0, "no option -%c; see --help", optopt);
    else
        nf_message_error(NULL, 0, "no option %s, or not one alone; see --help", typed);
    return false;
}

static bool default_color(void)
{
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
    return isatty(STDOUT_FILENO) && !(no_color && *no_color) && !(term && strcmp(term, "dumb") == 0);
}

/* What is written where the clean text would be. */
static enum nf_output output_of(const struct nf_arguments *arguments)
{
    if (arguments->options.output == NF_OUTPUT_RULES)
        return NF_OUTPUT_RULES;
    if (arguments->diff)
        return NF_OUTPUT_DIFF;
    return arguments->dry_run && !arguments->explain ? NF_OUTPUT_NONE : arguments->options.output;
}

bool nf_arguments_parse(struct nf_arguments *arguments, int argc, char **argv)
{
    char list[3 * LETTER_COUNT + 2];
    int found, verb = argc > 1 && strcmp(argv[1], "learn") == 0;
    argc -= verb, argv += verb;
    *arguments = (struct nf_arguments){0};
    arguments->options.max_document = NF_MAX_DOCUMENT_DEFAULT;
    arguments->options.max_memory = NF_MAX_MEMORY_DEFAULT;
    arguments->options.jobs = processors();
    arguments->options.color = default_color();
    letter_list(list);
    opterr = 0;
    optind = 0;                 /* glibc: start anew, for a second call in one program */
    while ((found = getopt_long(argc, argv, list, long_options, NULL)) != -1) {
        if (found == '?' || found == ':')
            return complain(found, argv);
        if (!set(arguments, id_of(found), optarg))
            return false;
    }
    arguments->operands = (const char **)argv + optind;
    arguments->operand_count = (size_t)(argc - optind);
    if (verb)
        arguments->options.output = NF_OUTPUT_RULES;
    arguments->options.output = output_of(arguments);
    arguments->options.removed = arguments->removed_file;
    arguments->options.report = arguments->report_file;
    return nf_conflicts_check(arguments);
}

void nf_arguments_release(struct nf_arguments *arguments)
{
    nf_free(arguments->rule_files);
}
