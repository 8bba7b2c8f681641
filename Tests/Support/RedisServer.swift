// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Synchronization

/// A real Redis on a Unix socket of its own, empty at the start, that keeps nothing on disk.
///
/// It can be killed, paused and started again on the same socket. It ends when the last reference goes.
public final class RedisServer: Sendable {
  /// The Unix socket.
  public let path: String
  /// The port on 127.0.0.1, where one was asked for.
  public let port: UInt16?
  /// The port on 127.0.0.1 and ::1 that speaks TLS, where there is a certificate.
  public let tlsPort: UInt16?

  private let folder: TemporaryFolder
  private let configuration: String?
  private let options: [String]
  private let process: Mutex<ChildProcess?> = Mutex(nil)

  /// Starts Redis and waits until it accepts connections.
  ///
  /// - Parameters:
  ///   - options: words for its command line, as in `["--maxmemory", "1mb"]`.
  ///   - configuration: a file that says everything else, in place of "nothing on disk".
  ///   - certificate: for TLS on a port of its own; of clients none is asked.
  public init(
    options: [String] = [], withPort: Bool = false,
    configuration: String? = nil, certificate: CertificateAuthority.Certificate? = nil
  ) async throws(TestFailure) {
    folder = try TemporaryFolder()
    path = folder.path(of: "redis.sock")
    port = withPort ? try FreePort.find() : nil
    self.configuration = configuration
    tlsPort = certificate == nil ? nil : try FreePort.find()
    self.options = Self.tlsOptions(certificate, port: tlsPort) + options
    try await start()
  }

  private static func tlsOptions(
    _ certificate: CertificateAuthority.Certificate?, port: UInt16?
  ) -> [String] {
    guard let certificate, let port else { return [] }
    return [
      "--tls-port", "\(port)", "--tls-cert-file", certificate.path, "--tls-key-file",
      certificate.keyPath, "--tls-auth-clients", "no", "--tls-ca-cert-file", certificate.path,
    ]
  }

  /// The address for `REDIS_URL`, through the Unix socket.
  public var url: String { "redis+unix://\(path)" }

  /// Starts Redis again after `kill()` or `stop()`.
  public func start() async throws(TestFailure) {
    let place = [
      "--bind", "127.0.0.1", "--port", "\(port ?? 0)", "--unixsocket", path,
      // Whoever a test runs the service as.
      "--unixsocketperm", "777", "--dir", folder.path,
    ]
    let words = configuration.map { [$0] + place } ?? place + ["--save", "", "--appendonly", "no"]
    let child = try await ChildProcess.start("redis-server", words + options)
    process.withLock { $0 = child }
    _ = try await child.line(containing: "ready to accept connections at")
  }

  /// Ends Redis at once (SIGKILL), as a crash would. Its socket's file stays.
  public func kill() async throws(TestFailure) {
    signal(SIGKILL)
    _ = try await process.withLock { $0 }?.exit()
  }

  /// Ends Redis orderly; it removes its socket's file.
  public func stop() async throws(TestFailure) {
    _ = try await process.withLock { $0 }?.terminate()
  }

  /// Stops Redis in its tracks: connections stay and nothing is answered until `resume()`.
  public func pause() {
    signal(SIGSTOP)
  }

  public func resume() {
    signal(SIGCONT)
  }

  /// Runs one command beside the service and returns what redis-cli prints, without the last line break.
  @discardableResult
  public func command(_ words: String...) async throws(TestFailure) -> String {
    let outcome = try await ChildProcess.run("redis-cli", ["-s", path] + words)
    guard outcome.exit == .status(0) else { throw TestFailure("redis-cli: \(outcome.errorText)") }
    return String(outcome.text.trimmingSuffix { $0.isNewline })
  }

  /// One number of `INFO`, such as `total_reads_processed`.
  public func statistic(_ name: String) async throws(TestFailure) -> Int {
    let lines = try await command("INFO", "everything").split(whereSeparator: \.isNewline)
    guard let line = lines.first(where: { $0.hasPrefix("\(name):") }),
      let number = Int(line.dropFirst(name.count + 1))
    else { throw TestFailure("INFO has no number \(name)") }
    return number
  }

  private func signal(_ number: CInt) {
    process.withLock { $0 }?.signal(number)
  }
}

extension String {
  fileprivate func trimmingSuffix(while matches: (Character) -> Bool) -> Substring {
    var end = endIndex
    while end > startIndex, matches(self[index(before: end)]) { end = index(before: end) }
    return self[..<end]
  }
}
