/*
 * run.c: from arguments to an exit status.
 * Used by main.c.
 */
#include "cli/run.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <newsfold/pipeline.h>
#include <newsfold/rules.h>

#include "base/alloc.h"
#include "cli/arguments.h"
#include "cli/help.h"
#include "cli/messages.h"
#include "cli/pipes.h"
#include "cli/seen.h"
#include "cli/stats.h"
#include "cli/walk.h"

#define BLOCK_LEN ((size_t)256 << 10)

/* Of one input; the others are counted. */
#define PROBLEMS_TOLD 10

enum { EXIT_DONE = 0, EXIT_REMOVED = 1, EXIT_FAILED = 2, EXIT_CONTRACT = 3 };

struct run {
    struct nf_arguments arguments;
    struct nf_pipeline *pipeline;
    char *block;
    uint64_t problems;          /* of the input that is being finished */
    bool failed, closed;        /* closed: nobody reads the output any more */
};

/* A write to standard output, whole; errno tells what failed. */
static enum nf_status write_all(void *context, const char *bytes, size_t len)
{
    (void)context;
    while (len) {
        ssize_t written = write(STDOUT_FILENO, bytes, len);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return errno == EPIPE ? NF_ECLOSED : NF_EWRITE;
        bytes += written;
        len -= (size_t)written;
    }
    return NF_OK;
}

static int print(struct nf_buf *text)
{
    enum nf_status status = write_all(NULL, text->data, text->len);
    if (status == NF_EWRITE)
        nf_message_error("standard output", 0, "%s", strerror(errno));
    nf_buf_release(text);
    return status == NF_EWRITE ? EXIT_FAILED : EXIT_DONE;
}

static bool read_file(int file, struct nf_buf *out)
{
    for (;;) {
        ssize_t len = read(file, nf_buf_reserve(out, BLOCK_LEN), BLOCK_LEN);
        if (len < 0 && errno == EINTR)
            continue;
        if (len <= 0)
            return len == 0;
        out->len += (size_t)len;
    }
}

static bool add_rule_file(struct nf_rules *rules, const char *path)
{
    struct nf_buf text = {0};
    struct nf_error error = {0};
    int file = open(path, O_RDONLY | O_CLOEXEC);
    bool read = file >= 0 && read_file(file, &text);
    if (!read)
        nf_message_error(path, 0, "%s", strerror(errno));
    else if (nf_rules_add(rules, nf_buf_span(&text), path, &error) != NF_OK)
        nf_message_error(path, error.line, "%s", error.text);
    if (file >= 0)
        close(file);
    nf_buf_release(&text);
    return read && error.status == NF_OK;
}

static struct nf_rules *load_rules(const struct nf_arguments *arguments)
{
    struct nf_rules *rules = nf_rules_new();
    bool good = true;
    if (!arguments->no_builtin_rules)
        nf_rules_add_builtin(rules);
    for (size_t i = 0; i < arguments->rule_file_count && good; i++)
        good = add_rule_file(rules, arguments->rule_files[i]);
    if (good)
        return rules;
    nf_rules_free(rules);
    return NULL;
}

/* An output that failed ends the run; one that nobody reads any more ends it quietly. */
static bool output_failed(struct run *run, enum nf_status status)
{
    if (status == NF_OK)
        return false;
    if (status == NF_EWRITE) {
        nf_message_error("standard output", 0, "%s", strerror(errno));
        run->failed = true;
    }
    run->closed = true;
    return true;
}

/* Something is wrong with an input, or with a record of it; or it is only worth a warning. */
static void tell_problem(void *context, const struct nf_input *input, const struct nf_error *error)
{
    struct run *run = context;
    bool warning = error->status == NF_OK;
    run->failed |= !warning;
    if (warning && run->arguments.quiet)
        return;
    if (run->problems++ < PROBLEMS_TOLD)
        nf_message_error(input->name, error->line, "%s", error->text);
}

