// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

public import HTTPTypes

/// The languages that an `Accept-Language` field names.
///
/// - Source: RFC 9110, section 12.5.4; RFC 4647, section 3.4 (lookup: `de-AT` is content with `de`).
public struct AcceptedLanguages: Sendable {
  private let ranges: [(name: String, weight: Int)]

  public init(of fields: HTTPFields) {
    ranges = WeightedList(of: .acceptLanguage, in: fields).items
  }

  /// The one of several languages that suits best: the highest weight, and of equal ones the one that was named first.
  ///
  /// - Parameter tags: primary language tags in lower case, such as `de`; of those that suit equally well, the first.
  /// - Returns: nil where none is wanted.
  public func best(of tags: [String]) -> String? {
    var best: (tag: String, wish: Wish)?
    for tag in tags {
      guard let wish = wish(for: tag), wish.weight > 0, wish.isBefore(best?.wish) else { continue }
      best = (tag, wish)
    }
    return best?.tag
  }

  /// The highest that was said of a language by its name or of a part of it (`de-AT`), else of all others (`*`).
  private func wish(for tag: String) -> Wish? {
    var named: Wish?
    var rest: Wish?
    for (place, range) in ranges.enumerated() {
      let wish = Wish(weight: range.weight, place: place)
      if range.name == tag || range.name.hasPrefix(tag + "-") {
        if wish.isBefore(named) { named = wish }
      } else if range.name == "*", wish.isBefore(rest) {
        rest = wish
      }
    }
    return named ?? rest
  }
}

private struct Wish {
  let weight: Int
  let place: Int

  func isBefore(_ other: Wish?) -> Bool {
    guard let other else { return true }
    return weight == other.weight ? place < other.place : weight > other.weight
  }
}
