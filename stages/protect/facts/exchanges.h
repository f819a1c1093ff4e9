/* Other tables found without linear programs: persons exchanged between two areas.

   An area is a code of the wide dimension of grids (a kommun). A change of counts within one area that keeps all that holds within it, each sum and each
   inequality, needs but another area where as much can be taken back: then every sum over the areas is kept, too. So such a change is looked for first, from
   shifts in the other dimensions that mend each other, among the cells that could be taken back somewhere; then the other area. */
#ifndef FINSAMSTAT_STAGES_PROTECT_FACTS_EXCHANGES_H
#define FINSAMSTAT_STAGES_PROTECT_FACTS_EXCHANGES_H

#include "stages/protect/facts/board.h"

struct exchanges;

/* On the board, in its system's arena; tells its trial which rows lie across areas. NULL with the error set when memory is out. */
struct exchanges *exchanges_new(struct board *board, struct error *error);

/* To be called after trial_find_rooms. */
void exchanges_forget(struct exchanges *exchanges);

/* Adds an exchange to the table at hand that makes it what is looked for (trial_check): a shift of the atom by so much, in any grid where it stands, with up to
   `more` others that mend it. False when there is none; then the table is as it was. */
bool exchanges_find(struct exchanges *exchanges, unsigned more, uint32_t atom, int64_t by);

#endif
