/* A library to preload: makes one system call or allocation of a run fail. FAIL_TABLE names a file of PROCESSES × KINDS counters
   of 8 bytes, shared by all processes of the run; process 0 is the one that was started, process n its n-th child. The call
   number FAIL_AT (from 1; 0: none) of kind FAIL_KIND in process FAIL_PROCESS fails. Streams of standard output and error never do.
   FAIL_SITES names a file that gets the numbers of the calls of that kind and process which come from a place in the code, by its
   callers, that none has come from before: a line each. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <link.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PROCESSES = 32 };
/* The names of faults.py, in its order. LIBRARY: allocations of GLPK. BOOK: of libxlsxwriter
   and of libminizip, which packs its file.
   SHORT: a read or write of one byte; with FAIL_AT = EVERY, each of LITTLE at most. THREAD: the start of one. */
enum kind { ALLOC, LIBRARY, BOOK, OPEN, READ, WRITE, CLOSE, SYNC, NAME, STATE, MAP, START, SHORT, THREAD, KINDS };
#define EVERY UINT64_MAX
#define LITTLE 8

static _Atomic uint64_t (*counts)[KINDS]; /* of all processes; NULL: not begun, nothing is counted */
static unsigned process, children, fail_process;
static enum kind fail_kind;
static uint64_t fail_at;

/* What calls before the libraries are bound get: dlsym allocates. */
static char early[1 << 16];
static size_t early_used;

/* The code of the two. */
static struct {
	uintptr_t from, to;
	enum kind kind;
} library_code[8];
static size_t libraries;

static int find_library(struct dl_phdr_info *library, size_t size, void *context)
{
	(void)size;
	(void)context;
	int glpk = strstr(library->dlpi_name, "libglpk") != NULL;
	int book = strstr(library->dlpi_name, "libxlsxwriter") != NULL || strstr(library->dlpi_name, "libminizip") != NULL;
	if (!glpk && !book)
		return 0;
	for (int i = 0; i < library->dlpi_phnum && libraries < sizeof library_code / sizeof *library_code; i++)
		if (library->dlpi_phdr[i].p_type == PT_LOAD && (library->dlpi_phdr[i].p_flags & PF_X) != 0) {
			library_code[libraries].from = library->dlpi_addr + library->dlpi_phdr[i].p_vaddr;
			library_code[libraries].to = library_code[libraries].from + library->dlpi_phdr[i].p_memsz;
			library_code[libraries++].kind = glpk ? LIBRARY : BOOK;
		}
	return 0;
}

