/*
 * delivery.c: where everything that the pipeline writes goes.
 * Used by run.c.
 */
#include "cli/delivery.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "cli/messages.h"

enum nf_status nf_write_standard(const char *bytes, size_t len)
{
    struct nf_output_file standard = {.file = STDOUT_FILENO};
    if (nf_output_write(&standard, bytes, len))
        return NF_OK;
    if (errno == EPIPE)
        return NF_ECLOSED;
    nf_message_error("standard output", 0, "%s", strerror(errno));
    return NF_EWRITE;
}

/* Of one input; the others are counted. */
#define PROBLEMS_TOLD 10

static bool names_a_file(const char *path)
{
    return path && strcmp(path, "-") != 0;
}

static const char *aside_path(const struct nf_delivery *delivery, size_t which)
{
    return which == NF_ASIDE_REMOVED ? delivery->arguments->removed_file : delivery->arguments->report_file;
}

static bool fail(struct nf_delivery *delivery, const char *path)
{
    nf_message_error(path, 0, "%s", strerror(errno));
    delivery->failed = true;
    return false;
}

static bool open_one(struct nf_delivery *delivery, struct nf_output_file *output, const char *path)
{
    return !names_a_file(path) || nf_output_open(output, path, NF_OUTPUT_FOLLOW, NULL) || fail(delivery, path);
}

bool nf_delivery_open(struct nf_delivery *delivery)
{
    const struct nf_arguments *arguments = delivery->arguments;
    bool writes = arguments->options.output != NF_OUTPUT_NONE;
    bool good = !writes || open_one(delivery, &delivery->file, arguments->output_file);
    for (size_t i = 0; i < NF_ASIDE_COUNT && good; i++)
        good = open_one(delivery, &delivery->aside[i], aside_path(delivery, i));
    return good;
}

static bool is_file(const char *path, const struct stat *input)
{
    struct stat status;
    return names_a_file(path) && S_ISREG(input->st_mode) && stat(path, &status) == 0
           && status.st_dev == input->st_dev && status.st_ino == input->st_ino;
}

const char *nf_delivery_output(const struct nf_delivery *delivery, const struct stat *input)
{
    if (is_file(delivery->arguments->output_file, input))
        return delivery->arguments->output_file;
    for (size_t i = 0; i < NF_ASIDE_COUNT; i++)
        if (is_file(aside_path(delivery, i), input))
            return aside_path(delivery, i);
    return NULL;
}

/* With -O and -i a file that fails is told, and the run goes on. */
static enum nf_status begin(void *context, const struct nf_input *input)
{
    struct nf_delivery *delivery = context;
    const struct nf_target *target = input->user;
    bool in_place = delivery->arguments->in_place;
    if (!target || delivery->arguments->dry_run)
        return NF_OK;
    if (!in_place && !nf_targets_make_folder(delivery->targets, target))
        fail(delivery, target->output);
    else if (!nf_output_open(&delivery->file, target->output, in_place ? NF_OUTPUT_FOLLOW : NF_OUTPUT_REPLACE,
                             S_ISREG(target->status.st_mode) ? &target->status : NULL))
        fail(delivery, target->output);
    return NF_OK;
}

static enum nf_status write_to(struct nf_delivery *delivery, struct nf_output_file *output, const char *path,
                               struct nf_span bytes)
{
    if (nf_output_write(output, bytes.data, bytes.len))
        return NF_OK;
    if (errno == EPIPE)
        return NF_ECLOSED;
    fail(delivery, path);
    return NF_EWRITE;
}

static enum nf_status write_each(struct nf_delivery *delivery, const char *bytes, size_t len)
{
    if (!delivery->file.path || nf_output_write(&delivery->file, bytes, len))
        return NF_OK;
    fail(delivery, delivery->file.path);
    nf_output_discard(&delivery->file);
    return NF_OK;
}

static enum nf_status take(void *context, const char *bytes, size_t len)
{
    struct nf_delivery *delivery = context;
    if (delivery->targets && !delivery->arguments->dry_run)
        return write_each(delivery, bytes, len);
    if (delivery->file.path)
        return write_to(delivery, &delivery->file, delivery->arguments->output_file, nf_span(bytes, len));
    return nf_write_standard(bytes, len);
}

static enum nf_status take_aside(void *context, enum nf_aside which, const char *bytes, size_t len)
{
    struct nf_delivery *delivery = context;
    struct nf_output_file *output = &delivery->aside[which];
    if (output->path)
        return write_to(delivery, output, aside_path(delivery, which), nf_span(bytes, len));
    return nf_write_standard(bytes, len);
}

/* Between its reading and now somebody else may have written to the input: then it is not replaced. */
static bool is_unchanged(const struct nf_target *target)
{
    struct stat now;
    return stat(target->input, &now) == 0 && now.st_dev == target->status.st_dev
           && now.st_ino == target->status.st_ino && now.st_size == target->status.st_size
           && now.st_mtim.tv_sec == target->status.st_mtim.tv_sec
           && now.st_mtim.tv_nsec == target->status.st_mtim.tv_nsec;
}

