/*
 * inputs.h: reading, from operands to the pipeline.
 * Used by run.c.
 */
#ifndef NEWSFOLD_CLI_INPUTS_H
#define NEWSFOLD_CLI_INPUTS_H

#include <newsfold/pipeline.h>

#include "cli/delivery.h"
#include "cli/operands.h"

struct nf_inputs {
    const struct nf_arguments *arguments;
    const struct nf_operands *operands;
    const struct nf_targets *targets;       /* NULL unless -O or -i */
    struct nf_pipeline *pipeline;
    struct nf_delivery *delivery;
    struct nf_progress *progress;
    char *block;
    bool failed;                            /* an input could not be read; it was told, and the others were */
    enum nf_status status;                  /* what the pipeline failed with */
};

/*
 * Feed everything there is to the pipeline.
 *
 * out     false: the pipeline failed, with inputs->status
 */
bool nf_inputs_read(struct nf_inputs *inputs);

#endif
