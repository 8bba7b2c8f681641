// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import Foundation
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

@testable import EndToEndSupport

/// What the people who run the service see of it.
@Suite(.serialized)
struct SeeingTests {
  @Test func `metrics tell what happened, and only at their own address`() async throws {
    let watcher = try Operator()
    let installation = try await Installation.start(settings: ["METRICS_LISTEN": watcher.address])
    let visitor = installation.visitor()
    try await visitor.signIn()
    for _ in 0..<3 { #expect(try await visitor.send("/").status == .ok) }
    #expect(try await visitor.send("/metrics").status == .notFound)
    installation.dropbox.inject(.tooManyRequests(retryAfter: 1), into: "files/list_folder")
    installation.dropbox.expireAccessTokens()
    #expect(try await visitor.send("/albums/AAAAAAAAAAAAAAAAAAAAAA").status == .notFound)

    let samples = try await watcher.samples()
    #expect(samples.sum("gallery_http_requests_total", ["route": "/", "status": "200"]) == 3)
    #expect(samples.sum("gallery_http_requests_total", ["route": "unknown", "status": "404"]) == 1)
    #expect(samples.sum("gallery_http_request_duration_seconds_count", ["route": "/"]) == 3)
    #expect(samples.sum("gallery_redis_command_duration_seconds_count", ["command": "GET"]) >= 3)
    #expect(
      samples.sum("gallery_dropbox_call_duration_seconds_count", ["route": "files/list_folder"])
        >= 1)
    #expect(
      samples.sum("gallery_dropbox_call_duration_seconds_count", ["route": "oauth2/token"]) >= 2)
    #expect(samples.sum("gallery_dropbox_errors_total", ["kind": "expired"]) >= 1)
    #expect(samples.sum("gallery_index_pictures") == 3)
    #expect(samples.sum("gallery_index_bytes") > 0)
    #expect(samples.sum("process_resident_memory_bytes") > 4_000_000)
    #expect(samples.sum("process_open_fds") > 5)
    #expect(abs(samples.sum("process_start_time_seconds") - Date().timeIntervalSince1970) < 120)
    #expect(samples.sum("gallery_log_dropped_lines_total") == 0)
    #expect(samples.sum("gallery_idle_connections") >= 1)
    #expect(samples.allSatisfy { !$0.name.isEmpty && $0.value >= 0 })

