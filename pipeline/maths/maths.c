/* The switch that keeps GSL from aborting the program. */
#include "pipeline/maths/maths.h"

#include <gsl/gsl_errno.h>

void maths_init(void)
{
	gsl_set_error_handler_off();
}