/* An input is done: what is told of it. */
static enum nf_status tell_input(void *context, const struct nf_input *input, const struct nf_counts *counts)
{
    struct run *run = context;
    uint64_t repeats = counts->repeat_exact + counts->repeat_near;
    if (run->arguments.verbose)
        nf_message_error(input->name, 0,
                         "%" PRIu64 " paragraphs: %" PRIu64 " kept, %" PRIu64 " repeats, %" PRIu64 " boilerplate",
                         counts->paragraphs, counts->kept, repeats, counts->paragraphs - counts->kept - repeats);
    if (run->problems > PROBLEMS_TOLD)
        nf_message_error(input->name, 0, "%" PRIu64 " more like these", run->problems - PROBLEMS_TOLD);
    run->problems = 0;
    if (!run->arguments.quiet && counts->flat)
        nf_message_error(input->name, 0, "the page could not be parsed; all its text was taken");
    if (!run->arguments.quiet && counts->empty)
        nf_message_error(input->name, 0, "the page holds no text; a script may have been meant to fetch it");
    if (!run->arguments.quiet && counts->replaced)
        nf_message_error(input->name, 0, "%" PRIu64 " places were ill-formed and became U+FFFD", counts->replaced);
    return NF_OK;
}

/* Whether reading on would wait: what is finished then goes out first, so that a slow stream is not held back. */
static bool would_wait(int file)
{
    struct pollfd waiting = {.fd = file, .events = POLLIN};
    return poll(&waiting, 1, 0) == 0;
}

/* false: the run is over */
static bool read_input(struct run *run, int file, const char *name)
{
    bool complete = true;
    ssize_t len;
    nf_pipeline_begin(run->pipeline, name, NULL);
    while ((len = read(file, run->block, BLOCK_LEN)) != 0) {
        if (len < 0 && errno == EINTR)
            continue;
        if (len < 0) {
            nf_message_error(name, 0, "%s", strerror(errno));
            run->failed = true;
            complete = false;
            break;
        }
        if (output_failed(run, nf_pipeline_feed(run->pipeline, run->block, (size_t)len)))
            return false;
        if (would_wait(file) && output_failed(run, nf_pipeline_flush(run->pipeline)))
            return false;
    }
    return !output_failed(run, nf_pipeline_end(run->pipeline, complete));
}

static bool visit(void *context, const char *path)
{
    struct run *run = context;
    bool standard = strcmp(path, "-") == 0;
    const char *name = standard ? "standard input" : path;
    int file = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        nf_message_error(path, 0, "%s", strerror(errno));
        run->failed = true;
        return true;
    }
    bool go_on = read_input(run, file, name);
    if (!standard)
        close(file);
    return go_on;
}

static bool read_operands(struct run *run)
{
    static const char *const standard[] = {"-"};
    const char *const *operands = run->arguments.operand_count ? run->arguments.operands : standard;
    size_t count = run->arguments.operand_count ? run->arguments.operand_count : 1;
    if (!run->block)
        run->block = nf_alloc(BLOCK_LEN);
    for (size_t i = 0; i < count; i++)
        if (!nf_walk(operands[i], visit, run, &run->failed))
            return false;
    return true;
}

static void read_all(struct run *run)
{
    nf_pipe_widen(STDIN_FILENO);
    nf_pipe_widen(STDOUT_FILENO);
    if (read_operands(run))
        output_failed(run, nf_pipeline_flush(run->pipeline));
}

/* What was seen is kept only when all went well: a run that is tried again must not find its own text. */
static bool read_with_seen(struct run *run, const char *path)
{
    struct nf_seen_file seen;
    enum nf_status opened = nf_seen_open(&seen, path, run->pipeline);
    if (opened == NF_OK)
        read_all(run);
    else
        run->failed = true;
    bool keep = !run->failed && !run->closed && !run->arguments.dry_run;
    if (keep && !nf_seen_replace(&seen, run->pipeline))
        run->failed = true;
    nf_seen_close(&seen);
    return opened != NF_ECONTRACT;
}

