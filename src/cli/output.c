/*
 * output.c: a file that appears whole or not at all.
 * Used for everything that newsfold writes under a name.
 */
#include "cli/output.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "base/alloc.h"

/* Of each of two files that are compared, at a time. */
#define COMPARE_LEN ((size_t)64 << 10)

#define PREFIX ".newsfold-"
#define PREFIX_LEN (sizeof PREFIX - 1)
#define RANDOM_DIGITS 16
#define PERMISSIONS ((mode_t)0777)
#define LIVE_MAX 8

/*
 * The temporary files there are, for the signal handler: the one thing that has to be known outside of any call.
 * A name is here before its file is made, and until after it was renamed or removed.
 */
static const char *volatile live[LIVE_MAX];

static void remember(const char *temporary)
{
    for (size_t i = 0; i < LIVE_MAX; i++)
        if (!live[i]) {
            live[i] = temporary;
            return;
        }
}

static void forget(const char *temporary)
{
    for (size_t i = 0; i < LIVE_MAX; i++)
        if (live[i] == temporary)
            live[i] = NULL;
}

static void remove_live(void)
{
    for (size_t i = 0; i < LIVE_MAX; i++)
        if (live[i])
            unlink(live[i]);
}

static void end_by(int number)
{
    remove_live();
    signal(number, SIG_DFL);
    raise(number);
}

