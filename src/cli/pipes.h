/*
 * pipes.h: pipes made as large as the system lets anybody make them.
 * Used by run.c.
 */
#ifndef NEWSFOLD_CLI_PIPES_H
#define NEWSFOLD_CLI_PIPES_H

/* Where the descriptor is a pipe, let it hold more: its two ends then change places less often. What fails is left as it is. */
void nf_pipe_widen(int file);

#endif
