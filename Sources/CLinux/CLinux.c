#define _GNU_SOURCE
#include "CLinux.h"
#include <sys/timerfd.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

bool clinux_tells_changes(const char *directory) {
    struct statfs status;
    if (statfs(directory, &status) != 0) return false;
    /* From statfs(2) and linux/magic.h. */
    switch ((unsigned long)status.f_type & 0xFFFFFFFF) {
    case 0xEF53:     /* ext2, ext3, ext4 */
    case 0x01021994: /* tmpfs */
    case 0x858458F6: /* ramfs */
    case 0x58465342: /* XFS */
    case 0x9123683E: /* Btrfs */
    case 0x2FC12FC1: /* ZFS */
    case 0xCA451A4E: /* bcachefs */
    case 0xF2F52010: /* F2FS */
    case 0x3153464A: /* JFS */
    case 0x52654973: /* ReiserFS */
    case 0x24051905: /* UBIFS */
    case 0x72B6:     /* JFFS2 */
    case 0x3434:     /* NILFS */
    case 0x4D44:     /* FAT */
    case 0x2011BAB0: /* exFAT */
        return true;
    default:
        return false;
    }
}

int clinux_clock_watch(void) {
    int descriptor = timerfd_create(CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK);
    if (descriptor < 0) return -1;
    /* Later than any clock: what counts is that it is cancelled. */
    struct itimerspec never = {.it_value = {.tv_sec = (time_t)1 << 33}};
    if (timerfd_settime(descriptor, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &never, NULL) != 0) {
        close(descriptor);
        return -1;
    }
    return descriptor;
}
