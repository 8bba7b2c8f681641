// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// What all numbers of one name have in common.
struct Family: Sendable {
  let name: String
  let help: String
  let type: String
  let labels: [String]
}

/// Metrics as Prometheus reads them.
///
/// - Source: Prometheus documentation, "Exposition formats", text format 0.0.4.
public struct Exposition: Sendable {
  public static let contentType = "text/plain; version=0.0.4; charset=utf-8"

  public private(set) var text = ""

  public init() {}

  public mutating func add(_ counter: Counter) {
    head(counter.family)
    for (values, count) in counter.series.sorted(by: {
      $0.values.lexicographicallyPrecedes($1.values)
    }) {
      line(counter.family.name, counter.family.labels, values, "\(count)")
    }
  }

  public mutating func add(_ histogram: Histogram) {
    let family = histogram.family
    head(family)
    for (values, buckets) in histogram.series.sorted(by: {
      $0.values.lexicographicallyPrecedes($1.values)
    }) {
      var sum = 0
      for (index, count) in buckets.counts.enumerated() {
        sum += count
        let bound = index < histogram.bounds.count ? Self.number(histogram.bounds[index]) : "+Inf"
        line(family.name + "_bucket", family.labels + ["le"], values + [bound], "\(sum)")
      }
      line(family.name + "_sum", family.labels, values, Self.number(buckets.sum))
      line(family.name + "_count", family.labels, values, "\(sum)")
    }
  }

  /// A number that goes up and down.
  public mutating func addGauge(_ name: String, help: String, _ value: Double) {
    head(Family(name: name, help: help, type: "gauge", labels: []))
    line(name, [], [], Self.number(value))
  }

  /// A number that only goes up, and that somebody else counts.
  ///
  /// - Parameter values: by the value of the label; one without a label has the key "".
  public mutating func addCounter(
    _ name: String, help: String, label: String? = nil, _ values: [(String, Double)]
  ) {
    let labels = label.map { [$0] } ?? []
    head(Family(name: name, help: help, type: "counter", labels: labels))
    for (value, number) in values {
      line(name, labels, label == nil ? [] : [value], Self.number(number))
    }
  }

  // MARK: Lines

  private mutating func head(_ family: Family) {
    let help = family.help.replacing("\\", with: #"\\"#).replacing("\n", with: #"\n"#)
    text += "# HELP \(family.name) \(help)\n# TYPE \(family.name) \(family.type)\n"
  }

  private mutating func line(
    _ name: String, _ labels: [String], _ values: [String], _ number: String
  ) {
    text += name
    if !labels.isEmpty {
      let pairs = zip(labels, values).map { "\($0)=\"\(Self.escaped($1))\"" }
      text += "{\(pairs.joined(separator: ","))}"
    }
    text += " \(number)\n"
  }

  private static func escaped(_ value: String) -> String {
    value.replacing("\\", with: #"\\"#).replacing("\"", with: #"\""#)
      .replacing("\n", with: #"\n"#)
  }

  /// Whole numbers without a point; not a number and infinities as Go writes them.
  private static func number(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
    return Int(exactly: value).map(String.init) ?? "\(value)"
  }
}
