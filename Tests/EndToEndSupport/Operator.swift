// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPClient
import HTTPTypes
import TestSupport

/// Somebody who runs the service, and looks at the address that is theirs.
struct Operator {
  struct Sample: Decodable {
    let name: String
    let labels: [String: String]
    let value: Double
  }

  /// `127.0.0.1:port`, as in `METRICS_LISTEN`.
  let address: String
  private let http: HTTPClient

  init() throws {
    address = "127.0.0.1:\(try FreePort.find())"
    http = try Installation.client()
  }

  func get(_ path: String) async throws -> Answer {
    try await http.send(
      OutgoingRequest(
        method: .get, url: "http://\(address)\(path)", fields: [:], body: [], limit: .seconds(10),
        answerLimit: 1 << 20))
  }

  /// Waits until the service answers here.
  func waitUntilItAnswers() async throws {
    let end = ContinuousClock.now + .seconds(20)
    while (try? await get("/healthz")) == nil {
      guard ContinuousClock.now < end else { throw TestFailure("nobody answers at \(address)") }
      await TestLoop.pause(.milliseconds(20))
    }
  }

  /// What Prometheus' own parser finds in `/metrics`.
  func samples() async throws -> [Sample] {
    let text = try await get("/metrics").body
    let program = """
      import json, sys
      from prometheus_client.parser import text_string_to_metric_families as parse
      print(json.dumps([{"name": s.name, "labels": s.labels, "value": s.value}
                        for family in parse(sys.stdin.read()) for s in family.samples]))
      """
    let outcome = try await ChildProcess.run(
      "/usr/bin/python3", ["-c", program], input: .bytes(text))
    guard outcome.exit == .status(0) else { throw TestFailure(outcome.errorText) }
    return try JSONDecoder().decode([Sample].self, from: Data(outcome.text.utf8))
  }

  /// The sum of numbers that are counted up: at the end of a request, which is after its answer.
  ///
  /// - Parameter least: waited for.
  func sum(
    _ name: String, _ labels: [String: String] = [:], from least: Double
  ) async throws -> Double {
    let end = ContinuousClock.now + .seconds(10)
    while true {
      let sum = try await samples().sum(name, labels)
      if sum >= least || ContinuousClock.now > end { return sum }
    }
  }

  func close() async { await http.close() }
}

extension [Operator.Sample] {
  /// The sum of the numbers of that name whose labels have these values.
  func sum(_ name: String, _ labels: [String: String] = [:]) -> Double {
    filter { sample in
      sample.name == name && labels.allSatisfy { sample.labels[$0.key] == $0.value }
    }.reduce(0) { $0 + $1.value }
  }
}
