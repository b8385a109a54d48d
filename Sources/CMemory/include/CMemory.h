/* Keeps small what the program takes of the memory, and gives back what it does not need at the moment. */
#pragma once

/* Lets all threads have their memory from two arenas. By itself the C library makes one for each thread, and each of them keeps pages
   that are free but for a few bytes: of thousands of modules that is a tenth of the program's memory. To be called before the first
   thread starts. */
void cmemory_share_arenas(void);

/* What was freed goes back to the system: decoding an answer takes much more than what is kept of it. */
void cmemory_trim(void);

/* Unmaps the pages of code and constants, the program's own and its libraries'. Those that are needed come back from the page cache,
   which costs some microseconds each; those that were needed once, most of them, stay away. */
void cmemory_release_code(void);
