# SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
# SPDX-License-Identifier: Apache-2.0

"""Bare Debian 12 roots to install things into, for `make try-deb`, `make try-systemd` and `make try-container`.
Wants root.

The first root is made by debootstrap, from the mirror and with the settings that apt has on this machine, and kept in
/var/tmp, where `ROOTS=` does not say otherwise. What is run in a root later has no network but loopback, and processes and
mounts of its own, so that it can have port 443, and ends with the trial.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys

from processes import Failure

STORE = pathlib.Path(os.environ.get("ROOTS", "/var/tmp/dropbox-gallery-roots"))
CLEAN = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND": "noninteractive", "LANG": "C.UTF-8"}


def mirror():
    """The first source of Debian itself that this machine has."""
    plan = subprocess.run(["apt-get", "indextargets", "--format", "$(REPO_URI) $(RELEASE) $(COMPONENT)"],
                          check=True, capture_output=True, text=True).stdout
    found = re.search(r"^(\S+) (?:bookworm|stable) main$", plan, re.MULTILINE)
    if not found:
        raise Failure("apt has no source of Debian 12 on this machine")
    return found[1]


def bare():
    """A Debian 12 with nothing but what is essential, made once."""
    base = STORE / "bookworm"
    if not (base / "etc/debian_version").exists():
        unfinished = STORE / "bookworm.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        STORE.mkdir(parents=True, exist_ok=True)
        subprocess.run(["debootstrap", "--variant=minbase", "bookworm", str(unfinished), mirror()], check=True, stdout=sys.stderr)
        unfinished.rename(base)
    return base


class Root:
    """A copy of the bare one, under `path`. Installing has this machine's network and what apt knows about it."""

    def __init__(self, name):
        self.path = STORE / name
        self.delete()
        subprocess.run(["cp", "-a", "--reflink=auto", str(bare()), str(self.path)], check=True)
        for file in ("resolv.conf", "hosts"):
            shutil.copyfile(f"/etc/{file}", self.path / "etc" / file)
        known = subprocess.run(["apt-config", "dump"], check=True, capture_output=True, text=True).stdout
        wanted = [line for line in known.splitlines() if re.match(r"Acquire::(http|https|Check|Retries)", line)]
        self.write("etc/apt/apt.conf.d/00machine", "\n".join(wanted) + "\n")
        # No systemd, so nothing shall be started either.
        self.write("usr/sbin/policy-rc.d", "#!/bin/sh\nexit 101\n").chmod(0o755)

    def delete(self):
        shutil.rmtree(self.path, ignore_errors=True)

    def write(self, name, text):
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def run(self, *command, check=True):
        """What it prints. Standard input is empty: whatever asks, fails."""
        done = subprocess.run(["chroot", str(self.path), *command], env=CLEAN, stdin=subprocess.DEVNULL, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if check and done.returncode:
            raise Failure(f"{' '.join(command)} ended ({done.returncode}):\n{done.stdout}")
        return done.stdout

    def files(self):
        """Every path but those of programs' caches and logs, to compare a root before and after."""
        passing = re.compile(r"(var/(cache|log|lib/(apt|dpkg|systemd|pam|ucf))|run|tmp|proc|dev)(/|$)")
        # Not even looked into: processes come and go in there.
        tops = (file for file in self.path.iterdir() if not passing.match(file.name))
        names = (str(file.relative_to(self.path)) for top in tops for file in [top] + ([] if top.is_symlink() else [*top.rglob("*")]))
        return {name for name in names if not passing.match(name)}

    def size(self):
        """MiB"""
        return int(subprocess.run(["du", "-sk", str(self.path)], check=True, capture_output=True, text=True).stdout.split()[0]) / 1024


def alone(script, *arguments):
    """Runs a Python program where there is no network but loopback, and returns its exit status; what it starts ends with it."""
    inside = "ip link set lo up && exec \"$0\" \"$@\""
    return subprocess.run(["unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc",
                           "sh", "-c", inside, sys.executable, script, *arguments], stdin=subprocess.DEVNULL).returncode
