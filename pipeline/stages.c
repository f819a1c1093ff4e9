/* The stages in the order in which data flow, and the proof that the privacy boundary holds. */
#include <string.h>

#include "pipeline/stage.h"
#include "stages/audit/audit.h"
#include "stages/goals/goals.h"
#include "stages/ingest/ingest.h"
#include "stages/insats/insats.h"
#include "stages/link/link.h"
#include "stages/malgrupp/malgrupp.h"
#include "stages/payback/payback.h"
#include "stages/protect/protect.h"
#include "stages/publish/publish.h"
#include "stages/reconcile/reconcile.h"
#include "stages/validate/validate.h"

const struct stage *const stages[] = {
	&stage_ingest,
	&stage_link,
	&stage_validate,
	&stage_malgrupp,
	&stage_insats,
	&stage_payback,
	&stage_goals,
	&stage_reconcile,
	&stage_protect,
	&stage_publish,
	&stage_audit,
};
const size_t stage_count = sizeof stages / sizeof *stages;

const char *const file_class_names[FILE_CLASSES] = { [FILE_EXTRACT] = "extract", [FILE_PERSONS] = "persons",
	[FILE_SUPPORT] = "support", [FILE_AGGREGATE] = "aggregate", [FILE_RECORD] = "record", [FILE_PROTECTED] = "protected",
	[FILE_EARLIER] = "earlier", [FILE_LEDGER] = "ledger", [FILE_PUBLICATION] = "publication" };

size_t stages_publisher(void)
{
	for (size_t i = 0; i < stage_count; i++)
		for (const struct file_use *file = stages[i]->writes; file->name != NULL; file++)
			if (file->class == FILE_PUBLICATION)
				return i;
	return stage_count;
}

static bool lists(const struct file_use *uses, const struct file_use *file)
{
	for (; uses->name != NULL; uses++)
		if (uses->class == file->class && strcmp(uses->name, file->name) == 0)
			return true;
	return false;
}

/* Who may touch what: the boundary between persons, unprotected tables, protected tables and the publication. */
static int check_class(const struct stage *stage, const struct file_use *file, bool writes, struct error *error)
{
	bool protect = strcmp(stage->name, "protect") == 0, publish = strcmp(stage->name, "publish") == 0;
	bool audit = strcmp(stage->name, "audit") == 0;
	bool allowed = true;
	switch (file->class) {
	case FILE_EXTRACT:
		allowed = !writes && strcmp(stage->name, "ingest") == 0;
		break;
	case FILE_PERSONS:
		allowed = !protect && !publish && !audit;
		break;
	case FILE_SUPPORT:
		allowed = !publish && !(writes && (protect || audit));
		break;
	case FILE_AGGREGATE: /* before protect, stages may read each other's tables (goals reads i01); audit: which are small or sensitive */
		allowed = !publish && !(writes && (protect || audit));
		break;
	case FILE_EARLIER:
		allowed = !writes && !publish;
		break;
	case FILE_LEDGER:
		allowed = !writes && (protect || audit);
		break;
	case FILE_RECORD:
		allowed = !publish;
		break;
	case FILE_PROTECTED:
		allowed = writes ? protect : publish;
		break;
	case FILE_PUBLICATION:
		allowed = writes ? publish : audit;
		break;
	}
	if (allowed)
		return 0;
	return error_set(error, EXIT_BUG, "stage %s may not %s '%s': it lies on the other side of the privacy boundary",
		stage->name, writes ? "write" : "read", file->name);
}

static int check_reads(const struct stage *const *list, size_t count, size_t position, struct error *error)
{
	for (const struct file_use *file = list[position]->reads; file->name != NULL; file++) {
		if (check_class(list[position], file, false, error) != 0)
			return -1;
		const struct file_use record = { FILE_RECORD, file->name };
		bool made = file->class == FILE_EXTRACT || file->class == FILE_LEDGER;
		for (size_t any = 0; file->class == FILE_EARLIER && any < count && !made; any++)
			made = lists(list[any]->writes, &record);
		for (size_t earlier = 0; earlier < position && !made; earlier++)
			made = lists(list[earlier]->writes, file);
		if (!made)
			return error_set(error, EXIT_BUG, "stage %s reads '%s', which no earlier stage writes",
				list[position]->name, file->name);
	}
	return 0;
}

static int check_writes(const struct stage *const *list, size_t position, struct error *error)
{
	for (const struct file_use *file = list[position]->writes; file->name != NULL; file++) {
		if (check_class(list[position], file, true, error) != 0)
			return -1;
		for (size_t earlier = 0; earlier < position; earlier++)
			if (lists(list[earlier]->writes, file))
				return error_set(error, EXIT_BUG, "stages %s and %s both write '%s'",
					list[earlier]->name, list[position]->name, file->name);
	}
	return 0;
}

/* The tables that need all of what a stage makes are later stages'. */
static int check_needs(const struct stage *const *list, size_t count, size_t position, struct error *error)
{
	for (const char *const *table = list[position]->needed_by; table != NULL && *table != NULL; table++) {
		const struct file_use made = { FILE_AGGREGATE, *table };
		bool later = false;
		for (size_t i = position + 1; i < count && !later; i++)
			later = lists(list[i]->writes, &made);
		if (!later)
			return error_set(error, EXIT_BUG, "stage %s is needed by '%s', which no later stage writes", list[position]->name, *table);
	}
	return 0;
}

int stages_check(const struct stage *const *list, size_t count, struct error *error)
{
	for (size_t position = 0; position < count; position++)
		if (check_reads(list, count, position, error) != 0 || check_writes(list, position, error) != 0 ||
			check_needs(list, count, position, error) != 0)
			return -1;
	return 0;
}
