/*
 * walk.c: folders, in order.
 * Used by the cli files.
 */
#include "cli/walk.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "cli/messages.h"
#include "cli/output.h"

struct names {
    char **item;
    size_t count, capacity;
};

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool read_names(const char *path, struct names *names)
{
    DIR *folder = opendir(path);
    struct dirent *entry;
    if (!folder)
        return false;
    errno = 0;
    while ((entry = readdir(folder))) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0
            || nf_output_is_temporary(entry->d_name))
            continue;
        size_t len = strlen(entry->d_name) + 1;
        names->item = nf_grow(names->item, &names->capacity, names->count + 1, sizeof *names->item);
        names->item[names->count++] = memcpy(nf_alloc(len), entry->d_name, len);
    }
    int error = errno;
    closedir(folder);
    errno = error;
    if (names->count)
        qsort(names->item, names->count, sizeof *names->item, by_bytes);
    return error == 0;
}

/* A path while the walk goes down it: without a NUL at its end between calls, with one while it is used. */
struct trail {
    struct nf_walk *walk;
    struct nf_buf path;
    size_t below;
};

static void tell_failure(struct nf_walk *walk, const char *path)
{
    walk->failed = true;
    if (walk->talk != NF_WALK_SILENT)
        nf_message_error(path, 0, "%s", strerror(errno));
}

static bool visit(const struct trail *trail, bool named)
{
    const char *path = trail->path.data;
    struct nf_found found = {path, path + trail->below, named};
    return trail->walk->visit(trail->walk->context, &found);
}

static bool walk_folder(struct trail *trail);

static bool walk_entry(struct trail *trail)
{
    struct stat status;
    nf_buf_add_char(&trail->path, '\0');
    bool known = lstat(trail->path.data, &status) == 0, go_on = true;
    if (!known)
        tell_failure(trail->walk, trail->path.data);
    else if (S_ISREG(status.st_mode))
        go_on = visit(trail, false);
    else if (!S_ISDIR(status.st_mode) && !S_ISLNK(status.st_mode) && trail->walk->talk == NF_WALK_ALL)
        nf_message_error(trail->path.data, 0, "is no regular file; passed over");
    trail->path.len--;
    return known && S_ISDIR(status.st_mode) ? walk_folder(trail) : go_on;
}

static bool walk_folder(struct trail *trail)
{
    struct names names = {0};
    struct nf_buf *path = &trail->path;
    bool go_on = true;
    size_t len = path->len;
    nf_buf_add_char(path, '\0');
    if (!read_names(path->data, &names))
        tell_failure(trail->walk, path->data);
    path->len = len;
    if (len && path->data[len - 1] != '/')
        nf_buf_add_char(path, '/');
    size_t base = path->len;
    for (size_t i = 0; i < names.count; i++) {
        path->len = base;
        nf_buf_add_text(path, names.item[i]);
        go_on = go_on && walk_entry(trail);
        nf_free(names.item[i]);
    }
    path->len = len;
    nf_free(names.item);
    return go_on;
}

/* Where the part of an operand begins that a mirrored tree repeats. */
static size_t below_of(const char *path, bool is_folder, bool whole)
{
    size_t len = strlen(path), at = 0;
    if (whole) {
        while (path[at] == '/' || (path[at] == '.' && path[at + 1] == '/'))
            at++;
        return at;
    }
    if (is_folder)
        return len + (len && path[len - 1] != '/');
    const char *slash = strrchr(path, '/');
    return slash ? (size_t)(slash - path) + 1 : 0;
}

bool nf_walk(struct nf_walk *walk, const char *path, bool whole)
{
    struct stat status;
    struct trail trail = {.walk = walk};
    bool is_folder = strcmp(path, "-") != 0 && stat(path, &status) == 0 && S_ISDIR(status.st_mode);
    trail.below = below_of(path, is_folder, whole);
    nf_buf_add_text(&trail.path, path);
    if (!is_folder)
        nf_buf_add_char(&trail.path, '\0');
    bool go_on = is_folder ? walk_folder(&trail) : visit(&trail, true);
    nf_buf_release(&trail.path);
    return go_on;
}
