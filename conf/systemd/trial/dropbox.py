# SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
# SPDX-License-Identifier: Apache-2.0

"""The stand-in for Dropbox, at the same ports whenever it starts, and slow on request."""

import json
import urllib.request

from package import SITE
from processes import ROOT, Processes
from roots import CLEAN

# The machine boots twice, and is configured once.
SECRET = "the-same-after-a-boot"
PORTS = {"www": 9001, "api": 9002, "content": 9003, "links": 9004, "control": 9005}


class Dropbox(Processes):
    def __init__(self, runtime):
        super().__init__({**CLEAN, "OAUTH_REDIRECT_URL": f"{SITE}/oauthredirect"}, runtime)

    def begin(self):
        """Only after the package is installed, which brings the libraries that both are linked to."""
        ports = [text for name, port in PORTS.items() for text in (f"--port-{name}", str(port))]
        self.places = self.start_stand_in(ROOT / "dropbox-standin", "--photos", str(ROOT / "photos"), *ports, secret=SECRET)

    def order(self, path, body):
        request = urllib.request.Request(self.places["control"] + path, json.dumps(body).encode(), {"Content-Type": "application/json"})
        urllib.request.urlopen(request, timeout=5).close()

    def take(self, milliseconds):
        self.order("/latency", {"milliseconds": milliseconds})

    def in_flight(self):
        with urllib.request.urlopen(self.places["control"] + "/in-flight", timeout=5) as answer:
            return json.load(answer)["count"]
