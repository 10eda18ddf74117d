/* A machine whose clock can be moved, and whose disk can give way in the middle of a write, while a program runs. What is to
   happen stands in the file that RCP_TESTS_MACHINE names, in numbers as the machine writes them, and may change at any moment:
   by how many seconds the clock is beside the machine's own (64 bits); how many writes to files go through whole (32 bits);
   and what befalls the one after them (32 bits): 0 for nothing, 1 for a kill when half of it is written, 2 for a disk that is
   full when half of it is written, and stays full, 3 for a program that stands still when half of it is written, until it is
   told to go on.

   It is loaded before the C library (LD_PRELOAD) and takes the place of what asks for the time of day and of what writes.
   Timers and time limits go by the clock that only goes forward, and the times of files are the kernel's: neither moves. What
   is written to sockets, pipes and the standard streams is left alone. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum { NOTHING, KILLED, FULL, STILL };

static volatile struct machine {
    long long seconds;
    int whole;
    int then;
} *machine;
static int (*real_clock)(clockid_t, struct timespec *);
static ssize_t (*real_write)(int, const void *, size_t);

static void find(void) {
    real_clock = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
    real_write = (ssize_t (*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
}

__attribute__((constructor)) static void begin(void) {
    find();
    const char *path = getenv("RCP_TESTS_MACHINE");
    int file = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
    if (file < 0) return;
    void *mapped = mmap(NULL, sizeof *machine, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (mapped != MAP_FAILED) machine = mapped;
    close(file);
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    if (!real_clock) find();
    int failed = real_clock(clock, now);
    if (!failed && machine && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) now->tv_sec += machine->seconds;
    return failed;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
    (void)zone;
    struct timespec precise;
    if (clock_gettime(CLOCK_REALTIME, &precise)) return -1;
    now->tv_sec = precise.tv_sec;
    now->tv_usec = precise.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *into) {
    struct timespec precise;
    if (clock_gettime(CLOCK_REALTIME, &precise)) return -1;
    if (into) *into = precise.tv_sec;
    return precise.tv_sec;
}

ssize_t write(int file, const void *bytes, size_t count) {
    if (!real_write) find();
    struct stat about;
    int then = machine ? machine->then : NOTHING;
    if (then == NOTHING || file <= STDERR_FILENO || fstat(file, &about) || !S_ISREG(about.st_mode))
        return real_write(file, bytes, count);
    int whole = __sync_fetch_and_sub(&machine->whole, 1);
    if (whole > 0 || (whole < 0 && then == STILL)) return real_write(file, bytes, count);
    if (whole < 0 && then == FULL) {
        errno = ENOSPC;
        return -1;
    }
    ssize_t written = real_write(file, bytes, count - count / 2);
    if (then == KILLED) kill(getpid(), SIGKILL);
    if (then == STILL) kill(getpid(), SIGSTOP);
    return written;
}
