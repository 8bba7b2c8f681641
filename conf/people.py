# SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
# SPDX-License-Identifier: Apache-2.0

"""People who ask a site while something happens to it, for the trials from outside."""

import http.client
import threading
import time

from processes import Failure

ASK_SECONDS = 20


class People:
    """Each asks for one target after the other, half of them on a kept connection, until they are told to go or find nobody
    who listens. `targets` are methods, paths and the status that is right; what is posted goes without the visitor's cookies.

    A kept connection that is closed before a byte of an answer counts as `retried`: every browser and router asks again.
    """

    def __init__(self, visitor, targets, count):
        self.visitor, self.targets = visitor, targets
        self.answered = self.refused = self.retried = self.late = 0
        self.told = self.gone = False
        self.lost, self.lock = [], threading.Lock()
        self.threads = [threading.Thread(target=self.person, args=(number,), daemon=True) for number in range(count)]

    def person(self, number):
        keeps, connection, turn = number % 2 == 1, None, number
        while not self.gone:
            turn += 1
            reused = connection is not None
            connection = connection or self.visitor.connection(ASK_SECONDS)
            try:
                if not reused:
                    connection.connect()
            except ConnectionRefusedError:
                with self.lock:
                    self.refused += 1
                return
            method, path, status = self.targets[turn % len(self.targets)]
            try:
                connection.request(method, path, headers=self.fields(method, keeps))
                answer = connection.getresponse()
                answer.read()
                with self.lock:
                    if answer.status == status:
                        self.answered += 1
                        self.late += self.told
                    else:
                        self.lost.append(f"{method} {path}: {answer.status}")
            except (OSError, http.client.HTTPException) as error:
                with self.lock:
                    if reused and isinstance(error, (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError)):
                        self.retried += 1
                    else:
                        self.lost.append(f"{method} {path}: {error!r}")
                connection.close()
                connection = None
                continue
            if not keeps or answer.will_close:
                connection.close()
                connection = None

    def fields(self, method, keeps):
        cookies = "; ".join(f"{name}={value}" for name, value in self.visitor.cookies.items()) if method == "GET" else ""
        return {"Host": self.visitor.site.netloc, "Cookie": cookies, "Connection": "keep-alive" if keeps else "close", **self.visitor.headers}

    def start(self):
        for thread in self.threads:
            thread.start()

    def tell(self):
        """Answers from now on count as `late`."""
        self.told = True

    def wait_for(self, more):
        """Until so many more are answered."""
        wanted, deadline = self.answered + more, time.monotonic() + 60
        while self.answered < wanted:
            if time.monotonic() > deadline:
                raise Failure(f"people are not answered any more: {self.lost[:5]}")
            time.sleep(0.02)

    def leave(self):
        self.gone = True
        self.end()

    def end(self):
        for thread in self.threads:
            thread.join()
