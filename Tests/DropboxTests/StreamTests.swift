// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import Foundation
import HTTP
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

@testable import Dropbox

extension BodyStream {
  /// All of it, as somebody reads it who keeps it.
  func whole() async throws(Broken) -> [UInt8] {
    var bytes: [UInt8] = []
    while let piece = try await next() { bytes += piece }
    end(.complete)
    return bytes
  }
}

/// Pictures, animations and files that are given on while they come.
@Suite(.serialized) struct StreamTests {
  private static let gif = Array("GIF89a".utf8) + [UInt8](repeating: 7, count: 300_000)

  /// A Dropbox with these files, and what is known of each by its name.
  private func withFiles(
    _ files: [(String, [UInt8])], _ test: (Connection, [String: FileEntry]) async throws -> Void
  ) async throws {
    let folder = try TemporaryFolder()
    for (name, bytes) in files { try folder.write(bytes, to: name) }
    var options = StandIn.Options(photos: folder.path)
    options.variesPages = false
    try await withDropbox(options) { connection in
      let page = try await connection.client.listFolder(.root)
      var found: [String: FileEntry] = [:]
      for case .file(let file) in page.entries { found[file.name] = file }
      try await test(connection, found)
    }
  }

  private func content(_ download: Download) throws -> FileStream {
    guard case .content(let content) = download else { throw TestFailure("\(download)") }
    return content
  }

  @Test func `an animation comes as it is, and only when it is one`() async throws {
    let files = [
      ("a.gif", Self.gif), ("old.gif", Array("GIF87a".utf8)), ("no.gif", Array("<svg>".utf8)),
      ("empty.gif", []), ("jpeg.gif", [0xFF, 0xD8, 0xFF, 0xE0]),
    ]
    try await withFiles(files) { connection, found in
      for (name, bytes) in files {
        let file = try #require(found[name])
        let isGIF = bytes.starts(with: "GIF8".utf8)
        do throws(DropboxError) {
          let animation = try await connection.client.animation(
            of: .rev(file.rev))
          #expect(isGIF)
          #expect(animation?.mediaType == "image/gif")
          #expect(animation?.rev == file.rev)
          #expect(animation?.body.length == bytes.count)
          let whole = try? await animation?.body.whole()
          #expect(whole == bytes)
        } catch {
          #expect(!isGIF)
          #expect(error == .noPicture("no GIF in \(bytes.count) bytes of application/octet-stream"))
        }
      }
      #expect(connection.standIn.count(of: "files/download") == files.count)
    }
  }

  @Test func `an animation of more than 50 MB is not begun`() async throws {
    try await withFiles([("a.gif", Self.gif)]) { connection, found in
      connection.standIn.inject(.huge(bytes: 50_000_001), into: "files/download")
      let file = try #require(found["a.gif"])
      let animation = try await connection.client.animation(of: .rev(file.rev))
      #expect(animation == nil)
    }
  }

  @Test(
    arguments: [
      ("bytes=0-9", 0..<10), ("bytes=299990-", 299_990..<300_006), ("bytes=-6", 300_000..<300_006),
      ("bytes=5-999999999999", 5..<300_006), (nil, nil),
    ] as [(String?, Range<Int>?)])
  func `a file comes whole or in part, with its name`(
    field: String?, part: Range<Int>?
  ) async throws {
    try await withFiles([("Übung 😀.gif", Self.gif)]) { connection, found in
      let file = try #require(found.values.first)
      let content = try content(
        try await connection.client.download(
          file.id, range: field.flatMap(SingleRange.init)))
      #expect(content.file == file)
      #expect(content.range?.part?.lowerBound == part?.lowerBound)
      #expect(content.range?.size == (part == nil ? nil : Self.gif.count))
      #expect(content.body.length == part?.count ?? Self.gif.count)
      #expect(try await content.body.whole() == Array(Self.gif[part ?? 0..<Self.gif.count]))
    }
  }

  @Test func `a part that is not there is no error`() async throws {
    try await withFiles([("a.gif", Self.gif)]) { connection, found in
      let file = try #require(found["a.gif"])
      let range = SingleRange(parsing: "bytes=300006-")
      guard
        case .unsatisfiable(size: 300_006) = try await connection.client.download(
          file.id, range: range)
      else { throw TestFailure("another answer") }
      // What the newest SDKs expect of Dropbox.
      connection.standIn.inject(
        .status(
          409, body: #"{"error":{".tag":"range","range":{".tag":"not_satisfiable"}}}"#,
          type: "application/json"), into: "files/download")
      guard
        case .unsatisfiable(size: nil) = try await connection.client.download(
          file.id, range: range)
      else { throw TestFailure("another answer") }
    }
  }

