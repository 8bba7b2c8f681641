# SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
# SPDX-License-Identifier: Apache-2.0

"""Who runs the machine: types what the guide says, and asks systemd how things are."""

import contextlib
import pathlib
import re
import subprocess
import time

from package import NAME, commands
from processes import Failure
from roots import CLEAN

UNIT = f"{NAME}.service"
DROP_IN = pathlib.Path(f"/run/systemd/system/{UNIT}.d/trial.conf")


class Administrator:
    """`words` are what the guide lets a person put in, and what it calls that."""

    def __init__(self):
        self.words = {}

    def run(self, *command, check=True, **options):
        """What it prints. Whatever asks, fails."""
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              env={**CLEAN, "HOME": "/root"}, **options)
        if check and done.returncode:
            raise Failure(f"{' '.join(command)} ended ({done.returncode}):\n{done.stdout}\n{self.journal()}")
        return done.stdout

    def follow(self, section):
        script = commands(section, systemd=True)
        for word, value in self.words.items():
            script = script.replace(word, value)
        return self.run("bash", "-euxc", f"cd /packages\n{script}")

    def systemctl(self, *arguments):
        return self.run("systemctl", *arguments)

    def show(self, name, unit=UNIT):
        return self.systemctl("show", "--value", "--property", name, unit).strip()

    def pid(self):
        return int(self.show("MainPID"))

    def status(self):
        """/proc/PID/status of the service."""
        return dict(re.findall(r"^(\w+):\s+(.*)$", pathlib.Path(f"/proc/{self.pid()}/status").read_text(), re.MULTILINE))

    def journal(self, since=None, *which):
        """Messages since that time, a line each; without it the last of the service."""
        # Together with a time, `--lines` means the first ones.
        which = (f"--since=@{int(since)}", *which) if since is not None else (f"--unit={UNIT}", "--lines=40")
        return subprocess.run(["journalctl", "--quiet", "--no-pager", "--output=cat", *which], capture_output=True, text=True).stdout

    def until(self, what, ready, seconds=30):
        deadline = time.monotonic() + seconds
        while not ready():
            if time.monotonic() > deadline:
                raise Failure(f"{what}: not so after {seconds} s\n{self.journal()}")
            time.sleep(0.05)

    @contextlib.contextmanager
    def changed(self, *lines, restart=True):
        """With these lines in a drop-in of the unit."""
        DROP_IN.parent.mkdir(parents=True, exist_ok=True)
        DROP_IN.write_text("[Service]\n" + "\n".join(lines) + "\n")
        self.systemctl("daemon-reload")
        if restart:
            self.systemctl("restart", UNIT)
        try:
            yield
        finally:
            DROP_IN.unlink()
            self.systemctl("daemon-reload")
            self.systemctl("reset-failed", UNIT)
            self.systemctl("restart", UNIT)
