// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import Foundation
import HTTPClient
import TestSupport
import Testing

@testable import Dropbox

/// `files/get_thumbnail_batch`: many pictures, one call.
@Suite(.serialized) struct ThumbnailBatchTests {
  private static let route = "files/get_thumbnail_batch"
  private static let rev = FileReference.rev(Rev("0161a2b3c")!)
  private static let id = FileReference.id(FileID("id:AbC")!)
  /// FF D8 FF D9
  private static let jpeg = "/9j/2Q=="

  private func pictures(_ connection: Connection) async throws -> [FileEntry] {
    var page = try await connection.client.listFolder(.root)
    var files: [FileEntry] = []
    while true {
      for case .file(let file) in page.entries { files.append(file) }
      guard page.hasMore else { return files.sorted { $0.name < $1.name } }
      page = try await connection.client.next(page.cursor)
    }
  }

  @Test(
    arguments: [
      (#"{".tag":"success","thumbnail":"\#(jpeg)"}"#, nil),
      (#"{".tag":"success","metadata":null,"thumbnail":"\#(jpeg)"}"#, nil),
      (#"{".tag":"success","metadata":{"id":5},"thumbnail":"\#(jpeg)"}"#, nil),
      (
        #"{".tag":"success","metadata":{"id":"id:AbC","rev":"0161a2b3c"},"thumbnail":"\#(jpeg)"}"#,
        nil
      ),
      (
        #"{".tag":"success","metadata":{"id":"id:AbD","rev":"0161a2b3d"},"thumbnail":"\#(jpeg)"}"#,
        .unexpectedAnswer("a picture of another file")
      ),
      (
        #"{".tag":"success","thumbnail":"/9j/4A="}"#,
        .noPicture("an entry of a batch is not base64")
      ),
      (
        #"{".tag":"success","thumbnail":"PGh0bWw+"}"#,
        .noPicture("no picture in 6 bytes of a batch")
      ),
      (
        #"{".tag":"success","thumbnail":""}"#, .noPicture("no picture in 0 bytes of a batch")
      ),
      (
        #"{".tag":"success","thumbnail":"/9j/4A=="}"#,
        .noPicture("a picture of a batch without its end")
      ),
      (#"{".tag":"success"}"#, .unexpectedAnswer("an entry of a batch that cannot be read")),
      (
        #"{".tag":"success","thumbnail":7}"#,
        .unexpectedAnswer("an entry of a batch that cannot be read")
      ),
      (#"{".tag":"later"}"#, .unexpectedAnswer("an unknown entry of a batch")),
      ("null", .unexpectedAnswer("an entry of a batch that cannot be read")),
      ("[]", .unexpectedAnswer("an entry of a batch that cannot be read")),
      (
        #"{".tag":"failure","failure":{".tag":"conversion_error"}}"#,
        .endpoint(.thumbnail(.conversionError))
      ),
      (
        #"{".tag":"failure","failure":{".tag":"path","path":{".tag":"not_found"}}}"#, .notFound
      ),
      (
        #"{".tag":"failure","failure":{".tag":"path","path":{".tag":"locked"}}}"#,
        .endpoint(.path(.locked))
      ),
      (
        #"{".tag":"failure","failure":{".tag":"<b>"}}"#,
        .unexpectedAnswer("a failure of a batch without a tag")
      ),
      (#"{".tag":"failure"}"#, .unexpectedAnswer("an entry of a batch that cannot be read")),
    ] as [(String, DropboxError?)])
  func `an entry is a picture, or says what is wrong with it alone`(
    json: String, error: DropboxError?
  ) throws {
    let text = #"{"entries":[\#(json),{".tag":"success","thumbnail":"\#(Self.jpeg)"}]}"#
    let batch = try JSONDecoder().decode(ThumbnailBatch.self, from: Data(text.utf8))
    for file in [Self.rev, Self.id] {
      switch try #require(batch.entries.first).outcome(for: file) {
      case .success(let picture):
        #expect(error == nil)
        #expect(picture.bytes == [0xFF, 0xD8, 0xFF, 0xD9])
      case .failure(let found): #expect(found == error)
      }
      #expect(try batch.entries[1].outcome(for: file).get().format == .jpeg)
    }
  }

  @Test func `25 pictures are one call, each at its place`() async throws {
    try await withDropbox(.synthetic(count: 25)) { connection in
      let files = try await pictures(connection)
      let references = files.enumerated().map { index, file in
        index.isMultiple(of: 2) ? FileReference.id(file.id) : .rev(file.rev)
      }
      let outcomes = try await connection.client.thumbnails(
        of: references, size: .w256h256)
      let thumbnails = outcomes.compactMap { try? $0.get() }
      #expect(thumbnails.map(\.rev) == files.map(\.rev))
      #expect(thumbnails.allSatisfy { $0.format == .jpeg })
      #expect(connection.standIn.count(of: Self.route) == 1)
    }
  }

  @Test func `a picture of a batch is the one that is got alone`() async throws {
    try await withDropbox { connection in
      let file = FileReference.rev(try #require(try await pictures(connection).first).rev)
      for size in ThumbnailSize.allCases where size.fitsBatch {
        let batch = try await connection.client.thumbnails(
          of: [file], size: size, mode: .fitoneBestfit)
        let alone = try await connection.client.thumbnail(
          of: file, size: size, mode: .fitoneBestfit)
        let whole = Thumbnail(
          bytes: try await alone.body.whole(), format: .jpeg, rev: alone.rev)
        #expect(batch == [.success(whole)])
      }
    }
  }

  @Test func `nothing, too many and too large is no call`() async throws {
    try await withDropbox { connection in
      let client = connection.client
      let none = try await client.thumbnails(of: [], size: .w64h64)
      #expect(none.isEmpty)
      for (count, size) in [(26, ThumbnailSize.w64h64), (1, .w960h640), (2, .w2048h1536)] {
        let error = await failure { () throws(DropboxError) in
          _ = try await client.thumbnails(
            of: Array(repeating: Self.rev, count: count), size: size)
        }
        let text = "\(count) pictures of \(size.rawValue) are too much for a batch"
        #expect(error == .refusedRequest(text))
      }
      #expect(connection.standIn.count(of: Self.route) == 0)
    }
  }

  @Test func `what cannot be drawn costs the others nothing`() async throws {
    let folder = try TemporaryFolder()
    try folder.write("no picture", to: "a.txt")
    try folder.write("no picture either", to: "b.jpg")
    var options = StandIn.Options(photos: folder.path)
    options.virtualPaths = ["/c.jpg"]
    try await withDropbox(options) { connection in
      let files = try await pictures(connection).map { FileReference.id($0.id) }
      let outcomes = try await connection.client.thumbnails(
        of: files + [Self.id], size: .w64h64)
      try #require(outcomes.count == 4)
      #expect(outcomes[0] == .failure(.endpoint(.thumbnail(.unsupportedExtension))))
      #expect(outcomes[1] == .failure(.endpoint(.thumbnail(.conversionError))))
      #expect(try outcomes[2].get().format == .jpeg)
      #expect(outcomes[3] == .failure(.notFound))
      #expect(connection.standIn.count(of: Self.route) == 1)
    }
  }

  @Test(arguments: [0, 1, 3, 30])
  func `entries fewer or more than asked belong to nobody`(count: Int) async throws {
    try await withDropbox { connection in
      let entry = #"{".tag":"success","thumbnail":"\#(Self.jpeg)"}"#
      let entries = Array(repeating: entry, count: count).joined(separator: ",")
      connection.standIn.inject(
        .status(200, body: #"{"entries":[\#(entries)]}"#, type: "application/json"),
        into: Self.route)
      let error = await failure { () throws(DropboxError) in
        _ = try await connection.client.thumbnails(
          of: [Self.rev, Self.id], size: .w64h64)
      }
      #expect(error == .unexpectedAnswer("\(count) thumbnails for 2 files"))
      #expect(connection.standIn.count(of: Self.route) == 1)
    }
  }
}
