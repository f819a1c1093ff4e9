/* What the processor can do: see processor.h. */
#include "pipeline/base/processor.h"

enum processor processor_at_most = PROCESSOR_BEST;
