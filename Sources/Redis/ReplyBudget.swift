// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// How much one reply may hold, counted while it is being read.
///
/// A header of a few bytes can announce an array of two thousand million elements, for which hiredis would
/// reserve the memory at once; so it is asked here first.
struct ReplyBudget: Equatable {
  /// None of our commands has an array for a reply; some room is left for those to come.
  static let maximumElements = 1_024

  let maximumBytes: Int
  private var bytes = 0
  private var elements = 0

  init(maximumBytes: Int) {
    self.maximumBytes = maximumBytes
  }

  /// To be called before the outermost part of each reply.
  mutating func startReply() {
    (bytes, elements) = (0, 0)
  }

  /// - Returns: whether a string of that many bytes may be added.
  mutating func addString(of count: Int) -> Bool {
    guard count >= 0, count <= maximumBytes - bytes else { return false }
    bytes += count
    return true
  }

  /// - Returns: whether an array of that many elements may be added.
  mutating func addArray(of count: Int) -> Bool {
    guard count >= 0, count <= Self.maximumElements - elements else { return false }
    elements += count
    return true
  }
}
