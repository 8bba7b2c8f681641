# SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
# SPDX-License-Identifier: Apache-2.0

"""Whether the sandbox that the unit describes is really around the service."""

import pathlib
import pwd
import re
import signal

from administrator import UNIT
from package import NAME
from processes import Failure

EXPOSURE = 2.0


def expect(condition, what):
    if not condition:
        raise Failure(what)


def exposure(administrator):
    text = administrator.run("systemd-analyze", "security", "--no-pager", UNIT)
    score = float(re.search(r"Overall exposure level for \S+: ([\d.]+)", text)[1])
    expect(score < EXPOSURE, f"exposed by {score}:\n{text}")
    print(f"systemd-analyze security: {score}", flush=True)


def look(administrator):
    """At the process from outside, as its user and namespaces are for it."""
    pid, status = administrator.pid(), administrator.status()
    user = pwd.getpwnam(NAME)
    wanted = {"Seccomp": "2", "NoNewPrivs": "1", **dict.fromkeys(("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"), "0" * 16),
              "Uid": "\t".join([str(user.pw_uid)] * 4), "Gid": "\t".join([str(user.pw_gid)] * 4)}
    found = {name: status[name] for name in wanted}
    expect(found == wanted, f"/proc/PID/status has {found}, not {wanted}")
    process = pathlib.Path(f"/proc/{pid}")
    inside = process / "root"
    expect(not (inside / "proc/meminfo").exists(), "ProcSubset=pid: /proc/meminfo is there")
    expect(not list((inside / "root").iterdir()) and not list((inside / "home").iterdir()), "ProtectHome=yes: homes are there")
    expect(not (inside / "dev/vda").exists(), "PrivateDevices=yes: the disk is there")
    mounts = (process / "mounts").read_text()
    expect(re.search(r"^\S+ / ext4 ro,", mounts, re.MULTILINE), f"ProtectSystem=strict: the root is no read-only mount:\n{mounts}")
    expect(len((process / "uid_map").read_text().split("\n")) > 2, "PrivateUsers=yes: every user is mapped")
    for kind in ("user", "mnt", "ipc", "uts"):
        expect((process / "ns" / kind).readlink() != pathlib.Path(f"/proc/self/ns/{kind}").readlink(), f"no namespace of its own: {kind}")
    print(f"user {NAME}, no capability, {status.get('Seccomp_filters')} filters of system calls, its own namespaces, the root read-only,"
          " no devices, no homes", flush=True)
    secrets(process, inside)


def secrets(process, inside):
    environment = dict(line.split("=", 1) for line in (process / "environ").read_text().split("\0") if line)
    folder = inside / environment["CREDENTIALS_DIRECTORY"].lstrip("/")
    names = sorted(file.name for file in folder.iterdir())
    expect(names == ["DBX_APP_SECRET", "SESSION_ID_SECRET"], f"credentials are {names}")
    for name in names:
        own = pathlib.Path(f"/etc/{NAME}/credentials/{name}").read_text()
        expect((folder / name).read_text() == own, f"the credential {name} is not what its file holds")
        expect(own.strip() not in (process / "environ").read_text() + (process / "cmdline").read_text(), f"{name} is in the environment")
    expect(not (inside / f"etc/{NAME}/credentials").stat().st_mode & 0o077, "others may look into the folder of secrets")
    print(f"credentials {', '.join(names)}; no secret in the environment or arguments", flush=True)


def complaints(administrator, since=0):
    """Nothing that the kernel or systemd had to say, and no line of the service that is not one of its own log."""
    told = administrator.journal(since, f"--unit={UNIT}", "--identifier=systemd", "--priority=warning")
    told += administrator.journal(since, "--dmesg", "--grep=seccomp|SIGSYS|segfault|Out of memory")
    told += "".join(line for line in administrator.journal(since, f"--identifier={NAME}").splitlines(keepends=True)
                    if not line.startswith("time=") or re.search(r"level=(error|critical)", line))
    expect(not told, f"the journal has complaints:\n{told}")
    print("nothing in the journal about refused calls", flush=True)


def forbid_by_death(administrator, tour):
    """Every refused call kills: the tour shows that none is made. A filter that forbids one that is made has to be noticed."""
    with administrator.changed("SystemCallErrorNumber=kill"):
        before = administrator.pid()
        tour()
        administrator.systemctl("reload", UNIT)
        tour()
        expect(administrator.pid() == before, "the service made a forbidden call")
        administrator.systemctl("restart", UNIT)
    complaints(administrator)
    print("a whole visit, a reload and a stop without one forbidden call", flush=True)
    with administrator.changed("SystemCallErrorNumber=kill", "SystemCallFilter=~sendmsg", "Restart=no", restart=False):
        administrator.run("systemctl", "restart", UNIT, check=False)
        status = administrator.show("ExecMainStatus")
        expect(status == str(signal.SIGSYS.value), f"a filter without sendmsg is not noticed: {status}")
    print("a filter that forbids sendmsg kills it by SIGSYS", flush=True)
