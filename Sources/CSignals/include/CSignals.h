/* Signals that end a program by default, as bytes in a pipe. */
#pragma once

/* Takes all of them for good: those that ask to stop, those that tell of an end, and those that are only sent on purpose,
   the real-time ones among them. Left alone are crashes, what can't be taken, and what was ignored on purpose, as nohup ignores
   SIGHUP. Returns 0, or the errno. */
int csignals_take(void);

/* Becomes readable when one came in; -1 before csignals_take. */
int csignals_descriptor(void);

/* The number of the next one that came; 0 after the last. */
int csignals_next(void);
