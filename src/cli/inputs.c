/*
 * inputs.c: reading, from operands to the pipeline.
 * Used by run.c.
 */
#include "cli/inputs.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "cli/messages.h"

#define BLOCK_LEN ((size_t)64 << 10)         /* it stays in the nearest caches */

/* One input while it is read. */
struct source {
    const char *path, *name;
    int file;
    struct stat status;         /* when it was opened */
    uint64_t bytes;             /* so far */
    bool complete;
};

/*
 * Whether reading on would wait: what is finished then goes out first, so that a slow stream is not held back. A file
 * never waits, and is not asked: there may be many, and small ones.
 */
static bool would_wait(const struct source *source)
{
    struct pollfd waiting = {.fd = source->file, .events = POLLIN};
    return !S_ISREG(source->status.st_mode) && poll(&waiting, 1, 0) == 0;
}

static bool go_on(struct nf_inputs *inputs, enum nf_status status)
{
    inputs->status = status;
    return status == NF_OK;
}

static void fail(struct nf_inputs *inputs, struct source *source, const char *why)
{
    nf_message_error(source->name, 0, "%s", why);
    source->complete = false;
    inputs->failed = true;
}

/* A block is read to where the pipeline would copy it, if it knows where. */
static ssize_t read_block(const struct nf_inputs *inputs, const struct source *source, const char **block)
{
    char *room = nf_pipeline_room(inputs->pipeline, BLOCK_LEN);
    room = room ? room : inputs->block;
    *block = room;
    return read(source->file, room, BLOCK_LEN);
}

/* false: the pipeline failed */
static bool feed(struct nf_inputs *inputs, struct source *source)
{
    const char *block;
    ssize_t len;
    while ((len = read_block(inputs, source, &block)) != 0) {
        if (len < 0 && errno == EINTR)
            continue;
        if (len < 0) {
            fail(inputs, source, strerror(errno));
            return true;
        }
        source->bytes += (uint64_t)len;
        nf_progress_read(inputs->progress, (uint64_t)len);
        if (!go_on(inputs, nf_pipeline_feed(inputs->pipeline, block, (size_t)len)))
            return false;
        if (would_wait(source) && !go_on(inputs, nf_pipeline_flush(inputs->pipeline)))
            return false;
    }
    return true;
}

/* A file that was written to, or cut, while it was read: what was read of it may never have been its text. */
static void check_unchanged(struct nf_inputs *inputs, struct source *source)
{
    struct stat now;
    const struct stat *before = &source->status;
    if (!source->complete || !S_ISREG(before->st_mode) || source->file == STDIN_FILENO)
        return;
    if (fstat(source->file, &now) != 0)
        fail(inputs, source, strerror(errno));
    else if (now.st_size != before->st_size || now.st_mtim.tv_sec != before->st_mtim.tv_sec
             || now.st_mtim.tv_nsec != before->st_mtim.tv_nsec || source->bytes < (uint64_t)now.st_size)
        fail(inputs, source, "changed while it was read");
}

static bool read_source(struct nf_inputs *inputs, struct source *source, const struct nf_target *target)
{
    nf_progress_read(inputs->progress, 0);
    nf_pipeline_begin(inputs->pipeline, source->name, (void *)target);
    if (!feed(inputs, source))
        return false;
    check_unchanged(inputs, source);
    if (!source->complete && nf_delivery_output(inputs->delivery, &source->status))
        inputs->delivery->spoiled = true;
    return go_on(inputs, nf_pipeline_end(inputs->pipeline, source->complete));
}

/* What was found in a folder is a regular file; should it no longer be one, opening it must neither wait nor follow. */
static int open_input(const struct nf_found *found)
{
    int walked = found->named ? 0 : O_NOFOLLOW | O_NONBLOCK;
    return open(found->path, O_RDONLY | O_CLOEXEC | walked);
}

static bool may_be_read(struct nf_inputs *inputs, const struct nf_found *found, struct source *source)
{
    if (fstat(source->file, &source->status) != 0) {
        fail(inputs, source, strerror(errno));
        return false;
    }
    if (!found->named && !S_ISREG(source->status.st_mode)) {
        fail(inputs, source, "is no regular file any more");
        return false;
    }
    if (found->named || !nf_delivery_output(inputs->delivery, &source->status))
        return true;
    if (!inputs->arguments->quiet)
        nf_message_error(source->name, 0, "is an output of this run; passed over");
    return false;
}

/* A failed one is told, and the next one is read. */
static bool read_one(struct nf_inputs *inputs, const struct nf_found *found, const struct nf_target *target)
{
    bool standard = strcmp(found->path, "-") == 0, good = true;
    struct source source = {.path = found->path, .name = standard ? "standard input" : found->path, .complete = true};
    source.file = standard ? STDIN_FILENO : open_input(found);
    if (source.file < 0) {
        fail(inputs, &source, strerror(errno));
        return true;
    }
    if (may_be_read(inputs, found, &source))
        good = read_source(inputs, &source, target);
    if (!standard)
        close(source.file);
    return good;
}

static bool visit(void *context, const struct nf_found *found)
{
    return read_one(context, found, NULL);
}

static bool read_targets(struct nf_inputs *inputs)
{
    for (size_t i = 0; i < inputs->targets->count; i++) {
        const struct nf_target *target = &inputs->targets->item[i];
        struct nf_found found = {.path = target->input, .named = !target->walked};
        if (!target->dropped && !read_one(inputs, &found, target))
            return false;
    }
    return true;
}

static bool add_size(void *context, const struct nf_found *found)
{
    struct stat status;
    uint64_t *total = context;
    if (strcmp(found->path, "-") != 0 && lstat(found->path, &status) == 0 && S_ISREG(status.st_mode))
        *total += (uint64_t)status.st_size;
    return true;
}

bool nf_inputs_read(struct nf_inputs *inputs)
{
    struct nf_walk walk = {.visit = visit, .context = inputs};
    struct nf_walk sizes = {.visit = add_size, .context = &inputs->progress->total};
    walk.talk = inputs->arguments->quiet ? NF_WALK_ERRORS : NF_WALK_ALL;
    inputs->block = nf_alloc(BLOCK_LEN);
    if (inputs->progress->active)
        nf_operands_walk(inputs->operands, &sizes);
    bool good = inputs->targets ? read_targets(inputs) : nf_operands_walk(inputs->operands, &walk);
    inputs->failed |= walk.failed;
    nf_free(inputs->block);
    return good && go_on(inputs, nf_pipeline_flush(inputs->pipeline));
}
