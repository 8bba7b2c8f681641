// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// A parser of outside input and the invariants that hold for every input.
///
/// libFuzzer runs a target with mutated inputs (`make test-long`). The unit tests run it with its seed corpus.
public struct FuzzTarget: Sendable {
  /// The name of the target and of its folder in `Tests/FuzzTargets/Corpus`.
  public let name: String
  /// Parses an input.
  ///
  /// - Throws: `FuzzFailure` when an invariant does not hold.
  public let run: @Sendable ([UInt8]) throws(FuzzFailure) -> Void

  public init(_ name: String, run: @escaping @Sendable ([UInt8]) throws(FuzzFailure) -> Void) {
    self.name = name
    self.run = run
  }

  public static let all: [FuzzTarget] = [
    fastCGIParser, fastCGIServer, metaVariables, requestTarget, cookies, forms, ranges,
    headerFields, dropboxJSON, respReplies,
  ]

  public static func named(_ name: String) -> FuzzTarget? {
    all.first { $0.name == name }
  }
}

/// An invariant that an input violates.
public struct FuzzFailure: Error, CustomStringConvertible {
  public let description: String

  public init(_ description: String) {
    self.description = description
  }
}

/// - Throws: `FuzzFailure` unless the condition holds.
func require(
  _ condition: Bool, _ description: @autoclosure () -> String
) throws(FuzzFailure) {
  guard condition else { throw FuzzFailure(description()) }
}
