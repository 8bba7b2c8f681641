// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// The sheets of pictures that were rendered last, so that a page that is asked for again costs its frame only.
///
/// Sixty pictures are a thousand tags, which take longer than everything else about a page together. A sheet is the same
/// for as long as the folder's version is. All sheets together take 8 MiB at most; who was not asked for longest goes.
final class Sheets: Sendable {
  /// What a sheet shows, and to whom. The version alone tells it from those of other folders and other people.
  struct Key: Hashable, Sendable {
    /// The Dropbox account.
    let owner: String
    let version: FolderVersion
    let order: PictureOrder
    let page: Int
    let language: Language
  }

  private struct State {
    var sheets: [Key: (text: String, lastUse: Int)] = [:]
    var uses = 0
    var bytes = 0

    mutating func remove(_ key: Key) {
      bytes -= sheets.removeValue(forKey: key)?.text.utf8.count ?? 0
    }
  }

  private let limitBytes: Int
  private let state = Mutex(State())

  init(limitBytes: Int = 8 << 20) {
    self.limitBytes = limitBytes
  }

  /// The sheet under a key; `render` makes it when there is none.
  func sheet(
    _ key: Key, _ render: () throws(GalleryError) -> String
  ) throws(GalleryError) -> String {
    if let known = known(key) { return known }
    let text = try render()
    keep(text, as: key)
    return text
  }

  /// Drops the sheets of a person.
  func forget(_ owner: String) {
    state.withLock { state in
      for key in state.sheets.keys where key.owner == owner { state.remove(key) }
    }
  }

  private func known(_ key: Key) -> String? {
    state.withLock { state in
      state.uses += 1
      state.sheets[key]?.lastUse = state.uses
      return state.sheets[key]?.text
    }
  }

  private func keep(_ text: String, as key: Key) {
    state.withLock { state in
      state.remove(key)
      state.sheets[key] = (text, state.uses)
      state.bytes += text.utf8.count
      while state.bytes > limitBytes,
        let oldest = state.sheets.min(by: { $0.value.lastUse < $1.value.lastUse })
      {
        state.remove(oldest.key)
      }
    }
  }
}
