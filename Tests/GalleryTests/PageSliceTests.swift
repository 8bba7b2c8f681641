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

  @Test(arguments: [
    (0, "0"), (7, "7"), (999, "999"), (1000, "1,000"), (2000, "2,000"), (123_456, "123,456"),
    (1_234_567, "1,234,567"), (-1000, "-1,000"), (.min, "-9,223,372,036,854,775,808"),
  ])
  func `a large number is grouped`(number: Int, text: String) {
    #expect(number.grouped == text)
  }
}
