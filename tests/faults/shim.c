// Stands between a process and the system (LD_PRELOAD), for what no test can do to a real machine.
//   SHIM_TRACE  a file that takes every write, cut and sync of the database's files, and what was answered meanwhile,
//               in the order in which they happened, from all processes
//   SHIM_CLOCK  a file with eight bytes: by how many nanoseconds the clock on the wall is wrong
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { FILES = 4096, LONGEST = 1 << 16 };
enum { MAIN = 1, LOG = 2 };
static const char DATABASE[] = "/hubcraft.sqlite3", WRITE_AHEAD[] = "-wal", ANSWER[] = "\"taken\"";
struct record { uint32_t kind, file; uint64_t offset, length; };
static unsigned char tracked[FILES];
static int trace = -1;
static const volatile int64_t *wrong;

#define REAL(name) __typeof__(name) *real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

__attribute__((constructor)) static void begin(void) {
    REAL(open);
    const char *to = getenv("SHIM_TRACE"), *clock = getenv("SHIM_CLOCK");
    if (to) trace = fcntl(real(to, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600), F_DUPFD_CLOEXEC, FILES);
    if (!clock) return;
    int file = real(clock, O_RDONLY | O_CLOEXEC);
    void *place = mmap(0, sizeof *wrong, PROT_READ, MAP_SHARED, file, 0);
    if (place != MAP_FAILED) wrong = place;
    close(file);
}

static void note(char kind, int file, uint64_t offset, const void *bytes, uint64_t length) {
    REAL(writev);
    struct record one = {kind, file, offset, length};
    struct iovec parts[] = {{&one, sizeof one}, {(void *)bytes, bytes ? length : 0}};
    if (trace >= 0 && real(trace, parts, 2) < 0) abort();
}

static int file_of(int fd) { return trace >= 0 && fd >= 0 && fd < FILES ? tracked[fd] : 0; }

static int opened(int fd, const char *path) {
    if (fd < 0 || fd >= FILES) return fd;
    const char *name = strstr(path, DATABASE);
    const char *rest = name ? name + sizeof DATABASE - 1 : 0;
    tracked[fd] = !rest ? 0 : !*rest ? MAIN : !strcmp(rest, WRITE_AHEAD) ? LOG : 0;
    return fd;
}

#define OPENS(name) \
    int name(const char *path, int flags, ...) { \
        REAL(name); \
        va_list more; \
        va_start(more, flags); \
        mode_t mode = flags & O_CREAT ? va_arg(more, mode_t) : 0; \
        va_end(more); \
        return opened(real(path, flags, mode), path); \
    }
OPENS(open)
OPENS(open64)

int close(int fd) {
    REAL(close);
    if (fd >= 0 && fd < FILES) tracked[fd] = 0;
    return real(fd);
}

int unlink(const char *path) {
    REAL(unlink);
    const char *name = strstr(path, DATABASE);
    int done = real(path);
    if (!done && name && !strcmp(name + sizeof DATABASE - 1, WRITE_AHEAD)) note('u', LOG, 0, 0, 0);
    return done;
}

static void said(int fd, const void *bytes, size_t length) {
    if (trace >= 0 && length < LONGEST && memmem(bytes, length, ANSWER, sizeof ANSWER - 1))
        note('a', 0, 0, bytes, length);
}

ssize_t write(int fd, const void *bytes, size_t length) {
    REAL(write);
    int file = file_of(fd);
    if (!file) said(fd, bytes, length);
    ssize_t done = real(fd, bytes, length);
    if (file && done > 0) note('w', file, lseek(fd, 0, SEEK_CUR) - done, bytes, done);
    return done;
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
    REAL(writev);
    for (int i = 0; i < count; i++) said(fd, parts[i].iov_base, parts[i].iov_len);
    return real(fd, parts, count);
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags) {
    REAL(sendmsg);
    for (size_t i = 0; i < message->msg_iovlen; i++)
        said(fd, message->msg_iov[i].iov_base, message->msg_iov[i].iov_len);
    return real(fd, message, flags);
}

ssize_t send(int fd, const void *bytes, size_t length, int flags) {
    REAL(send);
    said(fd, bytes, length);
    return real(fd, bytes, length, flags);
}

#define WRITES_AT(name, where) \
    ssize_t name(int fd, const void *bytes, size_t length, where offset) { \
        REAL(name); \
        ssize_t done = real(fd, bytes, length, offset); \
        if (file_of(fd) && done > 0) note('w', file_of(fd), offset, bytes, done); \
        return done; \
    }
WRITES_AT(pwrite, off_t)
WRITES_AT(pwrite64, off64_t)

#define CUTS(name, where) \
    int name(int fd, where length) { \
        REAL(name); \
        int done = real(fd, length); \
        if (file_of(fd) && !done) note('t', file_of(fd), length, 0, 0); \
        return done; \
    }
CUTS(ftruncate, off_t)
CUTS(ftruncate64, off64_t)

// What was written before a sync began is on the disk once it has ended.
#define SYNCS(name) \
    int name(int fd) { \
        REAL(name); \
        int file = file_of(fd); \
        if (file) note('b', file, 0, 0, 0); \
        int done = real(fd); \
        if (file && !done) note('s', file, 0, 0, 0); \
        return done; \
    }
SYNCS(fsync)
SYNCS(fdatasync)

int clock_gettime(clockid_t which, struct timespec *to) {
    REAL(clock_gettime);
    int done = real(which, to);
    if (done || !wrong || (which != CLOCK_REALTIME && which != CLOCK_REALTIME_COARSE)) return done;
    int64_t all = to->tv_sec * 1000000000LL + to->tv_nsec + *wrong;
    to->tv_sec = all / 1000000000LL;
    to->tv_nsec = all % 1000000000LL;
    return 0;
}

int gettimeofday(struct timeval *restrict to, void *restrict zone) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    to->tv_sec = now.tv_sec;
    to->tv_usec = now.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *to) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (to) *to = now.tv_sec;
    return now.tv_sec;
}