/* Why an input is not to be replaced by its clean text; NULL: it is. Without a backup it may be the only copy. */
static const char *reason_to_leave(const struct nf_delivery *delivery, const struct nf_input *input,
                                   const struct nf_counts *counts)
{
    bool only_copy = !delivery->arguments->backup_suffix;
    if (!input->complete)
        return "left as it is";
    if (input->packed)
        return "is packed, and clean text would not be; left as it is";
    if (only_copy && counts->replaced)
        return "has bytes that are no text, which would be lost; left as it is (-i.old keeps a copy)";
    if (only_copy && counts->empty)
        return "is a page without text; left as it is (-i.old keeps a copy)";
    return is_unchanged(input->user) ? NULL : "changed while newsfold ran; left as it is";
}

static void commit_in_place(struct nf_delivery *delivery, const struct nf_target *target)
{
    const char *suffix = delivery->arguments->backup_suffix;
    struct nf_buf backup = {0};
    if (target->status.st_nlink > 1 && !delivery->arguments->quiet)
        nf_message_error(target->input, 0, "has other names (hard links); they keep the old text");
    if (suffix) {
        nf_buf_add_text(&backup, delivery->file.path);
        nf_buf_add_text(&backup, suffix);
        nf_buf_add_char(&backup, '\0');
    }
    if (!nf_output_commit(&delivery->file, backup.data))
        fail(delivery, target->output);
    nf_buf_release(&backup);
}

static void end_target(struct nf_delivery *delivery, const struct nf_input *input, const struct nf_counts *counts)
{
    const struct nf_target *target = input->user;
    bool in_place = delivery->arguments->in_place;
    if (!delivery->file.path)
        return;
    const char *why = in_place ? reason_to_leave(delivery, input, counts) : input->complete ? NULL : "not written";
    if (why) {
        nf_message_error(target->output, 0, "%s", why);
        delivery->failed = true;
        nf_output_discard(&delivery->file);
    } else if (in_place && !delivery->arguments->backup_suffix && !nf_output_changes(&delivery->file)) {
        nf_output_discard(&delivery->file);             /* clean already: its time and its other names stay */
    } else if (in_place) {
        commit_in_place(delivery, target);
    } else if (!nf_output_commit(&delivery->file, NULL)) {
        fail(delivery, target->output);
    }
}

/* Something is wrong with an input, or with a record of it; or it is only worth a warning. */
static void take_problem(void *context, const struct nf_input *input, const struct nf_error *error)
{
    struct nf_delivery *delivery = context;
    bool warning = error->status == NF_OK;
    delivery->failed |= !warning;
    if (warning && delivery->arguments->quiet)
        return;
    if (delivery->problems++ < PROBLEMS_TOLD)
        nf_message_error(input->name, error->line, "%s", error->text);
}

static void warn(const struct nf_input *input, const struct nf_counts *counts)
{
    if (counts->flat)
        nf_message_error(input->name, 0, "the page could not be parsed; all its text was taken");
    if (counts->empty)
        nf_message_error(input->name, 0, "the page holds no text; a script may have been meant to fetch it");
    if (counts->replaced)
        nf_message_error(input->name, 0, "%" PRIu64 " %s ill-formed and became U+FFFD", counts->replaced,
                         counts->replaced == 1 ? "place was" : "places were");
}

static void tell(struct nf_delivery *delivery, const struct nf_input *input, const struct nf_counts *counts)
{
    const struct nf_arguments *arguments = delivery->arguments;
    uint64_t repeats = counts->repeat_exact + counts->repeat_near;
    if (arguments->verbose)
        nf_message_error(input->name, 0,
                         "%" PRIu64 " paragraphs: %" PRIu64 " kept, %" PRIu64 " repeats, %" PRIu64 " boilerplate",
                         counts->paragraphs, counts->kept, repeats, counts->paragraphs - counts->kept - repeats);
    if (arguments->verbose && input->user && counts->paragraphs && !counts->kept)
        nf_message_error(input->name, 0, "nothing of it stays: its output is empty");
    if (delivery->problems > PROBLEMS_TOLD)
        nf_message_error(input->name, 0, "%" PRIu64 " more like these", delivery->problems - PROBLEMS_TOLD);
    delivery->problems = 0;
    if (!arguments->quiet)
        warn(input, counts);
}

/* An input is done. */
static enum nf_status end(void *context, const struct nf_input *input, const struct nf_counts *counts)
{
    struct nf_delivery *delivery = context;
    if (input->user)
        end_target(delivery, input, counts);
    nf_progress_count(delivery->progress, counts);
    tell(delivery, input, counts);
    return NF_OK;
}

struct nf_sink nf_delivery_sink(struct nf_delivery *delivery)
{
    return (struct nf_sink){
        .context = delivery,
        .begin = delivery->targets ? begin : NULL,
        .write = take,
        .aside = take_aside,
        .end = end,
        .problem = take_problem,
    };
}

static void close_one(struct nf_delivery *delivery, struct nf_output_file *output, const char *path, bool whole)
{
    if (output->path && whole && !nf_output_commit(output, NULL))
        fail(delivery, path);
    nf_output_discard(output);
}

void nf_delivery_close(struct nf_delivery *delivery, bool whole)
{
    if (whole && delivery->spoiled) {
        nf_message_error(delivery->arguments->output_file, 0, "left as it is: it is an input that could not be read");
        delivery->failed = true;
    }
    close_one(delivery, &delivery->file, delivery->arguments->output_file, whole && !delivery->spoiled);
    for (size_t i = 0; i < NF_ASIDE_COUNT; i++)
        close_one(delivery, &delivery->aside[i], aside_path(delivery, i), whole);
}