    #expect(try await watcher.get("/healthz").text == "ok\n")
    #expect(try await watcher.get("/readyz").status == .ok)
    #expect(try await watcher.get("/").status == .notFound)
    try await installation.redis.kill()
    let refusal = try await watcher.get("/readyz")
    #expect(refusal.status == .serviceUnavailable)
    #expect(refusal.text.hasPrefix("Redis does not answer: "))
    #expect(try await watcher.samples().sum("gallery_redis_errors_total") >= 1)
    await watcher.close()
    try await installation.stop()
  }

  @Test func `the documentation names what is measured, and the alerts ask for nothing else`()
    async throws
  {
    let watcher = try Operator()
    let installation = try await Installation.start(settings: ["METRICS_LISTEN": watcher.address])
    try await installation.visitor().signIn()
    let samples = Set(try await watcher.samples().map(\.name))
    let families = Set(samples.map { $0.replacing(#/_(bucket|sum|count)$/#, with: "") })
    #expect(try names(in: Project.seeingPage) == families)
    let alerts = try names(in: Project.root + "/conf/prometheus/alerts.yml")
    #expect(!alerts.isEmpty && alerts.isSubset(of: samples.union(families)), "\(alerts)")
    await watcher.close()
    try await installation.stop()
  }

  private func names(in file: String) throws -> Set<String> {
    let text = try String(contentsOfFile: file, encoding: .utf8)
    return Set(text.matches(of: #/\b(gallery|process)_[a-z_]+\b/#).map { String($0.output.0) })
  }

  @Test func `retries and throttling of Dropbox are counted`() async throws {
    let watcher = try Operator()
    let installation = try await Installation.start(settings: ["METRICS_LISTEN": watcher.address])
    let visitor = installation.visitor()
    try await visitor.signIn()
    installation.dropbox.inject(.tooManyRequests(retryAfter: 1), into: "files/list_folder")
    installation.dropbox.inject(.unavailable, into: "files/list_folder")
    #expect(try await visitor.send("/").status == .ok)
    let samples = try await watcher.samples()
    #expect(samples.sum("gallery_dropbox_retries_total") == 2)
    #expect(samples.sum("gallery_dropbox_throttled_total") == 1)
    #expect(samples.sum("gallery_dropbox_errors_total") == 0)
    await watcher.close()
    try await installation.stop()
  }

  @Test func `a Unix socket serves as well, for its owner and group, and goes with the service`()
    async throws
  {
    let folder = try TemporaryFolder()
    let socket = folder.path(of: "metrics.sock")
    let installation = try await Installation.start(settings: ["METRICS_LISTEN": socket])
    let mode = try FileManager.default.attributesOfItem(atPath: socket)[.posixPermissions]
    #expect(mode as? Int == 0o660)
    let outcome = try await ChildProcess.run(
      "curl", ["-sS", "--max-time", "10", "--unix-socket", socket, "http://localhost/metrics"])
    #expect(outcome.text.contains("\nprocess_start_time_seconds "))
    try await installation.stop()
    #expect(!FileManager.default.fileExists(atPath: socket))
  }

  @Test func `a slow request is told with the stage that it waited for`() async throws {
    let installation = try await Installation.start(
      settings: ["SLOW_REQUEST_MS": "1500", "LOG_FORMAT": "json"])
    let visitor = installation.visitor()
    try await visitor.signIn()
    installation.dropbox.inject(.delay(.seconds(2)), into: "files/list_folder")
    #expect(try await visitor.send("/").status == .ok)
    let line = try await installation.logLine(containing: "slow request")
    let fields = try JSONDecoder().decode([String: JSONValue].self, from: Data(line.utf8))
    #expect(fields["stage"]?.string == "dropbox" && fields["level"]?.string == "warning")
    #expect((fields["dropbox_ms"]?.number ?? 0) >= 2000)
    #expect(fields["route"]?.string == "/")
    try await installation.stop()
  }

  // MARK: Names of requests

  @Test func `an error page, its header and the log have the same name for a request`()
    async throws
  {
    let installation = try await Installation.start()
    let visitor = installation.visitor()
    let name = try #require(HTTPField.Name("X-Request-Id"))
    // A client does not choose it.
    let answer = try await visitor.send("/nowhere", fields: [name: "chosen-by-a-client"])
    let id = answer.requestID
    #expect(id.wholeMatch(of: #/[0-9a-f]{32}/#) != nil)
    #expect(answer.text.contains(id))
    let line = try await installation.logLine(containing: "id=\(id)")
    #expect(line.contains(" route=unknown status=404 ") == true)
    #expect(!installation.log.contains("chosen-by-a-client"))
    try await installation.stop()
  }

  @Test func `a trusted field names requests, unless it is not fit to`() async throws {
    let installation = try await Installation.start(settings: ["REQUEST_ID_HEADER": "X-Trace-Id"])
    let visitor = installation.visitor()
    let trusted = try #require(HTTPField.Name("X-Trace-Id"))
    let good = "0af7651916cd43dd8448eb211c80319c"
    #expect(try await visitor.send("/welcome", fields: [trusted: good]).requestID == good)
    for bad in ["a b", "<script>", "id\"", String(repeating: "a", count: 65), "é"] {
      let answer = try await visitor.send("/welcome", fields: [trusted: bad])
      #expect(answer.requestID.wholeMatch(of: #/[0-9a-f]{32}/#) != nil, "\(bad)")
    }
    var twice = HTTPFields()
    twice.append(HTTPField(name: trusted, value: "one"))
    twice.append(HTTPField(name: trusted, value: "two"))
    let answer = try await visitor.send("/welcome", fields: twice)
    #expect(answer.requestID.wholeMatch(of: #/[0-9a-f]{32}/#) != nil)
    try await installation.stop()
  }
}
