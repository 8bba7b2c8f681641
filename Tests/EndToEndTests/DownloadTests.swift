// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import EventLoop
import Foundation
import Glibc
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

@testable import EndToEndSupport

/// Connections of downloads: streams that break off, clients that go away, and memory.
@Suite(.serialized)
struct DownloadTests {
  private static let route = "files/download"
  private static let limits = StreamLimits(head: .seconds(30), stall: .seconds(30))

  private func write(_ bytes: [UInt8], to name: String, _ installation: Installation) throws {
    try Data(bytes).write(to: URL(filePath: installation.photos + "/" + name))
  }

  private static func bytes(_ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
  }

  /// The links of that kind on the page, by picture.
  private func paths(_ kind: String, _ visitor: Visitor) async throws -> [String] {
    let page = try await visitor.send(
      "/?sort=name", fields: [.accept: "application/json"])
    let object = try #require(JSONSerialization.jsonObject(with: Data(page.body)) as? [String: Any])
    let pictures = try #require(object["pictures"] as? [[String: Any]])
    return pictures.compactMap { $0[kind] as? String }
  }

  private func open(
    _ path: String, _ visitor: Visitor, _ installation: Installation, _ http: HTTPClient? = nil
  ) async throws -> AnswerStream {
    try await (http ?? installation.http).open(
      OutgoingRequest(
        url: installation.site + path, fields: [.cookie: visitor.cookies], limit: .seconds(120),
        answerLimit: 1 << 30), limits: Self.limits)
  }

  @Test func `a file that breaks off looks broken`() async throws {
    let installation = try await Installation.start(pictures: [])
    try write(Self.bytes(3_000_000), to: "a.jpg", installation)
    let visitor = installation.visitor()
    try await visitor.signIn()
    let path = try #require(try await paths("download", visitor).first)
    // A client of its own: whatever is left of the connection shall not serve anybody.
    let http = try Installation.client(installation.web.certificate)
    for _ in 0..<3 {
      installation.dropbox.inject(.cut(afterBytes: 1_000_000), into: Self.route)
      let answer = try await open(path, visitor, installation, http)
      #expect(answer.status == .ok)
      var count = 0
      do throws(HTTPClientError) {
        while let piece = try await answer.body.next() { count += piece.count }
        Issue.record("complete with \(count) bytes")
      } catch {
        // mod_proxy_fcgi says so when the connection has been idle for 5 s, the others at once.
        #expect(error == .interrupted(.partialFile))
        #expect(count <= 1_000_000)
      }
    }
    #expect(try await visitor.send(path).body.count == 3_000_000)
    await http.close()
    try await installation.stop()
  }

  @Test func `a reader who goes away ends the call to Dropbox`() async throws {
    let installation = try await Installation.start(pictures: [])
    try write(Self.bytes(60_000_000), to: "a.jpg", installation)
    let visitor = installation.visitor()
    try await visitor.signIn()
    let path = try #require(try await paths("download", visitor).first)
    var answer: AnswerStream? = try await open(path, visitor, installation)
    _ = try await answer?.body.next()
    answer = nil
    let line = try await installation.logLine(containing: "/downloads/{id}")
    #expect(line.contains("nobody read on"))
    try await installation.stop()
  }

  @Test func `a stop waits for a download`() async throws {
    let installation = try await Installation.start(
      pictures: [], isSupervised: !Front.usual.startsProcesses)
    try write(Self.bytes(20_000_000), to: "a.jpg", installation)
    let visitor = installation.visitor()
    try await visitor.signIn()
    let path = try #require(try await paths("download", visitor).first)
    let answer = try await open(path, visitor, installation)
    kill(try installation.answeringProcess(), SIGTERM)
    var count = 0
    while let piece = try await answer.body.next() { count += piece.count }
    #expect(count == 20_000_000)
    if let service = installation.supervisor?.service {
      #expect(try await service.exit(within: .seconds(10)) == .status(0))
    }
    let line = try await installation.logLine(containing: "/downloads/{id}")
    #expect(line.contains("bytes=20000000"))
    try await installation.stop()
  }

  @Test(arguments: [Front.usual.mostAtOnce])
  func `as many downloads of 20 MB as there may be at once stay below 128 MB of memory`(
    readers: Int
  ) async throws {
    let installation = try await Installation.start(pictures: [])
    try write([UInt8](repeating: 7, count: 20_000_000), to: "a.jpg", installation)
    let visitor = installation.visitor()
    try await visitor.signIn()
    let path = try #require(try await paths("download", visitor).first)
    let answers = try await withThrowingTaskGroup(of: AnswerStream.self) { group in
      for _ in 0..<readers { group.addTask { try await open(path, visitor, installation) } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    // All are under way, and wait for their readers.
    #expect(installation.dropbox.count(of: Self.route) == readers)
    try await withThrowingTaskGroup(of: Int.self) { group in
      for answer in answers {
        group.addTask {
          var count = 0
          while let piece = try await answer.body.next() { count += piece.count }
          return count
        }
      }
      for try await count in group { #expect(count == 20_000_000) }
    }
    let peak = try installation.memory("VmHWM")
    print("peak memory of \(readers) downloads of 20 MB: \(peak / 1000) kB")
    #expect(peak < 128_000_000)
    try await installation.stop()
  }
}
