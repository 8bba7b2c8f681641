# SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
# SPDX-License-Identifier: Apache-2.0

"""Many clients at once that each ask, wait and ask again, and one that watches how the rest of the service fares."""

import asyncio
import collections
import http.client
import math
import multiprocessing
import os
import resource
import time


def percentile(numbers, share):
    """The smallest number that is at least as large as `share` percent of them."""
    return sorted(numbers)[max(0, math.ceil(len(numbers) * share / 100) - 1)]


class Crowd:
    """`size` connections that each send a request `waves` times, begun spread over `spread` seconds: as many are in flight
    from then on, as long as an answer takes as long. Processes beside it send `probes`, which are a name, a port and a
    path, 100 times a second each.

    A probe's time counts from the moment it was due, in milliseconds, so that one slow answer does not hide others.
    """

    waves = 3
    pace = 0.01
    patience = 60

    def __init__(self, size, port, path, cookie, *, spread, probes, nice):
        self.size, self.port, self.spread, self.probes, self.nice = size, port, spread, probes, nice
        self.request = self.line(path, f"Cookie: {cookie}\r\n")
        self.sent = self.succeeded = 0
        self.failures = collections.Counter()
        self.times = {}

    def run(self):
        _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        watchers = []
        for name, port, path in self.probes:
            ours, theirs = multiprocessing.Pipe()
            watcher = multiprocessing.Process(target=self.watch, args=(port, path, theirs), daemon=True)
            watcher.start()
            watchers.append((name, watcher, ours))
        before = os.getpriority(os.PRIO_PROCESS, 0)
        os.setpriority(os.PRIO_PROCESS, 0, self.nice)
        asyncio.run(self.crowd())
        os.setpriority(os.PRIO_PROCESS, 0, before)
        for name, watcher, pipe in watchers:
            pipe.send("stop")
            self.times[name] = pipe.recv()
            watcher.join()

    @staticmethod
    def line(path, more=""):
        return f"GET {path} HTTP/1.1\r\nHost: localhost\r\n{more}\r\n".encode()

    async def crowd(self):
        await asyncio.gather(*(self.visit(number / self.size * self.spread) for number in range(self.size)))

    async def visit(self, pause):
        self.sent += self.waves
        try:
            await asyncio.sleep(pause)
            async with asyncio.timeout(self.patience):
                reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
                for _ in range(self.waves):
                    status = await self.ask(reader, writer, self.request)
                    if status in (200, 302):
                        self.succeeded += 1
                    else:
                        self.failures[status] += 1
                writer.close()
        except Exception as error:
            self.failures[type(error).__name__] += 1

    @staticmethod
    async def ask(reader, writer, request):
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        lines = head.lower().split(b"\r\n")
        length = next((int(line.split(b":")[1]) for line in lines if line.startswith(b"content-length:")), None)
        if length is not None:
            await reader.readexactly(length)
        else:
            while size := int(await reader.readline(), 16):
                await reader.readexactly(size + 2)
            await reader.readline()
        return int(lines[0].split()[1])

    def watch(self, port, path, pipe):
        times = []
        connection = http.client.HTTPConnection("127.0.0.1", port)
        due = time.perf_counter()
        while not pipe.poll():
            connection.request("GET", path)
            connection.getresponse().read()
            times.append((time.perf_counter() - due) * 1000)
            due += self.pace
            time.sleep(max(0, due - time.perf_counter()))
        pipe.send(times)
