// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import EventLoop
import FastCGI
import Glibc
import HTTP

/// A process that serves a trivial responder, for tests that need a process of its own.
@main
struct Fixture {
  static func main() async {
    do {
      try EventLoop.block(signals: [SIGTERM, SIGINT])
      try await serve()
    } catch {
      say("\(error)")
      exit(1)
    }
  }

  private static func say(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    _ = unsafe write(STDERR_FILENO, bytes, bytes.count)
  }

  private static func serve() async throws {
    var environment: [String: String] = [:]
    var entry = unsafe environ
    while let text = unsafe entry.pointee {
      let parts = unsafe String(cString: text).split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if let name = parts.first { environment[String(name)] = String(parts.last ?? "") }
      unsafe entry = entry.successor()
    }
    switch try Invocation.resolve(socket: environment["FCGI_SOCKET"], environment: environment) {
    case .usage, .child, .relayed:
      say("usage: set FCGI_SOCKET")
      exit(64)
    case .cgi: try await CGIProcess.respond(environment: environment, application: Echo())
    case .fastCGI(let listener, let kept):
      let loop = try EventLoop()
      let server = try FastCGIServer(
        listening: try ListeningSocket.open(listener), adopting: kept, loop: loop,
        application: Echo(),
        log: { say("\($0)") })
      let seconds = environment["STOP_SECONDS"].flatMap { Int($0) } ?? 5
      try loop.onSignal([SIGTERM, SIGINT]) { _ in server.stop(deadline: .seconds(seconds)) }
      say("listening")
      try await server.run()
      say("stopped")
    }
  }
}
