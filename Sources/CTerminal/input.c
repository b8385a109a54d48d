#include "internal.h"
#include "../CNCurses/shim.h"
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* Keys are read from a pad of its own: reading from a window would put that window on the screen. */
static WINDOW *pad;

/* What terminals send beside what their description says: arrows in the other of the two modes, and the markers of a paste. */
static const struct {
    const char *sequence;
    int code;
} sequences[] = {
    {"\033[A", KEY_UP},     {"\033[B", KEY_DOWN},   {"\033[C", KEY_RIGHT}, {"\033[D", KEY_LEFT},   {"\033OA", KEY_UP},
    {"\033OB", KEY_DOWN},   {"\033OC", KEY_RIGHT},  {"\033OD", KEY_LEFT},  {"\033[H", KEY_HOME},   {"\033[F", KEY_END},
    {"\033OH", KEY_HOME},   {"\033OF", KEY_END},    {"\033[1~", KEY_HOME}, {"\033[4~", KEY_END},   {"\033[7~", KEY_HOME},
    {"\033[8~", KEY_END},   {"\033[2~", KEY_IC},    {"\033[3~", KEY_DC},   {"\033[5~", KEY_PPAGE}, {"\033[6~", KEY_NPAGE},
    {"\033[Z", KEY_BTAB},   {"\033[1;2C", KEY_SRIGHT}, {"\033[1;2D", KEY_SLEFT}, {"\033[c", KEY_SRIGHT}, {"\033[d", KEY_SLEFT},
    {"\033OP", KEY_F(1)},   {"\033OQ", KEY_F(2)},  {"\033OR", KEY_F(3)},   {"\033OS", KEY_F(4)},
    {"\033[11~", KEY_F(1)}, {"\033[12~", KEY_F(2)}, {"\033[13~", KEY_F(3)}, {"\033[14~", KEY_F(4)},
    {"\033[200~", CT_CODE_PASTE_BEGIN}, {"\033[201~", CT_CODE_PASTE_END},
};

static const struct {
    int code;
    enum ct_key key;
} keys[] = {
    {KEY_UP, CT_KEY_UP},          {KEY_DOWN, CT_KEY_DOWN},      {KEY_LEFT, CT_KEY_LEFT},           {KEY_RIGHT, CT_KEY_RIGHT},
    {KEY_HOME, CT_KEY_HOME},      {KEY_FIND, CT_KEY_HOME},      {KEY_END, CT_KEY_END},             {KEY_SELECT, CT_KEY_END},
    {KEY_PPAGE, CT_KEY_PAGE_UP},  {KEY_NPAGE, CT_KEY_PAGE_DOWN}, {KEY_IC, CT_KEY_INSERT},          {KEY_DC, CT_KEY_DELETE},
    {KEY_ENTER, CT_KEY_ENTER},    {KEY_BTAB, CT_KEY_BACKTAB},   {KEY_BACKSPACE, CT_KEY_BACKSPACE},
    {KEY_SLEFT, CT_KEY_SHIFT_LEFT}, {KEY_SRIGHT, CT_KEY_SHIFT_RIGHT},
};

bool ct_input_open(bool mouse) {
    pad = newpad(1, 1);
    if (!pad) return false;
    keypad(pad, TRUE);
    nodelay(pad, TRUE);
    for (size_t i = 0; i < sizeof sequences / sizeof *sequences; i++) define_key(sequences[i].sequence, sequences[i].code);
    if (mouse) {
        mousemask(BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED | REPORT_MOUSE_POSITION, NULL);
        mouseinterval(0);
    }
    return true;
}

void ct_input_close(void) {
    if (pad) delwin(pad);
    pad = NULL;
}

static struct ct_event mouse_event(void) {
    MEVENT mouse;
    struct ct_event event = {.kind = CT_UNKNOWN};
    if (getmouse(&mouse) != OK) return event;
    event.column = mouse.x;
    event.row = mouse.y;
    if (mouse.bstate & BUTTON4_PRESSED) event.kind = CT_MOUSE_WHEEL_UP;
    else if (mouse.bstate & BUTTON5_PRESSED) event.kind = CT_MOUSE_WHEEL_DOWN;
    else if (mouse.bstate & REPORT_MOUSE_POSITION) event.kind = CT_MOUSE_DRAG;
    else if (mouse.bstate & BUTTON1_PRESSED) event.kind = CT_MOUSE_PRESS;
    return event;
}

struct ct_event ct_next_event(void) {
    struct ct_event event = {.kind = CT_NOTHING};
    int code = pad ? wgetch(pad) : ERR;
    if (code == ERR) return event;
    event.code = code;
    event.kind = CT_UNKNOWN;
    if (code >= 0 && code <= 0xFF) {
        event.kind = CT_BYTE;
    } else if (code == KEY_MOUSE) {
        event = mouse_event();
    } else if (code == CT_CODE_PASTE_BEGIN) {
        event.kind = CT_PASTE_BEGIN;
    } else if (code == CT_CODE_PASTE_END) {
        event.kind = CT_PASTE_END;
    } else if (code > KEY_F0 && code <= KEY_F(63)) {
        event.kind = CT_FUNCTION_KEY;
        event.code = code - KEY_F0;
    } else {
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
            if (keys[i].code != code) continue;
            event.kind = CT_KEY;
            event.code = (int)keys[i].key;
        }
    }
    return event;
}

bool ct_input_is_gone(void) {
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    if (poll(&input, 1, 0) <= 0) return false;
    if (input.revents & (POLLHUP | POLLERR | POLLNVAL)) return true;
    /* Readable without a byte to read is the end of the file. */
    int waiting = 0;
    return (input.revents & POLLIN) && (ioctl(STDIN_FILENO, FIONREAD, &waiting) != 0 || waiting == 0);
}
