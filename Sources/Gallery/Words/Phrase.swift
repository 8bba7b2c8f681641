// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// A text of a table of words, taken apart once: `{count} pictures so far`.
struct Phrase: Sendable {
  private enum Piece {
    case text(String)
    case part(String)
  }

  /// As it stands in the table.
  let text: String
  /// The names between braces.
  let parts: Set<String>
  private let pieces: [Piece]

  /// - Returns: nil for an empty text, and for a brace that has no partner or holds no name.
  init?(_ text: String) {
    var pieces: [Piece] = []
    var rest = text[...]
    while let brace = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
      let inside = rest[brace...].dropFirst().prefix { $0 != "{" && $0 != "}" }
      guard rest[brace] == "{", rest[inside.endIndex...].first == "}", !inside.isEmpty,
        inside.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) })
      else { return nil }
      pieces += [.text(String(rest[..<brace])), .part(String(inside))]
      rest = rest[inside.endIndex...].dropFirst()
    }
    guard !text.isEmpty else { return nil }
    self.text = text
    self.pieces = pieces + [.text(String(rest))]
    parts = Set(
      pieces.compactMap { piece in
        guard case .part(let name) = piece else { return nil }
        return name
      })
  }

  /// The text with its parts put in; one without a value is left out.
  func filled(_ values: [String: String]) -> String {
    var text = ""
    for piece in pieces {
      switch piece {
      case .text(let plain): text += plain
      case .part(let name): text += values[name] ?? ""
      }
    }
    return text
  }
}
