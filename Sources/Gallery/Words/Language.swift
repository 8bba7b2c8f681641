// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import HTTP
internal import HTTPTypes

/// A language that there is a table of words for: `views/words/en.json`. The raw value is its tag (RFC 5646).
enum Language: String, CaseIterable, Sendable {
  case english = "en"
  case german = "de"

  /// For who does not say, and for who wants none of ours.
  static let standard = Language.english

  /// The one that a browser asks for.
  init(of request: Request) {
    let best = AcceptedLanguages(of: request.fields).best(of: Self.allCases.map(\.rawValue))
    self = best.flatMap(Self.init(rawValue:)) ?? .standard
  }

  /// With a separator between thousands: `2,000` or `2.000`.
  func number(_ number: Int) -> String {
    let digits = String(number.magnitude)
    var text = number < 0 ? "-" : ""
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.utf8.count - place).isMultiple(of: 3) {
        text.append(thousandsSeparator)
      }
      text.append(digit)
    }
    return text
  }

  private var thousandsSeparator: Character {
    switch self {
    case .english: ","
    case .german: "."
    }
  }
}
