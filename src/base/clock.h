/*
 * clock.h: time that passed, for --stats and the progress line. No output depends on it.
 * Used by the pipe files and by the command line.
 */
#ifndef NEWSFOLD_BASE_CLOCK_H
#define NEWSFOLD_BASE_CLOCK_H

#include <stdint.h>

/* Nanoseconds since some moment before the run. */
uint64_t nf_clock_ns(void);

#endif
