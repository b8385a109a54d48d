/* What the description of the terminal says. Apart from the rest, because term.h makes macros of words like columns. */
#define _GNU_SOURCE
#include "internal.h"
#include "../CNCurses/shim.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>
#include <unistd.h>

static char terminal_name[128];

static bool has_capability(const char *name) {
    const char *value = tigetstr(name);
    return value && value != (char *)-1;
}


/* Of the description that is used: the terminal's, or its sister with direct colours. */
static char description_name[sizeof terminal_name + 8];

const char *ct_terminal_name(void) {
    return terminal_name;
}

const char *ct_description_name(void) {
    return description_name;
}

bool ct_has_direct_colors(void) {
    return tigetflag("RGB") == 1 || tigetnum("RGB") > 0 || has_capability("RGB");
}

static void append(char *text, size_t capacity, const char *more) {
    size_t length = strlen(text);
    if (length + strlen(more) < capacity) strcpy(text + length, more);
}

/* Appends a capability without the delays, written $<5>, that are meant for printing terminals and slow lines. */
static void append_capability(char *text, size_t capacity, const char *name) {
    char buffer[128];
    size_t length = 0;
    const char *value = tigetstr(name);
    if (!value || value == (char *)-1) return;
    while (*value && length + 1 < sizeof buffer) {
        const char *end = value[0] == '$' && value[1] == '<' ? strchr(value, '>') : NULL;
        if (end) value = end + 1;
        else buffer[length++] = *value++;
    }
    buffer[length] = '\0';
    append(text, capacity, buffer);
}

enum probe { PROBE_USABLE, PROBE_UNUSABLE, PROBE_UNKNOWN };

/* Whether there is a description by this name, and one of a terminal that can do what a screen needs. Writes nothing. */
static enum probe probe(const char *name) {
    int status = 0;
    if (!name || !*name || setupterm(name, STDOUT_FILENO, &status) != OK) return status == 1 ? PROBE_UNUSABLE : PROBE_UNKNOWN;
    enum probe result = has_capability("cup") ? PROBE_USABLE : PROBE_UNUSABLE;
    del_curterm(cur_term);
    return result;
}

/* What two descriptions may differ in when one of them has direct colours. */
static bool is_about_colors(const char *name) {
    static const char *const names[] = {"setaf", "setab", "setf", "setb", "initc", "initp", "oc", "op", "scp", "sgr", "rs1", "is1", "is2", "rs2"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0) return true;
    return false;
}

static const char *capability_of(TERMINAL *terminal, const char *name) {
    set_curterm(terminal);
    return has_capability(name) ? tigetstr(name) : NULL;
}

/* Whether it has direct colours, and does all else as the other one: keys, mouse, cursor. */
static bool is_same_with_direct_colors(TERMINAL *sister, TERMINAL *own) {
    set_curterm(sister);
    if (!ct_has_direct_colors() || tigetnum("colors") != 1 << 24) return false;
    for (int i = 0; strnames[i]; i++) {
        if (is_about_colors(strnames[i])) continue;
        const char *wanted = capability_of(own, strnames[i]), *given = capability_of(sister, strnames[i]);
        if (wanted && (!given || strcmp(wanted, given) != 0)) return false;
    }
    return true;
}

/* Takes the sister of a description that has direct colours, where there is one that lacks nothing. */
static void choose_direct_sister(const char *name) {
    static const char suffix[] = "-256color";
    char sister[sizeof description_name];
    int status;
    size_t length = strlen(name), end = sizeof suffix - 1;
    if (length > end && strcmp(name + length - end, suffix) == 0) length -= end;
    snprintf(sister, sizeof sister, "%.*s-direct", (int)length, name);
    if (setupterm(name, STDOUT_FILENO, &status) != OK) return;
    TERMINAL *own = cur_term;
    if (setupterm(sister, STDOUT_FILENO, &status) == OK) {
        TERMINAL *other = cur_term;
        if (is_same_with_direct_colors(other, own)) strcpy(description_name, sister);
        del_curterm(other);
    }
    del_curterm(own);
}

/* GNU screen hands COLORTERM on from the terminal around it, and can't show what it promises. */
static bool promises_direct_colors(const char *name) {
    const char *promise = getenv("COLORTERM");
    return promise && (strcmp(promise, "truecolor") == 0 || strcmp(promise, "24bit") == 0) && strncmp(name, "screen", 6) != 0;
}

/* Chooses the terminal's own description, or for a name unknown here the nearest that is known. */
static enum ct_result choose_by_name(void) {
    static const char *const others[] = {"xterm-256color", "xterm", "screen-256color", "screen", "linux", "ansi", "vt100"};
    const char *name = getenv("TERM");
    snprintf(terminal_name, sizeof terminal_name, "%s", name ? name : "");
    switch (probe(name)) {
    case PROBE_USABLE: return CT_OK;
    case PROBE_UNUSABLE: return CT_UNUSABLE;
    case PROBE_UNKNOWN: break;
    }
    bool multiplexed = name && (strncmp(name, "screen", 6) == 0 || strncmp(name, "tmux", 4) == 0);
    for (size_t i = multiplexed ? 2 : 0; i < sizeof others / sizeof *others; i++) {
        if (probe(others[i]) != PROBE_USABLE) continue;
        snprintf(terminal_name, sizeof terminal_name, "%s", others[i]);
        return CT_OK;
    }
    return CT_UNUSABLE;
}

enum ct_result ct_choose_terminal(bool rich_colors) {
    enum ct_result result = choose_by_name();
    strcpy(description_name, terminal_name);
    if (result == CT_OK && rich_colors && promises_direct_colors(terminal_name)) choose_direct_sister(terminal_name);
    return result;
}

/* Ms is the clipboard's own capability, XT says that it is a relative of xterm; screen and tmux have neither under their older names. */
static bool has_clipboard(void) {
    return has_capability("Ms") || tigetflag("XT") == 1 || strncmp(terminal_name, "screen", 6) == 0 || strncmp(terminal_name, "tmux", 4) == 0;
}

struct ct_sequences ct_compose_sequences(bool mouse, bool title) {
    struct ct_sequences bytes = {.has_title = title && tigetflag("XT") == 1, .has_clipboard = has_clipboard()};
    const char *cup = tigetstr("cup");
    bool is_ansi = cup && strncmp(cup, "\033[", 2) == 0;
    if (bytes.has_title) {
        append(bytes.enter, sizeof bytes.enter, "\033[22;2t");
        append(bytes.leave, sizeof bytes.leave, "\033[23;2t");
    }
    if (is_ansi) {
        append(bytes.enter, sizeof bytes.enter, "\033[?2004h");
        append(bytes.leave, sizeof bytes.leave, "\033[?2004l");
    }
    if (mouse) {
        append(bytes.drags, sizeof bytes.drags, "\033[?1002h");
        append(bytes.leave, sizeof bytes.leave, "\033[?1002l");
        append(bytes.restore, sizeof bytes.restore, "\033[?1006l\033[?1000l");
    }
    append(bytes.restore, sizeof bytes.restore, bytes.leave);
    append_capability(bytes.restore, sizeof bytes.restore, "sgr0");
    append_capability(bytes.restore, sizeof bytes.restore, "rmkx");
    append_capability(bytes.restore, sizeof bytes.restore, "cnorm");
    if (has_capability("rmcup")) append_capability(bytes.restore, sizeof bytes.restore, "rmcup");
    else append(bytes.restore, sizeof bytes.restore, "\r\n");
    return bytes;
}
