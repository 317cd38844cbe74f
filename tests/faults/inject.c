/*
 * inject.c: makes the Nth call of a kind fail; loaded into the program by run.py through LD_PRELOAD.
 *
 * FAULT_CALL    read, write, open, close, alloc, fsync, rename, link or mkdir: which calls are counted; all: each that
 *               changes files
 * FAULT_AT      the number of the call that fails, from 1; 0: every call, for FAULT_HOW=short and EINTR
 * FAULT_HOW     short (reads and writes of one byte), or the name of an error: EINTR EIO ENOSPC ENOMEM EMFILE EACCES;
 *               or KILL: the program ends there as by kill -9; or what befalls FAULT_FILE: grow, shrink or vanish
 * FAULT_FILE    see there; the call itself goes well
 * FAULT_HIT     a file that is made when a call was made to fail
 *
 * EINTR alone fails every second call only: a program that tries again gets on.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Read once, before main: until then nothing is counted, the loader makes calls of its own. */
static struct {
    const char *call, *hit, *how, *file;
    bool is_short, is_eintr;
    int error;
    unsigned long at, count;
} plan;

static int error_number(const char *name)
{
    static const struct {
        const char *name;
        int number;
    } errors[] = {{"EINTR", EINTR}, {"EIO", EIO}, {"ENOSPC", ENOSPC}, {"ENOMEM", ENOMEM}, {"EMFILE", EMFILE}, {"EACCES", EACCES}};
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        if (strcmp(name, errors[i].name) == 0)
            return errors[i].number;
    return 0;
}

__attribute__((constructor)) static void read_plan(void)
{
    const char *how = getenv("FAULT_HOW"), *at = getenv("FAULT_AT");
    if (!how || !at)
        return;
    plan.is_short = strcmp(how, "short") == 0;
    plan.is_eintr = strcmp(how, "EINTR") == 0;
    plan.error = error_number(how);
    plan.at = strtoul(at, NULL, 10);
    plan.how = how;
    plan.file = getenv("FAULT_FILE");
    plan.hit = getenv("FAULT_HIT");
    plan.call = getenv("FAULT_CALL");
}

static void tell_hit(void)
{
    long file = plan.hit ? syscall(SYS_openat, AT_FDCWD, plan.hit, O_WRONLY | O_CREAT, 0644) : -1;
    if (file >= 0)
        syscall(SYS_close, file);
}

/* Not through the calls of this file: they would be counted. */
static void befall(void)
{
    if (strcmp(plan.how, "KILL") == 0)
        syscall(SYS_kill, syscall(SYS_getpid), SIGKILL);
    if (!plan.file)
        return;
    if (strcmp(plan.how, "grow") == 0) {
        long file = syscall(SYS_openat, AT_FDCWD, plan.file, O_WRONLY | O_APPEND);
        syscall(SYS_write, file, "more\n", 5);
        syscall(SYS_close, file);
    } else if (strcmp(plan.how, "shrink") == 0) {
        if (truncate(plan.file, 3) != 0)
            return;
    } else if (strcmp(plan.how, "vanish") == 0) {
        syscall(SYS_unlinkat, AT_FDCWD, plan.file, 0);
    }
}

static bool is_counted(const char *call)
{
    if (!plan.call)
        return false;
    return strcmp(plan.call, "all") == 0 ? strcmp(call, "read") != 0 && strcmp(call, "alloc") != 0
                                         : strcmp(plan.call, call) == 0;
}

/* out  0: let it pass; -1: make it short; else the error to fail with */
static int fault(const char *call)
{
    if (!is_counted(call))
        return 0;
    plan.count++;
    if (plan.at ? plan.count != plan.at : plan.is_eintr && plan.count % 2 == 0)
        return 0;
    tell_hit();
    befall();
    return plan.is_short ? -1 : plan.error;
}

static void *real(const char *name)
{
    return dlsym(RTLD_NEXT, name);
}

