/* A stage's process: forked, watched, its findings read back. */
#define _DEFAULT_SOURCE /* madvise, sbrk */
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "pipeline/run/progress.h"
#include "pipeline/run/run.h"

const struct settings *run_settings(const struct run *run)
{
	return run->shown;
}

const char *run_approval(const struct run *run)
{
	return run->approval;
}

int run_jobs(const struct run *run)
{
	return run->jobs;
}

static bool uses(const struct file_use *uses, const char *table)
{
	for (; uses->name != NULL; uses++)
		if ((uses->class == FILE_SUPPORT || uses->class == FILE_AGGREGATE || uses->class == FILE_PROTECTED) &&
			strcmp(uses->name, table) == 0)
			return true;
	return false;
}

static bool is_needed_by(const struct stage *stage, const char *table)
{
	for (const char *const *needing = stage->needed_by; needing != NULL && *needing != NULL; needing++)
		if (strcmp(*needing, table) == 0)
			return true;
	return false;
}

bool run_wants(const struct run *run, const char *table)
{
	if (!uses(run->stage->reads, table) && !uses(run->stage->writes, table) && !is_needed_by(run->stage, table))
		return true; /* the stage's work may depend on its own tables alone */
	for (size_t i = 0; i < run->wanted_count; i++)
		if (strcmp(run->wanted[i], table) == 0)
			return true;
	return run->wanted_count == 0;
}

/* Notes an event for the run's account; control characters would break its line. */
static void tell(const struct run *run, char kind, const char *name, const char *text)
{
	struct error unkept = { 0 }; /* without memory the stage itself will fail */
	if (run->told == NULL)
		return;
	size_t start = run->told->length + 2;
	if (text_add_format(run->told, &unkept, "%c\t%s\t%s", kind, name, text) != 0)
		return;
	size_t tab = start + strcspn(run->told->bytes + start, "\t");
	for (size_t i = start; i < run->told->length; i++)
		if (i != tab && (unsigned char)run->told->bytes[i] < 0x20)
			run->told->bytes[i] = ' ';
	(void)text_add_string(run->told, "\n", &unkept);
}

void run_expect(const struct run *run, enum progress_unit unit, uint64_t total)
{
	progress_expect(run->progress, unit, total);
}

void run_advance(const struct run *run, uint64_t more)
{
	progress_advance(run->progress, more);
}

void run_rows(const struct run *run, const char *shown, uint64_t rows)
{
	char text[32];
	(void)snprintf(text, sizeof text, "%" PRIu64, rows);
	tell(run, 'R', shown, text);
}

void run_hash(const struct run *run, const struct extract_file *file, const char *hash)
{
	char place[64];
	for (size_t i = 0; i < EXTRACTS; i++)
		for (size_t k = 0; k < run->extracts[i]; k++)
			if (file == &run->extract[i][k]) {
				(void)snprintf(place, sizeof place, "%zu/%zu", i, k);
				tell(run, 'H', place, hash);
			}
}

__attribute__((format(printf, 3, 0))) static void narrate(const struct run *run, enum log_level level,
	const char *format, va_list arguments)
{
	char text[1024];
	(void)vsnprintf(text, sizeof text, format, arguments);
	if (!run->beside)
		log_event(run->log, level, run->stage->name, text);
	tell(run, level == LOG_WARNING ? 'W' : 'N', "", text);
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

/* Reads exactly `length` bytes; false when the other end closed before, or with errno set when it cannot be read. */
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

static double seconds_since(const struct timespec *start)
{
	struct timespec now;
	if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
		return 0;
	return (double)(now.tv_sec - start->tv_sec) + (double)(now.tv_nsec - start->tv_nsec) / 1e9;
}

/* What is sent when a library crashes for want of memory: made beforehand, since a crashed process can only write and end. */
static struct run_report starved;
static int starved_end;

/* Libraries (libxlsxwriter, libminizip) use what they did not get. Where the last that failed in this thread was an allocation, the
   stage says so as of any other one; any other crash is what it is. */
static void crash(int number)
{
	if (errno == ENOMEM && write_whole(starved_end, &starved, sizeof starved) == 0)
		_exit(EXIT_DONE);
	(void)raise(number);
}

static void expect_crash(int pipe_end)
{
	static const int numbers[] = { SIGSEGV, SIGBUS, SIGABRT };
	const struct sigaction action = { .sa_handler = crash, .sa_flags = (int)(SA_RESETHAND | SA_NODEFER) };
	(void)error_set(&starved.error, EXIT_IO, "out of memory: a library went on without what it did not get, and crashed");
	starved_end = pipe_end;
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		struct sigaction other;
		if (sigaction(numbers[i], NULL, &other) == 0 && other.sa_handler == SIG_DFL) /* a sanitizer has its own */
			(void)sigaction(numbers[i], &action, NULL);
	}
	errno = 0;
}

