# SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
# SPDX-License-Identifier: Apache-2.0

"""A headless Chromium over WebDriver, with what crosses its network."""

import json
import select
import subprocess
import time

from gallery import free_ports, request
from processes import Failure


class Browser:
    """One window with an empty cache. Ends with its `with`."""

    def __init__(self, width, height, ratio=1):
        self.size = {"width": width, "height": height, "deviceScaleFactor": ratio, "mobile": ratio > 1}

    def __enter__(self):
        (self.port,) = free_ports(1)
        self.driver = subprocess.Popen(
            ["chromedriver", f"--port={self.port}"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        while "started successfully" not in self.line():
            pass
        options = {"args": ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu",
                            "--no-first-run", "--no-proxy-server"]}
        wanted = {"goog:chromeOptions": options, "goog:loggingPrefs": {"performance": "ALL"}}
        self.path = "/session"
        self.path = "/session/" + self.post("", capabilities={"alwaysMatch": wanted})["sessionId"]
        self.tell("Emulation.setDeviceMetricsOverride", **self.size)
        return self

    def __exit__(self, *_):
        request(self.port, "DELETE", self.path)
        self.driver.terminate()
        self.driver.wait(10)

    def line(self):
        if not select.select([self.driver.stdout], [], [], 20)[0]:
            raise Failure("chromedriver does not start")
        return self.driver.stdout.readline()

    def post(self, path, **body):
        answer = request(self.port, "POST", self.path + path, json.dumps(body), Content_Type="application/json")
        value = json.loads(answer.body)["value"]
        if answer.status != 200:
            raise Failure(f"the browser refuses: {value['message'].splitlines()[0]}")
        return value

    def open(self, url):
        self.post("/url", url=url)

    def run(self, script, *arguments):
        """Runs the body of a function in the page; a promise it returns is waited for."""
        return self.post("/execute/sync", script=script, args=list(arguments))

    def tell(self, command, **parameters):
        return self.post("/goog/cdp/execute", cmd=command, params=parameters)

    def click(self, selector):
        (element,) = self.post("/element", using="css selector", value=selector).values()
        self.post(f"/element/{element}/click")

    def until(self, expression, seconds=20):
        end = time.monotonic() + seconds
        while not self.run(f"return Boolean({expression})"):
            if time.monotonic() > end:
                raise Failure(f"never in the page: {expression}")
            time.sleep(0.02)

    def events(self):
        """What the network did since the last call, as the DevTools protocol tells it: name and parameters."""
        for entry in self.post("/se/log", type="performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"].startswith("Network."):
                yield message["method"].removeprefix("Network."), message["params"]

    def settle(self, quiet=1.0, limit=120):
        """Waits until nothing crossed the network for `quiet` seconds. Returns the traffic since the last call."""
        traffic = Traffic()
        last, end = time.monotonic(), time.monotonic() + limit
        while time.monotonic() - last < quiet and time.monotonic() < end:
            if traffic.take(self.events()) or traffic.open:
                last = time.monotonic()
            time.sleep(0.05)
        return traffic


class Traffic:
    """Requests that crossed the network, and bytes that came, heads included."""

    def __init__(self):
        self.urls, self.open, self.bytes = {}, set(), 0

    def take(self, events):
        """Whether there was anything."""
        seen = False
        for name, about in events:
            seen = True
            if name == "requestWillBeSent":
                self.urls[about["requestId"]] = about["request"]["url"]
                self.open.add(about["requestId"])
            elif name in ("loadingFinished", "loadingFailed", "requestServedFromCache"):
                self.open.discard(about["requestId"])
                self.bytes += about.get("encodedDataLength", 0)
        return seen