void nf_output_clean_up(void)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction before, action = {.sa_handler = end_by};
    at_quick_exit(remove_live);
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        sigaddset(&action.sa_mask, numbers[i]);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (sigaction(numbers[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
            sigaction(numbers[i], &action, NULL);
}

bool nf_output_is_temporary(const char *name)
{
    return strncmp(name, PREFIX, PREFIX_LEN) == 0
           && strspn(name + PREFIX_LEN, "0123456789abcdef") == RANDOM_DIGITS
           && strlen(name) == PREFIX_LEN + RANDOM_DIGITS;
}

/* As much of a path as names the folder, with the slash. */
static size_t folder_len(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? (size_t)(slash - path) + 1 : 0;
}

/* A new name beside a path. */
static char *name_beside(const char *path)
{
    size_t folder = folder_len(path), len = folder + PREFIX_LEN + RANDOM_DIGITS + 1;
    char *name = nf_alloc(len);
    uint64_t number;
    while (getrandom(&number, sizeof number, 0) != (ssize_t)sizeof number)
        ;
    memcpy(name, path, folder);
    snprintf(name + folder, len - folder, PREFIX "%016llx", (unsigned long long)number);
    return name;
}

static char *copy_text(const char *text)
{
    size_t len = strlen(text) + 1;
    return memcpy(nf_alloc(len), text, len);
}

/* The path itself, or the file that the link there stands for. NULL with errno when that cannot be told. */
static char *target_of(const char *path, enum nf_output_link link)
{
    struct stat status;
    if (link == NF_OUTPUT_REPLACE || lstat(path, &status) != 0 || !S_ISLNK(status.st_mode))
        return copy_text(path);
    char *real = realpath(path, NULL);
    char *copy = real ? copy_text(real) : NULL;
    int error = errno;
    nf_free(real);
    errno = error;
    return copy;
}

/* The owner first: it takes set-user-ID bits away, and where it may not be set they must not come back. */
static bool take_after(int file, const struct stat *old)
{
    bool owned = fchown(file, old->st_uid, old->st_gid) == 0;
    return fchmod(file, old->st_mode & (owned ? (mode_t)07777 : PERMISSIONS)) == 0;
}

static bool open_temporary(struct nf_output_file *output, const struct stat *old, const struct stat *model)
{
    mode_t mode = old ? (mode_t)0600 : model ? model->st_mode & PERMISSIONS : (mode_t)0666;
    output->temporary = name_beside(output->path);
    remember(output->temporary);
    output->file = open(output->temporary, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
    return output->file >= 0 && (!old || take_after(output->file, old));
}

static bool open_target(struct nf_output_file *output, enum nf_output_link link, const struct stat *model)
{
    struct stat old;
    bool there = (link == NF_OUTPUT_FOLLOW ? stat : lstat)(output->path, &old) == 0;
    if (there && !S_ISREG(old.st_mode) && !S_ISLNK(old.st_mode)) {
        if (link == NF_OUTPUT_REPLACE && !S_ISDIR(old.st_mode)) {
            errno = EEXIST;
            return false;
        }
        output->file = open(output->path, O_WRONLY | O_CLOEXEC);
        return output->file >= 0;
    }
    return open_temporary(output, there && S_ISREG(old.st_mode) ? &old : NULL, model);
}

bool nf_output_open(struct nf_output_file *output, const char *path, enum nf_output_link link, const struct stat *model)
{
    *output = (struct nf_output_file){.path = target_of(path, link), .file = -1};
    if (!output->path)
        return false;
    if (open_target(output, link, model))
        return true;
    nf_output_discard(output);
    return false;
}

bool nf_output_write(struct nf_output_file *output, const char *bytes, size_t len)
{
    while (len) {
        ssize_t written = write(output->file, bytes, len);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        bytes += written;
        len -= (size_t)written;
    }
    return true;
}

static bool flush_file(int file)
{
    int result;
    while ((result = fsync(file)) != 0 && errno == EINTR)
        ;
    return result == 0;
}

static bool close_file(struct nf_output_file *output)
{
    int file = output->file;
    output->file = -1;
    return close(file) == 0 || errno == EINTR;
}

/* Not every file system can flush a folder. */
static bool flush_folder(const char *path)
{
    size_t len = folder_len(path);
    char *folder = len ? copy_text(path) : copy_text(".");
    if (len)
        folder[len] = '\0';
    int file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool good = file >= 0 && (flush_file(file) || errno == EINVAL || errno == ENOTSUP || errno == EROFS);
    int error = errno;
    if (file >= 0)
        close(file);
    nf_free(folder);
    errno = error;
    return good || error == EACCES;
}

/* The old file gets a second name, so that at no moment there is none under the first. */
static bool keep_backup(const char *path, const char *backup)
{
    char *name = name_beside(path);
    remember(name);
    bool good = link(path, name) == 0;
    if (good && rename(name, backup) != 0)
        good = false;
    int error = errno;
    unlink(name);               /* still there when both names are one file already */
    forget(name);
    nf_free(name);
    errno = error;
    return good;
}

/* As much as there is, a block at most. */
static size_t read_block(int file, char *block, off_t at)
{
    size_t len = 0;
    while (len < COMPARE_LEN) {
        ssize_t got = pread(file, block + len, COMPARE_LEN - len, at + (off_t)len);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        len += (size_t)got;
    }
    return len;
}

static bool hold_the_same(int a, int b, off_t size)
{
    char *blocks = nf_alloc(2 * COMPARE_LEN);
    bool same = true;
    for (off_t at = 0; at < size && same; at += (off_t)COMPARE_LEN) {
        size_t len = read_block(a, blocks, at);
        same = len && read_block(b, blocks + COMPARE_LEN, at) == len && memcmp(blocks, blocks + COMPARE_LEN, len) == 0;
    }
    nf_free(blocks);
    return same;
}

bool nf_output_changes(const struct nf_output_file *output)
{
    struct stat written, old;
    int file = open(output->path, O_RDONLY | O_CLOEXEC);
    bool same = file >= 0 && output->temporary && fstat(file, &old) == 0 && fstat(output->file, &written) == 0
                && old.st_size == written.st_size && hold_the_same(file, output->file, old.st_size);
    if (file >= 0)
        close(file);
    return !same;
}

bool nf_output_commit(struct nf_output_file *output, const char *backup)
{
    bool good = !output->temporary || flush_file(output->file);
    good = good && close_file(output);
    good = good && (!backup || keep_backup(output->path, backup));
    if (good && output->temporary)
        good = rename(output->temporary, output->path) == 0 && flush_folder(output->path);
    nf_output_discard(output);
    return good;
}

void nf_output_discard(struct nf_output_file *output)
{
    int error = errno;
    if (output->file >= 0 && output->path)
        close(output->file);
    if (output->temporary) {
        unlink(output->temporary);
        forget(output->temporary);
    }
    nf_free(output->temporary);
    nf_free(output->path);
    *output = (struct nf_output_file){.file = -1};
    errno = error;
}
