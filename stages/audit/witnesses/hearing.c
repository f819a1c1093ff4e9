/* Witnesses read beside other work: see hearing.h. */
#include "stages/audit/witnesses/hearing.h"

int hearing_begin(struct hearing *hearing, const struct published *published, const char *cells, const char *lines, struct error *error)
{
	hearing->published = published;
	hearing->cells = cells;
	hearing->lines = lines;
	hearing->arena = arena_new(error);
	return hearing->arena == NULL ? -1 : 0;
}

bool hearing_read(struct hearing *hearing)
{
	int unread = HEARING_UNREAD;
	if (hearing->lines == NULL || !atomic_compare_exchange_strong(&hearing->turn, &unread, HEARING_AT_IT))
		return false;
	(void)witness_file_read(hearing->published, hearing->cells, hearing->lines, &hearing->file, hearing->arena, &hearing->failure);
	atomic_store(&hearing->turn, HEARING_READ);
	return true;
}

int hearing_end(struct hearing *hearing, struct target *target, size_t targets, struct error *error)
{
	if (hearing->lines == NULL)
		return 0;
	(void)hearing_read(hearing);
	if (hearing->failure.count > 0) {
		*error = hearing->failure;
		return -1;
	}
	if (witness_file_find(hearing->published, &hearing->file, error) != 0 ||
		witnesses_check(hearing->published, &hearing->file, &hearing->witnesses, error) != 0)
		return -1;
	witnesses_show(hearing->published, &hearing->witnesses, target, targets);
	return 0;
}

void hearing_free(struct hearing *hearing)
{
	arena_free(hearing->arena);
}
