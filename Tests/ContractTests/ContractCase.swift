// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import EndToEndSupport

/// One row of the contract that each front keeps: a few requests and what their responses must be.
struct ContractCase: Sendable {
  let name: String
  /// A front without it cannot show this case. `nil` if every front can.
  let feature: FrontFeature?
  private let body: @Sendable (Contract) async throws -> Void

  init(
    _ name: String, needs feature: FrontFeature? = nil,
    _ body: @escaping @Sendable (Contract) async throws -> Void
  ) {
    self.name = name
    self.feature = feature
    self.body = body
  }

  /// All rows, in the order they run. The last ones end the service.
  static let all =
    methods + bodies + headers + paths + streams + files + security + transport + limits + lifecycle

  /// Runs the case at the front of the suite, or cancels the test with the reason why the front cannot show it.
  func run() async throws {
    let contract = try Contract.required
    if let reason = feature?.absence(from: contract.front) { try Test.cancel("\(reason)") }
    try await body(contract)
  }
}

extension ContractCase: CustomTestStringConvertible {
  var testDescription: String { name }
}
