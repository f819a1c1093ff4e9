/* The account of the rules: how many persons meet each condition of a target group alone, all of them, and all but one. For the
   analyst: it is not protected and stays internal. */
#ifndef FINSAMSTAT_STAGES_MALGRUPP_ACCOUNT_H
#define FINSAMSTAT_STAGES_MALGRUPP_ACCOUNT_H

#include <stdint.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"
#include "pipeline/table/settings/settings.h"

/* The settings with further groups behind their own: for each condition of each group, in order, the condition alone and the
   group without it. In the arena. NULL with the error set when memory is out. */
const struct settings *account_settings(const struct settings *settings, struct arena *arena, struct error *error);

/* Writes malgrupper.csv (malgrupp, villkor, ensamt, utan_villkoret): a row a condition, then one with an empty villkor and the
   number who meet them all in `ensamt`. `met` holds the persons who belong to each group of account_settings in some month of
   the period. -1 with the error set (EXIT_IO). */
int account_write(const struct settings *settings, const int64_t *met, const char *path, struct arena *arena,
	struct error *error);

#endif
