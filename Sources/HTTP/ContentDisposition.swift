// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// The header field that has a browser save an answer under a name.
///
/// - Source: RFC 6266; RFC 8187.
public enum ContentDisposition {
  /// `attachment; filename="Lake_.jpg"; filename*=UTF-8''Lake%E2%82%AC.jpg`
  ///
  /// The first name is for programs that do not know the second. Neither holds what could be a part of a path, a
  /// line end, or a mark that turns the direction of text, which makes `gpj.exe` look like a picture.
  ///
  /// - Parameter name: any text; `file` when nothing of it is left.
  public static func attachment(named name: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in name.unicodeScalars { scalars.append(isPlain(scalar) ? scalar : "_") }
    while let first = scalars.first, first == "." || first == " " { scalars.removeFirst() }
    let whole = scalars.isEmpty ? "file" : String(scalars)
    let fallback = String(
      decoding: whole.unicodeScalars.map { isQuotable($0) ? UInt8(ascii: $0) : 0x5F }, as: UTF8.self
    )
    return "attachment; filename=\"\(fallback)\"; filename*=UTF-8''\(PercentCoding.encode(whole))"
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    // An emoji may be several scalars that U+200D joins.
    case .format: scalar == "\u{200D}"
    case .control, .lineSeparator, .paragraphSeparator, .surrogate: false
    default: scalar != "/" && scalar != "\\"
    }
  }

  /// What every program reads alike between quotes; some decode `%`.
  private static func isQuotable(_ scalar: Unicode.Scalar) -> Bool {
    (0x20...0x7E).contains(scalar.value) && scalar != "\"" && scalar != "%"
  }
}
