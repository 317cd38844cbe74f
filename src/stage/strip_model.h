/*
 * strip_model.h: how likely a line of a whole page's dump is content.
 * Used by strip_structure.c.
 */
#ifndef NEWSFOLD_STAGE_STRIP_MODEL_H
#define NEWSFOLD_STAGE_STRIP_MODEL_H

#include "base/cpu.h"
#include "stage/strip_cues.h"

/*
 * out     odds: of each line that is kept, the log odds that it is content; the same on any processor
 * source  gradient boosted trees, trained by tests/eval/train_lines.py
 */
void nf_line_odds(const struct nf_surroundings *surroundings, enum nf_cpu cpu, float *odds);

#endif
