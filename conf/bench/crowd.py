# SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
# SPDX-License-Identifier: Apache-2.0

"""Many clients at once that each ask, wait and ask again, and one that watches how the rest of the service fares."""

import asyncio
import collections
import math
import multiprocessing
import os
import resource
import time


def percentile(numbers, share):
    """The smallest number that is at least as large as `share` percent of them."""
    return sorted(numbers)[max(0, math.ceil(len(numbers) * share / 100) - 1)]


class Crowd:
    """`size` connections that each send a request `waves` times. A process beside it sends `probe` 100 times a second.

    A probe's time counts from the moment it was due, in milliseconds, so that one slow answer does not hide others.
    """

    waves = 3
    pace = 0.01
    patience = 60

    def __init__(self, size, port, path, cookie, probe, nice):
        self.size, self.port, self.probe, self.nice = size, port, probe, nice
        self.request = self.line(path, f"Cookie: {cookie}\r\n")
        self.sent = self.succeeded = 0
        self.failures = collections.Counter()
        self.probes = []

    def run(self):
        _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        ours, theirs = multiprocessing.Pipe()
        watcher = multiprocessing.Process(target=lambda: asyncio.run(self.watch(theirs)))
        watcher.start()
        before = os.getpriority(os.PRIO_PROCESS, 0)
        os.setpriority(os.PRIO_PROCESS, 0, self.nice)
        asyncio.run(self.crowd())
        os.setpriority(os.PRIO_PROCESS, 0, before)
        ours.send("stop")
        self.probes = ours.recv()
        watcher.join()

    @staticmethod
    def line(path, more=""):
        return f"GET {path} HTTP/1.1\r\nHost: localhost\r\n{more}\r\n".encode()

    async def crowd(self):
        await asyncio.gather(*(self.visit() for _ in range(self.size)))

    async def visit(self):
        self.sent += self.waves
        try:
            async with asyncio.timeout(self.patience):
                reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
                for _ in range(self.waves):
                    status = await self.ask(reader, writer, self.request)
                    if status == 200:
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

    async def watch(self, pipe):
        times = []
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        due = time.perf_counter()
        while not pipe.poll():
            await self.ask(reader, writer, self.line(self.probe))
            times.append((time.perf_counter() - due) * 1000)
            due += self.pace
            await asyncio.sleep(max(0, due - time.perf_counter()))
        pipe.send(times)
