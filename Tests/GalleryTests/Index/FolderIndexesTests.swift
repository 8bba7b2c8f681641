// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Dropbox
import Logging
import Testing

@testable import Gallery

struct FolderIndexesTests {
  private let clock = MovedClock()
  private let indexes: FolderIndexes
  private let key = FolderIndexes.Key(owner: "dbid:a", folder: .root)
  private let outage = GalleryError.unavailable(.dropbox, retryAfter: 1, cause: "test")

  init() {
    indexes = Self.made(clock)
  }

  private static func made(_ clock: MovedClock, limitBytes: Int = 64 << 20) -> FolderIndexes {
    FolderIndexes(
      limitBytes: limitBytes, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
      now: { clock.now })
  }

  @Test func `pages without a picture are not an answer`() async throws {
    let folder = ScriptedFolder(
      first: [.page(try .made(hasMore: true))],
      next: [
        .page(try .made("a.txt", hasMore: true)), .page(try .made("a.jpg", hasMore: true)),
        .page(try .made("b.jpg")),
      ])
    let list = try await indexes.view(of: key, folder.reading())
    #expect(list.names == "a.jpg")
    #expect(!list.isComplete)
    await indexes.settle()
    let whole = try await indexes.view(of: key, folder.reading())
    #expect(whole.names == "a.jpg b.jpg")
    #expect(whole.isComplete)
  }

  @Test func `a process that ends with its answer reads the whole folder first`() async throws {
    let folder = ScriptedFolder(
      first: [.page(try .made("a.jpg", hasMore: true))],
      next: [.page(try .made("b.jpg", hasMore: true)), .page(try .made("c.jpg"))])
    let indexes = FolderIndexes(
      waitsForAll: true, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    let list = try await indexes.view(of: key, folder.reading())
    #expect(list.names == "a.jpg b.jpg c.jpg")
    #expect(list.isComplete)
  }

  @Test func `parallel first views share one reading, and its failure`() async throws {
    let folder = ScriptedFolder(first: [.error(outage), .page(try .made("a.jpg"))])
    for isGood in [false, true] {
      let (closed, opening) = AsyncStream<Void>.makeStream()
      folder.close(until: Task { for await _ in closed {} })
      let views = (0..<20).map { _ in
        Task { (try? await indexes.view(of: key, folder.reading()))?.names == "a.jpg" }
      }
      while await indexes.waiterCount < views.count { await Task.yield() }
      opening.finish()
      var results: [Bool] = []
      for view in views { results.append(await view.value) }
      #expect(results == Array(repeating: isGood, count: 20))
      #expect(folder.firstCount == (isGood ? 2 : 1))
    }
  }

  @Test func `pictures of one account are never another's`() async throws {
    let one = ScriptedFolder(first: [.page(try .made("one.jpg"))])
    let other = ScriptedFolder(first: [.page(try .made("other.jpg"))])
    let otherKey = FolderIndexes.Key(owner: "dbid:b", folder: .root)
    for _ in 0..<2 {
      #expect(try await indexes.view(of: key, one.reading()).names == "one.jpg")
      #expect(try await indexes.view(of: otherKey, other.reading()).names == "other.jpg")
    }
    await indexes.forget("dbid:a")
    _ = try await indexes.view(of: key, one.reading())
    _ = try await indexes.view(of: otherKey, other.reading())
    #expect(one.firstCount == 2)
    #expect(other.firstCount == 1)
  }

  @Test func `changes are asked for once the index is 30 seconds old, behind the view`()
    async throws
  {
    let folder = ScriptedFolder(
      first: [.page(try .made("a.jpg", cursor: "1"))],
      next: [.page(try .made("-a.jpg", "b.jpg", cursor: "2"))])
    _ = try await indexes.view(of: key, folder.reading())
    clock.advance(by: 29)
    _ = try await indexes.view(of: key, folder.reading())
    await indexes.settle()
    #expect(folder.nextCount == 0)
    clock.advance(by: 1)
    #expect(try await indexes.view(of: key, folder.reading()).names == "a.jpg")
    await indexes.settle()
    #expect(try await indexes.view(of: key, folder.reading()).names == "b.jpg")
    clock.advance(by: 30)
    _ = try await indexes.view(of: key, folder.reading())
    await indexes.settle()
    #expect(folder.cursors.map(\.value) == ["1", "2"])
    #expect(folder.firstCount == 1)
  }

  @Test func `a reading that fails leaves what is there, and is repeated`() async throws {
    let folder = ScriptedFolder(
      first: [.page(try .made("a.jpg", hasMore: true))],
      next: [.error(outage), .page(try .made("b.jpg")), .error(outage), .page(try .made("c.jpg"))])
    var seen: [String] = []
    // Incomplete, so once Dropbox has had its second; then after 30 s; then, after a failure, after 30 s again.
    for wait in [0, 1, 0, 30, 0, 30, 0] {
      clock.advance(by: wait)
      seen.append(try await indexes.view(of: key, folder.reading()).names)
      await indexes.settle()
    }
    #expect(
      seen == [
        "a.jpg", "a.jpg", "a.jpg b.jpg", "a.jpg b.jpg", "a.jpg b.jpg", "a.jpg b.jpg",
        "a.jpg b.jpg c.jpg",
      ])
    #expect(folder.nextCount == 4)
  }

