// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox

/// What is kept between `/login` and `/oauthredirect`.
struct PendingAuthorization: Sendable {
  /// How long a person may take at Dropbox.
  static let limit: Duration = .seconds(600)

  /// The PKCE code verifier (RFC 7636).
  let verifier: CodeVerifier
  /// The path on this site that the person wanted to see. Printed from a `Route`, never taken from a parameter.
  let returnPath: String
}

extension PendingAuthorization: Codable {
  private enum Key: String, CodingKey {
    case verifier, returnPath
  }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    guard let verifier = CodeVerifier(try fields.decode(String.self, forKey: .verifier)) else {
      throw DecodingError.dataCorruptedError(
        forKey: .verifier, in: fields, debugDescription: "no code verifier")
    }
    self.verifier = verifier
    returnPath = try fields.decode(String.self, forKey: .returnPath)
  }

  /// With the verifier in clear: for a record that is encrypted.
  func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Key.self)
    try fields.encode(verifier.secret.revealed, forKey: .verifier)
    try fields.encode(returnPath, forKey: .returnPath)
  }
}
