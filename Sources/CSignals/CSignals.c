/* Not signal sources of Dispatch: each needs a descriptor, blocks its signal in a thread of its choice, and gives it its default
 * action back at its end, so that a second signal would kill a program that waits for its last answer. */
#define _GNU_SOURCE
#include "CSignals.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* All of signal(7) that ends a program, but for SIGKILL, for crashes (ABRT, BUS, FPE, ILL, SEGV, SYS, TRAP), and for PIPE and XFSZ,
 * which tell of a write that failed. */
static const int signals[] = {
    SIGHUP,  SIGINT,    SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGALRM, SIGXCPU, SIGVTALRM, SIGPROF, SIGIO,
#ifdef SIGPWR
    SIGPWR,
#endif
#ifdef SIGSTKFLT
    SIGSTKFLT,
#endif
};
enum { SIGNALS = sizeof signals / sizeof *signals };

static int ends[2] = {-1, -1};

static void arrived(int number) {
    int saved_errno = errno;
    unsigned char byte = (unsigned char)number;
    /* A full pipe holds more of the same: the first one decides. */
    ssize_t ignored = write(ends[1], &byte, 1);
    (void)ignored;
    errno = saved_errno;
}

static void take(int number) {
    struct sigaction action;
    if (sigaction(number, NULL, &action) != 0 || action.sa_handler == SIG_IGN) return;
    memset(&action, 0, sizeof action);
    action.sa_handler = arrived;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, NULL);
}

int csignals_take(void) {
    if (ends[0] < 0 && pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) return errno;
    for (int i = 0; i < SIGNALS; i++) take(signals[i]);
#ifdef SIGRTMIN
    for (int number = SIGRTMIN; number <= SIGRTMAX; number++) take(number);
#endif
    return 0;
}

int csignals_descriptor(void) {
    return ends[0];
}

int csignals_next(void) {
    unsigned char byte;
    ssize_t count;
    do {
        count = read(ends[0], &byte, 1);
    } while (count < 0 && errno == EINTR);
    return count == 1 ? byte : 0;
}
