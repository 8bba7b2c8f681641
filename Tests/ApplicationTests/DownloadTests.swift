// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import Foundation
import GalleryTestSupport
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

/// Original files and animations, which are streamed from Dropbox.
@Suite
struct DownloadTests {
  private static let route = "files/download"

  private func write(_ bytes: [UInt8], to name: String, _ service: TestService) throws {
    try Data(bytes).write(to: URL(filePath: service.photos + "/" + name))
  }

  private static func bytes(_ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
  }

  /// The links of one kind on the page, one for each photo.
  private func paths(_ kind: String, _ client: TestClient) async throws -> [String] {
    try await client.json("/?sort=name")["pictures"]?.array.compactMap { $0[kind]?.string } ?? []
  }

  @Test func `a download has the name of the file, and supports ranges and conditional requests`()
    async throws
  {
    let service = try await TestService.start(pictures: [])
    let name = "Übung \"1\" 100% 😀.jpg"
    let bytes = Self.bytes(3_000_000)
    try write(bytes, to: name, service)
    let client = try await service.signedIn()
    let path = try #require(try await paths("download", client).first)
    let whole = try await client.send(path)
    #expect(whole.status == .ok)
    #expect(whole.body == bytes)
    #expect(whole.fields[.contentType] == "image/jpeg")
    #expect(whole.fields[.contentLength] == "3000000")
    #expect(whole.fields[.acceptRanges] == "bytes")
    #expect(
      whole.fields[.contentDisposition] == """
        attachment; filename="_bung _1_ 100_ _.jpg"; \
        filename*=UTF-8''%C3%9Cbung%20%221%22%20100%25%20%F0%9F%98%80.jpg
        """)
    let tag = try #require(whole.fields[.eTag])
    let part = try await client.send(
      path, fields: [.range: "bytes=1000000-", .ifRange: tag])
    #expect(part.status == .partialContent)
    #expect(part.fields[.contentRange] == "bytes 1000000-2999999/3000000")
    #expect(part.body == Array(bytes[1_000_000...]))
    let other = try await client.send(path, fields: [.range: "bytes=5-", .ifRange: "\"x\""])
    #expect(other.status == .ok)
    #expect(other.body == bytes)
    let beyond = try await client.send(path, fields: [.range: "bytes=3000000-"])
    #expect(beyond.status == .rangeNotSatisfiable)
    #expect(beyond.fields[.contentRange] == "bytes */3000000")
    let known = try await client.send(path, fields: [.ifNoneMatch: tag])
    #expect(known.status == .notModified)
    let head = try await client.send(path, method: .head)
    #expect(head.status == .ok)
    #expect(head.fields[.contentLength] == "3000000")
    try await service.stop()
  }

  @Test func `a download is never interpreted as HTML, and a deleted file is not found`()
    async throws
  {
    let service = try await TestService.start(pictures: [])
    try write(Array("<script>alert(1)</script>".utf8), to: "a.html.jpg", service)
    let client = try await service.signedIn()
    let path = try #require(try await paths("download", client).first)
    #expect(try await client.send(path).fields[.xContentTypeOptions] == "nosniff")
    try FileManager.default.removeItem(atPath: service.photos + "/a.html.jpg")
    #expect(try await client.send(path).status == .notFound)
    #expect(try await client.send("/downloads/AAAAAAAAAAAAAAAAAAAAAA").status == .notFound)
    let stranger = try await service.client().send(path)
    #expect(stranger.status == .found)
    try await service.stop()
  }

  @Test(
    arguments: [
      (.tooManyRequests(retryAfter: 20), 503), (.status(500), 503), (.cut(afterBytes: 100), 503),
      (.html, 502), (.status(403), 403),
      (
        .status(
          409, body: #"{"error":{".tag":"path","path":{".tag":"not_found"}}}"#,
          type: "application/json"), 404
      ),
    ] as [(Fault, Int)])
  func `a download that fails at the beginning is an error page`(
    fault: Fault, status: Int
  ) async throws {
    let service = try await TestService.start(pictures: ["a.jpg"])
    let client = try await service.signedIn()
    let path = try #require(try await paths("download", client).first)
    service.dropbox.inject(fault, into: Self.route, times: nil)
    let answer = try await client.send(path)
    #expect(answer.status.code == status)
    #expect(answer.text.contains("<h1>"))
    #expect(answer.fields[.contentDisposition] == nil)
    #expect(answer.fields[.cacheControl] == "private, no-store")
    try await service.stop()
  }

  @Test
  func `an animation is sent unchanged and may be cached, and a file that is no GIF is rejected`()
    async throws
  {
    let service = try await TestService.start(pictures: [])
    let bytes = Array("GIF89a".utf8) + Self.bytes(2_000_000)
    try write(bytes, to: "a.gif", service)
    try write(Array("<svg xmlns='http://www.w3.org/2000/svg'/>".utf8), to: "b.gif", service)
    let client = try await service.signedIn()
    let found = try await paths("animation", client)
    let answer = try await client.send(try #require(found.first))
    #expect(answer.status == .ok)
    #expect(answer.fields[.contentType] == "image/gif")
    #expect(answer.fields[.cacheControl] == "private, max-age=31536000, immutable")
    #expect(answer.body == bytes)
    let tag = try #require(answer.fields[.eTag])
    let again = try await client.send(found[0], fields: [.ifNoneMatch: tag])
    #expect(again.status == .notModified)
    let none = try await client.send(try #require(found.last))
    #expect(none.status == .unprocessableContent)
    #expect(none.fields[.cacheControl] == "no-store")
    service.dropbox.inject(.huge(bytes: 50_000_001), into: Self.route)
    let large = try await client.send(found[0])
    #expect(large.status == .unprocessableContent)
    #expect(large.text.contains("50 MB"))
    try await service.stop()
  }
}