  @Test(arguments: [true, false])
  func `a listing without an end is given up`(isSameCursor: Bool) async throws {
    let page = try ListFolderPage.made(cursor: isSameCursor ? "c" : "d", hasMore: true)
    let folder = ScriptedFolder(
      first: [.page(try .made("a.jpg", hasMore: true))],
      next: [.page(isSameCursor ? try .made("a.jpg", hasMore: true) : page)])
    let list = try await indexes.view(of: key, folder.reading(repeating: true))
    await indexes.settle()
    #expect(list.names == "a.jpg")
    #expect(folder.nextCount == ReadingBound.idlePages)
    let empty = ScriptedFolder(first: [.page(page)], next: [.page(page)])
    let other = FolderIndexes.Key(owner: "dbid:b", folder: .root)
    await #expect(throws: GalleryError.self) {
      _ = try await indexes.view(of: other, empty.reading(repeating: true))
    }
    #expect(empty.nextCount < ReadingBound.idlePages)
  }

  @Test func `a reset starts over behind the old list`() async throws {
    let folder = ScriptedFolder(
      first: [.page(try .made("a.jpg")), .page(try .made("b.jpg", hasMore: true))],
      next: [.reset, .page(try .made("c.jpg"))])
    _ = try await indexes.view(of: key, folder.reading())
    clock.advance(by: 30)
    #expect(try await indexes.view(of: key, folder.reading()).names == "a.jpg")
    await indexes.settle()
    #expect(try await indexes.view(of: key, folder.reading()).names == "b.jpg c.jpg")
    #expect(folder.firstCount == 2)
    #expect(folder.nextCount == 2)
  }

  @Test func `resets without an end are given up`() async throws {
    let folder = ScriptedFolder(
      first: [.page(try .made("a.jpg", hasMore: true))], next: [.reset])
    #expect(try await indexes.view(of: key, folder.reading(repeating: true)).names == "a.jpg")
    await indexes.settle()
    #expect(folder.nextCount == ReadingBound.resets + 1)
  }

  @Test func `a session that ended ends the wait of its own view only`() async throws {
    let ended = ScriptedFolder(first: [.error(.sessionEnded(reason: "test"))])
    let good = ScriptedFolder(first: [.page(try .made("a.jpg"))])
    let (closed, opening) = AsyncStream<Void>.makeStream()
    ended.close(until: Task { for await _ in closed {} })
    let first = Task.immediate { try await indexes.view(of: key, ended.reading()).names }
    let second = Task.immediate { try await indexes.view(of: key, good.reading()).names }
    opening.finish()
    #expect(try await second.value == "a.jpg")
    await #expect(throws: GalleryError.self) { try await first.value }
  }

  @Test func `the index that nobody looked at for longest makes room`() async throws {
    let names = (0..<20).map { "\($0).jpg" }
    var one = FolderIndex()
    for name in names { one.apply(try .made(name)) }
    let indexes = Self.made(clock, limitBytes: one.bytes * 5 / 2)
    let page = ListFolderPage(
      entries: try names.flatMap { try ListFolderPage.made($0).entries },
      cursor: try #require(Cursor("c")), hasMore: false)
    let folders = (0..<3).map { _ in ScriptedFolder(first: [.page(page)]) }
    for owner in [0, 1, 0, 2, 0, 1] {
      let key = FolderIndexes.Key(owner: "\(owner)", folder: .root)
      #expect(try await indexes.view(of: key, folders[owner].reading()).names.count > 100)
    }
    #expect(folders.map(\.firstCount) == [1, 2, 1])
    #expect(FolderIndexes.standardLimitBytes == 64 << 20)
  }

  @Test func `a folder that is too large is shown in part, and no more of it is read`() async throws
  {
    let page = try ListFolderPage.made("1.jpg", "2.jpg", "3.jpg", "4.jpg", hasMore: true)
    let more = try ListFolderPage.made("5.jpg", "6.jpg", "7.jpg", "8.jpg", hasMore: true)
    var all = FolderIndex()
    all.apply(page)
    let bytes = all.bytes
    all.apply(more)
    // Halfway: the allocator rounds, and not twice in the same way.
    let indexes = Self.made(clock, limitBytes: (bytes + all.bytes) / 2)
    let folder = ScriptedFolder(first: [.page(page)], next: [.page(more), .page(more)])
    _ = try await indexes.view(of: key, folder.reading())
    await indexes.settle()
    let list = try await indexes.view(of: key, folder.reading())
    #expect(list.isComplete)
    clock.advance(by: 60)
    _ = try await indexes.view(of: key, folder.reading())
    await indexes.settle()
    #expect(folder.nextCount <= 1)
    #expect(folder.firstCount == 1)
    clock.advance(by: 600)
    _ = try await indexes.view(of: key, folder.reading())
    await indexes.settle()
    #expect(folder.firstCount == 2)
  }
}
