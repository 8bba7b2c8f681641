// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

public import HTTPTypes

/// A cookie to be set, and the cookies a browser sent.
///
/// - Source: RFC 6265; the draft rfc6265bis for the `__Host-` prefix and `SameSite`.
public struct Cookie: Sendable, Equatable {
  public var name: String
  /// Printable ASCII without space, `"`, `,`, `;` and `\`.
  public var value: String
  /// Seconds to live; nil for as long as the browser runs; 0 deletes.
  public var maxAge: Int?
  public var isSecure: Bool

  public init(name: String, value: String, maxAge: Int?, isSecure: Bool) {
    self.name = name
    self.value = value
    self.maxAge = maxAge
    self.isSecure = isSecure
  }

  /// The value of a `Set-Cookie` field. Always `HttpOnly`, `SameSite=Lax` and `Path=/`: the callback of an
  /// authorization is a navigation from another site, so `Strict` would arrive without the cookie.
  public var setCookie: String {
    var text = "\(name)=\(value); Path=/; HttpOnly; SameSite=Lax"
    if let maxAge { text += "; Max-Age=\(maxAge)" }
    if isSecure { text += "; Secure" }
    return text
  }

  /// Every value that a browser sent under a name. Longer headers than 16 KiB count as none.
  ///
  /// Apache joins repeated fields with a comma, so a comma separates as a semicolon does.
  public static func values(named name: String, in fields: HTTPFields) -> [String] {
    let header = fields[values: .cookie].joined(separator: ";")
    guard header.utf8.count <= 16_384 else { return [] }
    return header.split(ascii: ";").flatMap { $0.split(ascii: ",") }.compactMap { pair in
      let parts = pair.split(ascii: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, let key = parts.first, let value = parts.last,
        key.drop(while: { $0 == " " }) == name
      else { return nil }
      return String(value)
    }
  }
}
