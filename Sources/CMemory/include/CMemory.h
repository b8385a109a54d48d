/* Gives memory back that the program does not need at the moment. */
#pragma once

/* What was freed goes back to the system: decoding an answer takes much more than what is kept of it. */
void cmemory_trim(void);

/* Unmaps the pages of code and constants, the program's own and its libraries'. Those that are needed come back from the page cache,
   which costs some microseconds each; those that were needed once, most of them, stay away. */
void cmemory_release_code(void);