  @Test(
    arguments: [
      .status(206, body: "abc"),
      .status(206, body: "abc", fields: ["Content-Range": "bytes 0-1/9"]),
      .status(206, body: "abc", fields: ["Content-Range": "bytes x"]),
      .status(206, body: "abc", fields: ["Content-Range": "bytes 0-2/9"]),
      .status(200, body: "abc"),
      .status(204), .status(304),
    ] as [Fault])
  func `a part that contradicts itself or does not say of what is none`(
    fault: Fault
  ) async throws {
    try await withFiles([("a.gif", Self.gif)]) { connection, found in
      connection.standIn.inject(fault, into: "files/download")
      let file = try #require(found["a.gif"])
      let error = await failure { () throws(DropboxError) in
        _ = try await connection.client.download(
          file.id, range: SingleRange(parsing: "bytes=0-2"))
      }
      guard case .unexpectedAnswer = error else {
        Issue.record("\(String(describing: error))")
        return
      }
    }
  }

  /// What Dropbox says of a file of nine bytes beside them.
  private static let result = #"""
    {"id":"id:AbC","name":"a.gif","rev":"0161a2b3d","size":9,\#
    "client_modified":"2026-01-02T03:04:05Z","server_modified":"2026-01-02T03:04:05Z",\#
    "file_metadata":{"rev":"0161a2b3d"}}
    """#

  @Test(
    arguments: [(nil, 200, "", 9), ("bytes=1-4", 206, "bytes 1-4/9", 4)]
      as [(String?, Int, String, Int)])
  func `what comes without a length is as long as Dropbox says beside it`(
    field: String?, status: Int, place: String, length: Int
  ) async throws {
    try await withFiles([("a.gif", Self.gif)]) { connection, found in
      connection.standIn.inject(
        .status(
          status, body: "3\r\nGIF\r\n0\r\n\r\n",
          fields: [
            "Transfer-Encoding": "chunked", "Content-Range": place,
            "Dropbox-API-Result": Self.result,
          ]), into: "files/download")
      let content = try content(
        try await connection.client.download(
          try #require(found["a.gif"]).id, range: field.flatMap(SingleRange.init)))
      #expect(content.body.length == length)
      await #expect(throws: BodyStream.Broken(reason: "3 bytes of \(length)")) {
        try await content.body.whole()
      }
    }
  }

  @Test func `a picture that says it is of another file is refused`() async throws {
    try await withFiles([("a.gif", Self.gif)]) { connection, found in
      let file = try #require(found["a.gif"])
      let fields = ["Dropbox-API-Result": Self.result]
      connection.standIn.inject(
        .status(200, body: "GIF89a, nine", fields: fields), into: "files/download")
      connection.standIn.inject(
        .status(200, body: "RIFF....WEBP", fields: fields), into: "files/get_thumbnail_v2")
      let client = connection.client
      let animation = await failure { () throws(DropboxError) in
        _ = try await client.animation(of: .rev(file.rev))
      }
      let drawing = await failure { () throws(DropboxError) in
        _ = try await client.thumbnail(of: .rev(file.rev), size: .w1024h768)
      }
      for error in [animation, drawing] {
        #expect(error == .unexpectedAnswer("a picture of another file"))
      }
    }
  }

  @Test func `what breaks off late breaks the stream`() async throws {
    try await withFiles([("a.gif", Self.gif)]) { connection, found in
      connection.standIn.inject(.cut(afterBytes: 200_000), into: "files/download", times: nil)
      let file = try #require(found["a.gif"])
      let animation = try #require(try await connection.client.animation(of: .rev(file.rev)))
      let file2 = try content(
        try await connection.client.download(file.id, range: nil))
      for body in [animation.body, file2.body] {
        await #expect(throws: BodyStream.Broken.self) { try await body.whole() }
      }
      #expect(connection.standIn.count(of: "files/download") == 2)
    }
  }

  @Test func `a reader who lets go ends the call`() async throws {
    try await withFiles([("a.gif", [UInt8](repeating: 7, count: 30_000_000))]) {
      connection, found in
      let file = try #require(found["a.gif"])
      var content: FileStream? = try content(
        try await connection.client.download(file.id, range: nil))
      _ = try await content?.body.next()
      content = nil
      // The next call is another connection's, and ends as it should.
      let whole = try self.content(
        try await connection.client.download(
          file.id, range: SingleRange(parsing: "bytes=0-99999")))
      #expect(try await whole.body.whole().count == 100_000)
    }
  }

  @Test(
    arguments: [
      (.html, "no picture in 65 bytes of text/html; charset=utf-8"),
      (
        .status(200, body: "<svg xmlns='http://www.w3.org/2000/svg'/>", type: "image/svg+xml"),
        "no picture in 41 bytes of image/svg+xml"
      ),
      (.status(200), "no picture in 0 bytes of text/plain; charset=utf-8"),
      (
        .status(200, body: "\u{FF}\u{D8}", type: "image/jpeg"),
        "no picture in 4 bytes of image/jpeg"
      ),
    ] as [(Fault, String)])
  func `where a picture should be, something else is no picture`(
    fault: Fault, what: String
  ) async throws {
    try await withDropbox { connection in
      connection.standIn.inject(fault, into: "files/get_thumbnail_v2")
      let error = await failure { () throws(DropboxError) in
        try await Operation.thumbnail.call(connection)
      }
      #expect(error == .noPicture(what))
    }
  }
}
