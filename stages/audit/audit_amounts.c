/* Amounts in the audit of a publication: see audit_amounts.h. */
#include "stages/audit/audit_amounts.h"

#include "pipeline/base/file.h"
#include "stages/audit/findings.h"

int audit_amounts_support(const struct audit_place *place, const char *name, const struct cube **cube, struct arena *arena,
	struct error *error)
{
	*cube = NULL;
	const char *path = place->support == NULL ? NULL : place->support(place->context, name, arena, error);
	bool there = false;
	if (path != NULL && file_is_there(path, &there, error) != 0)
		return -1;
	if (!there)
		return error->count > 0 ? -1 : 0;
	const struct table *table = schema_table(name, arena, error);
	*cube = table == NULL ? NULL : cube_read(table, path, arena, error);
	return *cube == NULL ? -1 : 0;
}

/* The table, when its figures can be judged; else NULL. */
static const struct published_table *find_table(const struct audit_place *place, const struct published *published, const char *name)
{
	const struct published_table *table = published_find(published, name);
	return table == NULL || table->truth == NULL || standing_table(&place->earlier, published, table->cube) ? NULL : table;
}

/* Which rows of m01 show figures of approved runs. NULL when none does, or with the error set. */
static enum amount_row *find_kinds(const struct audit_place *place, const struct published *published, const struct published_table *table,
	struct error *error)
{
	const struct cube *cube = table->cube;
	size_t measures = cube->table->measures, persons = cube_measure(cube, "personer");
	if (!standing_table(&place->earlier, published, cube))
		return NULL;
	enum amount_row *kind = arena_take(published->arena, cube->rows, sizeof *kind, error);
	for (size_t row = 0; row < cube->rows && kind != NULL; row++) {
		bool stands, beside;
		standing_row(&place->earlier, published, cube, row, &stands, &beside);
		int64_t then = table->then[row * measures + persons];
		bool few = stands && then != PUBLISHED_UNTOLD && then >= 1 && then < published->minimum;
		kind[row] = !stands ? AMOUNT_NEW : few ? AMOUNT_STANDS_FEW : AMOUNT_STANDS;
	}
	return error->count > 0 ? NULL : kind;
}

static int judge_m01(const struct audit_place *place, const struct published *published, struct amounts_found *found,
	struct amounts_account *account, struct error *error)
{
	const struct published_table *table = published_find(published, "m01");
	const struct cube *contributions;
	if (table == NULL || table->truth == NULL ||
		audit_amounts_support(place, "dominans_forman", &contributions, published->arena, error) != 0)
		return error->count > 0 ? -1 : 0;
	found->m01_cells = table->cube->rows * table->cube->table->measures;
	found->m01 = arena_take(published->arena, found->m01_cells, sizeof *found->m01, error);
	const enum amount_row *kind = find_kinds(place, published, table, error);
	return found->m01 == NULL || error->count > 0 ? -1 : amounts_judge(published, contributions, kind, place->dominans, found->m01, account, error);
}

static int judge_nets(const struct audit_place *place, const struct published *published, struct amounts_found *found,
	struct amounts_account *account, struct error *error)
{
	static const char *const underlag[] = { [UNDERLAG_EXTRAKT] = "extrakt", [UNDERLAG_SUS] = "sus" };
	const struct settings *settings = place->earlier.settings;
	if (settings == NULL || find_table(place, published, "e02") == NULL ||
		audit_amounts_support(place, "dominans_aktor", &found->known.contributions, published->arena, error) != 0 ||
		audit_amounts_support(place, "dominans_poster", &found->known.effects, published->arena, error) != 0 || found->known.contributions == NULL)
		return error->count > 0 ? -1 : 0;
	found->known.underlag = underlag[settings->underlag];
	found->known.share = place->dominans;
	found->known.taken_back = settings->inkomstutjamning;
	found->posts = found->known.contributions->codes[0].count * NETS_UNDERLAG * NETS_POSTS;
	found->nets = arena_take(published->arena, found->posts, sizeof *found->nets, error);
	return found->nets == NULL ? -1 : nets_judge(published, &found->known, found->nets, &account->nets, error);
}

int audit_amounts_judge(const struct audit_place *place, const struct published *published, struct amounts_found *found,
	struct amounts_account *account, struct error *error)
{
	*found = (struct amounts_found){ 0 };
	int result = judge_m01(place, published, found, account, error);
	return result == 0 ? judge_nets(place, published, found, account, error) : result;
}

size_t audit_amounts_count(const struct amounts_found *found)
{
	size_t count = 0;
	for (size_t i = 0; found->m01 != NULL && i < found->m01_cells; i++)
		count += found->m01[i] != AMOUNT_NONE;
	for (size_t i = 0; found->nets != NULL && i < found->posts; i++)
		count += found->nets[i] != NETS_NONE;
	return count;
}

static void take_out(unsigned char *finding, const unsigned char *known, size_t count, size_t *exempted)
{
	for (size_t i = 0; finding != NULL && known != NULL && i < count; i++) {
		*exempted += finding[i] != 0 && known[i] != 0;
		finding[i] = known[i] == 0 ? finding[i] : 0;
	}
}

int audit_amounts_exempt(const struct audit_place *place, const struct published *before, struct amounts_found *found, size_t *exempted,
	struct error *error)
{
	struct amounts_account account = { 0 };
	struct amounts_found known;
	if (audit_amounts_judge(place, before, &known, &account, error) != 0)
		return -1;
	take_out(found->m01, known.m01, found->m01_cells, exempted);
	take_out(found->nets, known.nets, found->posts, exempted);
	return 0;
}

int audit_amounts_tell(const struct published *published, const struct amounts_found *found, struct text *rows, struct error *error)
{
	const struct published_table *table = published_find(published, "m01");
	size_t measures = table == NULL ? 0 : table->cube->table->measures, count = 0;
	for (size_t i = 0; found->m01 != NULL && i < found->m01_cells; i++) {
		if (found->m01[i] == AMOUNT_NONE)
			continue;
		count++;
		if (findings_tell(rows, table->cube, i / measures, i % measures, amount_finding_names[found->m01[i]], error) != 0)
			return -1;
	}
	int result = found->nets == NULL ? 0 : nets_tell(published, &found->known, found->nets, rows, error);
	return count == 0 ? result : error_set(error, EXIT_DISCLOSURE, "table %s gives %zu amount%s of few persons away", table->cube->table->name,
		count, count == 1 ? "" : "s");
}
