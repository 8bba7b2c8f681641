# SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
# SPDX-License-Identifier: Apache-2.0

"""The service beside a C program that does the least: requests a second, fairness, a crowd that waits, starts."""

import re
import statistics
import subprocess
import time

from crowd import Crowd, percentile
from gallery import ELSEWHERE, Gallery, free_ports, get
from load import CLIENTS, SECONDS, Load, load, start_load
from processes import ROOT, demo_photos

ROUNDS = 3
STARTS = 11
WAITING = 2000


class Bench(Gallery):
    """A gallery whose nginx also has four servers without a log: it and the C program, connections kept and not."""

    def start_all(self):
        self.kept, self.plain, self.c_kept, self.c_plain = free_ports(4)
        self.start_yardsticks()
        self.start_redis()
        self.start_dropbox("--photos", str(demo_photos()))
        self.start_service()
        self.start_nginx(self.servers())
        self.cookie = self.sign_in()
        # A link is asked for each time, while a listing is remembered.
        self.original = re.search(r'"(/originals/[^"]+)"', get(self.port, "/", self.cookie).body)[1]

    def servers(self):
        template = (ROOT / "conf/bench/servers.conf.in").read_text(encoding="utf-8")
        places = {
            "SOCKET": self.settings["FCGI_SOCKET"], "KEPT": self.kept, "PLAIN": self.plain,
            "YARDSTICK_KEPT": self.runtime / "c-kept.sock", "YARDSTICK_PLAIN": self.runtime / "c-plain.sock",
            "YARDSTICK_KEPT_PORT": self.c_kept, "YARDSTICK_PLAIN_PORT": self.c_plain}
        return re.sub(r"@(\w+)@", lambda name: str(places[name[1]]), template)

    def start_yardsticks(self):
        responder = self.runtime / "responder"
        subprocess.run(
            ["cc", "-O2", "-o", responder, ROOT / "conf/bench/responder.c", "-lfcgi", "-lpthread"], check=True)
        # A C thread belongs to its kept connection, so there are more of them than connections.
        for name, threads in (("kept", 2 * CLIENTS), ("plain", 16)):
            path = self.runtime / f"c-{name}.sock"
            self.start(f"The C responder ({name})", [str(responder), str(path), str(threads)], self.settings)
            self.until("The C responder", path.exists)


def run(runtime, programs):
    with Bench(runtime, "throughput", programs) as bench:
        bench.start_all()
        print_throughput(bench)
        print(f"\n{'peak memory of the service':34}{bench.memory('VmHWM'):.1f} MiB so far")
        print_side_by_side(bench)
        print_waiting(bench, 2, "evenly spread")
        print_waiting(bench, 0, "all at the same moment")
        print_starts(bench)


def print_throughput(bench):
    print(f"Throughput: wrk, {CLIENTS} connections, {SECONDS} s, medians of {ROUNDS} rounds\n")
    print(f"{'':26}{'requests/s':>11}{'to C':>7}{'p50 ms':>9}{'p99 ms':>9}{'CPU µs of the service':>24}")
    for mode, port, c_port in (("kept", bench.kept, bench.c_kept), ("plain", bench.plain, bench.c_plain)):
        rows = [("C responder", c_port, "/healthz", None), ("/healthz", port, "/healthz", None),
                ("/login", port, "/login", None), ("/ signed in", port, "/", bench.cookie)]
        rounds = [[load(bench, at, path, cookie=cookie) for _, at, path, cookie in rows] for _ in range(ROUNDS)]
        for index, (name, *_) in enumerate(rows):
            runs = [each[index] for each in rounds]
            ratio = statistics.median(each[index].rate / each[0].rate for each in rounds)
            rate, p50, p99, cost = (
                statistics.median(getattr(run, what) for run in runs) for what in ("rate", "p50", "p99", "cost"))
            errors = "; ".join(error for run in runs for error in run.errors)
            print(f"{name + ', ' + mode:26}{rate:11.0f}{ratio:7.2f}{p50:9.2f}{p99:9.2f}{cost or '':>24}  {errors}")


def print_side_by_side(bench):
    running = [("32 kept", start_load(bench.kept, "/healthz", 32)), ("16 plain", start_load(bench.plain, "/healthz", 16))]
    print("\nSide by side on /healthz: nobody starves\n")
    for name, process in running:
        result = Load(process.communicate()[0])
        print(f"{name:34}{result.rate:11.0f} requests/s, the longest {result.longest:.1f} ms  {'; '.join(result.errors)}")


def print_waiting(bench, spread, manner):
    bench.command("/faults", route="files/get_temporary_link", fault={"kind": "delay", "delay": 2000})
    probes = [("/healthz", bench.kept, "/healthz"), ("C responder", bench.c_kept, "/healthz")]
    crowd = Crowd(WAITING, bench.kept, bench.original, bench.cookie, spread=spread, probes=probes, nice=ELSEWHERE)
    crowd.run()
    bench.command("/reset")
    print(f"\n{WAITING} requests in flight, each waiting 2 s for Dropbox, {crowd.waves} times, {manner}\n")
    print(f"{'succeeded':34}{crowd.succeeded} of {crowd.sent}; failed: {dict(crowd.failures) or 'none'}")
    for name, times in crowd.times.items():
        print(f"{name + ' meanwhile':34}p50 {percentile(times, 50):.1f} ms, p99 {percentile(times, 99):.1f} ms,"
              f" the longest {max(times):.0f} ms, {len(times)} asked")
    print(f"{'peak memory of the service':34}{bench.memory('VmHWM'):.1f} MiB")


def print_starts(bench):
    times = []
    for _ in range(STARTS):
        bench.service.stop()
        bench.children.remove(bench.service)
        begin = time.perf_counter()
        bench.service = bench.start("The service", [str(bench.program)], bench.settings, log=bench.runtime / "service.log")
        while get(bench.kept, "/healthz").status != 200:
            time.sleep(0.001)
        times.append((time.perf_counter() - begin) * 1000)
    print(f"\n{'start to first answer':34}median {statistics.median(times):.0f} ms of {STARTS}, longest {max(times):.0f} ms")


