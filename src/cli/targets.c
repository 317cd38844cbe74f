/*
 * targets.c: with -O and -i, which input's clean text goes to which file.
 * Used by the cli files.
 */
#include "cli/targets.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "cli/messages.h"

static char *copy_text(const char *text)
{
    size_t len = strlen(text) + 1;
    return memcpy(nf_alloc(len), text, len);
}

/* Clean text is not packed: the file's name should not say that it is. */
static size_t unpacked_len(const char *path, size_t len)
{
    static const char *const endings[] = {".gz", ".zst"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t ending = strlen(endings[i]);
        if (len > ending && path[len - ending - 1] != '/' && memcmp(path + len - ending, endings[i], ending) == 0)
            return len - ending;
    }
    return len;
}

static char *output_of(const struct nf_targets *targets, const struct nf_found *found)
{
    const char *folder = targets->arguments->output_folder;
    struct nf_buf path = {0};
    if (folder) {
        nf_buf_add_text(&path, folder);
        if (path.len && path.data[path.len - 1] != '/')
            nf_buf_add_char(&path, '/');
        nf_buf_add_text(&path, found->below);
        path.len = unpacked_len(path.data, path.len);
    } else {
        nf_buf_add_text(&path, found->path);
    }
    nf_buf_add_char(&path, '\0');
    return path.data;
}

/* Whether `..` is a component of a path. */
static bool leads_up(const char *path)
{
    for (const char *at = path; *at;) {
        size_t len = strcspn(at, "/");
        if (len == 2 && at[0] == '.' && at[1] == '.')
            return true;
        at += len + (at[len] == '/');
    }
    return false;
}

static bool refuse(struct nf_targets *targets, const char *path, const char *why)
{
    nf_message_error(path, 0, "%s; nothing was written", why);
    targets->refused = true;
    return false;
}

static void leave_out(struct nf_targets *targets, const char *path, const char *why)
{
    nf_message_error(path, 0, "%s", why);
    targets->failed = true;
}

/* An earlier run's backup, found in a folder: it is not to be folded into what it is the backup of. */
static bool is_backup(const struct nf_targets *targets, const struct nf_found *found)
{
    const char *suffix = targets->arguments->backup_suffix;
    size_t len = strlen(found->path), suffix_len = suffix ? strlen(suffix) : 0;
    if (found->named || !suffix || len <= suffix_len || strcmp(found->path + len - suffix_len, suffix) != 0)
        return false;
    if (!targets->arguments->quiet)
        nf_message_error(found->path, 0, "is a backup by its name; passed over");
    return true;
}

static bool add(void *context, const struct nf_found *found)
{
    struct nf_targets *targets = context;
    struct nf_target target = {.walked = !found->named};
    bool in_place = targets->arguments->in_place;
    if (strcmp(found->path, "-") == 0)
        return refuse(targets, NULL, in_place ? "-i: standard input cannot be changed in place"
                                              : "-O: standard input has no name to be written to; use -o");
    if ((found->named ? stat : lstat)(found->path, &target.status) != 0) {
        leave_out(targets, found->path, strerror(errno));
        return true;
    }
    if (in_place && !S_ISREG(target.status.st_mode)) {
        leave_out(targets, found->path, "is no regular file; left as it is");
        return true;
    }
    if (!in_place && leads_up(found->below))
        return refuse(targets, found->path, "-O: a name with .. in it leads out of the folder");
    if (is_backup(targets, found))
        return true;
    target.input = copy_text(found->path);
    target.output = output_of(targets, found);
    targets->item = nf_grow(targets->item, &targets->capacity, targets->count + 1, sizeof *targets->item);
    targets->item[targets->count++] = target;
    return true;
}

static int compare(unsigned long long a, unsigned long long b)
{
    return (a > b) - (a < b);
}

static int by_file(const void *a, const void *b)
{
    const struct nf_target *one = *(struct nf_target *const *)a, *two = *(struct nf_target *const *)b;
    int order = compare(one->status.st_dev, two->status.st_dev);
    if (!order)
        order = compare(one->status.st_ino, two->status.st_ino);
    return order ? order : (one > two) - (one < two);
}

