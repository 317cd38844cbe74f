/*
 * walk.c: folders, in order.
 * Used by run.c.
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
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
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

static bool walk_folder(struct nf_buf *path, nf_visit *visit, void *context, bool *failed);

/* path: without a NUL at its end between calls; with one while it is used. */
static bool walk_entry(struct nf_buf *path, nf_visit *visit, void *context, bool *failed)
{
    struct stat status;
    nf_buf_add_char(path, '\0');
    bool known = lstat(path->data, &status) == 0, go_on = true;
    if (!known) {
        nf_message_error(path->data, 0, "%s", strerror(errno));
        *failed = true;
    } else if (S_ISREG(status.st_mode)) {
        go_on = visit(context, path->data);
    }
    path->len--;
    return known && S_ISDIR(status.st_mode) ? walk_folder(path, visit, context, failed) : go_on;
}

static bool walk_folder(struct nf_buf *path, nf_visit *visit, void *context, bool *failed)
{
    struct names names = {0};
    bool go_on = true;
    size_t len = path->len;
    nf_buf_add_char(path, '\0');
    if (!read_names(path->data, &names)) {
        nf_message_error(path->data, 0, "%s", strerror(errno));
        *failed = true;
    }
    path->len = len;
    if (len && path->data[len - 1] != '/')
        nf_buf_add_char(path, '/');
    size_t base = path->len;
    for (size_t i = 0; i < names.count; i++) {
        path->len = base;
        nf_buf_add_text(path, names.item[i]);
        go_on = go_on && walk_entry(path, visit, context, failed);
        nf_free(names.item[i]);
    }
    path->len = len;
    nf_free(names.item);
    return go_on;
}

bool nf_walk(const char *path, nf_visit *visit, void *context, bool *failed)
{
    struct stat status;
    if (strcmp(path, "-") == 0 || stat(path, &status) != 0 || !S_ISDIR(status.st_mode))
        return visit(context, path);
    struct nf_buf name = {0};
    nf_buf_add_text(&name, path);
    bool go_on = walk_folder(&name, visit, context, failed);
    nf_buf_release(&name);
    return go_on;
}
