/*
 * read_file.c: a small file, whole: rules, lists of names.
 * Used by the cli files.
 */
#include "cli/read_file.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define BLOCK_LEN ((size_t)64 << 10)

static bool read_all(int file, struct nf_buf *out)
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

bool nf_read_file(const char *path, struct nf_buf *out)
{
    bool standard = strcmp(path, "-") == 0;
    int file = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    bool good = file >= 0 && read_all(file, out);
    int error = errno;
    if (file >= 0 && !standard)
        close(file);
    errno = error;
    return good;
}
