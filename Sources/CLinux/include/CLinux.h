/* What Linux has and Swift's Glibc does not show. */
#pragma once

#include <stdbool.h>

/* Whether the file system that a directory is on tells inotify(7) of all that happens in it. One that other machines or a program
   write to (NFS, CIFS, FUSE, 9p) does not, nor one that lies over another (overlayfs), where the lower one is written to; one that is
   not known here counts as such. */
bool clinux_tells_changes(const char *directory);

/* A descriptor that becomes readable each time that the clock of the day is set, or jumps because the machine slept (timerfd_create(2),
   TFD_TIMER_CANCEL_ON_SET); to read from it fails with ECANCELED then, and is to be done. -1 where there is none to be had. */
int clinux_clock_watch(void);
