// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Gallery

struct SpansTests {
  /// Of stretches given by their ends in seconds, in the order of their later ends.
  @Test(
    arguments: [
      ([], 0), ([(0, 2)], 2), ([(0, 2), (3, 4)], 3), ([(0, 2), (1, 3)], 3), ([(0, 2), (2, 3)], 3),
      ([(1, 2), (3, 4), (0, 5)], 5), ([(0, 4), (1, 5), (7, 8)], 6), ([(2, 2), (3, 1)], 0),
      ([(0, 1), (2, 3), (4, 5), (2, 6)], 5), ([(1, 2), (1, 2), (0, 2)], 2),
    ] as [([(Int, Int)], Int)])
  func `what overlaps counts once`(parts: [(Int, Int)], seconds: Int) {
    let zero = ContinuousClock.now
    var spans = Spans()
    for (start, end) in parts { spans.add(zero + .seconds(start), zero + .seconds(end)) }
    #expect(spans.total == .seconds(seconds))
  }

  @Test func `a download of any length keeps the last stretches only, and all of the time`() {
    let zero = ContinuousClock.now
    var spans = Spans()
    for second in 0..<100_000 {
      spans.add(zero + .seconds(2 * second), zero + .seconds(2 * second + 1))
    }
    #expect(spans.parts.count == Spans.most)
    #expect(spans.total == .seconds(100_000))
    // What overlaps with those still counts once.
    spans.add(zero + .seconds(199_980), zero + .seconds(199_999))
    #expect(spans.total == .seconds(100_009))
  }
}
