// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Sockets
import Synchronization
import TestSupport

/// Keeps the service running as systemd does: holds the listening socket, listens to its notices, and passes the socket and
/// what was stored to the process that comes next.
final class Supervisor: Sendable {
  private let listener: CInt
  private let notices: NotifySocket
  private let settings: [String: String]
  private let command: [String]
  private let process = Mutex<ChildProcess?>(nil)
  private let passedOn = Mutex<[Int]>([])

  /// - Parameters:
  ///   - socket: the path where the web server finds the service.
  ///   - command: words before the program, such as those of prlimit(1).
  init(socket: String, settings: [String: String], command: [String] = []) throws {
    guard let address = SocketAddress(path: socket) else {
      throw TestFailure("bad path: \(socket)")
    }
    // `ListeningSocket.open` sets the umask of this process. Programs that other tests start at that moment inherit it.
    unsafe unlink(socket)
    listener = try address.openSocket(.stream, isNonblocking: true)
    try address.bind(listener)
    guard listen(listener, 4096) == 0 else { throw TestFailure("listen: errno \(errno)") }
    // Apache, started by root, connects as www-data.
    try Project.openToAll(socket)
    notices = try NotifySocket(address: socket + ".notify")
    self.settings = settings
    self.command = command
  }

  deinit {
    close(listener)
  }

  var service: ChildProcess? { process.withLock { $0 } }
  var messages: [String] { notices.texts }
  /// Waits for a notice, from the message of that number on; returns the number of the one behind it.
  @discardableResult
  func wait(for notice: String, from start: Int = 0) async throws -> Int {
    try await notices.wait(for: notice, from: start)
  }
  /// How many connections each process found in the store.
  var handedOver: [Int] { passedOn.withLock { $0 } }

  /// - Returns: how long it took until the service was ready.
  @discardableResult
  func start() async throws -> Duration {
    let kept = notices.takeStored()
    defer { for descriptor in kept { close(descriptor) } }
    passedOn.withLock { $0.append(kept.count) }
    var environment = settings
    environment["LISTEN_FDS"] = "\(1 + kept.count)"
    environment["LISTEN_FDNAMES"] =
      (["fcgi"] + kept.map { _ in "kept" }).joined(separator: ":")
    environment["NOTIFY_SOCKET"] = notices.address
    environment["FDSTORE"] = "512"
    let seen = notices.texts.count
    let begin = ContinuousClock.now
    let child = try await ChildProcess.start(
      "sh", ["-c", "LISTEN_PID=$$ exec \"$@\"", "sh"] + command + [Project.program, "serve"],
      environment: environment, descriptors: [listener] + kept)
    process.withLock { $0 = child }
    do {
      try await notices.wait(for: "READY=1", from: seen)
    } catch {
      throw TestFailure("\(error) \(child.text)")
    }
    return ContinuousClock.now - begin
  }

  /// `systemctl restart`: the old process ends first.
  @discardableResult
  func restart(within limit: Duration = .seconds(10)) async throws -> Duration {
    service?.signal(SIGTERM)
    guard try await service?.exit(within: limit) == .status(0) else {
      throw TestFailure("no orderly end: \(service?.text ?? "")")
    }
    return try await start()
  }

  /// `systemctl reload`.
  func reload() async throws {
    let seen = notices.texts.count
    service?.signal(SIGHUP)
    let begun = try await notices.wait(for: "RELOADING=1", from: seen)
    try await notices.wait(for: "READY=1", from: begun)
  }

  func stop() async throws {
    try await service?.terminate()
    for descriptor in notices.takeStored() { close(descriptor) }
  }
}
