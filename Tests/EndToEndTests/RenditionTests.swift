// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import Foundation
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

/// Pictures in the sizes of a page, through nginx.
@Suite(.serialized)
struct RenditionTests {
  private static let batch = "files/get_thumbnail_batch"

  /// The paths that stand in a page, `/renditions/…/size`.
  private func paths(_ page: Answer, _ size: String) -> Set<String> {
    let matches = page.text.matches(of: /[" ](\/renditions\/[^"\/]+\/[^"\/]+\/(\w+))/)
    return Set(matches.filter { $0.output.2 == size }.map { String($0.output.1) })
  }

  @Test func `a hundred pictures of the strip at once cost four calls, each a JPEG`() async throws {
    let installation = try await Installation.start(pictures: ["Seed.jpg"])
    let visitor = installation.visitor()
    try await visitor.signIn()
    let seed = try await visitor.send(
      try #require(paths(try await visitor.send("/"), "strip").first))
    let folder = installation.photos
    try FileManager.default.removeItem(atPath: folder + "/Seed.jpg")
    for number in 1...102 {
      try Data(seed.body).write(to: URL(filePath: "\(folder)/\(number).jpg"))
    }
    // Forgets what is known of this person's folder, which would be taken for fresh for 30 s.
    try await visitor.send("/logout", method: .post)
    try await visitor.signIn()
    let pages = [try await visitor.send("/"), try await visitor.send("/?page=2")]
    let strips = pages.flatMap { paths($0, "strip") }
    try #require(strips.count == 102)
    installation.dropbox.reset()
    try await withThrowingTaskGroup(of: Answer.self) { group in
      // Two calls under way are all that may be: the hundred meet while they wait for these, however slowly
      // this machine takes them in.
      installation.dropbox.inject(.delay(.seconds(4)), into: Self.batch, times: 2)
      for (path, count) in zip(strips, 1...2) {
        group.addTask { try await visitor.send(path) }
        await installation.dropbox.waitForCalls(of: Self.batch, count: count)
      }
      for path in strips.dropFirst(2) { group.addTask { try await visitor.send(path) } }
      for try await answer in group {
        #expect(answer.status == .ok)
        #expect(answer.fields[.contentType] == "image/jpeg")
        #expect(answer.body.starts(with: [0xFF, 0xD8, 0xFF]))
      }
    }
    #expect(installation.dropbox.count(of: Self.batch) == 2 + 4)
    #expect(installation.dropbox.count(of: "files/get_thumbnail_v2") == 0)
    try await installation.stop()
  }

  @Test func `each size is larger than the one before, and is kept by a browser`() async throws {
    let installation = try await Installation.start(pictures: ["Harbour.jpg"])
    let visitor = installation.visitor()
    try await visitor.signIn()
    let page = try await visitor.send("/")
    var bytes = 0
    for size in ["strip", "grid", "1024", "2048"] {
      let path = try #require(paths(page, size).first)
      let answer = try await visitor.send(path)
      #expect(answer.status == .ok)
      #expect(answer.body.count > bytes)
      bytes = answer.body.count
      #expect(answer.fields[.cacheControl] == "private, max-age=31536000, immutable")
      let tag = try #require(answer.fields[.eTag])
      let calls = installation.dropbox.calls.count
      let again = try await visitor.send(path, fields: [.ifNoneMatch: tag])
      #expect(again.status == .notModified)
      #expect(again.body.isEmpty)
      #expect(installation.dropbox.calls.count == calls)
    }
    #expect(installation.dropbox.count(of: Self.batch) == 2)
    #expect(installation.dropbox.count(of: "files/get_thumbnail_v2") == 2)
    try await installation.stop()
  }

  @Test func `what Dropbox cannot draw says why, and costs the others nothing`() async throws {
    let installation = try await Installation.start(pictures: ["a.jpg", "b.heic"])
    _ = FileManager.default.createFile(
      atPath: installation.photos + "/c.jpg", contents: Data("no picture".utf8))
    try Data(count: 20_000_001).write(to: URL(filePath: installation.photos + "/d.jpg"))
    let visitor = installation.visitor()
    try await visitor.signIn()
    let page = try await visitor.send("/")
    for size in ["strip", "grid", "1024", "2048"] {
      var statuses: [Int] = []
      for path in paths(page, size) {
        let answer = try await visitor.send(path)
        statuses.append(answer.status.code)
        guard answer.status != .ok else { continue }
        #expect(answer.fields[.cacheControl] == "no-store")
        #expect(answer.fields[.contentType] == "text/plain; charset=utf-8")
        #expect(answer.fields[.xContentTypeOptions] == "nosniff")
        #expect((10...150).contains(answer.body.count))
        #expect(answer.text.contains("Dropbox"))
      }
      #expect(statuses.sorted() == [200, 415, 422])
    }
    try await installation.stop()
  }

  @Test func `a picture that Dropbox throttles is one for later`() async throws {
    let installation = try await Installation.start(pictures: ["a.jpg"])
    let visitor = installation.visitor()
    try await visitor.signIn()
    let page = try await visitor.send("/")
    for (size, route) in [("strip", Self.batch), ("2048", "files/get_thumbnail_v2")] {
      let path = try #require(paths(page, size).first)
      installation.dropbox.inject(.tooManyRequests(retryAfter: 20), into: route)
      let answer = try await visitor.send(path)
      #expect(answer.status == .serviceUnavailable)
      #expect(answer.fields[.retryAfter] == "20")
      #expect(answer.fields[.cacheControl] == "private, no-store")
      #expect(try await visitor.send(path).status == .ok)
    }
    try await installation.stop()
  }
}
