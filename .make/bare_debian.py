"""A bare Debian 12 in a folder, with mounts and processes of its own, of which nothing is left behind."""
import contextlib
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile

SUITE = "bookworm"
# What is bare is kept, and what apt got for it: the second time takes no minute for that.
KEPT = pathlib.Path(".build/check-deb")
CALM = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}
PROXIES = {name: value for name, value in os.environ.items() if name.lower() in ("http_proxy", "https_proxy", "no_proxy")}


def output(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def mirror():
    """Where this machine has its Debian from, as apt knows it; `None` where that is no Debian."""
    if not shutil.which("apt-get"):
        return None
    targets = output("apt-get", "indextargets", "--format", "$(ORIGIN) $(LABEL) $(SITE)", "Created-By: Packages")
    return next((line.split()[2] for line in targets.splitlines() if line.startswith("Debian Debian ")), None)


def obstacle():
    """Why there can't be one here; `None` where there can."""
    if os.geteuid() != 0:
        return "only root can make a Debian in a folder"
    if mirror() is None:
        return "apt here has no Debian to take one from"
    if subprocess.run(["unshare", "--mount", "--pid", "--fork", "true"], stderr=subprocess.DEVNULL).returncode != 0:
        return "mounts of its own are not allowed here"
    if subprocess.run([".make/require-packages", "debootstrap", "util-linux"]).returncode != 0:
        return "debootstrap can't be installed"
    return None


def run_apart(script, *arguments):
    """Runs a script with `--apart FOLDER` and the arguments, in namespaces of its own: nobody else sees its mounts, which are gone with
    it, as are all processes that it started. Then the folder goes away too.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory(prefix="check-deb-") as folder:
        apart = ["setpriv", "--pdeathsig", "KILL", "unshare", "--mount", "--propagation", "private", "--pid", "--fork", "--kill-child"]
        with subprocess.Popen([*apart, sys.executable, script, "--apart", folder, *arguments]) as process:
            try:
                return process.wait()
            except BaseException:
                # The namespace's first process: where that is gone, all others are, and the folder is at rest.
                for child in pathlib.Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split():
                    os.kill(int(child), signal.SIGKILL)
                raise


def fill(root, log):
    """Puts the bare system into a folder: by debootstrap the first time, and from then on by what is kept of that."""
    kept = KEPT / f"{SUITE}-{output('dpkg', '--print-architecture').strip()}.tar"
    root.mkdir()
    if kept.exists():
        subprocess.run(["tar", "--numeric-owner", "-xpf", kept, "-C", root], check=True)
        return
    print(f"Making a bare Debian ({SUITE}) from {mirror()}", flush=True)
    with open(log, "w") as said:
        made = subprocess.run(["debootstrap", "--variant=minbase", SUITE, root, mirror()], stdout=said, stderr=said)
    if made.returncode != 0:
        sys.exit(f"debootstrap failed: {log.read_text().splitlines()[-1]}")
    KEPT.mkdir(parents=True, exist_ok=True)
    # Under its name only once it is whole.
    part = kept.with_suffix(".part")
    subprocess.run(["tar", "--numeric-owner", "-cf", part, "-C", root, "."], check=True)
    part.rename(kept)


class BareDebian:
    """The system, in a folder of this process's own namespaces."""

    def __init__(self, folder):
        self.root = pathlib.Path(folder) / "root"
        self.log = pathlib.Path(folder) / "log"
        fill(self.root, self.log)
        shutil.copy("/etc/resolv.conf", self.path("etc/resolv.conf"))
        # What is thrown away need not be on the disk.
        self.path("etc/dpkg/dpkg.cfg.d/fast").write_text("force-unsafe-io\n")
        # What apt got for one run is there for the next. Its downloader's own user may not write to a folder of root's.
        archives = KEPT / "archives"
        (archives / "partial").mkdir(parents=True, exist_ok=True)
        self.path("etc/apt/apt.conf.d/keep").write_text('APT::Keep-Downloaded-Packages "true";\nAPT::Sandbox::User "root";\n')
        for kind, what, place in [("proc", "proc", "proc"), ("devpts", "devpts", "dev/pts")]:
            subprocess.run(["mount", "-t", kind, what, self.path(place)], check=True)
        subprocess.run(["mount", "--bind", archives, self.path("var/cache/apt/archives")], check=True)

    def path(self, place):
        return self.root / place.lstrip("/")

    def command(self, *command, user=None):
        """What runs a command in it, as root where no user is named."""
        by = ["setpriv", "--reuid", user, "--regid", user, "--init-groups"] if user else []
        return ["/usr/sbin/chroot", str(self.root), *by, *command]

    def environment(self, user=None, **more):
        return CALM | PROXIES | {"HOME": f"/home/{user}" if user else "/root"} | more

    def run(self, *command, user=None, **environment):
        """The result of a command that ends by itself, with its output and errors as text."""
        return subprocess.run(
            self.command(*command, user=user), env=self.environment(user, **environment), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=300)

    def do(self, *command, **environment):
        """Runs what has to work."""
        result = self.run(*command, **environment)
        with open(self.log, "a") as log:
            log.write(f"$ {' '.join(command)}\n{result.stdout}{result.stderr}")
        if result.returncode != 0:
            raise AssertionError(f"{' '.join(command)}: exit code {result.returncode}\n{result.stdout[-2000:]}{result.stderr[-2000:]}")
        return result.stdout

    @contextlib.contextmanager
    def running(self, *command, user=None, **environment):
        """A program at work, and the file that its output and errors go to."""
        with tempfile.NamedTemporaryFile("w+") as said:
            with subprocess.Popen(
                self.command(*command, user=user), env=self.environment(user, **environment), stdin=subprocess.DEVNULL,
                stdout=said, stderr=said
            ) as process:
                try:
                    yield process, pathlib.Path(said.name)
                finally:
                    process.kill()