/* What a stage frees it wants again, or its end is near: giving memory back, piece by piece and before the report, takes longer than the
   system takes for all of it when the process ends, and that is while the next stage works. And it is made real in large pages, where
   the system has them: a page of four kilobytes at a time takes the system a twentieth of all processor time. */
static void keep_memory(void)
{
#if defined __GLIBC__ && defined MADV_HUGEPAGE
	enum { LARGEST = 32 << 20, AHEAD = 256 << 20, PAGE = 2 << 20 };
	(void)mallopt(M_MMAP_THRESHOLD, LARGEST); /* larger pieces are given back, and no larger ones can be kept */
	(void)mallopt(M_TRIM_THRESHOLD, INT_MAX);
	(void)mallopt(M_TOP_PAD, AHEAD);
	char *first = malloc(PAGE); /* takes the addresses ahead; none of it is real yet */
	(void)mallopt(M_TOP_PAD, PAGE);
	uintptr_t from = ((uintptr_t)first + PAGE - 1) / PAGE * PAGE, to = (uintptr_t)sbrk(0) / PAGE * PAGE;
	if (first != NULL && from < to && to - from < 2 * (uintptr_t)AHEAD)
		(void)madvise((void *)from, to - from, MADV_HUGEPAGE);
	free(first);
#endif
}

/* In the child: the work, then the report and the events through the pipe. Its memory goes with it. Never returns. */
static void work(struct run *run, const struct stage *stage, struct run_report *report, int pipe_end)
{
	struct timespec start = { 0 };
	struct rusage used;
	(void)clock_gettime(CLOCK_MONOTONIC, &start);
	expect_crash(pipe_end);
	keep_memory();
	struct arena *arena = arena_new(&report->error);
	struct text told = { .arena = run->arena };
	run->report = report;
	run->told = &told;
	if (arena != NULL && stage->work(run, arena, &report->error) != 0 && report->error.count == 0)
		(void)error_set(&report->error, EXIT_BUG, "failed without saying why");
	report->seconds = seconds_since(&start);
	report->events = told.length;
	report->peak_kib = getrusage(RUSAGE_SELF, &used) == 0 ? used.ru_maxrss : 0;
	_exit(write_whole(pipe_end, report, sizeof *report) == 0 && write_whole(pipe_end, told.bytes, told.length) == 0
			? 0 : EXIT_IO);
}

/* Reads what the stage's process sends; false when it ended before it had sent all. */
static bool receive(struct run *run, size_t position, struct error *error)
{
	const struct run_process *process = &run->process[position];
	errno = 0;
	bool whole = read_whole(process->pipe_end, process->report, sizeof *process->report);
	char *events = whole ? arena_take(run->arena, process->report->events + 1, 1, error) : NULL;
	run->events[position] = events;
	whole = events != NULL && read_whole(process->pipe_end, events, process->report->events);
	if (!whole && error->count == 0 && errno != 0)
		(void)error_system(error, errno, "the report of stage %s cannot be read", process->stage->name);
	return whole;
}