static enum nf_status add_text(void *context, const char *bytes, size_t len)
{
    nf_buf_add(context, bytes, len);
    return NF_OK;
}

/* All is read once before the run, for the lines that recur. */
static enum nf_status learn(struct run *run, struct nf_rules *rules, struct nf_error *error)
{
    struct nf_buf text = {0};
    struct nf_sink sink = {.context = &text, .write = add_text};
    struct nf_options options = run->arguments.options;
    options.output = NF_OUTPUT_RULES;
    enum nf_status status = nf_pipeline_new(&options, &sink, &run->pipeline, error);
    if (status == NF_OK) {
        read_all(run);
        status = nf_pipeline_write_rules(run->pipeline);
    }
    nf_pipeline_free(run->pipeline);
    run->pipeline = NULL;
    if (status == NF_OK)
        status = nf_rules_add(rules, nf_buf_span(&text), "learned", error);
    nf_buf_release(&text);
    return status;
}

static int clean(struct run *run, struct nf_rules *rules)
{
    struct nf_error error = {0};
    struct nf_sink sink = {.context = run, .write = write_all, .end = tell_input, .problem = tell_problem};
    enum nf_status status = run->arguments.learn ? learn(run, rules, &error) : NF_OK;
    if (status == NF_OK)
        status = nf_pipeline_new(&run->arguments.options, &sink, &run->pipeline, &error);
    if (status != NF_OK) {
        nf_message_error(NULL, 0, "--separator: %s", error.text);
        return EXIT_FAILED;
    }
    if (run->arguments.seen_file && !read_with_seen(run, run->arguments.seen_file))
        return EXIT_CONTRACT;
    if (!run->arguments.seen_file)
        read_all(run);
    if (run->arguments.options.output == NF_OUTPUT_RULES && !run->closed)
        output_failed(run, nf_pipeline_write_rules(run->pipeline));
    struct nf_counts counts = nf_pipeline_counts(run->pipeline);
    if (run->arguments.stats && !nf_stats_write(&counts, run->arguments.stats_file))
        run->failed = true;
    if (run->failed)
        return EXIT_FAILED;
    return run->arguments.exit_code && counts.paragraphs > counts.kept ? EXIT_REMOVED : EXIT_DONE;
}

static int run_with_rules(struct run *run)
{
    struct nf_buf text = {0};
    struct nf_rules *rules = load_rules(&run->arguments);
    int status = EXIT_FAILED;
    run->arguments.options.rules = rules;
    if (rules && run->arguments.list_rules) {
        nf_list_rules(&text, rules);
        status = print(&text);
    } else if (rules) {
        status = clean(run, rules);
    }
    nf_pipeline_free(run->pipeline);
    nf_rules_free(rules);
    return status;
}

static int run_arguments(struct run *run)
{
    struct nf_buf text = {0};
    const struct nf_arguments *arguments = &run->arguments;
    if (arguments->help) {
        nf_help(&text);
        return print(&text);
    }
    if (arguments->version) {
        nf_version(&text, arguments->verbose);
        return print(&text);
    }
    if (!arguments->operand_count && !arguments->list_rules && isatty(STDIN_FILENO)) {
        nf_message_text(nf_usage);
        return EXIT_FAILED;
    }
    return run_with_rules(run);
}

/* A descriptor that came closed must not become a data file: it is opened so that its use fails. */
static void hold_descriptors(void)
{
    static const int modes[] = {O_WRONLY, O_RDONLY, O_RDONLY};
    for (int i = 0; i < 3; i++)
        if (fcntl(i, F_GETFD) < 0 && errno == EBADF && open("/dev/null", modes[i]) < 0)
            return;
}

int nf_run(int argc, char **argv)
{
    struct run run = {0};
    hold_descriptors();
    signal(SIGPIPE, SIG_IGN);
    int status = nf_arguments_parse(&run.arguments, argc, argv) ? run_arguments(&run) : EXIT_FAILED;
    nf_arguments_release(&run.arguments);
    nf_free(run.block);
    return status;
}
