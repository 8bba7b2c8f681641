// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// Stretches of time, what overlaps taken once. Pure.
///
/// They are added in the order of their ends, as who measures them comes by: then each costs the same. A download has a
/// stretch for each piece, so only the last ones are kept.
struct Spans {
  static let most = 64

  private(set) var parts: [Range<ContinuousClock.Instant>] = []
  /// How much time is covered.
  private(set) var total: Duration = .zero

  mutating func add(_ start: ContinuousClock.Instant, _ end: ContinuousClock.Instant) {
    guard start < end else { return }
    var span = start..<end
    while let last = parts.last, last.upperBound >= span.lowerBound {
      span = min(last.lowerBound, span.lowerBound)..<max(last.upperBound, span.upperBound)
      total -= last.upperBound - last.lowerBound
      parts.removeLast()
    }
    parts.append(span)
    if parts.count > Self.most { parts.removeFirst() }
    total += span.upperBound - span.lowerBound
  }
}
