/* Gives memory back that the program does not need at the moment. */
#pragma once

/* What was freed goes back to the system: decoding an answer takes much more than what is kept of it. */
void cmemory_trim(void);

/* Unmaps the pages of the program's own code. Those that are run come back from the page cache one by one, which costs some
   microseconds each; those of the start, most of them, stay away. */
void cmemory_release_code(void);
