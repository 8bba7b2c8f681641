// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import HTTPTypes

/// What a browser would like to have, each with its weight: `a;q=0.5, b`.
///
/// - Source: RFC 9110, section 12.4.2.
struct WeightedList {
  /// More items than this are not looked at.
  private static let limit = 64
  /// A longer field counts as none.
  private static let limitBytes = 4096

  /// In the order in which they came, in lower case and without their parameters; the weight in thousandths. Items
  /// whose weight cannot be read are left out.
  let items: [(name: String, weight: Int)]

  init(of name: HTTPField.Name, in fields: HTTPFields) {
    let text = fields[values: name].joined(separator: ",")
    guard text.utf8.count <= Self.limitBytes else {
      items = []
      return
    }
    items = text.split(ascii: ",", maxSplits: Self.limit).prefix(Self.limit).compactMap {
      let parts = $0.split(ascii: ";").map { $0.trimmed.lowercased() }
      guard let name = parts.first, let weight = Self.weight(in: parts.dropFirst()) else {
        return nil
      }
      return (name, weight)
    }
  }

  /// - Returns: 1000 where there is none; nil for one that cannot be read.
  private static func weight(in parameters: ArraySlice<String>) -> Int? {
    guard let parameter = parameters.first(where: { $0.hasPrefix("q=") }) else { return 1000 }
    guard let number = Double(parameter.dropFirst(2)), 0...1 ~= number else { return nil }
    return Int(number * 1000)
  }
}

extension Substring {
  fileprivate var trimmed: Substring {
    let start = drop { $0 == " " || $0 == "\t" }
    guard let end = start.lastIndex(where: { $0 != " " && $0 != "\t" }) else { return "" }
    return start[...end]
  }
}
