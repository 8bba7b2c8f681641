# SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
# SPDX-License-Identifier: Apache-2.0

"""Installations to measure: a stand-in for Dropbox and the service each, behind one nginx, with one Redis."""

import http.client
import json
import os
import pathlib
import re
import secrets
import socket
import time
import urllib.parse

from processes import ROOT, Failure, Processes, answers

# The nice value of what would be another machine's work: Dropbox's, and that of browsers.
ELSEWHERE = 15


def free_ports(count):
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def request(port, method, path, body=None, **headers):
    """The answer, with its body as text in `body`."""
    connection = http.client.HTTPConnection("localhost", port, timeout=60)
    connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items() if value})
    answer = connection.getresponse()
    answer.body = answer.read().decode(errors="replace")
    return answer


def get(port, path, cookie=None, **headers):
    return request(port, "GET", path, Cookie=cookie, **headers)


class Gallery(Processes):
    """The service on a socket of its own with a Dropbox of its own; `port` is where nginx will serve it."""

    def __init__(self, runtime, name, programs, redis_url=None):
        runtime = runtime / name
        runtime.mkdir()
        super().__init__(dict(os.environ), runtime)
        self.program = programs / "dropbox-gallery"
        self.stand_in = programs / "dropbox-standin"
        (self.port,) = free_ports(1)
        self.settings.update(
            FCGI_SOCKET=str(runtime / "fcgi.sock"), VIEWS=str(ROOT / "views"), APP_ENV="production",
            OAUTH_REDIRECT_URL=f"http://localhost:{self.port}/oauthredirect", SESSION_ID_SECRET=secrets.token_urlsafe(48))
        if redis_url:
            self.settings["REDIS_URL"] = redis_url

    def start_dropbox(self, *arguments):
        places = self.start_stand_in(self.stand_in, *arguments)
        self.control = urllib.parse.urlsplit(places["control"])
        os.setpriority(os.PRIO_PROCESS, self.children[-1].process.pid, ELSEWHERE)

    def start_service(self):
        self.service = self.start(
            "The service", [str(self.program)], self.settings, log=self.runtime / "service.log")
        self.until("The service", pathlib.Path(self.settings["FCGI_SOCKET"]).exists)

    def start_nginx(self, servers=""):
        """`servers` is the text of more servers, which may pass requests to more installations."""
        (self.runtime / "more").mkdir()
        (self.runtime / "more/bench.conf").write_text(servers)
        self.start("nginx", [str(ROOT / "conf/nginx/serve")],
                   {**self.settings, "PORT": str(self.port), "RUNTIME": str(self.runtime)},
                   log=self.runtime / "nginx.log")
        self.until("The gallery", lambda: answers(f"http://127.0.0.1:{self.port}/readyz"))

    def sign_in(self):
        """Returns the cookie of a person who pressed Allow. No picture is looked at."""
        login = get(self.port, "/login")
        pre_login = login.headers["Set-Cookie"].partition(";")[0]
        authorize = urllib.parse.urlsplit(login.headers["Location"])
        allowed = request(
            authorize.port, "POST", f"{authorize.path}?{authorize.query}", "decision=allow",
            Content_Type="application/x-www-form-urlencoded")
        callback = urllib.parse.urlsplit(allowed.headers["Location"])
        back = get(self.port, f"{callback.path}?{callback.query}", pre_login)
        cookies = [each.partition(";")[0] for each in back.headers.get_all("Set-Cookie") or []]
        cookie = next((each for each in cookies if "session=" in each), None)
        if back.status != 303 or not cookie:
            raise Failure(f"signing in failed ({back.status})")
        return cookie

    def command(self, path, **arguments):
        answer = request(self.control.port, "POST", path, json.dumps(arguments), Content_Type="application/json")
        if answer.status != 200:
            raise Failure(f"the stand-in refuses {path}")

    def calls(self):
        """How often each route of Dropbox was called, since the last `/reset`."""
        return json.loads(get(self.control.port, "/calls").body)["counts"]

    def processor_seconds(self):
        """What the service has used since its start."""
        fields = pathlib.Path(f"/proc/{self.service.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self, line="VmRSS"):
        """MiB; `VmHWM` is the most since the start."""
        status = pathlib.Path(f"/proc/{self.service.process.pid}/status").read_text()
        return int(re.search(line + r":\s+(\d+)", status)[1]) / 1024


def timed(action):
    """What it returns, and how long it took in milliseconds."""
    begin = time.perf_counter()
    result = action()
    return result, (time.perf_counter() - begin) * 1000
