/* What the processor can do: see processor.h. */
#include "pipeline/base/processor.h"

bool processor_is_plain;
