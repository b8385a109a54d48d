/* The terminal is given back even when the program crashes, or ends by a signal that it does not take.
 *
 * The handlers stand before those of the Swift runtime: they restore the terminal, put the old action back and return, so that the
 * fault happens again and the runtime reports it on a sane screen. */
#define _XOPEN_SOURCE 700
#define _DEFAULT_SOURCE
#include "internal.h"
#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* More than there are: 64 on Linux. */
enum { SIGNALS = 128 };

static struct sigaction former[SIGNALS];
static struct sigaction at_crash;
static bool guarded[SIGNALS];
static struct termios found_modes;
static char restore_bytes[512];
static size_t restore_length;
static atomic_bool armed;

void ct_write_bytes(const char *bytes, size_t length) {
    while (length > 0) {
        ssize_t written = write(STDOUT_FILENO, bytes, length);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return;
        bytes += written;
        length -= (size_t)written;
    }
}

static void restore_now(void) {
    if (!atomic_exchange(&armed, false)) return;
    ct_write_bytes(restore_bytes, restore_length);
    tcsetattr(STDOUT_FILENO, TCSANOW, &found_modes);
}

/* What the program does to itself. */
static bool is_crash(int number) {
    switch (number) {
    case SIGSEGV: case SIGABRT: case SIGILL: case SIGTRAP: case SIGBUS: case SIGFPE: case SIGSYS: return true;
    default: return false;
    }
}

/* Those that end no program, that can't be taken, or that others handle: the program's own, and those of signals.c. */
static bool is_left_alone(int number) {
    switch (number) {
    case SIGCHLD: case SIGCONT: case SIGURG: case SIGWINCH: case SIGTSTP: case SIGTTIN: case SIGTTOU: case SIGSTOP: case SIGKILL:
    case SIGINT: case SIGTERM: case SIGHUP: return true;
    default: return false;
    }
}

/* Nothing executes again by itself after these: the signal has to be sent once more. */
static bool must_raise(int number, const siginfo_t *info) {
    return info->si_code <= 0 || !is_crash(number) || number == SIGABRT || number == SIGSYS ||
           (number == SIGTRAP && info->si_code == SI_KERNEL);
}

static void crashed(int number, siginfo_t *info, void *context) {
    (void)context;
    int saved_errno = errno;
    restore_now();
    sigaction(number, &former[number], NULL);
    if (must_raise(number, info)) raise(number);
    errno = saved_errno;
}

static bool is_ours(const struct sigaction *action) {
    return (action->sa_flags & SA_SIGINFO) && action->sa_sigaction == crashed;
}

void ct_guard_prepare(const struct termios *found, const char *restore, size_t length) {
    found_modes = *found;
    restore_length = length < sizeof restore_bytes ? length : 0;
    memcpy(restore_bytes, restore, restore_length);
}

void ct_guard_arm(void) {
    atomic_store(&armed, true);
}

void ct_guard_disarm(void) {
    atomic_store(&armed, false);
}

/* What is no crash may have an owner. A program that handles it ends in order, and gives the terminal back by itself; one that
 * ignores it goes on. The handler of the Swift runtime for SIGQUIT, the one for crashes, only ends the program. */
static bool has_owner(int number, const struct sigaction *action) {
    return !is_crash(number) && action->sa_handler != SIG_DFL && action->sa_handler != at_crash.sa_handler;
}

void ct_guard_install(void) {
    static bool registered;
    if (!registered) registered = atexit(restore_now) == 0;
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = crashed;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    sigemptyset(&action.sa_mask);
    sigaction(SIGSEGV, NULL, &at_crash);
    for (int number = 1; number < SIGNALS; number++) {
        guarded[number] = !is_left_alone(number) && sigaction(number, NULL, &former[number]) == 0 && !has_owner(number, &former[number]);
        if (guarded[number]) guarded[number] = sigaction(number, &action, NULL) == 0;
    }
}

void ct_guard_remove(void) {
    for (int number = 1; number < SIGNALS; number++) {
        struct sigaction current;
        if (guarded[number] && sigaction(number, NULL, &current) == 0 && is_ours(&current)) sigaction(number, &former[number], NULL);
        guarded[number] = false;
    }
}
