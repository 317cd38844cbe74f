/*
 * strip_model.h: how likely a line of a whole page's dump is content.
 * Used by strip_structure.c.
 */
#ifndef NEWSFOLD_STAGE_STRIP_MODEL_H
#define NEWSFOLD_STAGE_STRIP_MODEL_H

#include "stage/strip_cues.h"

/*
 * out     the log odds that the line is content
 * source  gradient boosted trees, trained by tests/eval/train_lines.py
 */
float nf_line_odds(const struct nf_surroundings *surroundings, size_t line);

#endif
