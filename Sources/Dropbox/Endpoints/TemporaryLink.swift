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

extension TemporaryLink {
  struct Arguments: Encodable {
    let path: String
  }

  static let endpoint = Endpoint<Arguments, TemporaryLink>(
    route: "files/get_temporary_link",
    error: { tags in
      TemporaryLinkError(rawValue: tags.joined(separator: "/")).map(EndpointError.temporaryLink)
    })
}

/// - Source: `files.stone`, union `GetTemporaryLinkError`.
public enum TemporaryLinkError: String, Sendable, Equatable {
  case emailNotVerified = "email_not_verified"
  /// The file lives on Dropbox's site only.
  case unsupportedFile = "unsupported_file"
  case notAllowed = "not_allowed"
}

extension AccountClient {
  /// A link to the file's bytes that works for four hours without a token, for whoever has it.
  ///
  /// - Returns: an absolute https URL, or http on a loopback host: printable ASCII, fit for `Location`.
  /// - Throws: `.notFound`; `.endpoint(.temporaryLink(…))`.
  /// - Source: `files/get_temporary_link`; scope `files.content.read`.
  public func temporaryLink(to file: FileID) async throws(Tokens.Failure) -> String {
    try await send(TemporaryLink.endpoint, TemporaryLink.Arguments(path: file.value)).link
  }
}
