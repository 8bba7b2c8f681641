// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Dropbox
import HTTP
import Logging
import Testing

@testable import Gallery

/// What the indexes of a person know of their albums.
@Suite(.timeLimit(.minutes(1))) struct AlbumsInMemoryTests {
  private let clock = MovedClock()
  private let indexes: FolderIndexes

  init() {
    let clock = clock
    indexes = FolderIndexes(
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, now: { clock.now })
  }

  private func key(_ album: String? = nil, of owner: String = "dbid:a") throws -> FolderIndexes.Key
  {
    FolderIndexes.Key(
      owner: owner, folder: try album.map { FolderPath(try .made(of: $0)) } ?? .root)
  }

  /// Views a folder that holds these.
  @discardableResult
  private func open(_ key: FolderIndexes.Key, _ page: ListFolderPage) async throws -> FolderView {
    try await indexes.view(of: key, ScriptedFolder(first: [.page(page)]).reading())
  }

  @Test func `the way to an album is known from where somebody came`() async throws {
    let deep = try key("Oslo/")
    try await open(key(), .made("Trips/", "a.jpg"))
    #expect(await indexes.trail(to: deep) == nil)
    try await open(key("Trips/"), .made("Oslo/"))
    try await open(deep, .made("b.jpg"))
    for _ in 0..<2 {
      #expect(await indexes.trail(to: deep)?.map(\.name) == [nil, "Trips", "Oslo"])
    }
    #expect(await indexes.trail(to: try key()) == [.root])
    // A parent that is known no more leaves what Dropbox said, if it did.
    await indexes.forget("dbid:a")
    try await open(deep, .made("b.jpg"))
    #expect(await indexes.trail(to: deep) == nil)
    let said = [Crumb.root, Crumb(Album(id: try .made(of: "Oslo/"), name: "Oslo"))]
    await indexes.remember(said, to: deep)
    #expect(await indexes.trail(to: deep) == said)
  }

  @Test func `albums that hold each other have no way to the root`() async throws {
    try await open(key("a/"), .made("b/"))
    try await open(key("b/"), .made("a/"))
    #expect(await indexes.trail(to: try key("a/")) == nil)
  }

  @Test func `albums are counted as far as they were read`() async throws {
    let root = try await open(key(), .made("full/", "begun/", "outer/", "new/"))
    try await open(key("full/"), .made("a.jpg", "b.jpg", "c.txt", "d/"))
    try await open(key("outer/"), .made("e/", "f/"))
    let begun = ScriptedFolder(
      first: [.page(try .made("a.jpg", hasMore: true))],
      next: [.error(.unavailable(.dropbox, retryAfter: 60, cause: "test"))])
    _ = try await indexes.view(of: key("begun/"), begun.reading())
    await indexes.settle()
    let counts = await indexes.counts(of: root.albums, "dbid:a")
    #expect(
      counts == [
        try .made(of: "full/"): AlbumCount(count: 2, albums: 1, isComplete: true),
        try .made(of: "outer/"): AlbumCount(count: 0, albums: 2, isComplete: true),
        try .made(of: "begun/"): AlbumCount(count: 1, albums: 0, isComplete: false),
      ])
  }

  @Test func `albums, pictures and ways of one account are never another's`() async throws {
    try await open(key(), .made("Trips/", "a.jpg"))
    try await open(key("Trips/"), .made("b.jpg"))
    let root = try await open(key(of: "dbid:b"), .made("c.jpg"))
    let album = Album(id: try .made(of: "Trips/"), name: "Trips")
    for name in ["a.jpg", "b.jpg"] {
      #expect(await indexes.folder(holding: try .made(of: name), of: "dbid:a") != nil)
      #expect(await indexes.folder(holding: try .made(of: name), of: "dbid:b") == nil)
    }
    #expect(await indexes.trail(to: try key("Trips/", of: "dbid:b")) == nil)
    #expect(await indexes.counts(of: [album], "dbid:b").isEmpty)
    #expect(root.names == "c.jpg")
    // The same id under another account is asked for anew, with that account's token.
    let other = ScriptedFolder(first: [.error(.notFound)])
    await #expect(throws: GalleryError.self) {
      _ = try await indexes.view(of: try key("Trips/", of: "dbid:b"), other.reading())
    }
    await #expect(throws: GalleryError.self) {
      _ = try await indexes.cover(of: try key("Trips/", of: "dbid:b"), other.reading())
    }
    #expect(other.firstCount == 2)
  }

  @Test func `a cover costs one page, and opening the album none for that page`() async throws {
    let folder = ScriptedFolder(
      first: [.page(try .made("b.cr2", "a.jpg", "c.txt", cursor: "1", hasMore: true))],
      next: [.page(try .made("d.jpg"))])
    let key = try key("Trips/")
    for _ in 0..<3 {
      #expect(try await indexes.cover(of: key, folder.reading())?.name == "a.jpg")
    }
    await indexes.settle()
    #expect(folder.firstCount == 1)
    #expect(folder.nextCount == 0)
    #expect(try await indexes.view(of: key, folder.reading()).names == "a.jpg b.cr2")
    await indexes.settle()
    #expect(try await indexes.view(of: key, folder.reading()).names == "a.jpg b.cr2 d.jpg")
    #expect(folder.firstCount == 1)
    #expect(folder.cursors.map(\.value) == ["1"])
  }

  @Test func `a cover goes on over pages that bring nothing, as a view does`() async throws {
    let folder = ScriptedFolder(
      first: [.page(try .made("a.txt", hasMore: true))], next: [.page(try .made("b.jpg"))])
    let key = try key("Trips/")
    #expect(try await indexes.cover(of: key, folder.reading())?.name == "b.jpg")
    #expect(try await indexes.view(of: key, folder.reading()).names == "b.jpg")
    #expect(folder.firstCount == 1)
    #expect(folder.nextCount == 1)
  }

  @Test func `covers of one person are read one after the other, and one who left is passed over`()
    async throws
  {
    let (closed, opening) = AsyncStream<Void>.makeStream()
    let gate = Task { for await _ in closed {} }
    let folders = try (0..<4).map { _ in ScriptedFolder(first: [.page(try .made("a.jpg"))]) }
    for folder in folders { folder.close(until: gate) }
    let keys = try (0..<4).map { try key("\($0)/") }
    let views = zip(keys, folders).map { key, folder in
      Task.immediate { try await indexes.cover(of: key, folder.reading())?.name }
    }
    views[2].cancel()
    // The others stand in line, another person does not.
    let other = ScriptedFolder(first: [.page(try .made("z.jpg"))])
    let stranger = try key("0/", of: "dbid:b")
    #expect(try await indexes.cover(of: stranger, other.reading())?.name == "z.jpg")
    #expect(await views[2].result.isFailure)
    #expect(folders.filter(\.isBegun).count == 1)
    opening.finish()
    for view in [views[0], views[1], views[3]] { #expect(try await view.value == "a.jpg") }
    #expect(folders.map(\.firstCount) == [1, 1, 0, 1])
  }

  @Test func `who is cancelled before it waits for its turn neither waits nor asks`() async throws {
    let (closed, opening) = AsyncStream<Void>.makeStream()
    let first = ScriptedFolder(first: [.page(try .made("a.jpg"))])
    first.close(until: Task { for await _ in closed {} })
    let key = try key("0/")
    let holder = Task.immediate { try await indexes.cover(of: key, first.reading())?.name }
    while !first.isBegun { await Task.yield() }
    let late = ScriptedFolder(first: [.page(try .made("b.jpg"))])
    let keys = try (1...500).map { try self.key("\($0)/") }
    func expectNothing() async {
      for key in keys {
        let task = Task {
          unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
          return try await indexes.cover(of: key, late.reading())?.name
        }
        #expect(await task.result.isFailure)
      }
      #expect(!late.isBegun)
    }
    // Somebody has the turn; then nobody.
    await expectNothing()
    opening.finish()
    #expect(try await holder.value == "a.jpg")
    await expectNothing()
    #expect(try await indexes.cover(of: keys[0], late.reading())?.name == "b.jpg")
  }

  @Test func `a cancelled view returns at once, and its reading serves the next view`()
    async throws
  {
    let (closed, opening) = AsyncStream<Void>.makeStream()
    let folder = ScriptedFolder(first: [.page(try .made("a.jpg"))])
    folder.close(until: Task { for await _ in closed {} })
    let key = try key()
    let cancelled = Task { try await indexes.view(of: key, folder.reading()).names }
    while !folder.isBegun { await Task.yield() }
    cancelled.cancel()
    #expect(await cancelled.result.isFailure)
    let next = Task { try await indexes.view(of: key, folder.reading()).names }
    opening.finish()
    #expect(try await next.value == "a.jpg")
    #expect(folder.firstCount == 1)
  }

  @Test func `a folder that vanished is forgotten, and not found at the next view`() async throws {
    let folder = ScriptedFolder(
      first: [.page(try .made("a.jpg")), .error(.notFound)], next: [.error(.notFound)])
    let key = try key("Trips/")
    _ = try await indexes.view(of: key, folder.reading())
    clock.advance(by: 30)
    #expect(try await indexes.view(of: key, folder.reading()).names == "a.jpg")
    await indexes.settle()
    await #expect(throws: GalleryError.self) {
      _ = try await indexes.view(of: key, folder.reading())
    }
    #expect(folder.firstCount == 2)
  }

  @Test func `a picture that Dropbox says is there is looked for in the listing at once`()
    async throws
  {
    let folder = ScriptedFolder(
      first: [.page(try .made("a.jpg"))], next: [.page(try .made("b.jpg")), .page(try .made())])
    let key = try key()
    _ = try await indexes.view(of: key, folder.reading())
    for name in ["b.jpg", "ghost.jpg"] {
      let file = try FileEntry.made(name, id: FileID.made(of: name).value)
      let parameters = GalleryParameters(query: FormFields([("sort", "name")]))
      #expect(
        try await indexes.view(of: key, parameters, chosen: file.id, folder.reading()) == nil)
      await indexes.add(file, to: key, folder.reading())
      await indexes.settle()
    }
    #expect(try await indexes.view(of: key, folder.reading()).names == "a.jpg b.jpg")
    #expect(folder.nextCount == 2)
  }

  @Test func `while Dropbox wants to be left alone nothing is read behind a view`() async throws {
    let outage = GalleryError.unavailable(.dropbox, retryAfter: 300, cause: "throttled")
    let folder = ScriptedFolder(
      first: [.page(try .made("a.jpg", hasMore: true))],
      next: [.error(outage), .page(try .made("b.jpg"))])
    for (wait, count) in [(0, 1), (299, 1), (1, 2)] {
      clock.advance(by: wait)
      _ = try await indexes.view(of: try key(), folder.reading())
      await indexes.settle()
      #expect(folder.nextCount == count)
    }
  }
}

extension Result {
  fileprivate var isFailure: Bool {
    if case .failure = self { true } else { false }
  }
}
