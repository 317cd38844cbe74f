/*
 * run.c: from arguments to an exit status.
 * Used by main.c.
 */
#include "cli/run.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include <newsfold/pipeline.h>
#include <newsfold/rules.h>

#include "cli/arguments.h"
#include "cli/delivery.h"
#include "cli/help.h"
#include "cli/inputs.h"
#include "cli/messages.h"
#include "cli/operands.h"
#include "cli/pipes.h"
#include "cli/progress.h"
#include "cli/read_file.h"
#include "cli/seen.h"
#include "cli/stats.h"
#include "cli/targets.h"

#define LARGE_BLOCK (256 << 10)

enum { EXIT_DONE = 0, EXIT_REMOVED = 1, EXIT_FAILED = 2, EXIT_CONTRACT = 3 };

struct run {
    struct nf_arguments arguments;
    struct nf_operands operands;
    struct nf_targets targets;
    struct nf_delivery delivery;
    struct nf_progress progress;
    struct nf_pipeline *pipeline;
    bool failed, closed;        /* closed: nobody reads the output any more */
};

static int print(struct nf_buf *text)
{
    enum nf_status status = nf_write_standard(text->data, text->len);
    nf_buf_release(text);
    return status == NF_EWRITE ? EXIT_FAILED : EXIT_DONE;
}

static bool add_rule_file(struct nf_rules *rules, const char *path)
{
    struct nf_buf text = {0};
    struct nf_error error = {0};
    bool read = nf_read_file(path, &text);
    if (!read)
        nf_message_error(path, 0, "%s", strerror(errno));
    else if (nf_rules_add(rules, nf_buf_span(&text), path, &error) != NF_OK)
        nf_message_error(path, error.line, "%s", error.text);
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

/* A run that nobody reads any more ends quietly, and its files do not appear. */
static void read_all(struct run *run)
{
    struct nf_inputs inputs = {
        .arguments = &run->arguments,
        .operands = &run->operands,
        .targets = run->delivery.targets,
        .pipeline = run->pipeline,
        .delivery = &run->delivery,
        .progress = &run->progress,
    };
    nf_inputs_read(&inputs);
    nf_progress_end(&run->progress);
    run->closed = inputs.status != NF_OK;
    run->failed |= inputs.failed || inputs.status == NF_EWRITE;
}

/* What is told of the whole run goes out, and the files appear. */
static void conclude(struct run *run)
{
    enum nf_status status = run->closed ? NF_ECLOSED : nf_pipeline_conclude(run->pipeline);
    run->closed |= status != NF_OK;
    nf_delivery_close(&run->delivery, !run->closed);
    run->failed |= run->delivery.failed || status == NF_EWRITE;
}

/* What was seen is kept only when all went well: a run that is tried again must not find its own text. */
static bool read_with_seen(struct run *run, const char *path)
{
    struct nf_seen_file seen;
    enum nf_status opened = nf_seen_open(&seen, path, run->pipeline);
    if (opened == NF_OK) {
        read_all(run);
        conclude(run);
    } else {
        run->failed = true;
    }
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
    options.removed = options.report = false;
    enum nf_status status = nf_pipeline_new(&options, &sink, &run->pipeline, error);
    if (status == NF_OK) {
        read_all(run);
        status = nf_pipeline_conclude(run->pipeline);
    }
    nf_pipeline_free(run->pipeline);
    run->pipeline = NULL;
    if (status == NF_OK)
        status = nf_rules_add(rules, nf_buf_span(&text), "learned", error);
    nf_buf_release(&text);
    return status;
}

static void tell_memory(const struct run *run, const struct nf_counts *counts)
{
    if (counts->near_forgotten && !run->arguments.quiet)
        nf_message_error(NULL, 0, "--max-memory was reached: of the first %" PRIu64 " paragraphs only equal copies were known"
                         " at the end, no near ones", counts->near_forgotten);
    if (counts->unremembered && !run->arguments.quiet)
        nf_message_error(NULL, 0, "--max-memory was reached: copies of the last %" PRIu64 " paragraphs were not looked for",
                         counts->unremembered);
}

static int clean(struct run *run)
{
    if (run->arguments.seen_file && !read_with_seen(run, run->arguments.seen_file))
        return EXIT_CONTRACT;
    if (!run->arguments.seen_file) {
        read_all(run);
        conclude(run);
    }
    struct nf_counts counts = nf_pipeline_counts(run->pipeline);
    tell_memory(run, &counts);
    if (run->arguments.stats && !nf_stats_write(&counts, run->arguments.stats_file))
        run->failed = true;
    if (run->failed)
        return EXIT_FAILED;
    return run->arguments.exit_code && counts.paragraphs > counts.kept ? EXIT_REMOVED : EXIT_DONE;
}

/* What is to be read, and for -O and -i what is to be written. */
static bool plan(struct run *run)
{
    const struct nf_arguments *arguments = &run->arguments;
    if (!nf_operands_read(&run->operands, arguments))
        return false;
    if (!arguments->output_folder && !arguments->in_place)
        return true;
    if (!nf_targets_plan(&run->targets, arguments, &run->operands))
        return false;
    run->delivery.targets = &run->targets;
    run->failed |= run->targets.failed;
    return true;
}

/* Everything that can be refused is, before anything is written. */
static bool prepare(struct run *run, struct nf_rules *rules)
{
    const struct nf_arguments *arguments = &run->arguments;
    struct nf_error error = {0};
    if (!plan(run))
        return false;
    nf_output_clean_up();
    nf_pipe_widen(STDIN_FILENO);
    nf_pipe_widen(STDOUT_FILENO);
    nf_progress_init(&run->progress, arguments);
    struct nf_sink sink = nf_delivery_sink(&run->delivery);
    enum nf_status status = arguments->learn ? learn(run, rules, &error) : NF_OK;
    if (status == NF_OK)
        status = nf_pipeline_new(&arguments->options, &sink, &run->pipeline, &error);
    if (status != NF_OK)
        nf_message_error(NULL, 0, "--separator: %s", error.text);
    return status == NF_OK && nf_delivery_open(&run->delivery);
}

static void release(struct run *run)
{
    nf_targets_release(&run->targets);
    nf_operands_release(&run->operands);
    nf_arguments_release(&run->arguments);
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
        status = prepare(run, rules) ? clean(run) : EXIT_FAILED;
    }
    nf_delivery_close(&run->delivery, false);
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
    if (!arguments->operand_count && !arguments->files_from && !arguments->list_rules && isatty(STDIN_FILENO)) {
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

/*
 * Large blocks are given back to the system when they are freed, and not kept for others of another size: what a large
 * page needs at one stage is not needed at the next. The GNU library does so at first, and then no more.
 */
static void give_back_large_blocks(void)
{
#ifdef __GLIBC__
    mallopt(M_MMAP_THRESHOLD, LARGE_BLOCK);
    mallopt(M_TRIM_THRESHOLD, 2 * LARGE_BLOCK);         /* set apart, it would be far less */
#endif
}

int nf_run(int argc, char **argv)
{
    struct run run = {0};
    run.delivery.arguments = &run.arguments;
    run.delivery.progress = &run.progress;
    hold_descriptors();
    give_back_large_blocks();
    signal(SIGPIPE, SIG_IGN);
    int status = nf_arguments_parse(&run.arguments, argc, argv) ? run_arguments(&run) : EXIT_FAILED;
    release(&run);
    return status;
}
