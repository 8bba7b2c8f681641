// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// One page of a list, always one that there is.
struct PageSlice: Equatable {
  /// Pictures on a page.
  static let standardSize = 60

  /// From 1.
  let number: Int
  /// How many pages there are: 1 for an empty list.
  let pages: Int
  /// Places in the list.
  let range: Range<Int>

  /// - Parameter asked: any number; the nearest page is taken.
  init(of count: Int, asked: Int, size: Int = standardSize) {
    pages = max(1, count / size + (count % size > 0 ? 1 : 0))
    number = min(max(1, asked), pages)
    let start = (number - 1) * size
    range = start..<(count - start > size ? start + size : count)
  }

  var next: Int? { number < pages ? number + 1 : nil }
  var previous: Int? { number > 1 ? number - 1 : nil }
}
