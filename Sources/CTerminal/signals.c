/* Signals that say something about the terminal become bytes in a pipe, which an event loop reads.
 *
 * Not a signal source of Dispatch: that one blocks the signal, in a thread of its choice, and so in the programs started from it. */
#define _GNU_SOURCE
#include "internal.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

static const int signals[] = {SIGWINCH, SIGCONT, SIGTSTP, SIGHUP};
enum { SIGNALS = sizeof signals / sizeof *signals };

static struct sigaction former[SIGNALS];
static bool taken[SIGNALS];
static int ends[2] = {-1, -1};

static void arrived(int number) {
    int saved_errno = errno;
    unsigned char byte = (unsigned char)number;
    /* A full pipe holds more of the same: nothing is lost. */
    ssize_t ignored = write(ends[1], &byte, 1);
    (void)ignored;
    errno = saved_errno;
}

static void set_handler(int number, void (*handler)(int)) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, NULL);
}

bool ct_signals_install(void) {
    if (ends[0] < 0 && pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) return false;
    while (ct_next_signal() != 0) {}
    for (int i = 0; i < SIGNALS; i++) {
        sigaction(signals[i], NULL, &former[i]);
        /* Ignored on purpose, as nohup and shells without job control do. */
        taken[i] = !((signals[i] == SIGHUP || signals[i] == SIGTSTP) && former[i].sa_handler == SIG_IGN);
        if (taken[i]) set_handler(signals[i], arrived);
    }
    return true;
}

void ct_signals_remove(void) {
    for (int i = 0; i < SIGNALS; i++) {
        struct sigaction current;
        if (!taken[i] || sigaction(signals[i], NULL, &current) != 0) continue;
        if (current.sa_handler == arrived) sigaction(signals[i], &former[i], NULL);
        taken[i] = false;
    }
}

int ct_signal_descriptor(void) {
    return ends[0];
}

int ct_next_signal(void) {
    unsigned char byte;
    ssize_t count;
    do {
        count = read(ends[0], &byte, 1);
    } while (count < 0 && errno == EINTR);
    return count == 1 ? byte : 0;
}

sigset_t ct_signals_allow_stop(void) {
    sigset_t stops, former_mask;
    sigemptyset(&stops);
    sigaddset(&stops, SIGTSTP);
    sigaddset(&stops, SIGTTOU);
    pthread_sigmask(SIG_UNBLOCK, &stops, &former_mask);
    return former_mask;
}

bool ct_signals_stop(bool whole_group) {
    struct sigaction current;
    if (sigaction(SIGTSTP, NULL, &current) == 0 && current.sa_handler == SIG_IGN) return false;
    set_handler(SIGCONT, SIG_DFL);
    set_handler(SIGTSTP, SIG_DFL);
    /* Held back while the others are told: a shell that sees them stop may send SIGCONT at once. That takes back a stop that is
     * pending, whereas one sent after it would last for ever. Sent to this thread, so that it is stopped when it lets go. */
    sigset_t stop, former_mask;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTSTP);
    pthread_sigmask(SIG_BLOCK, &stop, &former_mask);
    raise(SIGTSTP);
    if (whole_group) kill(0, SIGTSTP);
    pthread_sigmask(SIG_SETMASK, &former_mask, NULL);
    set_handler(SIGTSTP, arrived);
    set_handler(SIGCONT, arrived);
    return true;
}
