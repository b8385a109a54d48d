#define _GNU_SOURCE
#include "internal.h"
#include "../CNCurses/shim.h"
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { LARGEST_SIDE = 1000 };

static SCREEN *screen;
static struct termios found_modes;
static struct ct_sequences sequences;
/* What the title of the window is to be. */
static char title[512];

/* ncurses installs handlers that end the program without a word to it. They go as soon as they come. */
static SCREEN *open_screen(void) {
    static const int taken[] = {SIGINT, SIGTERM, SIGTSTP, SIGWINCH};
    enum { TAKEN = sizeof taken / sizeof *taken };
    struct sigaction former[TAKEN];
    for (int i = 0; i < TAKEN; i++) sigaction(taken[i], NULL, &former[i]);
    set_escdelay(25);
    use_env(FALSE);
    use_tioctl(TRUE);
    FILE *output = ct_output_open();
    SCREEN *opened = output ? newterm(ct_description_name(), output, stdin) : NULL;
    for (int i = 0; i < TAKEN; i++) sigaction(taken[i], &former[i], NULL);
    return opened;
}

static void set_modes(void) {
    cbreak();
    noecho();
    nonl();
    struct termios modes;
    if (tcgetattr(STDOUT_FILENO, &modes) != 0) return;
    /* Ctrl-Z is a key here, so that the terminal is given back before the job stops and not after. Ctrl-S must not freeze us. */
    modes.c_cc[VSUSP] = _POSIX_VDISABLE;
    modes.c_iflag &= ~(tcflag_t)(IXON | IXOFF);
    /* There is nothing for the kernel to make of what is written, and it would hand it on in pieces, one for each backspace. */
    modes.c_oflag &= ~(tcflag_t)OPOST;
    tcsetattr(STDOUT_FILENO, TCSADRAIN, &modes);
    def_prog_mode();
}

static void write_title(void) {
    if (!sequences.has_title || !*title) return;
    ct_write_bytes("\033]2;", 4);
    ct_write_bytes(title, strlen(title));
    ct_write_bytes("\a", 1);
}

/* Behind what ncurses asks the mouse for: of two modes a terminal has the later one. */
static void report_drags(void) {
    ct_write_bytes(sequences.drags, strlen(sequences.drags));
}

enum ct_result ct_open(bool mouse, bool rich_colors, const char *first_title) {
    if (screen) return CT_ALREADY_OPEN;
    if (!isatty(STDIN_FILENO)) return CT_INPUT_IS_NOT_A_TERMINAL;
    if (!isatty(STDOUT_FILENO)) return CT_OUTPUT_IS_NOT_A_TERMINAL;
    if (tcgetattr(STDOUT_FILENO, &found_modes) != 0) return CT_FAILED;
    enum ct_result chosen = ct_choose_terminal(rich_colors);
    if (chosen != CT_OK) return chosen;
    if (!ct_signals_install()) return CT_FAILED;
    /* Started in the background, the job stops here until it is brought to the front. */
    sigset_t mask = ct_signals_allow_stop();
    screen = open_screen();
    if (screen) set_modes();
    pthread_sigmask(SIG_SETMASK, &mask, NULL);
    if (!screen || !ct_input_open(mouse)) {
        ct_close();
        return CT_FAILED;
    }
    sequences = ct_compose_sequences(mouse, *first_title);
    ct_guard_prepare(&found_modes, sequences.restore, strlen(sequences.restore));
    ct_guard_install();
    ct_guard_arm();
    if (has_colors()) {
        start_color();
        use_default_colors();
    }
    ct_look_up_size();
    ct_hide_cursor();
    ct_write_bytes(sequences.enter, strlen(sequences.enter));
    report_drags();
    ct_set_title(first_title);
    return CT_OK;
}

void ct_set_title(const char *text) {
    if (!screen || strlen(text) >= sizeof title || strcmp(text, title) == 0) return;
    strcpy(title, text);
    write_title();
}

bool ct_copy(const char *base64) {
    if (!screen || !sequences.has_clipboard) return false;
    ct_write_bytes("\033]52;c;", 7);
    ct_write_bytes(base64, strlen(base64));
    ct_write_bytes("\a", 1);
    return true;
}

