/* The lock of OUT: one run at a time, freed by the kernel however the run ends. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "pipeline/run/run.h"

#define LOCK_WAITS 100 /* of 20 ms, for what is left of a killed run */

/* Whether the lock's file names a process that lives: not one that was killed, nor nobody yet. */
static bool holder_lives(const char *holder)
{
	long pid;
	return sscanf(holder, "pid %ld", &pid) == 1 && pid > 0 && (kill((pid_t)pid, 0) == 0 || errno != ESRCH);
}

/* Takes the lock of the open file; false with errno EWOULDBLOCK and what it says of its holder when another has it, or with another
   errno where the disk gives no locks. */
static bool take_lock(int file, char *holder, size_t room)
{
	for (int wait = 0; flock(file, LOCK_EX | LOCK_NB) != 0; wait++) {
		if (errno == EINTR)
			continue;
		if (errno != EWOULDBLOCK)
			return false;
		ssize_t got = pread(file, holder, room - 1, 0);
		holder[got > 0 ? got : 0] = '\0';
		if (holder_lives(holder) || wait == LOCK_WAITS) {
			errno = EWOULDBLOCK;
			return false;
		}
		(void)nanosleep(&(struct timespec){ .tv_nsec = 20000000 }, NULL);
	}
	return true;
}

int run_lock(const char *out, const char *start, struct arena *arena, struct error *error)
{
	char *path = run_path(arena, error, out, ".lock");
	if (path == NULL)
		return -1;
	int file = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (file < 0)
		return error_system(error, errno, "%s: cannot be opened", path);
	char holder[96] = "";
	if (!take_lock(file, holder, sizeof holder)) {
		int number = errno;
		(void)close(file);
		if (number != EWOULDBLOCK)
			return error_system(error, number, "%s: cannot be locked", path);
		return error_set(error, EXIT_LOCKED, "another run works on %s (%s); wait for it to end", out,
			holder[0] == '\0' ? "unknown process" : holder);
	}
	int length = snprintf(holder, sizeof holder, "pid %ld, started %s", (long)getpid(), start);
	if (ftruncate(file, 0) != 0 || pwrite(file, holder, (size_t)length, 0) != length)
		return error_system(error, errno, "%s: cannot be written", path);
	return 0; /* the file stays open: the kernel frees the lock when the process ends, however it ends */
}
