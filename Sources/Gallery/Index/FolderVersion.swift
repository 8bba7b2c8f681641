// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// A state of a folder's listing. Outside it is a text that means nothing: `3f0c…-17`.
struct FolderVersion: Sendable, Hashable {
  /// Tells the index from all others, of other processes too.
  let index: UInt64
  /// How often the index changed.
  let change: UInt32

  var text: String { String(index, radix: 16) + "-" + String(change) }

  init(index: UInt64, change: UInt32) {
    self.index = index
    self.change = change
  }

  /// - Returns: nil for what `text` does not write.
  init?(_ text: String) {
    guard text.utf8.count <= 32 else { return nil }
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let index = UInt64(parts[0], radix: 16), let change = UInt32(parts[1])
    else { return nil }
    self.init(index: index, change: change)
    guard self.text == text else { return nil }
  }
}
