/*
 * driver.c: a fuzzer's function over the files named, without libFuzzer, each in a process of its own.
 * Used by `make check`, so that what fuzzing found once stays found with any compiler.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

#define LEN_MAX ((size_t)1 << 20)

static int run_file(const char *path)
{
    uint8_t *data = malloc(LEN_MAX);
    FILE *file = fopen(path, "rb");
    if (!data || !file)
        return EXIT_FAILURE;
    size_t len = fread(data, 1, LEN_MAX, file);
    fclose(file);
    LLVMFuzzerTestOneInput(data, len);
    free(data);
    return EXIT_SUCCESS;
}

static bool passes(const char *path)
{
    int status = 0;
    pid_t child = fork();
    if (child == 0)
        exit(run_file(path));
    return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

int main(int argc, char **argv)
{
    unsigned failed = 0;
    for (int i = 1; i < argc; i++) {
        if (passes(argv[i]))
            continue;
        printf("FAILED %s\n", argv[i]);
        fflush(stdout);
        failed++;
    }
    printf("newsfold-tests: %u passed, %u failed\n", (unsigned)argc - 1 - failed, failed);
    return failed != 0;
}
