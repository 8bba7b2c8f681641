// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CLinux
import EventLoop
import FastCGI
import Glibc
import Logging
import Sockets

/// A child of Apache, which passes on what it is given to the process that answers for all its siblings.
struct Relaying {
  let settings: Settings
  let loop: EventLoop
  let logger: Logger

  /// - Parameters:
  ///   - socket: mod_fcgid's.
  ///   - generation: see `FcgidSocket`.
  func run(at socket: ListeningSocket, _ generation: String) async throws(RendezvousSocket.Failure)
  {
    // Another program, as after an upgrade, or other settings are another service.
    let program = try Self.program()
    let rendezvous = RendezvousSocket(
      name: "dropbox-gallery/" + settings.fingerprint(with: generation, program))
    let relay = Relay(accepting: socket, to: rendezvous, on: loop) { socket throws(SystemError) in
      logger.notice("starting the process that answers")
      try Self.startAnswering(at: socket)
    }
    // The kernel forgets children that have ended: nobody waits for them here.
    _ = signal(SIGCHLD, SIG_IGN)
    do throws(SystemError) {
      try loop.onSignal(Supervision.stopSignals + Supervision.reloadSignals) {
        // Reading anew is for the process that answers.
        if Supervision.stopSignals.contains($0) { relay.stop() }
      }
    } catch { throw .system(error) }
    logger.info("passing on what arrives here to the process that answers")
    try await relay.run()
  }

  /// What file the process runs.
  private static func program() throws(RendezvousSocket.Failure) -> String {
    var found = stat()
    guard unsafe stat("/proc/self/exe", &found) == 0 else {
      throw .system(SystemError(call: "stat"))
    }
    return "\(found.st_dev) \(found.st_ino)"
  }

  /// The same program with the same words and environment.
  private static func startAnswering(at socket: CInt) throws(SystemError) {
    var words = unsafe CommandLine.arguments.map { unsafe strdup($0) } + [nil]
    defer { for index in unsafe words.indices { unsafe free(words[index]) } }
    let code = unsafe linux_spawn("/proc/self/exe", &words, environ, socket)
    guard code == 0 else { throw SystemError(call: "posix_spawn", code: code) }
  }
}
