/* Amounts in the audit of a publication: see audit_amounts.h. */
#include "stages/audit/audit_amounts.h"

#include <unistd.h>

#include "stages/audit/findings.h"

int audit_amounts_judge(const struct audit_place *place, const struct published *published, unsigned char **finding,
	struct amounts_account *account, struct error *error)
{
	const struct published_table *table = published_find(published, "m01");
	struct earlier_spans spans;
	const struct cube *contributions = NULL;
	*finding = NULL;
	if (table == NULL || table->truth == NULL)
		return 0;
	const char *path = place->support == NULL ? NULL : place->support(place->context, "dominans_forman", published->arena, error);
	if ((path == NULL && place->support != NULL) || earlier_find(&place->earlier, table->cube, &spans, published->arena, error) != 0)
		return -1;
	if (spans.count > 0)
		return 0;
	if (path != NULL && access(path, F_OK) == 0) {
		const struct table *support = schema_table("dominans_forman", published->arena, error);
		contributions = support == NULL ? NULL : cube_read(support, path, published->arena, error);
		if (contributions == NULL)
			return -1;
	}
	*finding = arena_take(published->arena, table->cube->rows * table->cube->table->measures, sizeof **finding, error);
	return *finding == NULL ? -1 : amounts_judge(published, contributions, place->dominans, *finding, account, error);
}

int audit_amounts_tell(const struct published *published, const unsigned char *finding, struct text *rows, struct error *error)
{
	const struct published_table *table = published_find(published, "m01");
	size_t measures = table == NULL ? 0 : table->cube->table->measures, found = 0;
	for (size_t i = 0; finding != NULL && i < table->cube->rows * measures; i++) {
		if (finding[i] == AMOUNT_NONE)
			continue;
		found++;
		if (findings_tell(rows, table->cube, i / measures, i % measures, amount_finding_names[finding[i]], error) != 0)
			return -1;
	}
	return found == 0 ? 0 : error_set(error, EXIT_DISCLOSURE, "table %s gives %zu amount%s of few persons away", table->cube->table->name,
		found, found == 1 ? "" : "s");
}

int audit_amounts_exempt(const struct audit_place *place, const struct published *before, unsigned char *finding, size_t *exempted,
	struct error *error)
{
	const struct published_table *table = published_find(before, "m01");
	struct amounts_account account = { 0 };
	unsigned char *known;
	if (audit_amounts_judge(place, before, &known, &account, error) != 0)
		return -1;
	for (size_t i = 0; known != NULL && i < table->cube->rows * table->cube->table->measures; i++) {
		*exempted += finding[i] != AMOUNT_NONE && known[i] != AMOUNT_NONE;
		finding[i] = known[i] == AMOUNT_NONE ? finding[i] : AMOUNT_NONE;
	}
	return 0;
}