ssize_t read(int file, void *bytes, size_t len)
{
    int error = fault("read");
    if (error > 0)
        return errno = error, -1;
    return syscall(SYS_read, file, bytes, error < 0 && len ? 1 : len);
}

ssize_t write(int file, const void *bytes, size_t len)
{
    int error = file == STDERR_FILENO ? 0 : fault("write");
    if (error > 0)
        return errno = error, -1;
    return syscall(SYS_write, file, bytes, error < 0 && len ? 1 : len);
}

static int open_mode(int flags, va_list args)
{
    return flags & O_CREAT ? va_arg(args, int) : 0;
}

int open(const char *path, int flags, ...)
{
    va_list args;
    va_start(args, flags);
    int mode = open_mode(flags, args), error = fault("open");
    va_end(args);
    if (error > 0)
        return errno = error, -1;
    return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int close(int file)
{
    int error = fault("close");
    long result = syscall(SYS_close, file);
    if (error > 0)
        return errno = error, -1;
    return (int)result;
}

/* The calls that only succeed or fail. */
static int plain(const char *call, long (*make)(const char *, const char *, long), const char *a, const char *b, long n)
{
    int error = fault(call);
    if (error > 0)
        return errno = error, -1;
    return (int)make(a, b, n);
}

static long make_fsync(const char *a, const char *b, long n)
{
    (void)a, (void)b;
    return syscall(SYS_fsync, n);
}

static long make_rename(const char *a, const char *b, long n)
{
    (void)n;
    return syscall(SYS_renameat2, AT_FDCWD, a, AT_FDCWD, b, 0);
}

static long make_link(const char *a, const char *b, long n)
{
    (void)n;
    return syscall(SYS_linkat, AT_FDCWD, a, AT_FDCWD, b, 0);
}

static long make_mkdir(const char *a, const char *b, long n)
{
    (void)b;
    return syscall(SYS_mkdirat, AT_FDCWD, a, n);
}

int fsync(int file)
{
    return plain("fsync", make_fsync, NULL, NULL, file);
}

int rename(const char *from, const char *to)
{
    return plain("rename", make_rename, from, to, 0);
}

int link(const char *from, const char *to)
{
    return plain("link", make_link, from, to, 0);
}

int mkdir(const char *path, mode_t mode)
{
    return plain("mkdir", make_mkdir, path, NULL, (long)mode);
}

/* dlsym may allocate before the real functions are known; a few bytes from here serve it. */
static char early[4096];
static size_t early_used;

static void *early_alloc(size_t len)
{
    len = (len + 15) & ~(size_t)15;
    if (early_used + len > sizeof early)
        return NULL;
    early_used += len;
    return early + early_used - len;
}

static bool is_early(const void *block)
{
    return (const char *)block >= early && (const char *)block < early + sizeof early;
}

static void *allocate(void *old, size_t count, size_t len, int kind)
{
    static void *(*malloc_fn)(size_t), *(*calloc_fn)(size_t, size_t), *(*realloc_fn)(void *, size_t);
    static bool looking;
    if (!realloc_fn) {
        if (looking)
            return early_alloc(count * len);
        looking = true;
        *(void **)&malloc_fn = real("malloc");
        *(void **)&calloc_fn = real("calloc");
        *(void **)&realloc_fn = real("realloc");
    }
    if (fault("alloc") > 0)
        return errno = ENOMEM, (void *)NULL;
    return kind == 'm' ? malloc_fn(len) : kind == 'c' ? calloc_fn(count, len) : realloc_fn(old, len);
}

void *malloc(size_t len)
{
    return allocate(NULL, 1, len, 'm');
}

void *calloc(size_t count, size_t len)
{
    return allocate(NULL, count, len, 'c');
}

void *realloc(void *old, size_t len)
{
    return is_early(old) ? NULL : allocate(old, 1, len, 'r');
}

void free(void *block)
{
    static void (*free_fn)(void *);
    if (is_early(block))
        return;
    if (!free_fn)
        *(void **)&free_fn = real("free");
    free_fn(block);
}
