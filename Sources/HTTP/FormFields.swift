// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// Names and values of a query or a form body, in order, repeated ones kept.
///
/// - Source: application/x-www-form-urlencoded, URL Standard, section 5.
public struct FormFields: Sendable, Equatable {
  /// More pairs than this are refused.
  public static let limit = 64

  public private(set) var pairs: [(name: String, value: String)]

  public init(_ pairs: [(name: String, value: String)] = []) {
    self.pairs = pairs
  }

  /// Parses `a=b&c=d`.
  ///
  /// - Returns: nil for bad percent-coding, text that is not UTF-8, and more than `limit` pairs.
  public init?(parsing text: some StringProtocol) {
    var pairs: [(name: String, value: String)] = []
    for pair in text.split(ascii: "&") {
      guard pairs.count < Self.limit else { return nil }
      let parts = pair.split(ascii: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = parts.first.flatMap({ PercentCoding.decode($0, plusIsSpace: true) }),
        let value = PercentCoding.decode(parts.dropFirst().first ?? "", plusIsSpace: true)
      else { return nil }
      pairs.append((name, value))
    }
    self.pairs = pairs
  }

  /// Every value that a name was given, in order.
  public func values(of name: String) -> [String] {
    pairs.filter { $0.name == name }.map(\.value)
  }

  /// The one value of a name; nil when there is none or several.
  public subscript(name: String) -> String? {
    let values = values(of: name)
    return values.count == 1 ? values.first : nil
  }

  /// The pairs as `a=b&c=d`, coded so that they may stand in a query or a form body.
  public var encoded: String {
    pairs.map { "\(PercentCoding.encode($0.name))=\(PercentCoding.encode($0.value))" }
      .joined(separator: "&")
  }

  public static func == (left: FormFields, right: FormFields) -> Bool {
    left.pairs.elementsEqual(right.pairs, by: ==)
  }
}