void ct_ring(void) {
    if (screen) ct_write_bytes("\a", 1);
}

void ct_notify(const char *text) {
    if (!screen) return;
    /* screen and tmux swallow what they do not know; their bell arrives. */
    bool multiplexed = strncmp(ct_terminal_name(), "screen", 6) == 0 || strncmp(ct_terminal_name(), "tmux", 4) == 0;
    if (!sequences.has_clipboard || multiplexed) ct_ring();
    if (!sequences.has_clipboard) return;
    ct_write_bytes("\033]9;", 4);
    ct_write_bytes(text, strlen(text));
    ct_write_bytes("\a", 1);
}

static void leave(void) {
    ct_write_bytes(sequences.leave, strlen(sequences.leave));
    endwin();
    tcsetattr(STDOUT_FILENO, TCSADRAIN, &found_modes);
    ct_guard_disarm();
}

void ct_close(void) {
    if (screen) {
        leave();
        ct_guard_remove();
        ct_input_close();
        delscreen(screen);
        screen = NULL;
        title[0] = '\0';
    }
    ct_output_close();
    ct_signals_remove();
}

int ct_colors(void) {
    return screen && has_colors() ? COLORS : 0;
}

int ct_color_pairs(void) {
    return screen && has_colors() ? COLOR_PAIRS : 0;
}

void ct_assume_ground(int foreground, int background) {
    if (screen && has_colors()) assume_default_colors(foreground, background);
}

void ct_define_pair(int pair, int foreground, int background) {
    init_extended_pair(pair, foreground, background);
}

static int within(int value, int fallback) {
    if (value <= 0) return fallback;
    return value < LARGEST_SIDE ? value : LARGEST_SIDE;
}

struct ct_size ct_look_up_size(void) {
    struct winsize window = {0};
    struct ct_size size = {.columns = 80, .rows = 24};
    if (!screen) return size;
    bool known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) == 0;
    size.columns = within(known ? window.ws_col : 0, getmaxx(stdscr));
    size.rows = within(known ? window.ws_row : 0, getmaxy(stdscr));
    if (size.columns != getmaxx(stdscr) || size.rows != getmaxy(stdscr)) {
        resizeterm(size.rows, size.columns);
        ct_forget_screen();
    }
    return size;
}

void ct_put(int row, int column, const char *text, int attributes, int pair) {
    attr_t bits = A_NORMAL;
    if (attributes & CT_BOLD) bits |= A_BOLD;
    if (attributes & CT_DIM) bits |= A_DIM;
    if (attributes & CT_UNDERLINE) bits |= A_UNDERLINE;
    if (attributes & CT_REVERSE) bits |= A_REVERSE;
    wattr_set(stdscr, bits, (short)pair, NULL);
    /* ERR says nothing: the last cell of the screen is drawn and yet reported. */
    mvwaddstr(stdscr, row, column, text);
}

void ct_show_cursor(int row, int column) {
    leaveok(stdscr, FALSE);
    wmove(stdscr, row, column);
    curs_set(1);
}

void ct_hide_cursor(void) {
    leaveok(stdscr, TRUE);
    curs_set(0);
}

void ct_flush(void) {
    wnoutrefresh(stdscr);
    ct_output_hold();
    doupdate();
    ct_output_release();
}

void ct_forget_screen(void) {
    clearok(curscr, TRUE);
}

void ct_retake(void) {
    if (!screen) return;
    sigset_t mask = ct_signals_allow_stop();
    /* A stop without a warning took nothing back. */
    if (!isendwin()) {
        ct_write_bytes(sequences.leave, strlen(sequences.leave));
        endwin();
    }
    reset_prog_mode();
    pthread_sigmask(SIG_SETMASK, &mask, NULL);
    ct_guard_arm();
    ct_write_bytes(sequences.enter, strlen(sequences.enter));
    write_title();
    ct_look_up_size();
    ct_forget_screen();
    ct_flush();
    report_drags();
}

bool ct_suspend(bool whole_group) {
    if (!screen) return false;
    leave();
    sigset_t mask = ct_signals_allow_stop();
    bool stopped = ct_signals_stop(whole_group);
    pthread_sigmask(SIG_SETMASK, &mask, NULL);
    ct_retake();
    return stopped;
}
