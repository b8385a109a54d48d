/* The terminal is given back even when the program crashes.
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

static const int signals[] = {SIGSEGV, SIGABRT, SIGILL, SIGTRAP, SIGBUS, SIGFPE, SIGQUIT};
enum { SIGNALS = sizeof signals / sizeof *signals };

static struct sigaction former[SIGNALS];
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

/* Nothing executes again by itself after these: the signal has to be sent once more. */
static bool must_raise(int number, const siginfo_t *info) {
    return info->si_code <= 0 || number == SIGQUIT || number == SIGABRT || (number == SIGTRAP && info->si_code == SI_KERNEL);
}

static void crashed(int number, siginfo_t *info, void *context) {
    (void)context;
    int saved_errno = errno;
    restore_now();
    for (int i = 0; i < SIGNALS; i++) {
        if (signals[i] == number) sigaction(number, &former[i], NULL);
    }
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

/* SIGQUIT is no crash. A program that handles it ends in order, and gives the terminal back by itself; one that ignores it goes on.
 * The handler of the Swift runtime, the one for crashes, only ends the program. */
static bool has_owner(int number, const struct sigaction *action, const struct sigaction *at_crash) {
    return number == SIGQUIT && action->sa_handler != SIG_DFL && action->sa_handler != at_crash->sa_handler;
}

void ct_guard_install(void) {
    static bool registered;
    if (!registered) registered = atexit(restore_now) == 0;
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = crashed;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    sigemptyset(&action.sa_mask);
    for (int i = 0; i < SIGNALS; i++) {
        sigaction(signals[i], NULL, &former[i]);
        if (!has_owner(signals[i], &former[i], &former[0])) sigaction(signals[i], &action, NULL);
    }
}

void ct_guard_remove(void) {
    for (int i = 0; i < SIGNALS; i++) {
        struct sigaction current;
        if (sigaction(signals[i], NULL, &current) == 0 && is_ours(&current)) sigaction(signals[i], &former[i], NULL);
    }
}
