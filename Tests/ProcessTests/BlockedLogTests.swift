// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

@testable import EndToEndSupport

/// A log that nobody reads, or that cannot be written, is no reason to keep visitors waiting.
@Suite(.serialized)
struct BlockedLogTests {
  /// A second service beside the installation's, with its standard error somewhere else.
  private func start(
    log: String, _ watcher: Operator, _ installation: Installation
  ) async throws -> (service: ChildProcess, socket: String) {
    var environment = installation.settings
    let socket = installation.folder.path(of: "blocked.sock")
    environment["FCGI_SOCKET"] = socket
    environment["METRICS_LISTEN"] = watcher.address
    environment["LOG_LEVEL"] = "debug"
    let service = try await ChildProcess.start(
      "/bin/sh", ["-c", #"exec "$0" 2>"$1""#, Project.program, log], environment: environment)
    try await watcher.waitUntilItAnswers()
    return (service, socket)
  }

  private func ask(_ target: String, _ socket: String, times: Int) async throws {
    for _ in 0..<times {
      let outcome = try await ChildProcess.run(
        "cgi-fcgi", ["-bind", "-connect", socket],
        environment: ["REQUEST_METHOD": "GET", "REQUEST_URI": target], within: .seconds(10))
      #expect(outcome.text.hasPrefix("Status: "))
    }
  }

  @Test func `a full pipe that nobody reads delays no request, nor the end`() async throws {
    let installation = try await Installation.start()
    let watcher = try Operator()
    let path = installation.folder.path(of: "log.fifo")
    unsafe try #require(mkfifo(path, 0o600) == 0)
    // Open at both ends and never read; full before the service writes its first line.
    let pipe = unsafe open(path, O_RDWR | O_NONBLOCK)
    defer { close(pipe) }
    let dots = [UInt8](repeating: UInt8(ascii: "."), count: 4_096)
    while unsafe write(pipe, dots, dots.count) > 0 {}
    let (service, socket) = try await start(log: path, watcher, installation)
    try await ask("/nowhere", socket, times: 20)
    #expect(
      try await watcher.sum("gallery_http_requests_total", ["status": "404"], from: 20) == 20)
    service.signal(SIGTERM)
    #expect(try await service.exit(within: .seconds(10)) == .status(0))
    await watcher.close()
    try await installation.stop()
  }

  @Test func `a full disk for the log is counted, and told in words where somebody looks`()
    async throws
  {
    let installation = try await Installation.start()
    let watcher = try Operator()
    let (service, socket) = try await start(log: "/dev/full", watcher, installation)
    try await ask("/nowhere", socket, times: 5)
    let end = ContinuousClock.now + .seconds(10)
    let reason = ["reason": "disk_full"]
    while try await watcher.samples().sum("gallery_log_dropped_lines_total", reason) < 6 {
      try #require(ContinuousClock.now < end)
    }
    let health = try await watcher.get("/healthz")
    #expect(health.status == .ok)
    #expect(health.text.contains("lines of the log are missing"))
    #expect(health.text.contains("the disk for the log is full"))
    try await ask("/welcome", socket, times: 1)
    service.signal(SIGTERM)
    #expect(try await service.exit(within: .seconds(10)) == .status(0))
    await watcher.close()
    try await installation.stop()
  }
}
