/*
 * measure.c: runs a command some times, its output thrown away, and prints what it took:
 * wall, user and system seconds (medians) and peak resident KiB (the greatest), with those of its children it waited for.
 * Run by bench.sh: measure RUNS COMMAND [ARGUMENT]... Fails when the command does.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MAX_RUNS 1000

enum { WALL, USER, SYSTEM, TIMES };

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static double seconds_of(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec * 1e-6;
}

static void become(char **command)
{
    int null = open("/dev/null", O_WRONLY);
    if (null >= 0 && dup2(null, STDOUT_FILENO) >= 0)
        execvp(command[0], command);
    perror(command[0]);
    _exit(127);
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, size_t count)
{
    qsort(values, count, sizeof *values, by_size);
    return (values[(count - 1) / 2] + values[count / 2]) / 2;
}

/* The command's wait status; its figures go to row i of times. */
static int run_once(char **command, double times[TIMES][MAX_RUNS], size_t i, long *peak)
{
    struct rusage used;
    int status = -1;
    double began = seconds_now();
    pid_t child = fork();
    if (child == 0)
        become(command);
    if (child < 0 || wait4(child, &status, 0, &used) != child)
        return -1;
    times[WALL][i] = seconds_now() - began;
    times[USER][i] = seconds_of(used.ru_utime);
    times[SYSTEM][i] = seconds_of(used.ru_stime);
    if (used.ru_maxrss > *peak)
        *peak = used.ru_maxrss;
    return status;
}

int main(int argc, char **argv)
{
    static double times[TIMES][MAX_RUNS];
    size_t runs = argc > 2 ? strtoul(argv[1], NULL, 10) : 0;
    long peak = 0;

    if (runs < 1 || runs > MAX_RUNS) {
        fprintf(stderr, "usage: measure RUNS COMMAND [ARGUMENT]...   (1 to %d runs)\n", MAX_RUNS);
        return 2;
    }
    for (size_t i = 0; i < runs; i++) {
        if (run_once(argv + 2, times, i, &peak) != 0) {
            fprintf(stderr, "measure: %s failed\n", argv[2]);
            return 1;
        }
    }
    printf("%.6f %.6f %.6f %ld\n", median(times[WALL], runs), median(times[USER], runs), median(times[SYSTEM], runs), peak);
    return 0;
}
