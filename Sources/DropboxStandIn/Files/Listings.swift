// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Crypto
import Foundation
import Synchronization

/// Listings that cursors point into. A cursor is sealed text: number of the listing, position, limit.
final class Listings: Sendable {
  enum Item: Sendable {
    case present(Entry)
    case deleted(Entry)
  }

  /// A state of a folder, to find out later what changed.
  final class Snapshot: Sendable {
    let entries: [Entry]

    init(entries: [Entry]) { self.entries = entries }
  }

  struct Listing: Sendable {
    let path: String
    let isRecursive: Bool
    /// What the pages bring.
    let items: [Item]
    /// The folder as it was then.
    let snapshot: Snapshot
  }

  struct Cursor: Equatable {
    let listing: Int
    let position: Int
    let limit: Int
  }

  private struct State {
    var listings: [Int: Listing] = [:]
    var latest: [String: Int] = [:]
    var next = 1
  }

  /// How many listings are kept; a cursor of an older one is dead.
  static let capacity = 1024

  private let key = SymmetricKey(size: .bits128)
  private let state = Mutex(State())

  /// The number of a listing of everything; the latest one again when nothing changed since.
  func add(path: String, isRecursive: Bool, entries: [Entry]) -> Int {
    let name = (isRecursive ? "*" : "") + path
    return state.withLock { state in
      if let number = state.latest[name], let listing = state.listings[number],
        listing.snapshot.entries == entries
      {
        return number
      }
      let number = Listings.store(
        Listing(
          path: path, isRecursive: isRecursive, items: entries.map(Item.present),
          snapshot: Snapshot(entries: entries)), &state)
      state.latest[name] = number
      return number
    }
  }

  /// The number of a listing of what changed since another one; nothing when nothing did.
  func addChanges(since old: Listing, entries: [Entry]) -> Int? {
    guard old.snapshot.entries != entries else { return nil }
    let before = Dictionary(
      old.snapshot.entries.map { ($0.pathLower, $0) }, uniquingKeysWith: { first, _ in first })
    let after = Set(entries.map(\.pathLower))
    let deleted = old.snapshot.entries.filter { !after.contains($0.pathLower) }
    let present = entries.filter { before[$0.pathLower] != $0 }
    let listing = Listing(
      path: old.path, isRecursive: old.isRecursive,
      items: deleted.map(Item.deleted) + present.map(Item.present),
      snapshot: Snapshot(entries: entries))
    return state.withLock { Listings.store(listing, &$0) }
  }

  subscript(number: Int) -> Listing? { state.withLock { $0.listings[number] } }

  /// Forgets all listings: each cursor given out so far answers `reset`.
  func forget() {
    state.withLock {
      $0.listings = [:]
      $0.latest = [:]
    }
  }

  private static func store(_ listing: Listing, _ state: inout State) -> Int {
    let number = state.next
    state.next += 1
    state.listings[number] = listing
    state.listings[number - capacity] = nil
    return number
  }

  // MARK: Cursors

  func text(of cursor: Cursor) throws -> String {
    let padding = String(repeating: " ", count: 96)
    let plain = Data("\(cursor.listing) \(cursor.position) \(cursor.limit)\(padding)".utf8)
    let sealed = try AES.GCM.seal(plain, using: key)
    return "AAE" + RandomText.base64URL((sealed.combined ?? Data()))
  }

  /// - Throws: 400 for what never was a cursor, `reset` for one of another run.
  func cursor(of text: String, in place: String) throws(Refusal) -> Cursor {
    guard text.hasPrefix("AAE"), text.utf8.count > 40,
      let data = RandomText.bytes(base64URL: String(text.dropFirst(3)))
    else { throw .badRequest("\(place): cursor: unsupported cursor type") }
    guard let box = try? AES.GCM.SealedBox(combined: data),
      let plain = try? AES.GCM.open(box, using: key)
    else {
      // Sealed under another key: a cursor that died with the run that made it.
      throw .endpoint(["reset"])
    }
    let numbers = String(decoding: plain, as: UTF8.self).split(separator: " ").compactMap {
      Int($0)
    }
    guard numbers.count == 3 else { throw .endpoint(["reset"]) }
    return Cursor(listing: numbers[0], position: numbers[1], limit: numbers[2])
  }
}
