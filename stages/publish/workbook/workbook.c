/* The workbook as a whole: see workbook.h. The only users of libxlsxwriter are the files workbook*.c. */
#include "stages/publish/workbook/workbook.h"

#include <stdio.h>
#include <string.h>

#include "pipeline/base/hash.h"
#include "pipeline/base/text.h"
#include "stages/publish/sheet/words.h"
#include "stages/publish/workbook/workbook_files.h"
#include "stages/publish/workbook/workbook_parts.h"
#include "stages/publish/workbook/workbook_words.h"

#define TABLE_FIGURES 60000u /* a table with more stands only in data/ and excel/ */
#define BOOK_FIGURES 400000u /* all tables of the book together: a sheet has 1 048 576 rows */

static void set_properties(struct book *book)
{
	const struct settings *settings = book->publication->settings;
	char period[WORDS_TEXT], company[256], status[256], title[] = "Målgrupper, insatser och resultat";
	words_period(settings->period_from, settings->period_to, period);
	(void)snprintf(company, sizeof company, "%s", settings->namn);
	(void)snprintf(status, sizeof status, "%s", book->publication->standing);
	lxw_doc_properties properties = { .title = title, .subject = period, .author = company, .company = company,
		.status = status, .created = (time_t)settings->uttagsdatum * 86400 };
	book_check(book, workbook_set_properties(book->file, &properties));
}

/* Which tables are too large to be read by people, or for a sheet. */
static int choose_tables(struct book *book)
{
	const struct publication *publication = book->publication;
	size_t room = BOOK_FIGURES;
	book->left_out = arena_take(book->arena, publication->sheets + 1, sizeof *book->left_out, book->error);
	if (book->left_out == NULL)
		return -1;
	for (size_t i = 0; i < publication->sheets; i++) {
		size_t figures = publication->sheet[i].cube->rows * publication->sheet[i].table->measures;
		book->left_out[i] = figures > TABLE_FIGURES || figures > room;
		room -= book->left_out[i] ? 0 : figures;
	}
	return 0;
}

static void write_parts(struct book *book)
{
	set_properties(book);
	book_styles(book);
	book_readme(book);
	book_goals(book);
	book_contents(book);
	book_charts(book);
	book_tables(book);
	book_data(book);
	book_definitions(book);
}

/* Begins a book, in an arena of its own; its temporary files lie beside it. NULL with the error set. */
static struct book *begin_book(struct workbook *workbook, const struct publication *publication, struct error *error)
{
	workbook_free(workbook);
	workbook->arena = arena_new(error);
	struct book *book = workbook->arena == NULL ? NULL : arena_take(workbook->arena, 1, sizeof *book, error);
	workbook->book = book;
	if (book == NULL)
		return NULL;
	*book = (struct book){ .publication = publication, .arena = workbook->arena, .error = error };
	char *folder = arena_text(workbook->arena, workbook->path, (size_t)(strrchr(workbook->path, '/') - workbook->path), error);
	if (folder == NULL || choose_tables(book) != 0 || workbook_words_begin(error) != 0)
		return NULL;
	workbook_files_begin();
	lxw_workbook_options options = { .tmpdir = folder };
	book->file = workbook_new_opt(workbook->path, &options);
	if (book->file == NULL)
		book_check(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
	return book;
}

/* Writes the book once, into the file at its path, which is there. */
static int write_once(struct workbook *workbook, const struct publication *publication, struct error *error)
{
	struct book *book = begin_book(workbook, publication, error);
	if (book == NULL)
		return -1;
	if (book->file != NULL) {
		write_parts(book);
		if (book->failed)
			lxw_workbook_free(book->file);
		else
			book_check(book, workbook_close(book->file));
	}
	workbook_files_look();
	(void)workbook_words_end(error);
	if (workbook_files_fault() != 0)
		(void)error_system(error, workbook_files_fault(), "tabeller.xlsx: its temporary files");
	if (!book->failed && error->count == 0)
		(void)workbook_files_check(workbook->path, error);
	return book->failed || error->count > 0 ? -1 : 0;
}

/* A book that may lack what the library had no memory for is written again: it is whole when nothing is in doubt then, or when it
   came out the same, for the same allocation does not fail twice by chance. */
int workbook_write(struct workbook *workbook, const struct publication *publication, const char *path, struct error *error)
{
	char first[HASH_TEXT], second[HASH_TEXT];
	*workbook = (struct workbook){ .path = path };
	/* The library would follow a link and heed the umask: the empty file is made first. */
	if (text_save(&(struct text){ 0 }, path, error) != 0 || write_once(workbook, publication, error) != 0)
		return -1;
	if (!workbook_files_doubt())
		return 0;
	if (workbook_files_hash(path, first, error) != 0 || write_once(workbook, publication, error) != 0 ||
		workbook_files_hash(path, second, error) != 0)
		return -1;
	return !workbook_files_doubt() || strcmp(first, second) == 0 ? 0 : error_set(error, EXIT_IO, "tabeller.xlsx: out of memory");
}

void workbook_free(const struct workbook *workbook)
{
	arena_free(workbook->arena);
	workbook_files_end();
}
