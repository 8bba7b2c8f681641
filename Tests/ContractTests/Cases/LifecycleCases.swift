// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import Foundation
import Glibc
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

@testable import EndToEndSupport

extension ContractCase {
  /// Requests between two of ten restarts, as in `RESTART_REQUESTS=300 swift test --filter ContractTests`, for measurements.
  private static let measured =
    ProcessInfo.processInfo.environment["RESTART_REQUESTS"].flatMap { Int($0) }
  private static let restarts = measured == nil ? 3 : 10
  private static let requestsBetween = measured ?? 20

  static let lifecycle = [
    ContractCase("a reload of the web server under load loses no request", needs: .gracefulReload) {
      contract async throws in
      // nginx(8) and httpd(8): the signals for a graceful reload.
      let signal = contract.front.isApache ? SIGUSR1 : SIGHUP
      let load = Load()
      try await load.run(on: contract.installation) {
        await load.wait(forSent: 20)
        contract.installation.webServer?.signal(signal)
        await load.wait(forSent: 60)
      }
      #expect(load.failures == [])
    },
    ContractCase("SIGTERM loses no request in flight, and then ends the service", needs: .process) {
      contract async throws in
      try await contract.stopUnderLoad()
    },
    // From here on, no service runs.
    ContractCase(
      "restarts and reloads of the service under load lose no request", needs: .supervision
    ) {
      contract async throws in
      let installation = contract.installation
      let folder = try TemporaryFolder()
      let views = folder.path(of: "views")
      try FileManager.default.copyItem(atPath: Project.root + "/views", toPath: views)
      // In development, views are read for each page.
      let settings = ["VIEWS": views, "APP_ENV": "production"]
      let supervisor = try Supervisor(
        socket: installation.socket, settings: installation.settings.merging(settings) { $1 })
      try await supervisor.start()
      let client = installation.visitor()
      let load = Load()
      try await load.run(on: installation) {
        for round in 1...restarts {
          await load.wait(forSent: round * requestsBetween)
          try await supervisor.restart()
          let text = "reloaded \(round)"
          try folder.write(try welcome() + "<!-- \(text) -->\n", to: "views/welcome.mustache")
          try await supervisor.reload()
          #expect(try await client.send("/welcome").text.contains(text))
        }
      }
      #expect(load.failures == [])
      #expect(load.sent >= restarts * requestsBetween)
      print("\(contract.front): \(load.sent) requests, \(load.failures.count) failed")
      #expect((supervisor.handedOver.max() ?? 0 > 0) == contract.front.keepsConnections)
      try await supervisor.stop()
    },
    ContractCase("while the service is away, the web server answers with a page", needs: .http) {
      contract async throws in
      if contract.front == .apacheFcgid { try await contract.installation.takeServiceAway() }
      let statuses =
        contract.front == .apacheFcgid ? [500, 503] : contract.front.isApache ? [503] : [502]
      let answer = try await contract.installation.visitor().send("/welcome")
      #expect(statuses.contains(answer.status.code), "\(answer.status)")
      #expect(answer.text.contains("The gallery is away for a moment"))
      #expect(answer.text.contains("<section class=\"again\" lang=\"de\">"))
      #expect(answer.text.contains("<h1>"))
      // mod_fcgid answers with 500 when a child ends, which is not 503.
      if answer.status != .internalServerError { #expect(answer.fields[.retryAfter] == "5") }
      if contract.front.isSite {
        expectFields(of: .webServer, answer, answer.status.code, "no-store", "no service")
      }
    },
  ]

  private static func welcome() throws -> String {
    try String(contentsOfFile: Project.root + "/views/welcome.mustache", encoding: .utf8)
  }
}

extension Contract {
  /// Ends the process that answers while requests wait for Dropbox and a download is in flight.
  fileprivate func stopUnderLoad() async throws {
    // Each has a worker of mod_proxy_fcgi, and a place in the limit of nginx.
    let crowd = front.isDirect || front == .apacheFcgid ? 4 : 40
    let original = try path("original")
    let calls = dropbox.count(of: "files/get_temporary_link")
    let client = client
    try await withHTTPClient { http in
      let download = front.isDirect ? nil : try await open(path("download", of: "huge.jpg"), http)
      dropbox.setLatency(.seconds(1))
      let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<crowd { group.addTask { try await client.send(original).status.code } }
        await dropbox.waitForCalls(of: "files/get_temporary_link", count: calls + crowd)
        kill(try installation.answeringProcess(), SIGTERM)
        return try await group.reduce(into: []) { $0.append($1) }
      }
      dropbox.setLatency(.zero)
      #expect(statuses == Array(repeating: 302, count: crowd))
      var count = 0
      while let piece = try await download?.body.next() { count += piece.count }
      #expect(count == (front.isDirect ? 0 : Self.hugeSize))
    }
    if !front.isDirect {
      _ = try await installation.logLine(containing: "bytes=\(Self.hugeSize)")
    }
    if let service = installation.service {
      #expect(try await service.exit(within: .seconds(5)) == .status(0))
    }
  }
}
