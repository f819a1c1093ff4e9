/* Which insatser and målgrupper approvals tell of: see ledger.h. */
#include <string.h>

#include "pipeline/base/text.h"
#include "pipeline/table/ledger/ledger_inside.h"

/* The name in an entry's key; false of one that tells of neither an insats nor a målgrupp. TOT is a name. */
static bool name_of(const struct entry *entry, struct ledger_name *name, size_t *length)
{
	const char *table = entry->field[TABELL], *key = entry->field[NYCKEL];
	size_t first = strcspn(key, "|");
	bool of_insats = (table[0] == 'i' || table[0] == 'g' || table[0] == 'e') && strncmp(table, "e09", 3) != 0;
	*name = (struct ledger_name){ .malgrupp = !of_insats, .name = key, .from = entry->from, .to = entry->to };
	*length = first;
	if (of_insats || strncmp(table, "m02", 3) != 0 || key[first] == '\0')
		return of_insats;
	name->name = key + first + 1;
	*length = strcspn(name->name, "|");
	return true;
}

static bool is_named(const struct ledger *ledger, const struct ledger_name *name, size_t length)
{
	for (size_t i = ledger->names; i-- > 0;) {
		const struct ledger_name *other = &ledger->name[i];
		if (other->from == name->from && other->to == name->to && other->malgrupp == name->malgrupp && text_equal(name->name, length, other->name))
			return true;
	}
	return false;
}

int ledger_index_name(struct ledger *ledger, size_t position, struct error *error)
{
	struct ledger_name name;
	size_t length;
	if (!name_of(&ledger->entry[position], &name, &length) || is_named(ledger, &name, length))
		return 0;
	struct ledger_name *grown = arena_grow(ledger->arena, ledger->name, ledger->names, ledger->names + 1, &ledger->name_room, sizeof *grown, error);
	if (grown == NULL || (name.name = arena_text(ledger->arena, name.name, length, error)) == NULL)
		return -1;
	ledger->name = grown;
	grown[ledger->names++] = name;
	return 0;
}

size_t ledger_names(const struct ledger *ledger)
{
	return ledger->names;
}

struct ledger_name ledger_name(const struct ledger *ledger, size_t number)
{
	return ledger->name[number];
}

bool ledger_tells_of(const struct ledger *ledger, bool malgrupp, const char *name, size_t length, int32_t from, int32_t to)
{
	return is_named(ledger, &(struct ledger_name){ .malgrupp = malgrupp, .name = name, .from = from, .to = to }, length);
}
