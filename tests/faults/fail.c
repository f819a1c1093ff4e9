/* A library to preload: makes the k-th call of a kind fail, over all processes of a run. FAIL_KIND is alloc, read, write or
   close; FAIL_COUNT names a file of 8 bytes that counts the calls; FAIL_AT is the number of the call that fails (from 1; 0: none).
   Allocations of GLPK and libxlsxwriter are left alone: GLPK aborts at a failed one, libxlsxwriter crashes or forgets a format. The
   stage's process then ends alone, which a run reports as a bug (70). */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static _Atomic uint64_t *count; /* shared by all processes */
static uint64_t fail_at;
static char kind;

/* What calls before the libraries are bound get: dlsym allocates. */
static char early[1 << 16];
static size_t early_used;

static void *(*next_malloc)(size_t);
static void *(*next_calloc)(size_t, size_t);
static void *(*next_realloc)(void *, size_t);
static void (*next_free)(void *);
static ssize_t (*next_read)(int, void *, size_t);
static ssize_t (*next_pread)(int, void *, size_t, off_t);
static ssize_t (*next_write)(int, const void *, size_t);
static ssize_t (*next_pwrite)(int, const void *, size_t, off_t);
static int (*next_fsync)(int);
static int (*next_close)(int);

static void bind(void *function, const char *name)
{
	void *address = dlsym(RTLD_NEXT, name);
	memcpy(function, &address, sizeof address);
}

/* The code of the two. */
static struct {
	uintptr_t from, to;
} spared[2];
static size_t spares;

static int find_spared(struct dl_phdr_info *library, size_t size, void *context)
{
	(void)size;
	(void)context;
	if (strstr(library->dlpi_name, "libxlsxwriter") == NULL && strstr(library->dlpi_name, "libglpk") == NULL)
		return 0;
	for (int i = 0; i < library->dlpi_phnum && spares < sizeof spared / sizeof *spared; i++)
		if (library->dlpi_phdr[i].p_type == PT_LOAD && (library->dlpi_phdr[i].p_flags & PF_X) != 0) {
			spared[spares].from = library->dlpi_addr + library->dlpi_phdr[i].p_vaddr;
			spared[spares].to = spared[spares].from + library->dlpi_phdr[i].p_memsz;
			spares++;
		}
	return 0;
}

/* Whether this call is the one. */
static int fails(char of)
{
	return count != NULL && of == kind && atomic_fetch_add(count, 1) + 1 == fail_at;
}

static int alloc_fails(const void *caller)
{
	uintptr_t at = (uintptr_t)caller;
	for (size_t i = 0; i < spares; i++)
		if (at >= spared[i].from && at < spared[i].to)
			return 0;
	return fails('a');
}
#define ALLOC_FAILS() alloc_fails(__builtin_return_address(0))

__attribute__((constructor)) static void begin(void)
{
	bind(&next_calloc, "calloc");
	bind(&next_realloc, "realloc");
	bind(&next_free, "free");
	bind(&next_read, "read");
	bind(&next_pread, "pread");
	bind(&next_write, "write");
	bind(&next_pwrite, "pwrite");
	bind(&next_fsync, "fsync");
	bind(&next_close, "close");
	bind(&next_malloc, "malloc");
	const char *name = getenv("FAIL_KIND"), *file = getenv("FAIL_COUNT"), *at = getenv("FAIL_AT");
	if (name == NULL || file == NULL || at == NULL)
		return;
	int shared = open(file, O_RDWR | O_CLOEXEC);
	void *place = shared < 0 ? MAP_FAILED : mmap(NULL, sizeof *count, PROT_READ | PROT_WRITE, MAP_SHARED, shared, 0);
	if (place == MAP_FAILED)
		abort();
	(void)next_close(shared);
	(void)dl_iterate_phdr(find_spared, NULL);
	fail_at = strtoull(at, NULL, 10);
	kind = name[0];
	count = place;
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
	if (ALLOC_FAILS()) {
		errno = ENOMEM;
		return NULL;
	}
	return next_malloc(size);
}

void *calloc(size_t number, size_t size)
{
	if (next_malloc == NULL)
		return number == 0 || size <= SIZE_MAX / number ? malloc(number * size) : NULL; /* `early` is zeroed and used once */
	if (ALLOC_FAILS()) {
		errno = ENOMEM;
		return NULL;
	}
	return next_calloc(number, size);
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
	if (ALLOC_FAILS()) {
		errno = ENOMEM;
		return NULL;
	}
	return next_realloc(place, size);
}

void free(void *place)
{
	if (!is_early(place) && next_free != NULL)
		next_free(place);
}

ssize_t read(int file, void *bytes, size_t length)
{
	if (fails('r')) {
		errno = EIO;
		return -1;
	}
	return next_read(file, bytes, length);
}

ssize_t pread(int file, void *bytes, size_t length, off_t at)
{
	if (fails('r')) {
		errno = EIO;
		return -1;
	}
	return next_pread(file, bytes, length, at);
}

ssize_t write(int file, const void *bytes, size_t length)
{
	if (fails('w')) {
		errno = ENOSPC;
		return -1;
	}
	return next_write(file, bytes, length);
}

ssize_t pwrite(int file, const void *bytes, size_t length, off_t at)
{
	if (fails('w')) {
		errno = ENOSPC;
		return -1;
	}
	return next_pwrite(file, bytes, length, at);
}

int fsync(int file)
{
	if (fails('w')) {
		errno = EIO;
		return -1;
	}
	return next_fsync(file);
}

/* The file is closed all the same, as by the kernel. */
int close(int file)
{
	int result = next_close(file);
	if (fails('c')) {
		errno = EIO;
		return -1;
	}
	return result;
}
