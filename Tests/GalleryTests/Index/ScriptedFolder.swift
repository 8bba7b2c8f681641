// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Dropbox
import HTTP
import Synchronization
import Testing

@testable import Gallery

/// A folder whose listing answers what a test says, and counts. Continuations beyond the script bring nothing new.
final class ScriptedFolder: Sendable {
  enum Answer {
    case page(ListFolderPage)
    case reset
    case error(GalleryError)
  }

  private struct State {
    var first: [Answer]
    var next: [Answer]
    var firstCount = 0
    var nextCount = 0
    var cursors: [Cursor] = []
    var isBegun = false
    var gate: Task<Void, Never>?
  }

  private let state: Mutex<State>

  init(first: [Answer], next: [Answer] = []) {
    state = Mutex(State(first: first, next: next))
  }

  var firstCount: Int { state.withLock { $0.firstCount } }
  var nextCount: Int { state.withLock { $0.nextCount } }
  /// What continuations were asked with.
  var cursors: [Cursor] { state.withLock { $0.cursors } }

  /// Whether a first page was asked for, be it answered or not.
  var isBegun: Bool { state.withLock { $0.isBegun } }

  /// Makes first pages wait.
  func close(until gate: Task<Void, Never>) { state.withLock { $0.gate = gate } }

  /// - Parameter repeating: answers for ever what the script ends with.
  func reading(repeating: Bool = false) -> FolderReading {
    FolderReading(
      first: { @concurrent () async throws(GalleryError) -> ListFolderPage in
        let gate = self.state.withLock { state in
          state.isBegun = true
          return state.gate
        }
        await gate?.value
        let answer = self.state.withLock { state in
          state.firstCount += 1
          return state.first.count > 1 ? state.first.removeFirst() : state.first.first
        }
        switch answer {
        case .page(let page): return page
        case .error(let error): throw error
        case .reset, nil: throw .fault(cause: "no such answer")
        }
      },
      next: { @concurrent (cursor: Cursor) async throws(GalleryError) -> ListingStep in
        let answer = self.state.withLock { state -> Answer? in
          state.nextCount += 1
          state.cursors.append(cursor)
          if repeating { return state.next.first }
          return state.next.isEmpty ? nil : state.next.removeFirst()
        }
        switch answer {
        case .page(let page): return .page(page)
        case .reset: return .reset
        case .error(let error): throw error
        case nil: return .page(ListFolderPage(entries: [], cursor: cursor, hasMore: false))
        }
      })
  }
}

extension ListFolderPage {
  /// A page for a test: `a.jpg`, `-a.jpg` for one that is gone, `a/` for a folder.
  static func made(
    _ names: String..., cursor: String = "c", hasMore: Bool = false
  ) throws -> ListFolderPage {
    let entries = try names.map { name -> Entry in
      if name.hasPrefix("-") {
        let name = String(name.dropFirst())
        return .deleted(name: name, pathLower: "/" + name.lowercased())
      }
      let id = try FileID.made(of: name)
      if name.hasSuffix("/") {
        let name = String(name.dropLast())
        return .folder(FolderEntry(id: id, name: name, pathLower: "/" + name.lowercased()))
      }
      return .file(
        FileEntry(
          id: id, name: name, rev: try #require(Rev("0123456789")), size: 1,
          clientModified: UnixTime(seconds: 0), serverModified: UnixTime(seconds: 0),
          pathLower: "/" + name.lowercased(), isDownloadable: true, contentHash: nil))
    }
    return ListFolderPage(
      entries: entries, cursor: try #require(Cursor(cursor)), hasMore: hasMore)
  }
}

extension ListFolderPage {
  /// A page of pictures as cameras and Dropbox name them.
  static func synthetic(_ numbers: Range<Int>) throws -> ListFolderPage {
    let entries = try numbers.map { number -> Entry in
      let digits = String(repeating: "0", count: 6 - "\(number)".count) + "\(number)"
      return .file(
        try .made(
          "Picture \(digits).jpg", id: "id:AbCdEfGhIjkAAAAA" + digits, size: 4_000_000,
          at: 1_750_000_000 + Int64(number &* 7919 % 20_000_000),
          rev: "0161a2b3c4d5e6f000000011223" + digits.suffix(4)))
    }
    return ListFolderPage(
      entries: entries, cursor: try #require(Cursor("c")), hasMore: false)
  }
}

extension FolderIndexes {
  /// Returns once nothing is read behind the views any more.
  func settle() async {
    for task in readings.values { await task.value }
  }
}

extension FolderIndexes {
  /// The first page by name.
  func view(of key: Key, _ reading: FolderReading) async throws(GalleryError) -> FolderView {
    let view = try await view(
      of: key, GalleryParameters(query: FormFields([("sort", "name")])), reading)
    guard let view else { throw .fault(cause: "no view") }
    return view
  }
}

extension FolderView {
  var names: String { pictures.map(\.name).joined(separator: " ") }
}

/// A clock that a test moves.
final class MovedClock: Sendable {
  private let moved = Mutex<Duration>(.zero)
  private let start = ContinuousClock.now

  var now: ContinuousClock.Instant { start + moved.withLock { $0 } }

  func advance(by seconds: Int) { moved.withLock { $0 += .seconds(seconds) } }
}

extension FileID {
  /// The id of what has a name, for a test.
  static func made(of name: String) throws -> FileID {
    let token = name.utf8.map { String($0, radix: 16) }.joined()
    return try #require(FileID("id:" + token.prefix(64)))
  }
}
