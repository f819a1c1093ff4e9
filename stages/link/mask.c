/* Month masks: see mask.h. */
#include "stages/link/mask.h"

#include "pipeline/base/date.h"

int mask_panel_make(struct mask_panel *panel, int32_t first_month, int32_t months, struct arena *arena, struct error *error)
{
	int32_t first = date_first_day(first_month), days = date_first_day(first_month + months) - first;
	uint8_t *month = arena_take(arena, (size_t)days, sizeof *month, error);
	if (month == NULL)
		return -1;
	for (int32_t day = 0; day < days; day++)
		month[day] = (uint8_t)(date_month_of(first + day) - first_month);
	*panel = (struct mask_panel){ first, days, month };
	return 0;
}
