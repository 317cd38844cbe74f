/*
 * main.c: where the program starts.
 */
#include "cli/run.h"

int main(int argc, char **argv)
{
    return nf_run(argc, argv);
}
