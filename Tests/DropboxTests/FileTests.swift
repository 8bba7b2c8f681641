// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import Foundation
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

@testable import Dropbox

/// Single files: metadata, links and thumbnails.
@Suite(.serialized) struct FileTests {
  private static let onePicture = {
    var options = StandIn.Options.synthetic(count: 1)
    options.variesPages = false
    return options
  }()

  private func picture(_ connection: Connection) async throws -> FileEntry {
    let page = try await connection.client.listFolder(.root)
    for case .file(let file) in page.entries { return file }
    throw TestFailure("no picture in \(page.entries)")
  }

  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write("no picture", to: "notes.txt")
    try folder.write("no picture either", to: "broken.jpg")
    try folder.write("", to: "empty.png")
    return folder
  }

  @Test func `a file is found by its id and by its rev`() async throws {
    try await withDropbox(Self.onePicture) { connection in
      let file = try await picture(connection)
      for reference in [FileReference.id(file.id), .rev(file.rev)] {
        let found = try await connection.client.metadata(of: reference)
        #expect(found == .file(file))
      }
      #expect(connection.standIn.count(of: "files/get_metadata") == 2)
    }
  }

  @Test func `a link opens without a token for four hours`() async throws {
    try await withDropbox(Self.onePicture) { connection in
      let file = try await picture(connection)
      let link = try await connection.client.temporaryLink(to: file.id)
      #expect(link.hasPrefix(connection.standIn.origins.links + "/"))
      #expect(connection.standIn.count(of: "files/get_temporary_link") == 1)
      let answer = try await connection.get(link)
      #expect(answer.status == .ok)
      #expect(answer.fields[.contentType] == "image/jpeg")
      #expect(Int64(answer.body.count) == file.size)
      connection.standIn.advanceClock(by: .seconds(14_401))
      #expect(try await connection.get(link).status == .gone)
    }
  }

  @Test(arguments: ImageFormat.allCases)
  func `a thumbnail has the asked format and says of which rev it is`(
    format: ImageFormat
  ) async throws {
    try await withDropbox(Self.onePicture) { connection in
      let file = try await picture(connection)
      for mode in [ThumbnailMode.strict, .bestfit, .fitoneBestfit, .original] {
        let thumbnail = try await connection.client.thumbnail(
          of: .rev(file.rev), size: .w128h128, format: format, mode: mode)
        #expect(thumbnail.mediaType == format.mediaType)
        #expect(thumbnail.rev == file.rev)
        #expect(ImageFormat(startOf: try await thumbnail.body.whole()) == format)
      }
      #expect(connection.standIn.count(of: "files/get_thumbnail_v2") == 4)
    }
  }

  @Test(arguments: ThumbnailSize.allCases)
  func `Dropbox knows every size`(size: ThumbnailSize) async throws {
    try await withDropbox(Self.onePicture) { connection in
      let file = try await picture(connection)
      let thumbnail = try await connection.client.thumbnail(
        of: .id(file.id), size: size)
      #expect(thumbnail.mediaType == "image/jpeg")
    }
  }

  @Test func `what cannot be drawn is refused after one call each`() async throws {
    let folder = try folder()
    var options = StandIn.Options(photos: folder.path)
    options.variesPages = false
    try await withDropbox(options) { connection in
      let client = connection.client
      let page = try await client.listFolder(.root)
      var errors: [String: DropboxError] = [:]
      for case .file(let file) in page.entries {
        errors[file.name] = await failure { () throws(DropboxError) in
          _ = try await client.thumbnail(of: .id(file.id), size: .w64h64)
        }
      }
      #expect(
        errors == [
          "notes.txt": .endpoint(.thumbnail(.unsupportedExtension)),
          "broken.jpg": .endpoint(.thumbnail(.conversionError)),
          "empty.png": .endpoint(.thumbnail(.conversionError)),
        ])
      #expect(connection.standIn.count(of: "files/get_thumbnail_v2") == 3)
    }
  }

  @Test func `a file of nobody is not found`() async throws {
    try await withDropbox { connection in
      for operation in [Operation.metadata, .temporaryLink, .thumbnail, .thumbnails] {
        let error = await failure { () throws(DropboxError) in try await operation.call(connection)
        }
        #expect(error == .notFound)
        #expect(connection.standIn.count(of: operation.route) == 1)
      }
    }
  }
}
