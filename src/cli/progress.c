/*
 * progress.c: the line on a terminal that tells how far the run is.
 * Used by the cli files.
 */
#include "cli/progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "cli/messages.h"

#define SECOND_NS UINT64_C(1000000000)
#define FIRST_NS (SECOND_NS / 2)        /* short runs show nothing */
#define NEXT_NS (SECOND_NS / 10)

/* Clean text on the same terminal would be written into the line. */
static bool writes_to_terminal(const struct nf_arguments *arguments)
{
    bool standard = !arguments->output_file && !arguments->output_folder && !arguments->in_place;
    return standard && arguments->options.output != NF_OUTPUT_NONE && isatty(STDOUT_FILENO);
}

void nf_progress_init(struct nf_progress *progress, const struct nf_arguments *arguments)
{
    const char *term = getenv("TERM");
    bool dumb = !term || !*term || strcmp(term, "dumb") == 0;
    *progress = (struct nf_progress){0};
    progress->active = !arguments->quiet && !arguments->no_progress && !dumb && isatty(STDERR_FILENO)
                       && !writes_to_terminal(arguments);
    if (progress->active)
        progress->began = nf_clock_ns();
}

static void add_amount(struct nf_buf *out, double bytes)
{
    static const char *const units[] = {"B", "kB", "MB", "GB", "TB"};
    char text[32];
    size_t unit = 0;
    for (; bytes >= 1000 && unit < 4; unit++)
        bytes /= 1000;
    snprintf(text, sizeof text, "%.*f %s", unit && bytes < 10 ? 1 : 0, bytes, units[unit]);
    nf_buf_add_text(out, text);
}

static void add_time_left(const struct nf_progress *progress, double seconds, struct nf_buf *out)
{
    char text[48];
    if (!progress->total || !progress->bytes || progress->bytes > progress->total)
        return;
    double rest = (double)(progress->total - progress->bytes) / (double)progress->bytes * seconds;
    uint64_t left = rest < 1e9 ? (uint64_t)rest : 0;
    if (left >= 3600)
        snprintf(text, sizeof text, ", %" PRIu64 ":%02d:%02d left", left / 3600, (int)(left / 60 % 60), (int)(left % 60));
    else
        snprintf(text, sizeof text, ", %d:%02d left", (int)(left / 60), (int)(left % 60));
    nf_buf_add_text(out, text);
}

void nf_progress_line(const struct nf_progress *progress, uint64_t now, struct nf_buf *out)
{
    char text[80];
    double seconds = (double)(now - progress->began) / (double)SECOND_NS;
    snprintf(text, sizeof text, "%" PRIu64 " file%s, ", progress->files, progress->files == 1 ? "" : "s");
    nf_buf_add_text(out, text);
    add_amount(out, (double)progress->bytes);
    if (progress->total) {
        nf_buf_add_text(out, " of ");
        add_amount(out, (double)progress->total);
    }
    if (seconds > 0) {
        nf_buf_add_text(out, ", ");
        add_amount(out, (double)progress->bytes / seconds);
        nf_buf_add_text(out, "/s");
    }
    if (progress->paragraphs) {
        double folded = (double)(progress->paragraphs - progress->kept) / (double)progress->paragraphs;
        snprintf(text, sizeof text, ", %d%% folded", (int)(100 * folded + 0.5));
        nf_buf_add_text(out, text);
    }
    add_time_left(progress, seconds, out);
}

static void draw(struct nf_progress *progress)
{
    struct nf_buf line = {0};
    uint64_t now = nf_clock_ns();
    if (now - progress->began < FIRST_NS || now - progress->drawn < NEXT_NS)
        return;
    progress->drawn = now;
    nf_progress_line(progress, now, &line);
    nf_buf_add_char(&line, '\0');
    nf_message_passing(line.data);
    nf_buf_release(&line);
}

void nf_progress_read(struct nf_progress *progress, uint64_t bytes)
{
    progress->bytes += bytes;
    progress->files += !bytes;
    if (progress->active)
        draw(progress);
}

void nf_progress_count(struct nf_progress *progress, const struct nf_counts *of_input)
{
    progress->paragraphs += of_input->paragraphs;
    progress->kept += of_input->kept;
}

void nf_progress_end(struct nf_progress *progress)
{
    if (progress->active)
        nf_message_passing(NULL);
}
