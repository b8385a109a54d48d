#pragma once

/* A library to be loaded before all others (LD_PRELOAD): it writes down which files a program opens, writes, renames and brings to the
 * disk, in their order, to the file that SYSTEM_CALL_RECORD names. Nothing in it is called by name. */
