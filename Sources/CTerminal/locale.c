#define _XOPEN_SOURCE 700
#include "internal.h"
#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <wchar.h>

/* The locale that the environment asks for, by the precedence of POSIX. */
static const char *wanted_locale(void) {
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value && *value) return value;
    }
    return "C";
}

static bool names_utf8(const char *locale) {
    const char *dot = strchr(locale, '.');
    return dot && (strncasecmp(dot + 1, "utf-8", 5) == 0 || strncasecmp(dot + 1, "utf8", 4) == 0);
}

bool ct_adopt_locale(void) {
    static int is_utf8 = -1;
    if (is_utf8 >= 0) return is_utf8;
    /* Only the character set: a locale's decimal comma must not get into what the program writes.
     * A UTF-8 locale that is not installed here, as SSH brings it along, is still UTF-8. */
    if (!setlocale(LC_CTYPE, "") && names_utf8(wanted_locale())) setlocale(LC_CTYPE, "C.UTF-8");
    is_utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
    return is_utf8;
}

int ct_width(uint32_t scalar) {
    return wcwidth((wchar_t)scalar);
}
