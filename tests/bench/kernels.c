/*
 * kernels.c: the speed of each text stage alone, for each kind of processor that this one can be.
 *
 *   kernels FILE     prints GB/s, the best of fifteen rounds; a sum that is the same by every way
 */
#include <stdio.h>
#include <time.h>

#include "adapt/digest.h"
#include "base/alloc.h"
#include "base/paragraphs.h"
#include "stage/digest_keys.h"
#include "stage/split.h"
#include "text/utf8.h"

#define ROUNDS 15
#define PIECE ((size_t)1 << 18)

static const char *const names[NF_CPU_COUNT] = {"", "reference", "any", NF_CPU_IS_ARM ? "neon" : "v2", "v3", "v4"};

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static struct nf_buf read_file(const char *name)
{
    struct nf_buf buf = {0};
    FILE *file = fopen(name, "rb");
    for (size_t got = 1; file && got;) {
        got = fread(nf_buf_reserve(&buf, PIECE), 1, PIECE, file);
        buf.len += got;
    }
    if (file)
        fclose(file);
    return buf;
}

static void report(const char *stage, const char *way, double seconds, size_t bytes, uint64_t sum)
{
    printf("| %s | %s | %.2f | %016llx |\n", stage, way, (double)bytes / seconds / 1e9, (unsigned long long)sum);
}

/* What one stage does with all of the text; gives a number that depends on what it made. */
struct job {
    struct nf_span text;
    struct nf_document *documents;      /* of PIECE bytes each, split */
    size_t count;
    enum nf_cpu cpu;
};

typedef uint64_t stage_of(struct job *job);

static void measure(const char *name, stage_of *stage, struct job *job)
{
    double best = 1e9;
    uint64_t sum = 0;
    for (int round = 0; round < ROUNDS; round++) {
        double began = now();
        sum = stage(job);
        double seconds = now() - began;
        best = seconds < best ? seconds : best;
    }
    report(name, names[job->cpu], best, job->text.len, sum);
}

static uint64_t decode(struct job *job)
{
    struct nf_decoder decoder = {0};
    struct nf_buf out = {0};
    uint64_t sum = 0;
    for (size_t at = 0; at < job->text.len; at += PIECE) {
        out.len = 0;
        nf_decode(&decoder, job->text.data + at, job->text.len - at < PIECE ? job->text.len - at : PIECE, &out);
        sum += out.len;
    }
    nf_buf_release(&out);
    return sum + decoder.replaced;
}

static uint64_t split(struct job *job)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < job->count; i++) {
        job->documents[i].count = 0;
        nf_split(&job->documents[i], NF_PARAGRAPHS_AUTO);
        sum += job->documents[i].count;
    }
    return sum;
}

static uint64_t normalise(struct job *job)
{
    struct nf_normaliser normaliser = {.cpu = job->cpu};
    struct nf_key key = {0};
    uint64_t sum = 0;
    for (size_t i = 0; i < job->count; i++) {
        const struct nf_document *document = &job->documents[i];
        for (size_t k = 0; k < document->count; k++) {
            struct nf_span text = document->paragraphs[k].text;
            nf_normalise_within(&normaliser, text, (size_t)(document->bytes.data + document->bytes.len - text.data), &key);
            sum += key.bytes.len + key.words;
        }
    }
    nf_key_release(&key);
    nf_normaliser_release(&normaliser);
    return sum;
}

/* The stage that makes digests, as the program has it. */
static uint64_t keys(struct job *job, bool want_words)
{
    struct nf_normaliser normaliser = {.cpu = job->cpu};
    struct nf_key key = {0};
    struct nf_words words = {.cpu = job->cpu};
    uint64_t sum = 0;
    for (size_t i = 0; i < job->count; i++) {
        struct nf_document *document = &job->documents[i];
        nf_digest_keys(document, &normaliser, &key, want_words ? &words : NULL);
        for (size_t k = 0; k < document->count; k++)
            sum ^= document->paragraphs[k].words ? document->paragraphs[k].digest.low : 0;
        if (want_words)
            sum ^= nf_digest_of(nf_span((const char *)words.trace, words.count * sizeof *words.trace)).high;
    }
    nf_words_release(&words);
    nf_key_release(&key);
    nf_normaliser_release(&normaliser);
    return sum;
}

static uint64_t digest(struct job *job)
{
    return keys(job, false);
}

static uint64_t near_words(struct job *job)
{
    return keys(job, true);
}

static void cut(struct job *job)
{
    job->documents = nf_alloc_zero(job->text.len / PIECE + 1, sizeof *job->documents);
    for (size_t at = 0; at < job->text.len; job->count++) {
        size_t end = at + PIECE < job->text.len ? at + PIECE : job->text.len;
        while (end < job->text.len && job->text.data[end - 1] != '\n')
            end++;
        job->documents[job->count].bytes = nf_span(job->text.data + at, end - at);
        at = end;
    }
}

int main(int argc, char **argv)
{
    struct nf_buf file = argc == 2 ? read_file(argv[1]) : (struct nf_buf){0};
    struct job job = {.text = nf_buf_span(&file)};
    if (!file.len)
        return fprintf(stderr, "usage: kernels FILE\n"), 2;
    cut(&job);
    puts("| stage | way | GB/s | sum |\n|---|---|---|---|");
    measure("decode", decode, &job);
    measure("split", split, &job);
    for (int cpu = NF_CPU_REFERENCE; cpu <= (int)nf_cpu_best(); cpu++) {
        job.cpu = (enum nf_cpu)cpu;
        measure("keys", normalise, &job);
        measure("keys, digests", digest, &job);
        measure("keys, digests, words", near_words, &job);
    }
    for (size_t i = 0; i < job.count; i++)
        nf_document_release(&job.documents[i]);
    nf_free(job.documents);
    nf_buf_release(&file);
    return 0;
}
