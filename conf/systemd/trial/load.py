# SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
# SPDX-License-Identifier: Apache-2.0

"""What an administrator does to a service while people use it, and what it does when it is not well. Nobody may notice."""

import contextlib
import os
import pathlib
import re
import signal
import threading
import time

from administrator import UNIT
from package import NAME
from people import People
from processes import Failure
from sandbox import expect

COUNT = 12
BETWEEN = 25
CGROUP = pathlib.Path(f"/sys/fs/cgroup/system.slice/{UNIT}")


def targets(visitor):
    picture = visitor.rendition()
    return [("GET", "/", 200), ("POST", "/logout", 303), ("GET", "/welcome", 200), ("GET", picture, 200),
            ("GET", visitor.files()[0], 200), ("POST", "/logout", 303)]


def download_of(picture):
    return "/downloads/" + picture.split("/")[2]


@contextlib.contextmanager
def used(what, visitor):
    """While people use it; none of them may be refused anything."""
    people = People(visitor, targets(visitor), COUNT)
    people.start()
    begun = time.monotonic()
    try:
        people.wait_for(BETWEEN)
        yield people
        people.wait_for(BETWEEN)
    finally:
        people.leave()
    failed = len(people.lost) + people.refused + people.retried
    print(f"{what}: {people.answered + failed} requests sent in {time.monotonic() - begun:.0f} s, {failed} failed", flush=True)
    if failed:
        raise Failure(f"{people.refused} refused, {people.retried} connections closed, {people.lost[:5]}")
    visitor.rendition()


def ten_times(administrator, visitor, verb, what):
    """The unit is told so often, and so many requests are answered between."""
    pids = {administrator.pid()}
    with used(f"ten times systemctl {verb}, {what}", visitor) as people:
        for _ in range(10):
            administrator.systemctl(verb, UNIT)
            pids.add(administrator.pid())
            people.wait_for(BETWEEN)
    expect(len(pids) == (11 if verb == "restart" else 1), f"{verb} made {len(pids)} processes")


def is_there(visitor):
    try:
        return visitor.get("/welcome", timeout=2).status == 200
    except OSError:
        return False


def hang(administrator, visitor):
    """It stands still: systemd notices within the limit, and starts it anew."""
    with administrator.changed("WatchdogSec=3"):
        before, begun = administrator.pid(), time.monotonic()
        os.kill(before, signal.SIGSTOP)
        administrator.until("a new process", lambda: administrator.pid() not in (0, before))
        administrator.until("the site", lambda: is_there(visitor))
        seconds = time.monotonic() - begun
        expect("Watchdog timeout (limit 3s)!" in administrator.journal(), "systemd says nothing about its watchdog")
    print(f"standing still with WatchdogSec=3: killed, started anew, the site answers after {seconds:.1f} s", flush=True)


def kill(administrator, visitor):
    before, begun = administrator.pid(), time.monotonic()
    os.kill(before, signal.SIGKILL)
    administrator.until("a new process", lambda: administrator.pid() not in (0, before))
    administrator.until("the site", lambda: is_there(visitor))
    print(f"killed: started anew, the site answers after {time.monotonic() - begun:.1f} s", flush=True)
    visitor.rendition()


def stop(administrator, visitor, dropbox):
    """With a picture that Dropbox takes 3 s for, and a download that drips, in flight."""
    picture = visitor.rendition()
    download = download_of(picture)
    whole = visitor.expect(200, download).body
    dropbox.order("/faults", {"route": "files/download", "fault": {"kind": "drip", "bytes": len(whole) // 30, "pause": 100}, "times": 1})
    answers = {}

    def ask(path):
        answers[path] = visitor.get(path)

    dropbox.take(3000)
    threads = [threading.Thread(target=ask, args=(path,)) for path in (re.sub(r"/[^/]+$", "/2048", picture), download)]
    for thread in threads:
        thread.start()
    administrator.until("both at Dropbox", lambda: dropbox.in_flight() >= 2)
    begun = time.monotonic()
    administrator.systemctl("stop", UNIT)
    seconds = time.monotonic() - begun
    for thread in threads:
        thread.join()
    dropbox.take(0)
    statuses = [answer.status for answer in answers.values()]
    expect(statuses == [200, 200] and answers[download].body == whole, f"what was in flight got {statuses}")
    result = administrator.show("Result"), administrator.show("ActiveState")
    expect(result == ("success", "inactive"), f"the stop ended as {result}")
    print(f"stop with a picture and a download of {len(whole)} bytes in flight: both whole, over after {seconds:.1f} s", flush=True)
    expect(visitor.get("/welcome").status == 200, "the socket does not start it again")
    print("stopped, it is started again by whoever asks next, since the socket is not stopped", flush=True)


def upgrade(administrator, visitor):
    own = [pathlib.Path(f"/etc/{NAME}/{name}") for name in ("settings", "credentials/SESSION_ID_SECRET", "credentials/DBX_APP_SECRET")]
    before, pid = [file.read_text() for file in own], administrator.pid()
    with used("apt-get install of the next version", visitor):
        administrator.run("apt-get", "install", "/packages/next/dropbox-gallery_next.deb")
    expect(administrator.pid() not in (0, pid), "the upgrade started nothing anew")
    expect(before == [file.read_text() for file in own], "the upgrade changed settings or a secret")
    print("the session goes on", flush=True)


def memory(administrator, when):
    status = administrator.status()
    stat = dict(line.split() for line in (CGROUP / "memory.stat").read_text().splitlines())
    peak = int((CGROUP / "memory.peak").read_text())
    numbers = {"MemoryCurrent": int(administrator.show("MemoryCurrent")), "of it anonymous": int(stat["anon"]), "files": int(stat["file"]), "peak": peak}
    text = ", ".join(f"{name} {value / 2**20:.1f}" for name, value in numbers.items())
    own = ", ".join(f"{name} {int(status[name].split()[0]) / 1024:.1f}" for name in ("VmRSS", "RssAnon"))
    print(f"memory {when}, MiB: {text}; {own}; {administrator.show('TasksCurrent')} threads", flush=True)
