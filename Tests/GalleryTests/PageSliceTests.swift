// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Gallery

struct PageSliceTests {
  @Test(arguments: [
    (0, 1, 1, 1, 0..<0), (0, 9, 1, 1, 0..<0), (1, 1, 1, 1, 0..<1), (60, 2, 1, 1, 0..<60),
    (61, 1, 1, 2, 0..<60), (61, 2, 2, 2, 60..<61), (61, 3, 2, 2, 60..<61),
    (61, .max, 2, 2, 60..<61), (61, 0, 1, 2, 0..<60), (61, .min, 1, 2, 0..<60),
    (180, 2, 2, 3, 60..<120),
  ])
  func `the nearest page is taken`(
    count: Int, asked: Int, number: Int, pages: Int, range: Range<Int>
  ) {
    let slice = PageSlice(of: count, asked: asked)
    #expect(slice.number == number)
    #expect(slice.pages == pages)
    #expect(slice.range == range)
    #expect(slice.previous == (number > 1 ? number - 1 : nil))
    #expect(slice.next == (number < pages ? number + 1 : nil))
  }
}
