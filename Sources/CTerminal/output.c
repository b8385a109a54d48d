/* Where ncurses writes to. It calls write(2) once for each movement of the cursor, hundreds of times a frame, which costs more than all
 * the rest; so a frame is collected in memory, and goes to the terminal in one piece. */
#define _GNU_SOURCE
#include "internal.h"
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

/* ncurses' own descriptor of the terminal, so that no other code writes into a frame. */
static FILE *stream;
/* A file in memory; -1 where there is none to be had, and frames go out piece by piece. */
static int frame = -1;
/* More than the largest frame. */
enum { LARGEST_FRAME = 64 << 20 };
static bool held;

/* The limit of a file's size holds for files in memory too. */
static bool files_may_grow(void) {
    struct rlimit limit;
    return getrlimit(RLIMIT_FSIZE, &limit) == 0 && (limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur > LARGEST_FRAME);
}

FILE *ct_output_open(void) {
    int descriptor = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    if (descriptor < 0) return NULL;
    stream = fdopen(descriptor, "w");
    if (!stream) {
        close(descriptor);
        return NULL;
    }
    frame = files_may_grow() ? memfd_create("frame", MFD_CLOEXEC) : -1;
    return stream;
}

void ct_output_close(void) {
    if (stream) fclose(stream);
    if (frame >= 0) close(frame);
    stream = NULL;
    frame = -1;
}

void ct_output_hold(void) {
    held = frame >= 0 && lseek(frame, 0, SEEK_SET) == 0 && dup3(frame, fileno(stream), O_CLOEXEC) >= 0;
}

void ct_output_release(void) {
    static char piece[1 << 16];
    if (!held) return;
    held = false;
    dup3(STDOUT_FILENO, fileno(stream), O_CLOEXEC);
    off_t end = lseek(frame, 0, SEEK_CUR);
    for (off_t start = 0; start < end;) {
        size_t wanted = end - start < (off_t)sizeof piece ? (size_t)(end - start) : sizeof piece;
        ssize_t length = pread(frame, piece, wanted, start);
        if (length <= 0) return;
        ct_write_bytes(piece, (size_t)length);
        start += length;
    }
}
