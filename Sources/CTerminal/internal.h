/* What the files of CTerminal share. */
#ifndef CTERMINAL_INTERNAL_H
#define CTERMINAL_INTERNAL_H

#include "CTerminal.h"
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <termios.h>

/* Key codes of ours for define_key, above those of ncurses. */
enum { CT_CODE_PASTE_BEGIN = 3001, CT_CODE_PASTE_END = 3002 };

/* What ncurses does not know of: bytes to send on entering, on leaving, and all that is needed to restore after a crash. */
struct ct_sequences {
    char enter[64];
    char leave[64];
    /* Turns on reports of the mouse with a button down; empty without a mouse. */
    char drags[16];
    char restore[512];
    /* Whether the window's title can be set and given back. */
    bool has_title;
    /* Whether it understands or at least swallows what xterm calls operating system commands: 52 is the clipboard. */
    bool has_clipboard;
};

/* capabilities.c */
enum ct_result ct_choose_terminal(bool rich_colors);
/* The description that ct_choose_terminal chose. */
const char *ct_description_name(void);
struct ct_sequences ct_compose_sequences(bool mouse, bool title);

/* input.c */
bool ct_input_open(bool mouse);
void ct_input_close(void);

/* output.c: what ncurses writes to, and frames in one piece. */
FILE *ct_output_open(void);
void ct_output_close(void);
void ct_output_hold(void);
void ct_output_release(void);

/* guard.c: what gives the terminal back when no other code can. */
void ct_guard_prepare(const struct termios *found, const char *restore, size_t length);
void ct_guard_arm(void);
void ct_guard_disarm(void);
void ct_guard_install(void);
void ct_guard_remove(void);

/* signals.c */
bool ct_signals_install(void);
void ct_signals_remove(void);
/* Stops the process, or its whole group, in a thread that allows it. */
bool ct_signals_stop(bool whole_group);
/* The threads of Dispatch, on which the main queue runs on Linux, block all signals: a stop would wait, and changing the terminal's
 * modes from the background would not be refused. Returns the mask to go back to. */
sigset_t ct_signals_allow_stop(void);

/* Writes all of it to the terminal, past ncurses. Safe in a signal handler. */
void ct_write_bytes(const char *bytes, size_t length);

#endif
