/* The account of the rules: see account.h. */
#include "stages/malgrupp/account.h"

#include <stdio.h>

#include "pipeline/table/csv/csv_write.h"
#include "stages/malgrupp/condition.h"

static size_t count_conditions(const struct settings *settings)
{
	size_t count = 0;
	for (size_t i = 0; i < settings->malgrupp_count; i++)
		for (enum condition condition = 0; condition < CONDITIONS; condition++)
			count += condition_stands(&settings->malgrupp[i], condition);
	return count;
}

const struct settings *account_settings(const struct settings *settings, struct arena *arena, struct error *error)
{
	size_t own = settings->malgrupp_count, all = own + 2 * count_conditions(settings), next = own;
	struct settings *wider = arena_take(arena, 1, sizeof *wider, error);
	struct malgrupp *groups = arena_take(arena, all, sizeof *groups, error);
	if (wider == NULL || groups == NULL)
		return NULL;
	for (size_t i = 0; i < own; i++) {
		groups[i] = settings->malgrupp[i];
		if (groups[i].inte != NULL)
			groups[i].inte = &groups[groups[i].inte - settings->malgrupp];
	}
	for (size_t i = 0; i < own; i++)
		for (enum condition condition = 0; condition < CONDITIONS; condition++)
			if (condition_stands(&groups[i], condition)) {
				groups[next++] = condition_alone(&groups[i], condition);
				groups[next++] = condition_left_out(&groups[i], condition);
			}
	*wider = *settings;
	wider->malgrupp_count = all;
	wider->malgrupp = groups;
	return wider;
}

static void write_row(struct csv_writer *writer, const char *name, const char *text, int64_t alone, int64_t without)
{
	char number[24];
	csv_string(writer, name);
	csv_string(writer, text);
	(void)snprintf(number, sizeof number, "%lld", (long long)alone);
	csv_string(writer, number);
	(void)snprintf(number, sizeof number, "%lld", (long long)without);
	csv_string(writer, without < 0 ? "" : number);
	csv_end(writer);
}

int account_write(const struct settings *settings, const int64_t *met, const char *path, struct arena *arena,
	struct error *error)
{
	static const char *const header[] = { "malgrupp", "villkor", "ensamt", "utan_villkoret" };
	struct csv_writer *writer;
	size_t next = settings->malgrupp_count;
	if (csv_create(&writer, path, &csv_style_machine, error) != 0)
		return -1;
	for (size_t i = 0; i < sizeof header / sizeof *header; i++)
		csv_string(writer, header[i]);
	csv_end(writer);
	for (size_t i = 0; i < settings->malgrupp_count; i++) {
		const struct malgrupp *group = &settings->malgrupp[i];
		for (enum condition condition = 0; condition < CONDITIONS; condition++) {
			const char *text = condition_stands(group, condition) ? condition_text(group, condition, arena, error) : NULL;
			if (text == NULL)
				continue;
			write_row(writer, group->name, text, met[next], met[next + 1]);
			next += 2;
		}
		write_row(writer, group->name, "", met[i], -1);
	}
	int result = csv_finish(writer, error);
	return error->count > 0 ? -1 : result;
}
