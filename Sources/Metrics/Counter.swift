// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// Counts what happened, apart for each combination of its labels' values.
///
/// Values are to come from a short list of our own, never from a client; past `seriesLimit` combinations everything
/// new is counted as `other`.
public final class Counter: Sendable {
  public static let seriesLimit = 500

  let family: Family
  private let counts: Mutex<[[String]: Int]>

  /// - Parameter initial: combinations that are shown as 0 before anything happened.
  public init(
    _ name: String, help: String, labels: [String] = [], initial: [[String]]? = nil
  ) {
    family = Family(name: name, help: help, type: "counter", labels: labels)
    let series = initial ?? (labels.isEmpty ? [[]] : [])
    counts = Mutex(Dictionary(series.map { ($0, 0) }) { first, _ in first })
  }

  /// - Parameter values: of the labels, in their order.
  public func increment(_ values: [String] = [], by amount: Int = 1) {
    counts.withLock { counts in
      let key = Self.key(values, isKnown: counts[values] != nil, count: counts.count)
      let (sum, isTooMuch) = counts[key, default: 0].addingReportingOverflow(amount)
      counts[key] = isTooMuch ? .max : sum
    }
  }

  var series: [(values: [String], count: Int)] {
    counts.withLock { counts in
      counts.map { (values: $0.key, count: $0.value) }
    }
  }

  static func key(_ values: [String], isKnown: Bool, count: Int) -> [String] {
    isKnown || count < seriesLimit ? values : values.map { _ in "other" }
  }
}
