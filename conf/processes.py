# SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
# SPDX-License-Identifier: Apache-2.0

"""The processes that the gallery runs with, for `make run` and `make bench`: built, started, watched, stopped."""

import ctypes
import json
import os
import pathlib
import secrets
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
BACKGROUNDS = pathlib.Path("/usr/share/backgrounds/mate/nature")
START_SECONDS = 20
STOP_SECONDS = 10
LIBC = ctypes.CDLL(None)


class Stop(Exception):
    """Somebody asked to stop."""


class Failure(Exception):
    """Why something cannot run, in one line."""


def build(products):
    for product in products:
        subprocess.run(["swift", "build", "-c", "release", "--product", product], cwd=ROOT, check=True, stdout=sys.stderr)
    shown = subprocess.run(["swift", "build", "-c", "release", "--show-bin-path"], cwd=ROOT, check=True, capture_output=True, text=True)
    return pathlib.Path(shown.stdout.strip())


def demo_photos():
    """A folder with the photographs of conf/demo-photos, under .build, made once."""
    folder = ROOT / ".build" / "demo-photos"
    folder.mkdir(parents=True, exist_ok=True)
    for line in (ROOT / "conf" / "demo-photos").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            source, name = line.split(maxsplit=1)
            if not (folder / name).exists():
                shutil.copy2(BACKGROUNDS / source, folder / name)
    return folder


class Child:
    """One process we started, its log when it has one, and a descriptor that becomes readable when it ends."""

    def __init__(self, name, command, environment, log=None, **options):
        self.name, self.log = name, log
        if log:
            options["stdout"] = options["stderr"] = log.open("wb")
        # An own session, so that Ctrl-C reaches us alone and we choose the order; and an end with us, however we end.
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, start_new_session=True,
            preexec_fn=lambda: LIBC.prctl(1, signal.SIGTERM), **options)
        self.ended = os.pidfd_open(self.process.pid)

    def check(self):
        code = self.process.poll()
        if code is not None:
            lines = self.log.read_text(errors="replace").strip().splitlines() if self.log and self.log.exists() else []
            raise Failure(f"{self.name} ended ({code})" + (f": {lines[-1]}" if lines else ""))

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Processes:
    """Processes in the order in which they need each other, with the settings they share.

    `settings` is their environment, and gains the addresses of what is started; `runtime` is a folder for sockets and logs.
    """

    def __init__(self, settings, runtime):
        self.settings, self.runtime, self.children = settings, runtime, []

    def start(self, *arguments, **options):
        child = Child(*arguments, **options)
        self.children.append(child)
        return child

    def until(self, what, ready):
        """Asks again and again, because neither a socket nor a port says when it is there."""
        deadline = time.monotonic() + START_SECONDS
        while not ready():
            for child in self.children:
                child.check()
            if time.monotonic() > deadline:
                raise Failure(f"{what} is not ready after {START_SECONDS} s")
            time.sleep(0.02)

    def start_redis(self):
        path = self.runtime / "redis.sock"
        self.start(
            "Redis", ["redis-server", "--port", "0", "--unixsocket", str(path), "--unixsocketperm", "600", "--save", "",
                      "--appendonly", "no", "--dir", str(self.runtime)],
            self.settings, log=self.runtime / "redis.log")
        self.until("Redis", path.exists)
        self.settings["REDIS_URL"] = f"redis+unix://{path}"

    def start_stand_in(self, program, *arguments, secret=None):
        """Returns its origins, by the names it gives them. `arguments` say what it serves; `secret` is the app's, a new one without."""
        key, secret = "demo-app-key", secret or secrets.token_urlsafe(18)
        child = self.start(
            "The stand-in for Dropbox",
            [str(program), *arguments, "--app-key", key,
             # In one word, because it may begin with a hyphen.
             f"--app-secret={secret}",
             "--redirect-uri", self.settings["OAUTH_REDIRECT_URL"]],
            self.settings, stdout=subprocess.PIPE, text=True)
        if not select.select([child.process.stdout], [], [], START_SECONDS)[0]:
            raise Failure("The stand-in for Dropbox does not say where it listens")
        try:
            places = json.loads(child.process.stdout.readline())
        except ValueError:
            child.process.wait(STOP_SECONDS)
            child.check()
        self.settings.update(
            DBX_APP_KEY=key, DBX_APP_SECRET=secret, DBX_OAUTH_DOMAIN=places["www"], DBX_API_DOMAIN=places["api"],
            DBX_CONTENT_DOMAIN=places["content"])
        return places

    def stop(self):
        for child in reversed(self.children):
            child.stop()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


def answers(url):
    """Whether a GET is answered with 200. No proxy is asked."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(url, timeout=2) as answer:
            return answer.status == 200
    except OSError:
        return False


def supervise(name, make, run):
    """Runs `run(make(runtime))` with a runtime folder, and whatever happens stops what it started.

    Returns the exit status: 0 after SIGINT or SIGTERM too, 1 after a `Failure`, which is printed in one line.
    """
    on_stop_signals(ask_to_stop)
    with tempfile.TemporaryDirectory(prefix="dropbox-gallery-") as runtime:
        processes = None
        try:
            processes = make(pathlib.Path(runtime))
            run(processes)
            return 0
        except Stop:
            return 0
        except Failure as failure:
            print(f"{name}: {failure}", file=sys.stderr)
            return 1
        except subprocess.CalledProcessError as error:
            return error.returncode
        finally:
            on_stop_signals(signal.SIG_IGN)
            if processes:
                processes.stop()


def on_stop_signals(action):
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, action)


def ask_to_stop(_signal, _frame):
    on_stop_signals(signal.SIG_IGN)
    raise Stop
