"""What the benchmarks of the screen have in common: a simulated NetAtmo, and a program in a pseudo terminal."""
import contextlib
import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
import urllib.request

PATIENCE = 20.0
SECONDS_AT_REST = float(os.environ.get("SECONDS_AT_REST", "60"))


def figure(what, value, unit, goal, decimals=1):
    mark = "" if value <= goal else "  MISSED"
    print(f"{what}: {value:.{decimals}f} {unit} (goal {goal:g}){mark}", flush=True)


class Simulator:
    """`simulate` as a child."""

    def __init__(self, program, *arguments):
        self.process = subprocess.Popen([program, "simulate", "--addr", "127.0.0.1:0", *arguments], stdout=subprocess.PIPE, text=True)
        said = ""
        while "refresh token" not in said:
            said += self.process.stdout.readline()
        self.url = re.search(r"http://127\.0\.0\.1:\d+", said).group()

    def post(self, path, body=b""):
        with urllib.request.urlopen(urllib.request.Request(f"{self.url}/simulator/{path}", data=body), timeout=PATIENCE) as answer:
            return answer.read()

    def refresh_token(self):
        """Another one, since each is good once."""
        return json.loads(self.post("tokens"))["refresh_token"]

    def inject(self, fault, on):
        self.post("faults", json.dumps({"fault": fault, "on": on, "times": 1}).encode())

    def end(self):
        self.process.kill()
        self.process.wait()


class Process:
    """What the system says of a process."""

    pid: int

    def processor_ticks(self):
        fields = open(f"/proc/{self.pid}/stat").read().rsplit(") ", 1)[1].split()
        return int(fields[11]) + int(fields[12])

    def context_switches(self):
        total = 0
        for task in os.listdir(f"/proc/{self.pid}/task"):
            with contextlib.suppress(FileNotFoundError):
                status = open(f"/proc/{self.pid}/task/{task}/status").read()
                total += sum(int(count) for count in re.findall(r"ctxt_switches:\s+(\d+)", status))
        return total

    def peak(self):
        return int(re.search(r"VmHWM:\s+(\d+)", open(f"/proc/{self.pid}/status").read()).group(1)) / 1024

    def resident(self):
        return int(re.search(r"VmRSS:\s+(\d+)", open(f"/proc/{self.pid}/status").read()).group(1)) / 1024


def share(ticks, seconds):
    """In percent of a core."""
    return 100 * ticks / (os.sysconf("SC_CLK_TCK") * seconds)


class Dashboard(Process):
    """The program in a pseudo terminal of a size, and all that it wrote there."""

    def __init__(self, arguments, environment, columns=120, rows=36):
        # Not bytes, of which each piece would make a copy of all before it.
        self.seen = bytearray()
        self.started = time.perf_counter()
        self.pid, self.screen = pty.fork()
        if self.pid == 0:
            # Set on this side too, or the program could start before its terminal has a size.
            fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            os.execve(arguments[0], arguments, environment | {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8"})

    def read(self, patience):
        """What comes next; nothing after that many seconds."""
        if not select.select([self.screen], [], [], patience)[0]:
            return b""
        new = os.read(self.screen, 1 << 20)
        self.seen += new
        return new

    def wait(self, *texts):
        end = time.perf_counter() + PATIENCE
        while not any(text in self.seen for text in texts):
            if time.perf_counter() > end:
                sys.exit(f"the screen never showed {texts}: {bytes(self.seen[-500:])!r}")
            self.read(0.1)

    def settle(self):
        """Reads until nothing comes for half a second more than the clock's tick."""
        end = time.perf_counter() + 3
        while time.perf_counter() < end:
            self.read(0.2)

    def come_to_rest(self):
        """Until the start is over, the curves of six modules have come, one in 11 s, and what that took has been given back."""
        end = time.perf_counter() + 90
        while time.perf_counter() < end:
            self.read(0.2)

    def end(self):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.screen)


@contextlib.contextmanager
def account(simulator):
    """A folder with a token of its own, and the environment of a program that uses it."""
    with tempfile.TemporaryDirectory() as folder:
        with open(f"{folder}/token.json", "w") as file:
            json.dump({"refresh_token": simulator.refresh_token()}, file)
        environment = {name: value for name, value in os.environ.items() if name not in ("XDG_RUNTIME_DIR", "RUNTIME_DIRECTORY")}
        yield folder, environment | {
            "XDG_STATE_HOME": folder, "NETATMO_CLIENT_ID": "simulator-client", "NETATMO_CLIENT_SECRET": "simulator-secret",
            "NETATMO_API_URL": simulator.url, "NETATMO_EXPORTER_TOKEN_FILE": f"{folder}/token.json",
            "NETATMO_EXPORTER_ADDR": "127.0.0.1:0",
        }


@contextlib.contextmanager
def dashboard(program, simulator, *options, **size):
    with account(simulator) as (folder, environment):
        shown = Dashboard([program, *options], environment, **size)
        try:
            yield shown
        finally:
            shown.end()
