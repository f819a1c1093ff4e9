/* The progress line: see progress.h. What a stage tells stands in memory that its process shares with the one that waits for
   it; there a thread of its own draws the line. */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */
#include "pipeline/run/progress.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "pipeline/base/terminal.h"

#define REDRAW_MS 200
#define SURE_SECONDS 1.0 /* of counting, and this share of the work, before a rate is told */
#define SURE_SHARE 0.05
#define LINE 256         /* bytes of the longest line */

struct shared {
	atomic_int unit;
	atomic_uint_least64_t done, total;
	atomic_int_least64_t since; /* ns when the total was told */
};

struct progress {
	struct shared *shared;
	const char *stage;
	int64_t began; /* ns */
	pthread_t thread;
	pthread_mutex_t mutex;
	pthread_cond_t ended;
	bool shown, stop; /* shown: the thread was made */
};

/* ---- the line ---- */

static const struct {
	const char *name;  /* behind the numbers */
	bool bytes, even;  /* even: each takes about as long as the others */
} units[] = {
	[PROGRESS_BYTES] = { "", true, true },
	[PROGRESS_ROWS] = { "rows", false, true },
	[PROGRESS_PERSONS] = { "persons", false, true },
	[PROGRESS_INSATSER] = { "insatser", false, false },
};

/* The scale in which numbers of the unit are told when the largest is this one, and its name. */
static double scale_of(enum progress_unit unit, double number, const char **name)
{
	static const char *const prefixes[] = { "kB", "MB", "GB", "TB" };
	double scale = 1e3;
	size_t i = 0;
	if (!units[unit].bytes) {
		*name = number < 1e6 ? "" : "million ";
		return number < 1e6 ? 1 : 1e6;
	}
	for (; i + 1 < sizeof prefixes / sizeof *prefixes && number >= 1000 * scale; i++)
		scale *= 1e3;
	*name = prefixes[i];
	return scale;
}

/* A number in its scale: "12.3", of one "12 345". */
static void write_number(char *out, size_t room, double number, double scale)
{
	long whole = (long)(number + 0.5);
	if (scale > 1)
		(void)snprintf(out, room, "%.1f", number / scale);
	else if (whole < 1000)
		(void)snprintf(out, room, "%ld", whole);
	else
		(void)snprintf(out, room, "%ld %03ld", whole / 1000, whole % 1000);
}

/* "412.3 MB/s", "2.1 million rows/s", "12 345 rows/s". */
static void write_rate(char *out, size_t room, enum progress_unit unit, double rate)
{
	const char *name;
	char number[32];
	write_number(number, sizeof number, rate, scale_of(unit, rate, &name));
	(void)snprintf(out, room, "%s %s%s/s", number, name, units[unit].name);
}

/* "5 s", "2 min 05 s", "1 h 02 min". */
static void write_time(char *out, size_t room, double seconds)
{
	long whole = (long)(seconds + 0.5);
	if (whole < 60)
		(void)snprintf(out, room, "%ld s", whole);
	else if (whole < 3600)
		(void)snprintf(out, room, "%ld min %02ld s", whole / 60, whole % 60);
	else
		(void)snprintf(out, room, "%ld h %02ld min", whole / 3600, whole / 60 % 60);
}

/* "1.2 of 3.4 GB, 35 %". */
static void write_share(char *out, size_t room, const struct progress_state *state)
{
	const char *name;
	char so_far[32], all[32];
	double total = (double)state->total, done = state->done > state->total ? total : (double)state->done;
	double scale = scale_of(state->unit, total, &name);
	write_number(so_far, sizeof so_far, done, scale);
	write_number(all, sizeof all, total, scale);
	(void)snprintf(out, room, "%s of %s %s%s, %d %%", so_far, all, name, units[state->unit].name, (int)(100 * done / total));
}

/* Cuts the text to so many characters. */
static void cut(char *text, int characters)
{
	int seen = 0;
	for (; *text != '\0'; text++)
		if (((unsigned char)*text & 0xC0) != 0x80 && seen++ == characters) {
			*text = '\0';
			return;
		}
}

/* Whether the mean rate so far says something of what is left. */
static bool is_sure(const struct progress_state *state)
{
	return units[state->unit].even && state->counting >= SURE_SECONDS && (double)state->done >= SURE_SHARE * (double)state->total;
}

void progress_line(char *line, size_t room, int columns, const char *stage, const struct progress_state *state)
{
	char share[96] = "", rate[64], time[32];
	if (state->total > 0)
		write_share(share, sizeof share, state);
	if (state->total > 0 && is_sure(state)) {
		double speed = (double)state->done / state->counting;
		write_rate(rate, sizeof rate, state->unit, speed);
		write_time(time, sizeof time, state->done < state->total ? (double)(state->total - state->done) / speed : 0);
		(void)snprintf(line, room, "%s: %s, %s, %s left", stage, share, rate, time);
	} else {
		write_time(time, sizeof time, state->seconds);
		(void)snprintf(line, room, "%s: %s%s%s", stage, share, share[0] == '\0' ? "" : ", ", time);
	}
	cut(line, columns);
}

