/// The files of Sources/netatmo-dashboard/Resources and the topics of Documentation, compiled into the program.
#ifndef CRESOURCES_H
#define CRESOURCES_H

#include <stddef.h>

/// A file: its name and what it is for, in a line, both in UTF-8, and its bytes. All live as long as the program.
struct resource {
    const char *_Nonnull name;
    const char *_Nonnull purpose;
    const unsigned char *_Nonnull bytes;
    size_t count;
};

/// How many files there are.
size_t resource_count(void);

/// One of them, in the order of their names; for an index that is none: the first.
struct resource resource_at(size_t index);

/// How many topics there are.
size_t topic_count(void);

/// One of them, named as in `help`, in the order of their names; for an index that is none: the first.
struct resource topic_at(size_t index);

#endif
