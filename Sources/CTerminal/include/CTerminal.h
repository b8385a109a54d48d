/* A small face on ncurses for Swift: integers and UTF-8 in, no curses type out.
 *
 * One terminal at a time, on standard input and output, used by one thread at a time. */
#ifndef CTERMINAL_H
#define CTERMINAL_H

#include <stdbool.h>
#include <stdint.h>

/* What became of opening the terminal. */
enum ct_result {
    CT_OK,
    CT_INPUT_IS_NOT_A_TERMINAL,
    CT_OUTPUT_IS_NOT_A_TERMINAL,
    CT_UNUSABLE,
    CT_ALREADY_OPEN,
    CT_FAILED,
};

/* Attributes of text, to be combined. */
enum ct_attribute {
    CT_BOLD = 1,
    CT_DIM = 2,
    CT_UNDERLINE = 4,
    CT_REVERSE = 8,
};

enum ct_event_kind {
    CT_NOTHING,
    CT_BYTE,
    CT_KEY,
    CT_FUNCTION_KEY,
    CT_PASTE_BEGIN,
    CT_PASTE_END,
    CT_MOUSE_PRESS,
    CT_MOUSE_DRAG,
    CT_MOUSE_WHEEL_UP,
    CT_MOUSE_WHEEL_DOWN,
    CT_UNKNOWN,
};

enum ct_key {
    CT_KEY_UP,
    CT_KEY_DOWN,
    CT_KEY_LEFT,
    CT_KEY_RIGHT,
    CT_KEY_HOME,
    CT_KEY_END,
    CT_KEY_PAGE_UP,
    CT_KEY_PAGE_DOWN,
    CT_KEY_INSERT,
    CT_KEY_DELETE,
    CT_KEY_BACKSPACE,
    CT_KEY_ENTER,
    CT_KEY_BACKTAB,
    CT_KEY_SHIFT_LEFT,
    CT_KEY_SHIFT_RIGHT,
};

struct ct_event {
    int kind;
    /* The byte, the key, or the number of the function key. */
    int code;
    /* Where the mouse is. */
    int column;
    int row;
};

struct ct_size {
    int columns;
    int rows;
};

/* Takes the character set from the environment, once. True when it is UTF-8. */
bool ct_adopt_locale(void);
/* The cells that ncurses gives to a code point; -1 for what cannot be shown. */
int ct_width(uint32_t scalar);

/* Takes the terminal; without a title the window's is left alone. Whatever the result, ct_terminal_name tells which description was used or wanted.
 * With rich_colors and a terminal that says by COLORTERM that it has all colours, its description with direct colours is taken, where there is one. */
enum ct_result ct_open(bool mouse, bool rich_colors, const char *title);
/* Gives it back as it was found. Harmless when there is nothing to give back. */
void ct_close(void);
const char *ct_terminal_name(void);
/* The number of colours, 0 for none. */
int ct_colors(void);
/* Whether the numbers of colours, the first eight aside, are red, green and blue. */
bool ct_has_direct_colors(void);
/* The number of pairs, the terminal's own colours among them. */
int ct_color_pairs(void);
/* What stands for the terminal's own foreground and background from now on; -1 is its own again. */
void ct_assume_ground(int foreground, int background);
/* Gives a pair, counted from 1, two of the terminal's colours; -1 is its own background. */
void ct_define_pair(int pair, int foreground, int background);

/* Asks the terminal for its size and makes ncurses follow it. */
struct ct_size ct_look_up_size(void);

/* Puts text on the screen to be, which must hold it. Pair 0 is the terminal's own colours. */
void ct_put(int row, int column, const char *text, int attributes, int pair);
void ct_show_cursor(int row, int column);
void ct_hide_cursor(void);
/* Brings the screen up to date. */
void ct_flush(void);
/* Makes the next flush draw everything anew. */
void ct_forget_screen(void);

/* Sets the title of the window, where there is one that was set before. No control characters; at most 511 bytes. */
void ct_set_title(const char *text);
/* Puts what this base64 text stands for on the clipboard of the terminal; false where the terminal knows none. */
bool ct_copy(const char *base64);
/* Rings the bell. */
void ct_ring(void);
/* Has the terminal notify the user of a text without control characters; rings where it can't. */
void ct_notify(const char *text);

/* The next piece of input; CT_NOTHING when there is none yet. Never waits longer than an escape sequence takes. */
struct ct_event ct_next_event(void);
/* True when no input will ever come again. */
bool ct_input_is_gone(void);

/* A descriptor that becomes readable when a signal came in; ct_next_signal returns its number, 0 after the last. */
int ct_signal_descriptor(void);
int ct_next_signal(void);

/* Gives the terminal back and stops this process, or its whole group; returns when it goes on, with the terminal taken again.
 * False when it could not be stopped because the parent process had SIGTSTP ignored. */
bool ct_suspend(bool whole_group);
/* Takes the terminal again after a stop that came without a warning. */
void ct_retake(void);

#endif