/* ---- what is told ---- */

static int64_t now(void)
{
	struct timespec time = { 0 };
	(void)clock_gettime(CLOCK_MONOTONIC, &time);
	return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

void progress_reset(struct progress *progress)
{
	if (progress == NULL)
		return;
	atomic_store(&progress->shared->total, 0);
	atomic_store(&progress->shared->done, 0);
	progress->began = now();
}

void progress_expect(struct progress *progress, enum progress_unit unit, uint64_t total)
{
	if (progress == NULL)
		return;
	atomic_store(&progress->shared->unit, (int)unit);
	atomic_store(&progress->shared->since, now());
	atomic_store(&progress->shared->done, 0);
	atomic_store(&progress->shared->total, total);
}

void progress_advance(struct progress *progress, uint64_t more)
{
	if (progress != NULL)
		(void)atomic_fetch_add(&progress->shared->done, more);
}

struct progress_state progress_read(const struct progress *progress)
{
	int64_t time = now();
	struct progress_state state = { .total = atomic_load(&progress->shared->total), .seconds = (double)(time - progress->began) / 1e9 };
	state.done = atomic_load(&progress->shared->done);
	state.unit = (enum progress_unit)atomic_load(&progress->shared->unit);
	state.counting = (double)(time - atomic_load(&progress->shared->since)) / 1e9;
	return state;
}

/* ---- the thread ---- */

static void write_out(const char *text)
{
	ssize_t wrote;
	do /* one write, so that a note of the stage's process cannot stand in the middle of it */
		wrote = write(STDERR_FILENO, text, strlen(text));
	while (wrote < 0 && errno == EINTR);
}

static void draw(const struct progress *progress)
{
	char text[sizeof TERMINAL_CLEAR + LINE] = TERMINAL_CLEAR;
	struct progress_state state = progress_read(progress);
	progress_line(text + sizeof TERMINAL_CLEAR - 1, LINE, terminal_columns(STDERR_FILENO) - 1, progress->stage, &state);
	write_out(text);
}

static struct timespec in_ms(int64_t ms)
{
	int64_t then = now() + ms * 1000000;
	return (struct timespec){ .tv_sec = (time_t)(then / 1000000000), .tv_nsec = (long)(then % 1000000000) };
}

static void *watch(void *context)
{
	struct progress *progress = context;
	struct timespec next = in_ms(PROGRESS_DELAY_MS);
	bool drawn = false;
	(void)pthread_mutex_lock(&progress->mutex);
	while (!progress->stop)
		if (pthread_cond_timedwait(&progress->ended, &progress->mutex, &next) == ETIMEDOUT) {
			draw(progress);
			drawn = true;
			next = in_ms(REDRAW_MS);
		}
	(void)pthread_mutex_unlock(&progress->mutex);
	if (drawn)
		write_out(TERMINAL_CLEAR);
	return NULL;
}

void progress_show(struct progress *progress, const char *stage)
{
	if (progress == NULL)
		return;
	progress->stage = stage;
	progress->stop = false;
	progress->shown = pthread_create(&progress->thread, NULL, watch, progress) == 0;
}

void progress_hide(struct progress *progress)
{
	if (progress == NULL || !progress->shown)
		return;
	(void)pthread_mutex_lock(&progress->mutex);
	progress->stop = true;
	(void)pthread_cond_signal(&progress->ended);
	(void)pthread_mutex_unlock(&progress->mutex);
	(void)pthread_join(progress->thread, NULL);
	progress->shown = false;
}

/* ---- made and freed ---- */

static int make_condition(pthread_cond_t *condition)
{
	pthread_condattr_t how;
	if (pthread_condattr_init(&how) != 0)
		return -1;
	int result = pthread_condattr_setclock(&how, CLOCK_MONOTONIC) == 0 && pthread_cond_init(condition, &how) == 0 ? 0 : -1;
	(void)pthread_condattr_destroy(&how);
	return result;
}

struct progress *progress_open(void)
{
	struct progress *progress = terminal_is(STDERR_FILENO) ? calloc(1, sizeof *progress) : NULL;
	if (progress == NULL)
		return NULL;
	void *shared = mmap(NULL, sizeof *progress->shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED)
		goto no_memory;
	if (pthread_mutex_init(&progress->mutex, NULL) != 0)
		goto no_mutex;
	if (make_condition(&progress->ended) != 0)
		goto no_condition;
	progress->shared = shared;
	progress_reset(progress);
	return progress;
no_condition:
	(void)pthread_mutex_destroy(&progress->mutex);
no_mutex:
	(void)munmap(shared, sizeof *progress->shared);
no_memory:
	free(progress);
	return NULL;
}

void progress_close(struct progress *progress)
{
	if (progress == NULL)
		return;
	(void)pthread_cond_destroy(&progress->ended);
	(void)pthread_mutex_destroy(&progress->mutex);
	(void)munmap(progress->shared, sizeof *progress->shared);
	free(progress);
}
