/*
 * clock.c: the only look at a clock.
 * Used by the pipe files and by the command line.
 */
#include "base/clock.h"

#include <time.h>

uint64_t nf_clock_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}
