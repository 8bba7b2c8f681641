// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// How long things took, in seconds, apart for each combination of its labels' values; see `Counter` for those.
public final class Histogram: Sendable {
  struct Buckets {
    /// How many took as long as a bound or less, but longer than the one before; the last one counts the rest.
    var counts: [Int]
    var sum = 0.0
  }

  let family: Family
  let bounds: [Double]
  private let buckets: Mutex<[[String]: Buckets]>

  /// - Parameter bounds: upper ends of the buckets in seconds, rising, without the infinite one.
  public init(
    _ name: String, help: String, labels: [String] = [], bounds: [Double],
    initial: [[String]]? = nil
  ) {
    family = Family(name: name, help: help, type: "histogram", labels: labels)
    self.bounds = bounds
    let empty = Buckets(counts: Array(repeating: 0, count: bounds.count + 1))
    let series = initial ?? (labels.isEmpty ? [[]] : [])
    buckets = Mutex(Dictionary(series.map { ($0, empty) }) { first, _ in first })
  }

  public func observe(_ duration: Duration, _ values: [String] = []) {
    let seconds = duration / .seconds(1)
    let place = bounds.firstIndex { seconds <= $0 } ?? bounds.count
    buckets.withLock { buckets in
      let key = Counter.key(values, isKnown: buckets[values] != nil, count: buckets.count)
      let empty = Buckets(counts: Array(repeating: 0, count: bounds.count + 1))
      buckets[key, default: empty].counts[place] += 1
      buckets[key, default: empty].sum += seconds
    }
  }

  var series: [(values: [String], buckets: Buckets)] {
    buckets.withLock { buckets in
      buckets.map { (values: $0.key, buckets: $0.value) }
    }
  }
}
