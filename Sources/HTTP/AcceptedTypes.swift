// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

public import HTTPTypes

/// The media types that an `Accept` field names.
///
/// - Source: RFC 9110, section 12.5.1.
public struct AcceptedTypes: Sendable {
  /// By type in lower case, in thousandths.
  private var weights: [String: Int] = [:]

  public init(of fields: HTTPFields) {
    for (type, weight) in WeightedList(of: .accept, in: fields).items {
      weights[type] = max(weight, weights[type] ?? 0)
    }
  }

  /// Whether a type is asked for by its name, and rather than another one. `*/*` asks for nothing in particular.
  public func prefers(_ type: String, to other: String) -> Bool {
    (weights[type] ?? 0) > (weights[other] ?? 0)
  }
}