/* What to say of a process that ended so; 0 when all is well. */
static int judge(const struct stage *stage, int status, bool whole, const struct run_report *report,
	const struct error *aside, struct error *error)
{
	if (!whole && aside->count > 0) { /* this process has failed: the other one's end may follow from that */
		*error = *aside;
		return -1;
	}
	if (WIFSIGNALED(status))
		return error_set(error, EXIT_BUG, "stage %s was ended by signal %d (%s)", stage->name, WTERMSIG(status),
			strsignal(WTERMSIG(status)));
	if (!whole && WIFEXITED(status) && WEXITSTATUS(status) == EXIT_IO)
		return error_set(error, EXIT_IO, "stage %s was ended for want of memory or threads, or could not send its report", stage->name);
	if (!whole)
		return error_set(error, EXIT_BUG, "stage %s ended without a report", stage->name);
	if (report->error.count == 0)
		return 0;
	*error = report->error;
	return -1;
}

/* Waits for the end of a process. */
static void await(pid_t child, int *status)
{
	while (waitpid(child, status, 0) < 0 && errno == EINTR)
		continue;
}

void run_end_processes(struct run *run)
{
	int unused;
	for (size_t i = 0; i < RUN_STAGES; i++)
		if (run->process[i].child > 0) { /* one beside others, that nobody has heard: the run has failed */
			(void)close(run->process[i].pipe_end);
			await(run->process[i].child, &unused);
			run->process[i].child = 0;
		}
	if (run->ending > 0)
		await(run->ending, &unused);
	run->ending = 0;
}

int run_stage_begin(struct run *run, const struct stage *stage, size_t position, bool beside, struct error *error)
{
	enum { GENTLY = 10 };
	struct run_process *process = &run->process[position];
	int ends[2];
	process->stage = run->stage = stage;
	process->report = arena_take(run->arena, 1, sizeof *process->report, error);
	run->shown = settings_view(run->settings, stage->settings, run->arena, error);
	if (process->report == NULL || run->shown == NULL)
		return -1;
	if (pipe(ends) != 0)
		return error_system(error, errno, "stage %s cannot be started", stage->name);
	pid_t parent = getpid(), child = fork();
	if (child == 0) {
		die_with(parent);
		(void)close(ends[0]);
		if (beside) {
			run->beside = true;
			run->progress = NULL;
			(void)setpriority(PRIO_PROCESS, 0, getpriority(PRIO_PROCESS, 0) + GENTLY);
		}
		work(run, stage, process->report, ends[1]);
	}
	int number = errno;
	(void)close(ends[1]);
	if (child < 0) {
		(void)close(ends[0]);
		return error_system(error, number, "stage %s cannot be started", stage->name);
	}
	process->child = child;
	process->pipe_end = ends[0];
	return 0;
}

bool run_stage_told(const struct run *run, size_t position)
{
	struct pollfd told = { .fd = run->process[position].pipe_end, .events = POLLIN };
	return poll(&told, 1, 0) != 0; /* also of a fault: it is met when the stage is heard */
}

int run_stage_end(struct run *run, size_t position, struct error *aside, struct error *error)
{
	struct run_process *process = &run->process[position];
	const struct run_report *report = process->report;
	pid_t child = process->child;
	int status = 0;
	bool whole = receive(run, position, aside);
	(void)close(process->pipe_end);
	process->child = 0;
	if (run->ending > 0) /* the one before */
		await(run->ending, &status);
	status = 0;
	run->ending = whole ? child : 0;
	if (!whole)
		await(child, &status);
	if (judge(process->stage, status, whole, report, aside, error) != 0)
		return -1;
	run->warnings += report->warnings;
	run->use[position].ran = true;
	run->use[position].seconds = report->seconds;
	run->use[position].peak_kib = report->peak_kib;
	return 0;
}

int run_stage_process(struct run *run, const struct stage *stage, size_t position, int (*meanwhile)(struct run *run, size_t position,
	struct error *error), struct error *error)
{
	struct error *aside = arena_take(run->arena, 1, sizeof *aside, error);
	progress_reset(run->progress);
	if (aside == NULL || run_stage_begin(run, stage, position, false, error) != 0)
		return -1;
	progress_show(run->progress, stage->name); /* a thread: not before the fork */
	int beside = meanwhile(run, position, aside);
	int result = run_stage_end(run, position, aside, error);
	progress_hide(run->progress);
	if (result == 0 && beside != 0)
		*error = *aside;
	return result == 0 ? beside : -1;
}
