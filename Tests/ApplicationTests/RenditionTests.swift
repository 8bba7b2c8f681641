// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import Foundation
import GalleryTestSupport
import HTTP
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

/// Photos in the sizes that pages use.
@Suite
struct RenditionTests {
  private static let batch = "files/get_thumbnail_batch"

  /// The paths that stand in a page, `/renditions/…/size`; the viewer makes those of the small stage of the large one's.
  private func paths(_ page: Answer, _ size: String) -> Set<String> {
    let matches = page.text.matches(of: /[" ](\/renditions\/[^"\/]+\/[^"\/]+\/(\w+))/)
    let named = size == "1024" ? "2048" : size
    return Set(
      matches.filter { $0.output.2 == named }.map {
        String($0.output.1.dropLast(named.count)) + size
      })
  }

  /// Pages of so many pictures, all of them as small as one of the strip.
  private func strips(_ count: Int, _ service: TestService, _ client: TestClient) async throws
    -> [String]
  {
    try await client.signIn()
    let seed = try await client.send(
      try #require(paths(try await client.send("/"), "256").first))
    let folder = service.photos
    try FileManager.default.removeItem(atPath: folder + "/Seed.jpg")
    for number in 1...count {
      try Data(seed.body).write(to: URL(filePath: "\(folder)/\(number).jpg"))
    }
    // Forgets what is known of this person's folder, which would be taken for fresh for 30 s.
    try await client.send("/logout", method: .post)
    try await client.signIn()
    var strips: [String] = []
    for page in 1...(count + 59) / 60 {
      strips += paths(try await client.send("/?page=\(page)"), "256")
    }
    try #require(strips.count == count)
    return strips
  }

  @Test(arguments: [(100, calls: 4), (60, calls: 3)])
  func `pictures of the strip that are asked for at once cost a call for 25, each a JPEG`(
    count: Int, calls: Int
  ) async throws {
    let service = try await TestService.start(pictures: ["Seed.jpg"])
    let client = service.client()
    let strips = try await strips(count, service, client)
    var fewest = Int.max
    // The service keeps nothing from one round to the next.
    for _ in 0..<5 {
      service.dropbox.reset()
      try await withThrowingTaskGroup(of: Answer.self) { group in
        for path in strips { group.addTask { try await client.send(path) } }
        for try await answer in group {
          #expect(answer.status == .ok)
          #expect(answer.fields[.contentType] == "image/jpeg")
          #expect(answer.body.starts(with: [0xFF, 0xD8, 0xFF]))
        }
      }
      let batches = service.dropbox.count(of: Self.batch)
      // A request that starts late costs one call more.
      #expect((calls...calls + 2).contains(batches))
      fewest = min(fewest, batches)
      #expect(service.dropbox.count(of: Self.single) == 0)
    }
    #expect(fewest == calls)
    try await service.stop()
  }

  @Test func `each size is larger than the one before, and is kept by a browser`()
    async throws
  {
    let service = try await TestService.start(pictures: ["Harbour.jpg"])
    let client = service.client()
    try await client.signIn()
    let page = try await client.send("/")
    var bytes = 0
    for size in ["256", "640", "1024", "2048"] {
      let path = try #require(paths(page, size).first)
      let answer = try await client.send(path)
      #expect(answer.status == .ok)
      #expect(answer.body.count > bytes)
      bytes = answer.body.count
      #expect(answer.fields[.cacheControl] == "private, max-age=31536000, immutable")
      let tag = try #require(answer.fields[.eTag])
      let calls = service.dropbox.calls.count
      let again = try await client.send(path, fields: [.ifNoneMatch: tag])
      #expect(again.status == .notModified)
      #expect(again.body.isEmpty)
      #expect(service.dropbox.calls.count == calls)
    }
    #expect(service.dropbox.count(of: Self.batch) == 2)
    #expect(service.dropbox.count(of: "files/get_thumbnail_v2") == 2)
    try await service.stop()
  }

  @Test func `what Dropbox cannot draw says why, and costs the others nothing`() async throws {
    let service = try await TestService.start(pictures: ["a.jpg", "b.heic"])
    _ = FileManager.default.createFile(
      atPath: service.photos + "/c.jpg", contents: Data("no picture".utf8))
    try Data(count: 20_000_001).write(to: URL(filePath: service.photos + "/d.jpg"))
    let client = service.client()
    try await client.signIn()
    let page = try await client.send("/")
    for size in ["256", "640", "1024", "2048"] {
      var statuses: [Int] = []
      for path in paths(page, size) {
        let answer = try await client.send(path)
        statuses.append(answer.status.code)
        guard answer.status != .ok else { continue }
        #expect(answer.fields[.cacheControl] == "no-store")
        #expect(answer.fields[.contentType] == "text/plain; charset=utf-8")
        #expect(answer.fields[.xContentTypeOptions] == "nosniff")
        #expect((10...150).contains(answer.body.count))
        #expect(answer.text.contains("Dropbox"))
      }
      // For what is too large the page asks nothing.
      #expect(statuses.sorted() == [200, 415, 422])
    }
    try await service.stop()
  }

  @Test(arguments: [("256", batch), ("2048", single)])
  func `a throttled photo is 503, and Dropbox is called again when the throttle ends`(
    size: String, route: String
  ) async throws {
    let service = try await TestService.start(pictures: ["a.jpg"])
    let client = try await service.signedIn()
    let path = try #require(paths(try await client.send("/"), size).first)
    service.dropbox.inject(.tooManyRequests(retryAfter: 20), into: route)
    for _ in 0..<2 {
      let answer = try await client.send(path)
      #expect(answer.status == .serviceUnavailable)
      #expect(answer.fields[.retryAfter] == "20")
      #expect(answer.fields[.cacheControl] == "private, no-store")
    }
    #expect(service.dropbox.count(of: route) == 1)
    // A request waits if less than 3 s are left.
    try await service.retryClock.sleep(for: .seconds(18))
    #expect(try await client.send(path).status == .ok)
    #expect(service.dropbox.count(of: route) == 2)
    try await service.stop()
  }

  private static let single = "files/get_thumbnail_v2"

  private static func entries(_ thumbnail: String) -> Fault {
    .status(
      200, body: #"{"entries":[{".tag":"success","thumbnail":"\#(thumbnail)"}]}"#,
      type: "application/json")
  }

  @Test(
    arguments: [
      ("2048", single, .html, 422),
      ("2048", single, .status(200, body: "<svg xmlns='http://www.w3.org/2000/svg'/>"), 422),
      ("1024", single, .status(200), 422), ("1024", single, .cut(afterBytes: 0), 503),
      ("2048", single, .cut(afterBytes: 5_000), 503), ("2048", single, .status(403), 403),
      ("2048", single, .huge(bytes: 20_000_000), 502),
      (
        "2048", single,
        .status(
          409, body: #"{"error":{".tag":"conversion_error"}}"#, type: "application/json"), 422
      ),
      ("256", batch, entries("PCFET0NUWVBFIGh0bWw+"), 422),
      ("256", batch, entries("PHN2Zz4="), 422), ("256", batch, entries(""), 422),
      // A JPEG of four bytes that has no end.
      ("256", batch, entries("/9j/4A=="), 422),
      ("640", batch, entries("/9j/4A="), 422), ("640", batch, .html, 502),
      ("640", batch, .cut(afterBytes: 100), 503),
    ] as [(String, String, Fault, Int)])
  func `where a picture should be and is none, the answer says so and is not kept`(
    size: String, route: String, fault: Fault, status: Int
  ) async throws {
    let service = try await TestService.start(pictures: ["a.jpg"])
    let client = service.client()
    try await client.signIn()
    let path = try #require(paths(try await client.send("/"), size).first)
    service.dropbox.inject(fault, into: route, times: nil)
    let answer = try await client.send(path)
    #expect(answer.status.code == status)
    #expect(answer.fields[.cacheControl]?.contains("no-store") == true)
    #expect(answer.fields[.eTag] == nil)
    #expect(answer.fields[.contentType]?.hasPrefix("image/") == false)
    service.dropbox.reset()
    #expect(try await client.send(path).status == .ok)
    try await service.stop()
  }

  @Test(arguments: [.zero, .milliseconds(700)] as [Duration])
  func `a large picture that breaks off late looks broken, and is whole the next time`(
    pause: Duration
  ) async throws {
    let service = try await TestService.start(pictures: ["a.jpg"])
    let client = service.client()
    try await client.signIn()
    let path = try #require(paths(try await client.send("/"), "2048").first)
    service.dropbox.inject(.cut(afterBytes: 100_000, pause: pause), into: Self.single)
    await #expect(throws: BodyStream.Broken.self) { try await client.send(path) }
    let answer = try await client.send(path)
    #expect(answer.status == .ok)
    #expect(answer.body.count > 100_000)
    #expect(answer.body.suffix(2) == [0xFF, 0xD9])
    try await service.stop()
  }

  @Test func `a large picture that ten ask for at once is one call, and all get all of it`()
    async throws
  {
    let service = try await TestService.start(pictures: ["a.jpg"])
    let client = service.client()
    try await client.signIn()
    let path = try #require(paths(try await client.send("/"), "2048").first)
    service.dropbox.inject(.delay(.seconds(1)), into: Self.single)
    let bodies = try await withThrowingTaskGroup(of: [UInt8].self) { group in
      for _ in 0..<10 { group.addTask { try await client.send(path).body } }
      return try await group.reduce(into: Set<[UInt8]>()) { $0.insert($1) }
    }
    #expect(bodies.count == 1)
    #expect(bodies.first?.suffix(2) == [0xFF, 0xD9])
    #expect(service.dropbox.count(of: Self.single) == 1)
    try await service.stop()
  }
}
