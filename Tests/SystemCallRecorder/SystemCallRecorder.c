#define _GNU_SOURCE
#include "SystemCallRecorder.h"
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* By system calls alone, so that nothing here is written down itself. A line each, in one write, so that threads don't mix theirs. */
static void note(const char *call, const char *what, const char *more) {
    const char *record = getenv("SYSTEM_CALL_RECORD");
    if (!record) return;
    int saved_errno = errno;
    char line[2 * PATH_MAX + 64];
    int length = snprintf(line, sizeof line, "%s\t%s\t%s\n", call, what, more);
    long descriptor = syscall(SYS_openat, AT_FDCWD, record, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (descriptor >= 0 && length > 0 && (size_t)length < sizeof line) syscall(SYS_write, descriptor, line, length);
    if (descriptor >= 0) syscall(SYS_close, descriptor);
    errno = saved_errno;
}

static void note_descriptor(const char *call, int descriptor) {
    struct stat status;
    if (fstat(descriptor, &status) != 0 || !(S_ISREG(status.st_mode) || S_ISDIR(status.st_mode))) return;
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return;
    path[length] = '\0';
    note(call, path, "");
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static int opened(const char *path, int flags, int descriptor) {
    if (descriptor >= 0) note("open", path, flags & O_CLOEXEC ? "cloexec" : "inherited");
    return descriptor;
}

static mode_t mode_of(int flags, va_list arguments) {
    return flags & (O_CREAT | O_TMPFILE) ? (mode_t)va_arg(arguments, int) : 0;
}

int open(const char *path, int flags, ...) {
    va_list arguments;
    va_start(arguments, flags);
    mode_t mode = mode_of(flags, arguments);
    va_end(arguments);
    return opened(path, flags, NEXT(open)(path, flags, mode));
}

int open64(const char *path, int flags, ...) {
    va_list arguments;
    va_start(arguments, flags);
    mode_t mode = mode_of(flags, arguments);
    va_end(arguments);
    return opened(path, flags, NEXT(open64)(path, flags, mode));
}

int openat(int directory, const char *path, int flags, ...) {
    va_list arguments;
    va_start(arguments, flags);
    mode_t mode = mode_of(flags, arguments);
    va_end(arguments);
    return opened(path, flags, NEXT(openat)(directory, path, flags, mode));
}

ssize_t write(int descriptor, const void *bytes, size_t length) {
    ssize_t written = NEXT(write)(descriptor, bytes, length);
    if (written > 0) note_descriptor("write", descriptor);
    return written;
}

int ftruncate(int descriptor, off_t length) {
    int result = NEXT(ftruncate)(descriptor, length);
    if (result == 0) note_descriptor("truncate", descriptor);
    return result;
}

int fsync(int descriptor) {
    int result = NEXT(fsync)(descriptor);
    if (result == 0) note_descriptor("fsync", descriptor);
    return result;
}

int fdatasync(int descriptor) {
    int result = NEXT(fdatasync)(descriptor);
    if (result == 0) note_descriptor("fsync", descriptor);
    return result;
}

int rename(const char *from, const char *to) {
    int result = NEXT(rename)(from, to);
    if (result == 0) note("rename", from, to);
    return result;
}

int renameat(int from_directory, const char *from, int to_directory, const char *to) {
    int result = NEXT(renameat)(from_directory, from, to_directory, to);
    if (result == 0) note("rename", from, to);
    return result;
}
