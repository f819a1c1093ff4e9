/* Accounts of files: see account.h. */
#include "stages/ingest/account.h"

#include <inttypes.h>
#include <string.h>

static void count(struct finding *finding, uint64_t rows, const char *rule, enum severity severity)
{
	if (rows == 0)
		return;
	finding->rows += rows;
	finding->rule = rule;
	finding->severity = severity;
}

void account_row(struct account *account, const struct row *row)
{
	account->read++;
	if (row->reason != REASON_NONE) {
		account->rejected++;
		account->refusing += row->severity == SEVERITY_REFUSE;
		account->reason[row->reason]++;
		count(&account->found[row->field][row->reason][0], 1, row->rule, row->severity);
		return;
	}
	account->kept++;
	for (size_t i = 0; i < row->warnings; i++)
		count(&account->found[row->warning[i].field][row->warning[i].reason][1], 1, row->warning[i].rule, SEVERITY_WARNING);
}

void account_refuse_row(const struct account *account, size_t message, struct error *error)
{
	const struct wrong_row *row = &account->wrong[message];
	const struct error_place place = { .file = account->shown, .line = row->line, .record = row->record, .column = row->column,
		.code = row->code };
	(void)error_at(error, &place, "%s", row->reason);
}

void account_join(struct account *account, const struct account *part)
{
	account->read += part->read;
	account->kept += part->kept;
	account->rejected += part->rejected;
	account->refusing += part->refusing;
	account->personnummer += part->personnummer;
	for (size_t i = 0; i < REASONS; i++)
		account->reason[i] += part->reason[i];
	for (size_t i = 0; i < LAYOUT_FIELDS; i++)
		for (size_t k = 0; k < REASONS; k++)
			for (size_t kind = 0; kind < 2; kind++) {
				const struct finding *found = &part->found[i][k][kind];
				count(&account->found[i][k][kind], found->rows, found->rule, found->severity);
			}
}

bool account_refuses(const struct account *account, double allowed, int few)
{
	/* 1 % of 300 rows is 3 whatever the last bit of 0.01 */
	bool many = account->rejected > 0 && (double)account->rejected > allowed * (double)account->read * (1 + 1e-12);
	bool most = allowed < 0.5 && 2 * account->rejected > account->read;
	return account->refusing > 0 || (many && (most || account->rejected > (uint64_t)few));
}

void account_judge(struct account *account, const struct limits *limits, struct error *error)
{
	const struct error_place refusing = { .file = account->shown, .code = "ROWS_REFUSE" };
	const struct error_place many = { .file = account->shown, .code = "TOO_MANY_REJECTED" };
	if (account->refusing > 0)
		(void)error_at(error, &refusing, "%" PRIu64 " of %" PRIu64 " rows are wrong in a way that refuses the delivery "
			"however few they are", account->refusing, account->read);
	else if (account_refuses(account, limits->allowed, limits->few))
		(void)error_at(error, &many, "%" PRIu64 " of %" PRIu64 " rows are wrong (%.2f %%), more than the %.2f %% allowed%s",
			account->rejected, account->read, account_share(account), 100 * limits->allowed,
			limits->set ? " by [gränser] avvisade" : "");
	else
		return;
	account->refused = true;
}

int account_keep_row(struct account *account, const struct wrong_row *row, struct arena *arena, struct error *error)
{
	if (account->messages == ACCOUNT_KEPT)
		return 0;
	struct wrong_row *rows = arena_grow(arena, account->wrong, account->messages, account->messages + 1, &account->wrong_room,
		sizeof *rows, error);
	if (rows == NULL)
		return -1;
	account->wrong = rows;
	account->wrong[account->messages++] = *row;
	return 0;
}

double account_share(const struct account *account)
{
	return account->read == 0 ? 0 : 100 * (double)account->rejected / (double)account->read;
}

static int put_finding(const struct account *account, size_t field, size_t reason, const struct finding *finding,
	struct column_writer *writer, struct error *error)
{
	const char *const texts[] = { account->shown, account->schema->field[field].name, reason_codes[reason], finding->rule };
	column_put_u8(writer, 0, (uint8_t)account->extract);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (column_put_text(writer, 1 + i, texts[i], strlen(texts[i]), error) != 0)
			return -1;
	column_put_u8(writer, 5, (uint8_t)finding->severity);
	column_put_i64(writer, 6, (int64_t)finding->rows);
	return column_end_row(writer, error);
}

int account_findings(const struct account *account, struct column_writer *writer, struct error *error)
{
	for (size_t i = 0; i < LAYOUT_FIELDS; i++)
		for (size_t k = 0; k < REASONS; k++)
			for (size_t kind = 0; kind < 2; kind++)
				if (account->found[i][k][kind].rows > 0 &&
					put_finding(account, i, k, &account->found[i][k][kind], writer, error) != 0)
					return -1;
	return 0;
}

static int add_name(struct text *text, const char *key, const char *value, struct error *error)
{
	if (text_add_format(text, error, "\"%s\": ", key) != 0 || text_add_json(text, value, error) != 0)
		return -1;
	return text_add_string(text, ", ", error);
}

static int add_account(const struct account *account, struct text *text, struct error *error)
{
	char delimiter[2] = { account->delimiter, '\0' };
	if (text_add_string(text, "    {", error) != 0 ||
		add_name(text, "source", extract_names[account->extract], error) != 0 ||
		add_name(text, "file", account->shown, error) != 0 ||
		add_name(text, "delimiter", delimiter, error) != 0 ||
		text_add_format(text, error,
			"\"rows_read\": %" PRIu64 ", \"rows_kept\": %" PRIu64 ", \"rows_rejected\": %" PRIu64
			", \"reasons\": {", account->read, account->kept, account->rejected) != 0)
		return -1;
	const char *between = "";
	for (size_t i = REASON_NONE + 1; i < REASONS; i++) {
		if (account->reason[i] == 0)
			continue;
		if (text_add_format(text, error, "%s\"%s\": %" PRIu64, between, reason_codes[i], account->reason[i]) != 0)
			return -1;
		between = ", ";
	}
	return text_add_string(text, "}}", error);
}

int account_json(const struct account *accounts, size_t count, struct text *text, struct error *error)
{
	if (text_add_string(text, "{\n  \"files\": [", error) != 0)
		return -1;
	for (size_t i = 0; i < count; i++)
		if (text_add_string(text, i == 0 ? "\n" : ",\n", error) != 0 ||
			add_account(&accounts[i], text, error) != 0)
			return -1;
	return text_add_string(text, count == 0 ? "]\n}\n" : "\n  ]\n}\n", error);
}
