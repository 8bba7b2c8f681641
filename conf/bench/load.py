# SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
# SPDX-License-Identifier: Apache-2.0

"""wrk, and what it saw."""

import re
import subprocess

CLIENTS = 32
SECONDS = 4


class Load:
    """What wrk saw in one run: requests a second, milliseconds, and errors in its words."""

    def __init__(self, text):
        self.rate = float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1])
        self.p50, self.p99 = (self.milliseconds(rf"{share}%\s+([\d.]+)(us|ms|s)\b", text) for share in (50, 99))
        self.longest = self.milliseconds(r"Latency(?:\s+[\d.]+\w+){2}\s+([\d.]+)(us|ms|s)\b", text)
        self.errors = re.findall(r"Non-2xx or 3xx responses: \d+|Socket errors: .*", text)

    @staticmethod
    def milliseconds(pattern, text):
        number, unit = re.search(pattern, text).groups()
        return float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def start_load(port, path, clients=CLIENTS, cookie=None):
    header = ["-H", f"Cookie: {cookie}"] if cookie else []
    return subprocess.Popen(
        ["wrk", "--latency", "-t", "1", "-c", str(clients), "-d", f"{SECONDS}s", *header,
         f"http://127.0.0.1:{port}{path}"], stdout=subprocess.PIPE, text=True)


def load(gallery, port, path, **options):
    """One run; `cost` is the processor time that the service of `gallery` took for a request, in microseconds."""
    before = gallery.processor_seconds()
    seen = Load(start_load(port, path, **options).communicate()[0])
    seen.cost = round((gallery.processor_seconds() - before) / (seen.rate * SECONDS) * 1e6)
    return seen
