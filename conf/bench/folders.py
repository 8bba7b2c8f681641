# SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
# SPDX-License-Identifier: Apache-2.0

"""Folders of 500, 10,000 and 100,000 pictures: the first page, the whole reading, memory, and warm pages.

Each has a Dropbox and a service of its own behind one nginx, so that the sizes can be measured in turns.
"""

import json
import statistics
import time

from gallery import Gallery, get, timed
from load import CLIENTS, SECONDS, load

SIZES = (500, 10_000, 100_000)
ROUNDS = 3
# Of each call of Dropbox: two of them before a first page would show.
LATENCY = 100
PATIENCE = 120
SERVER = """
upstream folder_{port} {{ server unix:{socket}; keepalive 32; }}
server {{
    listen 127.0.0.1:{port} backlog=4096;
    access_log off;
    keepalive_requests 1000000;
    fastcgi_keep_conn on;
    location / {{
        include gallery/fastcgi_params;
        fastcgi_pass folder_{port};
        fastcgi_buffer_size 16k;
        fastcgi_buffers 16 16k;
    }}
}}
"""


def run(runtime, programs):
    galleries = []
    try:
        for size in SIZES:
            gallery = Gallery(runtime, f"folder-{size}", programs, galleries and galleries[0].settings["REDIS_URL"])
            gallery.size = size
            galleries.append(gallery)
            if len(galleries) == 1:
                gallery.start_redis()
            gallery.start_dropbox("--synthetic", str(size), "--page-limit", "2000", "--steady-pages",
                                  "--latency", str(LATENCY))
            gallery.start_service()
        front, *others = galleries
        front.start_nginx("".join(
            SERVER.format(port=each.port, socket=each.settings["FCGI_SOCKET"]) for each in others))
        print(f"Folders: 2,000 entries to a call of Dropbox, which takes {LATENCY} ms; the stand-in shares the two processors\n")
        for gallery in galleries:
            read(gallery)
        print_warm(galleries)
    finally:
        for gallery in reversed(galleries):
            gallery.stop()


def read(gallery):
    cookie = gallery.cookie = gallery.sign_in()
    before = gallery.memory()
    gallery.command("/reset")
    begin = time.perf_counter()
    page, first = timed(lambda: get(gallery.port, "/", cookie))
    while not status(gallery)["isComplete"]:
        if time.perf_counter() - begin > PATIENCE:
            raise TimeoutError(f"{gallery.size} pictures are not read after {PATIENCE} s")
        time.sleep(0.1)
    whole = (time.perf_counter() - begin) * 1000
    calls = listing_calls(gallery)
    # Every order is a list of its own.
    for order in ("newest", "oldest", "name", "name-down"):
        get(gallery.port, f"/?sort={order}", cookie)
    for path in ("/", "/?page=2", "/?page=5"):
        get(gallery.port, path, cookie)
    grown = (gallery.memory() - before) * 2**20
    print(f"{gallery.size:9,} pictures: first page {first:6.0f} ms ({page.status});"
          f" whole {whole / 1000:6.2f} s, {calls} calls; {calls - listing_calls(gallery)} for warm views;"
          f" memory +{grown / 2**20:.1f} MiB = {grown / gallery.size:.0f} bytes a picture, peak {gallery.memory('VmHWM'):.1f} MiB")


def listing_calls(gallery):
    return sum(count for route, count in gallery.calls().items() if route.startswith("files/list_folder"))


def status(gallery):
    return json.loads(get(gallery.port, "/", gallery.cookie, Accept="application/json").body)


def print_warm(galleries):
    print(f"\nWarm pages of 60 pictures: wrk, {CLIENTS} connections, {SECONDS} s, medians of {ROUNDS} rounds in turns\n")
    print(f"{'':18}{'pages/s':>9}{'to 500':>8}{'p50 ms':>9}{'p99 ms':>9}{'CPU µs of the service':>23}")
    rounds = [[load(each, each.port, "/?page=3", cookie=each.cookie) for each in galleries] for _ in range(ROUNDS)]
    for index, gallery in enumerate(galleries):
        runs = [each[index] for each in rounds]
        rate, p50, p99, cost = (
            statistics.median(getattr(run, what) for run in runs) for what in ("rate", "p50", "p99", "cost"))
        ratio = statistics.median(each[index].rate / each[0].rate for each in rounds)
        errors = "; ".join(error for run in runs for error in run.errors)
        print(f"{gallery.size:9,} pictures{rate:9.0f}{ratio:8.2f}{p50:9.2f}{p99:9.2f}{cost:23}  {errors}")
