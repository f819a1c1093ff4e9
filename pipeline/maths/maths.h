/* What all of the maths room shares: the switch that keeps GSL from aborting the program, and NAN as a double. */
#ifndef FINSAMSTAT_MATHS_MATHS_H
#define FINSAMSTAT_MATHS_MATHS_H

#include <math.h>

/* Not a number, as a double: the C library's NAN is a float, whose silent promotion compilers warn of. */
#define MATHS_NAN ((double)NAN)

/* Switches GSL's default error handler off: it would print a line and abort. From then on GSL functions return NAN or
   a status, which every function of this room turns into its own -1 or NAN. This is the only place that touches the
   handler. Call it once at the start of the program, before threads and before any other maths function; calling it
   again is harmless. */
void maths_init(void);

#endif
