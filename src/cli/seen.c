/*
 * seen.c: the file of --seen.
 * Used by run.c.
 *
 * The lock is on the file itself. It is replaced by another file of its name, so whoever got the lock looks
 * whether the name still leads to what was locked.
 */
#include "cli/seen.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/messages.h"
#include "cli/output.h"
#include "cli/output.h"

static bool is_current(int file, const char *path)
{
    struct stat locked, named;
    return fstat(file, &locked) == 0 && stat(path, &named) == 0 && locked.st_dev == named.st_dev
           && locked.st_ino == named.st_ino;
}

/* The descriptor, or -1 with errno set. */
static int open_locked(const char *path)
{
    for (;;) {
        int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
        if (file < 0)
            return -1;
        if (flock(file, LOCK_EX | LOCK_NB) != 0) {
            int error = errno;
            close(file);
            errno = error;
            return -1;
        }
        if (is_current(file, path))
            return file;
        close(file);
    }
}

static enum nf_status get(void *context, void *bytes, size_t len)
{
    const struct nf_seen_file *seen = context;
    for (char *at = bytes; len;) {
        ssize_t got = read(seen->file, at, len);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return NF_EREAD;
        if (got == 0)
            return NF_ECONTRACT;
        at += got;
        len -= (size_t)got;
    }
    return NF_OK;
}

enum nf_status nf_seen_open(struct nf_seen_file *seen, const char *path, struct nf_pipeline *pipeline)
{
    struct nf_error error = {0};
    struct stat status;
    *seen = (struct nf_seen_file){path, open_locked(path)};
    if (seen->file < 0) {
        bool busy = errno == EWOULDBLOCK;
        nf_message_error(path, 0, "%s", busy ? "another run is using it" : strerror(errno));
        return NF_EREAD;
    }
    if (fstat(seen->file, &status) == 0 && status.st_size == 0)
        return NF_OK;
    enum nf_status loaded = nf_pipeline_load(pipeline, (uint64_t)status.st_size, get, seen, &error);
    if (loaded != NF_OK)
        nf_message_error(path, 0, "%s", loaded == NF_EREAD ? strerror(errno) : error.text);
    return loaded;
}

static enum nf_status put(void *context, void *bytes, size_t len)
{
    return nf_output_write(context, bytes, len) ? NF_OK : NF_EWRITE;
}

bool nf_seen_replace(struct nf_seen_file *seen, const struct nf_pipeline *pipeline)
{
    struct nf_output_file output;
    bool good = nf_output_open(&output, seen->path, NF_OUTPUT_FOLLOW, NULL)
                && nf_pipeline_save(pipeline, put, &output) == NF_OK && nf_output_commit(&output, NULL);
    if (!good)
        nf_message_error(seen->path, 0, "%s; it stays as it was", strerror(errno));
    nf_output_discard(&output);
    return good;
}

void nf_seen_close(struct nf_seen_file *seen)
{
    if (seen->file >= 0)
        close(seen->file);
    seen->file = -1;
}
