"""What the checks of a package and of an image have in common."""
import contextlib
import os
import re
import subprocess
import time

from bench_screen import PATIENCE, Dashboard


def expect(holds, text):
    if not holds:
        raise AssertionError(text)


def until(pattern, file):
    """Waits until a program has said something, and gives the match."""
    end = time.monotonic() + PATIENCE
    while not (match := re.search(pattern, file.read_text(), re.S)):
        expect(time.monotonic() < end, f"waited {PATIENCE:g} s for {pattern} in: {file.read_text()[-500:]}")
        time.sleep(0.05)
    return match


class Screen(Dashboard):
    """A program in a terminal, which keys are pressed for, and which ends with it."""

    def press(self, keys):
        os.write(self.screen, keys.encode())

    def read(self, patience):
        try:
            return super().read(patience)
        except OSError as error:
            # Nobody holds the terminal's other side any more.
            raise AssertionError(f"ended with {bytes(self.seen[-300:])!r}") from error

    def exit_code(self):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with contextlib.suppress(AssertionError):
                self.read(0.05)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.pid = None
                return os.waitstatus_to_exitcode(status)
        raise AssertionError(f"did not end: {bytes(self.seen[-300:])!r}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.pid:
            self.end()
        else:
            os.close(self.screen)


class Checks:
    """Those that were made, and what became of them."""

    def __init__(self):
        self.count = 0
        self.failed = 0

    def check(self, what, action, *arguments):
        """Says whether an action ended without an error, and gives its value."""
        self.count += 1
        try:
            value = action(*arguments)
        except (AssertionError, OSError, subprocess.SubprocessError, SystemExit) as error:
            self.failed += 1
            print(f"failed  {what}: {error}", flush=True)
            return None
        print(f"ok      {what}", flush=True)
        return value
