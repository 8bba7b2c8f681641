// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

@testable import Metrics

/// What Prometheus' own parser for Python makes of what we write.
struct ExpositionTests {
  private struct Sample: Decodable, Equatable {
    let name: String
    let labels: [String: String]
    let value: String
  }

  private func parse(_ exposition: Exposition) async throws -> [Sample] {
    let program = """
      import json, sys
      from prometheus_client.parser import text_string_to_metric_families as parse
      found = [{"name": s.name, "labels": s.labels, "value": repr(s.value)}
               for family in parse(sys.stdin.read()) for s in family.samples]
      print(json.dumps(found))
      """
    let outcome = try await ChildProcess.run(
      "/usr/bin/python3", ["-c", program], input: .bytes(Array(exposition.text.utf8)))
    try #require(outcome.exit == .status(0), "\(outcome.errorText)\n\(exposition.text)")
    return try JSONDecoder().decode([Sample].self, from: Data(outcome.text.utf8))
  }

  @Test func `counters, histograms and gauges are read back as they were meant`() async throws {
    let counter = Counter("a_total", help: "A \\ b\nc", labels: ["route", "status"])
    counter.increment(["/", "200"])
    counter.increment(["/", "200"], by: 2)
    counter.increment(["quote\" back\\slash\nline", "ü"])
    let histogram = Histogram("t_seconds", help: "T", labels: ["r"], bounds: [0.01, 0.1, 1])
    for milliseconds in [5, 10, 11, 500, 2_000] {
      histogram.observe(.milliseconds(milliseconds), ["x"])
    }
    var exposition = Exposition()
    exposition.add(counter)
    exposition.add(histogram)
    exposition.addGauge("g", help: "G", 1.5)
    exposition.addCounter("c_total", help: "C", label: "why", [("x", 3), ("y", 0)])
    exposition.addCounter("d_total", help: "D", [("", 0.25)])
    let samples = try await parse(exposition)
    #expect(
      samples == [
        Sample(name: "a_total", labels: ["route": "/", "status": "200"], value: "3.0"),
        Sample(
          name: "a_total", labels: ["route": "quote\" back\\slash\nline", "status": "ü"],
          value: "1.0"),
        Sample(name: "t_seconds_bucket", labels: ["r": "x", "le": "0.01"], value: "2.0"),
        Sample(name: "t_seconds_bucket", labels: ["r": "x", "le": "0.1"], value: "3.0"),
        Sample(name: "t_seconds_bucket", labels: ["r": "x", "le": "1"], value: "4.0"),
        Sample(name: "t_seconds_bucket", labels: ["r": "x", "le": "+Inf"], value: "5.0"),
        Sample(name: "t_seconds_sum", labels: ["r": "x"], value: "2.526"),
        Sample(name: "t_seconds_count", labels: ["r": "x"], value: "5.0"),
        Sample(name: "g", labels: [:], value: "1.5"),
        Sample(name: "c_total", labels: ["why": "x"], value: "3.0"),
        Sample(name: "c_total", labels: ["why": "y"], value: "0.0"),
        Sample(name: "d_total", labels: [:], value: "0.25"),
      ])
  }

  @Test(arguments: [
    (Double.nan, "nan"), (.infinity, "inf"), (-.infinity, "-inf"), (1e300, "1e+300"),
  ])
  func `odd numbers are read back`(value: Double, text: String) async throws {
    var exposition = Exposition()
    exposition.addGauge("g", help: "G", value)
    #expect(try await parse(exposition).map(\.value) == [text])
  }

  @Test func `what can happen stands there before it did`() {
    var exposition = Exposition()
    exposition.add(Counter("a_total", help: "A"))
    exposition.add(Counter("b_total", help: "B", labels: ["x"], initial: [["1"], ["2"]]))
    exposition.add(Histogram("h_seconds", help: "H", bounds: [1]))
    for line in ["a_total 0", #"b_total{x="1"} 0"#, #"h_seconds_bucket{le="+Inf"} 0"#] {
      #expect(exposition.text.contains(line + "\n"))
    }
  }

  @Test func `past five hundred combinations everything new is one`() {
    let counter = Counter("a_total", help: "A", labels: ["x"])
    for number in 0..<600 { counter.increment(["\(number)"]) }
    #expect(counter.series.count == Counter.seriesLimit + 1)
    #expect(counter.series.first { $0.values == ["other"] }?.count == 100)
    counter.increment(["3"])
    #expect(counter.series.first { $0.values == ["3"] }?.count == 2)
  }

  @Test func `a count stays at the highest number`() {
    let counter = Counter("a_total", help: "A")
    counter.increment(by: .max)
    counter.increment()
    #expect(counter.series.map(\.count) == [.max])
  }
}
