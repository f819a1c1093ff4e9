/* A stage's process: forked, watched, its findings read back. */
#define _DEFAULT_SOURCE /* wait4 */
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "pipeline/run.h"

const struct settings *run_settings(const struct run *run)
{
	return run->shown;
}

int run_jobs(const struct run *run)
{
	return run->jobs;
}

static bool uses(const struct file_use *uses, const char *table)
{
	for (; uses->name != NULL; uses++)
		if (uses->class != FILE_PERSONS && uses->class != FILE_EXTRACT && strcmp(uses->name, table) == 0)
			return true;
	return false;
}

bool run_wants(const struct run *run, const char *table)
{
	if (!uses(run->stage->reads, table) && !uses(run->stage->writes, table))
		return true; /* the stage's work may depend on its own tables alone */
	for (size_t i = 0; i < run->wanted_count; i++)
		if (strcmp(run->wanted[i], table) == 0)
			return true;
	return run->wanted_count == 0;
}

__attribute__((format(printf, 3, 0))) static void narrate(const struct run *run, enum log_level level,
	const char *format, va_list arguments)
{
	char text[1024];
	(void)vsnprintf(text, sizeof text, format, arguments);
	log_event(run->log, level, run->stage->name, text);
}

void run_warn(const struct run *run, const char *format, ...)
{
	run->report->warnings++;
	va_list arguments;
	va_start(arguments, format);
	narrate(run, LOG_WARNING, format, arguments);
	va_end(arguments);
}

void run_note(const struct run *run, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	narrate(run, LOG_NOTE, format, arguments);
	va_end(arguments);
}

static int write_whole(int file, const void *bytes, size_t length)
{
	const char *at = bytes;
	while (length > 0) {
		ssize_t wrote = write(file, at, length);
		if (wrote < 0 && errno != EINTR)
			return -1;
		at += wrote > 0 ? wrote : 0;
		length -= wrote > 0 ? (size_t)wrote : 0;
	}
	return 0;
}

/* Reads exactly `length` bytes; false when the other end closed before. */
static bool read_whole(int file, void *bytes, size_t length)
{
	char *at = bytes;
	while (length > 0) {
		ssize_t got = read(file, at, length);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		at += got;
		length -= (size_t)got;
	}
	return true;
}

/* Has the kernel end this stage when the run that started it is killed: it holds the lock. */
static void die_with(pid_t parent)
{
#ifdef __linux__
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
	if (getppid() != parent)
		_exit(EXIT_BUG);
}

/* In the child: the work, then the report through the pipe. Never returns. */
static void work(struct run *run, const struct stage *stage, struct run_report *report, int pipe_end)
{
	run->stage = stage;
	run->report = report;
	struct arena *arena = arena_new(&report->error);
	if (arena != NULL && stage->work(run, arena, &report->error) != 0 && report->error.count == 0)
		(void)error_set(&report->error, EXIT_BUG, "failed without saying why");
	arena_free(arena);
	_exit(write_whole(pipe_end, report, sizeof *report) == 0 ? 0 : EXIT_BUG);
}

static double seconds_since(const struct timespec *start)
{
	struct timespec now;
	if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
		return 0;
	return (double)(now.tv_sec - start->tv_sec) + (double)(now.tv_nsec - start->tv_nsec) / 1e9;
}

/* What a finished stage took: into the run's account and onto the terminal. */
static void note_use(struct run *run, const struct stage *stage, double seconds, long peak_kib)
{
	char text[128];
	for (size_t i = 0; i < stage_count; i++)
		if (stages[i] == stage)
			run->use[i] = (struct run_use){ .ran = true, .seconds = seconds, .peak_kib = peak_kib };
	(void)snprintf(text, sizeof text, "done in %.2f s, at most %ld MB", seconds, peak_kib / 1024);
	log_event(run->log, LOG_NOTE, stage->name, text);
}

int run_stage_process(struct run *run, const struct stage *stage, struct error *error)
{
	struct run_report *report = arena_take(run->arena, 1, sizeof *report, error);
	struct timespec start;
	int ends[2];
	run->shown = settings_view(run->settings, stage->settings, run->arena, error);
	if (report == NULL || run->shown == NULL)
		return -1;
	if (clock_gettime(CLOCK_MONOTONIC, &start) != 0 || pipe(ends) != 0)
		return error_system(error, errno, "stage %s cannot be started", stage->name);
	pid_t parent = getpid(), child = fork();
	if (child == 0) {
		die_with(parent);
		(void)close(ends[0]);
		work(run, stage, report, ends[1]);
	}
	int number = errno;
	(void)close(ends[1]);
	if (child < 0) {
		(void)close(ends[0]);
		return error_system(error, number, "stage %s cannot be started", stage->name);
	}
	bool whole = read_whole(ends[0], report, sizeof *report);
	(void)close(ends[0]);
	int status = 0;
	struct rusage used = { 0 };
	while (wait4(child, &status, 0, &used) < 0 && errno == EINTR)
		continue;
	if (WIFSIGNALED(status))
		return error_set(error, EXIT_BUG, "stage %s was ended by signal %d (%s)", stage->name, WTERMSIG(status),
			strsignal(WTERMSIG(status)));
	if (!whole)
		return error_set(error, EXIT_BUG, "stage %s ended without a report", stage->name);
	run->warnings += report->warnings;
	if (report->error.count > 0) {
		*error = report->error;
		return -1;
	}
	note_use(run, stage, seconds_since(&start), used.ru_maxrss);
	return 0;
}