static bool same_file(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* A slash comes before any other byte: what is below a path stands right behind it. */
static int by_output(const void *a, const void *b)
{
    const struct nf_target *first = *(struct nf_target *const *)a, *second = *(struct nf_target *const *)b;
    const unsigned char *one = (const unsigned char *)first->output, *two = (const unsigned char *)second->output;
    for (; *one && *one == *two; one++)
        two++;
    int order = (*one == '/' && *two ? 1 : *one) - (*two == '/' && *one ? 1 : *two);
    return order ? order : (first > second) - (first < second);
}

static struct nf_target **sorted(const struct nf_targets *targets, int (*order)(const void *, const void *))
{
    struct nf_target **list = nf_alloc_zero(targets->count, sizeof *list);
    for (size_t i = 0; i < targets->count; i++)
        list[i] = &targets->item[i];
    if (targets->count)
        qsort(list, targets->count, sizeof *list, order);
    return list;
}

/* A file that is named twice is read once: the second time nothing of it would be left. */
static void drop_doubles(struct nf_targets *targets, struct nf_target **list)
{
    const struct nf_target *first = NULL;
    for (size_t i = 0; i < targets->count; i++) {
        if (!first || !same_file(&first->status, &list[i]->status)) {
            first = list[i];
        } else if (targets->arguments->in_place || strcmp(first->output, list[i]->output) == 0) {
            list[i]->dropped = true;
            if (!targets->arguments->quiet)
                nf_message_error(list[i]->input, 0, "is a file that was named before; passed over");
        }
    }
}

static bool is_below(const char *path, const char *folder)
{
    size_t len = strlen(folder);
    return strncmp(path, folder, len) == 0 && path[len] == '/';
}

static void check_collisions(struct nf_targets *targets)
{
    struct nf_target **list = sorted(targets, by_output);
    const struct nf_target *last = NULL;
    for (size_t i = 0; i < targets->count && !targets->refused; i++) {
        if (list[i]->dropped)
            continue;
        if (last && strcmp(last->output, list[i]->output) == 0)
            refuse(targets, list[i]->output, "-O: two inputs would be written to this file");
        else if (last && is_below(list[i]->output, last->output))
            refuse(targets, last->output, "-O: would have to be a file and a folder");
        last = list[i];
    }
    nf_free(list);
}

static int compare_status(const void *key, const void *item)
{
    const struct stat *status = key;
    const struct nf_target *target = *(struct nf_target *const *)item;
    int order = compare(status->st_dev, target->status.st_dev);
    return order ? order : compare(status->st_ino, target->status.st_ino);
}

/* in  list: sorted by file */
static void check_inputs_survive(struct nf_targets *targets, struct nf_target **list)
{
    struct stat status;
    for (size_t i = 0; i < targets->count && !targets->refused; i++) {
        const char *output = targets->item[i].output;
        if (!targets->item[i].dropped && stat(output, &status) == 0
            && bsearch(&status, list, targets->count, sizeof *list, compare_status))
            refuse(targets, output, "-O: would be written over an input; use -i or another folder");
    }
}

/* The real path of a folder that need not be there: of as much as is there, and the rest. NULL: cannot be told */
static char *real_path(const char *path)
{
    char *start = copy_text(path), *real;
    size_t len = strlen(start);
    while (!(real = realpath(len ? start : ".", NULL)) && errno == ENOENT && len) {
        while (len && start[len - 1] == '/')
            len--;
        while (len && start[len - 1] != '/')
            len--;
        start[len] = '\0';
    }
    if (real && !leads_up(path + len)) {
        struct nf_buf whole = {0};
        nf_buf_add_text(&whole, real);
        nf_buf_add_char(&whole, '/');
        nf_buf_add_text(&whole, path + len);
        nf_buf_add_char(&whole, '\0');
        nf_free(start);
        start = copy_text(whole.data);
        nf_buf_release(&whole);
    } else {
        nf_free(start);
        start = NULL;
    }
    nf_free(real);
    return start;
}

/* An output within a folder that is walked would be an input of the next run. */
static void check_folder(struct nf_targets *targets, const char *folder, const char *operand)
{
    struct stat status;
    char *input = stat(operand, &status) == 0 && S_ISDIR(status.st_mode) ? realpath(operand, NULL) : NULL;
    size_t len = input ? strlen(input) : 0;
    if (input && strncmp(folder, input, len) == 0 && (len == 1 || folder[len] == '/' || !folder[len]))
        refuse(targets, operand, "-O: the folder to write to is within this one; use -i or another folder");
    nf_free(input);
}

static void check_folders(struct nf_targets *targets, const struct nf_operands *operands)
{
    char *folder = real_path(targets->arguments->output_folder);
    if (!folder) {
        refuse(targets, targets->arguments->output_folder, "-O: no such folder, and none that can be made");
        return;
    }
    for (size_t i = 0; i < operands->count && !targets->refused; i++)
        check_folder(targets, folder, operands->name[i]);
    const char *name = operands->list.data;
    for (size_t i = 0; i < operands->list_count && !targets->refused; i++, name += strlen(name) + 1)
        check_folder(targets, folder, name);
    nf_free(folder);
}

bool nf_targets_plan(struct nf_targets *targets, const struct nf_arguments *arguments,
                     const struct nf_operands *operands)
{
    struct nf_walk walk = {.visit = add, .context = targets};
    walk.talk = arguments->quiet ? NF_WALK_ERRORS : NF_WALK_ALL;
    *targets = (struct nf_targets){.arguments = arguments};
    if (arguments->output_folder)
        check_folders(targets, operands);
    if (!targets->refused)
        nf_operands_walk(operands, &walk);
    targets->failed |= walk.failed;
    if (targets->refused)
        return false;
    struct nf_target **list = sorted(targets, by_file);
    drop_doubles(targets, list);
    if (arguments->output_folder) {
        check_collisions(targets);
        check_inputs_survive(targets, list);
    }
    nf_free(list);
    return !targets->refused;
}

void nf_targets_release(struct nf_targets *targets)
{
    for (size_t i = 0; i < targets->count; i++) {
        nf_free(targets->item[i].input);
        nf_free(targets->item[i].output);
    }
    nf_free(targets->item);
}

/* Below the folder of -O a link in the way is not followed: it would lead out. */
static bool make_one(const char *path, bool is_below_folder)
{
    struct stat status;
    if ((is_below_folder ? lstat : stat)(path, &status) != 0)
        return errno == ENOENT && (mkdir(path, 0777) == 0 || errno == EEXIST);
    errno = ENOTDIR;
    return S_ISDIR(status.st_mode);
}

bool nf_targets_make_folder(const struct nf_targets *targets, const struct nf_target *target)
{
    size_t base = strlen(targets->arguments->output_folder);
    char *path = copy_text(target->output);
    bool good = true;
    for (size_t i = 1; path[i] && good; i++) {
        if (path[i] != '/' || path[i - 1] == '/')
            continue;
        path[i] = '\0';
        good = make_one(path, i > base);
        path[i] = '/';
    }
    int error = errno;
    nf_free(path);
    errno = error;
    return good;
}