/* The next function of this name, bound at its first use. */
#define NEXT(name) \
	static __typeof__(&name) next; \
	if (next == NULL) { \
		void *address = dlsym(RTLD_NEXT, #name); \
		memcpy(&next, &address, sizeof next); \
	}

enum { DEPTH = 10, SITES = 1 << 14 };
static uint64_t site_seen[SITES]; /* by hash, open addressing */
static int site_file = -1;

/* Notes the call when no earlier one had these callers. */
static void note_site(uint64_t number)
{
	void *caller[DEPTH];
	uint64_t hash = UINT64_C(14695981039346656037);
	int depth = backtrace(caller, DEPTH);
	for (int i = 0; i < depth; i++)
		hash = (hash ^ (uint64_t)(uintptr_t)caller[i]) * UINT64_C(1099511628211);
	hash |= 1;
	size_t at = hash >> 32 & (SITES - 1), tried = 0;
	while (site_seen[at] != 0 && site_seen[at] != hash && tried++ < SITES)
		at = (at + 1) & (SITES - 1);
	if (site_seen[at] == 0) {
		site_seen[at] = hash;
		(void)dprintf(site_file, "%llu\n", (unsigned long long)number);
	}
}

/* Whether this call is the one. */
static int fails(enum kind kind)
{
	static __thread int noting;
	if (counts == NULL)
		return 0;
	uint64_t number = atomic_fetch_add(&counts[process][kind], 1) + 1;
	if (kind != fail_kind || process != fail_process)
		return 0;
	if (site_file >= 0 && !noting) {
		noting = 1;
		note_site(number);
		noting = 0;
	}
	return number == fail_at || fail_at == EVERY;
}

static int fails_with(enum kind kind, int number)
{
	if (!fails(kind))
		return 0;
	errno = number;
	return 1;
}

static int alloc_fails(const void *caller)
{
	uintptr_t at = (uintptr_t)caller;
	for (size_t i = 0; i < libraries; i++)
		if (at >= library_code[i].from && at < library_code[i].to)
			return fails_with(library_code[i].kind, ENOMEM);
	return fails_with(ALLOC, ENOMEM);
}
#define ALLOC_FAILS() alloc_fails(__builtin_return_address(0))

static void *(*next_malloc)(size_t);
static void *(*next_calloc)(size_t, size_t);
static void *(*next_realloc)(void *, size_t);
static void (*next_free)(void *);

static void bind(void *function, const char *name)
{
	void *address = dlsym(RTLD_NEXT, name);
	memcpy(function, &address, sizeof address);
}

__attribute__((constructor)) static void begin(void)
{
	bind(&next_calloc, "calloc");
	bind(&next_realloc, "realloc");
	bind(&next_free, "free");
	bind(&next_malloc, "malloc");
	const char *kind = getenv("FAIL_KIND"), *table = getenv("FAIL_TABLE"), *at = getenv("FAIL_AT"), *in = getenv("FAIL_PROCESS");
	if (kind == NULL || table == NULL || at == NULL || in == NULL)
		return;
	int shared = open(table, O_RDWR | O_CLOEXEC);
	void *place = shared < 0 ? MAP_FAILED
				 : mmap(NULL, PROCESSES * sizeof *counts, PROT_READ | PROT_WRITE, MAP_SHARED, shared, 0);
	if (place == MAP_FAILED)
		abort();
	(void)close(shared);
	(void)dl_iterate_phdr(find_library, NULL);
	fail_at = strtoull(at, NULL, 10);
	fail_process = (unsigned)strtoul(in, NULL, 10);
	fail_kind = (enum kind)strtoul(kind, NULL, 10);
	const char *sites = getenv("FAIL_SITES");
	void *caller[1];
	(void)backtrace(caller, 1); /* its first call allocates */
	site_file = sites == NULL ? -1 : open(sites, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	counts = place;
}

pid_t fork(void)
{
	NEXT(fork);
	if (fails_with(START, EAGAIN))
		return -1;
	children++;
	pid_t child = next();
	if (child == 0)
		process = children < PROCESSES ? children : PROCESSES - 1;
	return child;
}

int pipe(int ends[2])
{
	NEXT(pipe);
	return fails_with(START, EMFILE) ? -1 : next(ends);
}

void *malloc(size_t size)
{
	if (next_malloc == NULL) {
		size_t room = (size + 15) & ~(size_t)15;
		if (room > sizeof early - early_used)
			return NULL;
		early_used += room;
		return early + early_used - room;
	}
	return ALLOC_FAILS() ? NULL : next_malloc(size);
}

void *calloc(size_t number, size_t size)
{
	if (next_malloc == NULL)
		return number == 0 || size <= SIZE_MAX / number ? malloc(number * size) : NULL; /* `early` is zeroed and used once */
	return ALLOC_FAILS() ? NULL : next_calloc(number, size);
}

static int is_early(const void *place)
{
	return (const char *)place >= early && (const char *)place < early + sizeof early;
}

void *realloc(void *place, size_t size)
{
	if (next_malloc == NULL)
		return malloc(size);
	if (is_early(place)) {
		void *other = malloc(size);
		size_t left = (size_t)(early + sizeof early - (const char *)place);
		return other == NULL ? NULL : memcpy(other, place, size < left ? size : left);
	}
	return ALLOC_FAILS() ? NULL : next_realloc(place, size);
}

void free(void *place)
{
	if (!is_early(place) && next_free != NULL)
		next_free(place);
}

int open(const char *path, int flags, ...)
{
	NEXT(open);
	va_list arguments;
	va_start(arguments, flags);
	mode_t mode = (flags & (O_CREAT | __O_TMPFILE)) != 0 ? va_arg(arguments, mode_t) : 0;
	va_end(arguments);
	return fails_with(OPEN, EMFILE) ? -1 : next(path, flags, mode);
}

int openat(int at, const char *path, int flags, ...)
{
	NEXT(openat);
	va_list arguments;
	va_start(arguments, flags);
	mode_t mode = (flags & (O_CREAT | __O_TMPFILE)) != 0 ? va_arg(arguments, mode_t) : 0;
	va_end(arguments);
	return fails_with(OPEN, EMFILE) ? -1 : next(at, path, flags, mode);
}

DIR *opendir(const char *path)
{
	NEXT(opendir);
	return fails_with(OPEN, EMFILE) ? NULL : next(path);
}

DIR *fdopendir(int file)
{
	NEXT(fdopendir);
	return fails_with(OPEN, EMFILE) ? NULL : next(file);
}

/* A stream whose reads and writes are the calls below: libc's own could not be made to fail. */
static ssize_t stream_read(void *file, char *bytes, size_t room)
{
	return read((int)(intptr_t)file, bytes, room);
}

static ssize_t stream_write(void *file, const char *bytes, size_t length)
{
	size_t done = 0;
	for (ssize_t wrote; done < length; done += (size_t)wrote)
		if ((wrote = write((int)(intptr_t)file, bytes + done, length - done)) < 0)
			break;
	return (ssize_t)done;
}

static int stream_seek(void *file, off64_t *at, int whence)
{
	*at = lseek64((int)(intptr_t)file, *at, whence);
	return *at < 0 ? -1 : 0;
}

static int stream_close(void *file)
{
	return close((int)(intptr_t)file);
}

FILE *fopen(const char *path, const char *mode)
{
	static const cookie_io_functions_t functions = { stream_read, stream_write, stream_seek, stream_close };
	int more = strchr(mode, '+') != NULL, rights = more ? O_RDWR : mode[0] == 'r' ? O_RDONLY : O_WRONLY;
	int file = open(path, rights | (mode[0] == 'r' ? 0 : O_CREAT) | (mode[0] == 'w' ? O_TRUNC : mode[0] == 'a' ? O_APPEND : 0) |
		(strchr(mode, 'e') != NULL ? O_CLOEXEC : 0), 0666);
	return file < 0 ? NULL : fopencookie((void *)(intptr_t)file, mode, functions);
}

FILE *fopen64(const char *path, const char *mode)
{
	return fopen(path, mode);
}

int mkostemp(char *path, int flags)
{
	NEXT(mkostemp);
	return fails_with(OPEN, ENOSPC) ? -1 : next(path, flags);
}

FILE *tmpfile(void)
{
	NEXT(tmpfile);
	return fails_with(OPEN, EMFILE) ? NULL : next();
}

/* What a read or write of so much is asked for. */
static size_t shortened(size_t length)
{
	size_t most = fail_at == EVERY ? LITTLE : 1;
	return length < 2 || !fails(SHORT) || length < most ? length : most;
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*work)(void *), void *context)
{
	NEXT(pthread_create);
	return fails(THREAD) ? EAGAIN : next(thread, attributes, work, context);
}

ssize_t read(int file, void *bytes, size_t length)
{
	NEXT(read);
	if (fails_with(READ, EIO))
		return -1;
	return next(file, bytes, shortened(length));
}

ssize_t pread(int file, void *bytes, size_t length, off_t at)
{
	NEXT(pread);
	return fails_with(READ, EIO) ? -1 : next(file, bytes, length, at);
}

struct dirent *readdir(DIR *folder)
{
	NEXT(readdir);
	return fails_with(READ, EIO) ? NULL : next(folder);
}

ssize_t write(int file, const void *bytes, size_t length)
{
	NEXT(write);
	if (fails_with(WRITE, ENOSPC))
		return -1;
	return next(file, bytes, shortened(length));
}

ssize_t pwrite(int file, const void *bytes, size_t length, off_t at)
{
	NEXT(pwrite);
	return fails_with(WRITE, ENOSPC) ? -1 : next(file, bytes, length, at);
}

int ftruncate(int file, off_t length)
{
	NEXT(ftruncate);
	return fails_with(WRITE, ENOSPC) ? -1 : next(file, length);
}

/* What is closed is closed all the same, as by the kernel. */
int close(int file)
{
	NEXT(close);
	int result = next(file);
	return fails_with(CLOSE, EIO) ? -1 : result;
}

int fclose(FILE *file)
{
	NEXT(fclose);
	int standard = file == stdout || file == stderr, result = next(file);
	return !standard && fails_with(CLOSE, EIO) ? EOF : result;
}

off64_t lseek64(int file, off64_t at, int whence)
{
	NEXT(lseek64);
	return fails_with(READ, EIO) ? -1 : next(file, at, whence);
}

off_t lseek(int file, off_t at, int whence)
{
	return lseek64(file, at, whence);
}

int flock(int file, int operation)
{
	NEXT(flock);
	return fails_with(STATE, ENOLCK) ? -1 : next(file, operation);
}

int dup(int file)
{
	NEXT(dup);
	return fails_with(OPEN, EMFILE) ? -1 : next(file);
}

int dup2(int file, int other)
{
	NEXT(dup2);
	return fails_with(OPEN, EMFILE) ? -1 : next(file, other);
}

int fsync(int file)
{
	NEXT(fsync);
	return fails_with(SYNC, EIO) ? -1 : next(file);
}

int rename(const char *from, const char *to)
{
	NEXT(rename);
	return fails_with(NAME, EACCES) ? -1 : next(from, to);
}

int link(const char *from, const char *to)
{
	NEXT(link);
	return fails_with(NAME, EPERM) ? -1 : next(from, to);
}

int symlink(const char *to, const char *at)
{
	NEXT(symlink);
	return fails_with(NAME, EACCES) ? -1 : next(to, at);
}

int mkdir(const char *path, mode_t mode)
{
	NEXT(mkdir);
	return fails_with(NAME, ENOSPC) ? -1 : next(path, mode);
}

int unlink(const char *path)
{
	NEXT(unlink);
	return fails_with(NAME, EACCES) ? -1 : next(path);
}

int unlinkat(int at, const char *path, int flags)
{
	NEXT(unlinkat);
	return fails_with(NAME, EACCES) ? -1 : next(at, path, flags);
}

int stat(const char *path, struct stat *state)
{
	NEXT(stat);
	return fails_with(STATE, EIO) ? -1 : next(path, state);
}

int lstat(const char *path, struct stat *state)
{
	NEXT(lstat);
	return fails_with(STATE, EIO) ? -1 : next(path, state);
}

int fstat(int file, struct stat *state)
{
	NEXT(fstat);
	return fails_with(STATE, EIO) ? -1 : next(file, state);
}

int fstatat(int at, const char *path, struct stat *state, int flags)
{
	NEXT(fstatat);
	return fails_with(STATE, EIO) ? -1 : next(at, path, state, flags);
}

int access(const char *path, int rights)
{
	NEXT(access);
	return fails_with(STATE, EIO) ? -1 : next(path, rights);
}

ssize_t readlink(const char *path, char *target, size_t room)
{
	NEXT(readlink);
	return fails_with(STATE, EIO) ? -1 : next(path, target, room);
}

int chmod(const char *path, mode_t mode)
{
	NEXT(chmod);
	return fails_with(STATE, EPERM) ? -1 : next(path, mode);
}

int fchmod(int file, mode_t mode)
{
	NEXT(fchmod);
	return fails_with(STATE, EPERM) ? -1 : next(file, mode);
}

void *mmap(void *place, size_t length, int rights, int flags, int file, off_t at)
{
	NEXT(mmap);
	return fails_with(MAP, ENOMEM) ? MAP_FAILED : next(place, length, rights, flags, file, at);
}
