/*
 * run.h: the program.
 * Used by main.c and by the fuzzer of the command line.
 */
#ifndef NEWSFOLD_CLI_RUN_H
#define NEWSFOLD_CLI_RUN_H

/* out  the exit status: 0 done, 1 something was taken out and --exit-code asked, 2 something failed,
     3 the file of --seen is not what it should be */
int nf_run(int argc, char **argv);

#endif
