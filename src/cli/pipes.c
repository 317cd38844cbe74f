/*
 * pipes.c: pipes made as large as the system lets anybody make them.
 * Used by run.c.
 */
#define _GNU_SOURCE
#include "cli/pipes.h"

#include <fcntl.h>
#include <sys/stat.h>

#define PIPE_LEN (1 << 20)      /* Linux lets everybody go so far */

void nf_pipe_widen(int file)
{
#ifdef F_SETPIPE_SZ
    struct stat status;
    if (fstat(file, &status) == 0 && S_ISFIFO(status.st_mode))
        fcntl(file, F_SETPIPE_SZ, PIPE_LEN);
#else
    (void)file;
#endif
}
