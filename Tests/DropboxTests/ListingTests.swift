// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import Testing

@testable import Dropbox

@Suite(.serialized) struct ListingTests {
  private func options(_ paths: [String] = []) -> StandIn.Options {
    var options = StandIn.Options()
    options.virtualPaths = paths
    options.variesPages = false
    return options
  }

  private func list(_ connection: Connection, _ path: String) async -> DropboxError? {
    await failure { () throws(DropboxError) in
      guard let path = FolderPath(path) else { throw .refusedRequest("no path") }
      _ = try await connection.client.listFolder(path)
    }
  }

  private func pages(_ connection: Connection) async throws -> [ListFolderPage] {
    let client = connection.client
    var pages = [try await client.listFolder(.root)]
    while let last = pages.last, last.hasMore {
      pages.append(try await client.next(last.cursor))
    }
    return pages
  }

  @Test func `all pages together hold each entry once`() async throws {
    var options = StandIn.Options.synthetic(count: 60)
    options.virtualPaths = ["/Trips/a.jpg"]
    options.pageLimit = 7
    try await withDropbox(options) { connection in
      let pages = try await pages(connection)
      #expect(pages.allSatisfy { $0.entries.count <= 7 })
      let files = pages.flatMap(\.entries).compactMap { entry in
        if case .file(let file) = entry { file } else { nil }
      }
      #expect(Set(files.map(\.name)).count == 60)
      #expect(Set(files.map(\.id)).count == 60)
      #expect(files.allSatisfy { $0.isPicture && $0.size > 0 && $0.contentHash?.count == 64 })
      #expect(pages.flatMap(\.entries).count == 61)
      #expect(connection.standIn.count(of: "files/list_folder") == 1)
      #expect(connection.standIn.count(of: "files/list_folder/continue") == pages.count - 1)
    }
  }

  @Test func `an empty Dropbox is one page of nothing`() async throws {
    try await withDropbox(StandIn.Options()) { connection in
      let page = try await connection.client.listFolder(.root)
      #expect(page.entries.isEmpty)
      #expect(!page.hasMore)
    }
  }

  @Test(arguments: [
    "Übung 😀.jpg", #"a"b\c'd<e>&.png"#, "\u{7F}\u{1}\n.jpg", "%2F..%00.gif", " .jpg",
    "e\u{301}\u{202E}.bmp", "\u{301}.jpg", "\u{FE0F}\u{200D}.jpg",
  ])
  func `names come as they are`(name: String) async throws {
    try await withDropbox(options(["/Ordner ü😀/\(name)"])) { connection in
      let path = try #require(FolderPath("/Ordner ü😀"))
      let page = try await connection.client.listFolder(path)
      guard case .file(let file) = page.entries.first else {
        Issue.record("\(page.entries)")
        return
      }
      #expect(Array(file.name.utf8) == Array(name.utf8))
    }
  }

  @Test func `a folder is listed by its id too`() async throws {
    try await withDropbox(options(["/Trips/Lake.jpg"])) { connection in
      let client = connection.client
      let root = try await client.listFolder(.root)
      guard case .folder(let folder) = root.entries.first else {
        Issue.record("\(root.entries)")
        return
      }
      let page = try await client.listFolder(FolderPath(folder.id))
      #expect(page.entries.count == 1)
    }
  }

  @Test(arguments: [
    ("/nowhere", DropboxError.notFound), ("/Picture 000001.jpg", .endpoint(.path(.notFolder))),
    ("/Picture 000001.jpg/below", .notFound), ("/a ", .endpoint(.path(.malformedPath))),
    (String(repeating: "/a", count: 2048), .notFound),
  ])
  func `a path that is no folder is refused after one call`(
    path: String, expected: DropboxError
  ) async throws {
    try await withDropbox { connection in
      #expect(await list(connection, path) == expected)
      #expect(connection.standIn.count(of: "files/list_folder") == 1)
    }
  }

  @Test func `a cursor that died says so, and one of nobody is refused`() async throws {
    try await withDropbox { connection in
      let client = connection.client
      let page = try await client.listFolder(.root)
      connection.standIn.resetCursors()
      let nobodys = try #require(Cursor("rubbish"))
      #expect(try await client.continueListing(page.cursor) == .reset)
      let error = await failure { () throws(DropboxError) in
        _ = try await client.continueListing(nobodys)
      }
      guard case .refusedRequest(let text) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(text.contains("unsupported cursor type"))
      #expect(connection.standIn.count(of: "files/list_folder/continue") == 2)
    }
  }
}
