// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// `{"metadata":…,"link":"https://…"}`.
struct TemporaryLink: Decodable {
  let link: String

  private enum Key: String, CodingKey {
    case link
  }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    let text = try fields.decode(String.self, forKey: .link)
    guard Self.isAcceptable(text) else {
      throw DecodingError.dataCorruptedError(forKey: .link, in: fields, debugDescription: "no link")
    }
    link = text
  }

  /// Whether a browser may be sent there: absolute, https or a loopback host, at most 8192 bytes of
  /// characters that stand in a URL, no user before the host.
  static func isAcceptable(_ text: String) -> Bool {
    guard text.utf8.count <= 8192, text.utf8.allSatisfy(isURLCharacter) else { return false }
    if text.hasPrefix("https://") { return host(of: text.dropFirst(8)) != nil }
    guard text.hasPrefix("http://"), let host = host(of: text.dropFirst(7)) else { return false }
    return ["localhost", "127.0.0.1", "[::1]"].contains(host)
  }

  /// The host of `host[:port]/…`; nil for an empty one, for a user and for a port that is none.
  private static func host(of rest: Substring) -> String? {
    let authority = rest.prefix { !"/?#".contains($0) }
    let isLiteral = authority.first == "["
    let end =
      isLiteral
      ? authority.firstIndex(of: "]").map { authority.index(after: $0) }
      : authority.firstIndex(of: ":") ?? authority.endIndex
    guard let end, !authority[..<end].isEmpty, !authority.contains("@") else { return nil }
    let port = authority[end...]
    guard port.isEmpty || (port.first == ":" && UInt16(port.dropFirst()) != nil) else { return nil }
    return authority[..<end].lowercased()
  }

  private static func isURLCharacter(_ byte: UInt8) -> Bool {
    0x21...0x7E ~= byte && !#""<>\^`{|}"#.utf8.contains(byte)
  }
}
