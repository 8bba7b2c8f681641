// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing

@testable import EndToEndSupport

/// Clients that hold a web server up, with the very files of production.
@Suite(.serialized)
struct SlowClientTests {
  /// The beginnings that a client leaves it at, by name; each goes on for ever with a byte at a time, or with nothing.
  private static let script = """
    import socket, ssl, sys, threading
    context = ssl.create_default_context(cafile=sys.argv[2])
    def connect(): return socket.create_connection(("localhost", int(sys.argv[1])))
    def connect_tls(): return context.wrap_socket(connect(), server_hostname="localhost")
    def end(kind, connection, begin, drop=b""):
        connection.sendall(begin)
        connection.settimeout(0.2 if drop else 10)
        for _ in range(50):
            try:
                while connection.recv(65536): pass
                break
            except socket.timeout:
                if not drop: return print(kind, "is never cut off")
            except OSError: break
            try: connection.sendall(drop)
            except OSError: break
        else: return print(kind, "is never cut off")
        print(kind)
    HEAD = b"GET /welcome HTTP/1.1\\r\\nHost: localhost\\r\\nX-"
    BODY = b"POST /logout HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Length: 1000\\r\\n\\r\\nabc"
    kinds = {
        # The kernel keeps who says nothing at all from Apache.
        "handshake": (connect, b"\\x16\\x03\\x01"), "header": (connect_tls, HEAD),
        "body": (connect_tls, BODY), "dripping header": (connect_tls, HEAD, b"x"),
        "dripping body": (connect_tls, BODY, b"x"),
    }
    def run(kind):
        make, begin, *drop = kinds[kind]
        end(kind, make(), begin, *drop)
    threads = [threading.Thread(target=run, args=(kind,)) for kind in sys.argv[3:]]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    """

  @Test(arguments: Front.sites)
  func `a client that is slow is cut off`(front: Front) async throws {
    let installation = try await Installation.start(front, slowness: 1)
    // nginx looks at pauses in a body only, and gives the service none before it is whole.
    let kinds =
      ["handshake", "header", "body", "dripping header"] + (front.isApache ? ["dripping body"] : [])
    let outcome = try await ChildProcess.run(
      "python3",
      ["-c", Self.script, "\(installation.web.port)", installation.web.certificate?.chain ?? ""]
        + kinds)
    // The clients connect at the same time.
    let lines = outcome.text.split(separator: "\n").map(String.init)
    #expect(lines.sorted() == kinds.sorted(), "\(outcome.errorText)")
    #expect(try await installation.curl("/welcome").status == 200)
    try await installation.stop()
  }
}
