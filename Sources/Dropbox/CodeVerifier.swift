// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Crypto
internal import HTTP

/// The secret half of PKCE: made for one authorization, shown only with its code.
///
/// - Source: RFC 7636, section 4.1; RFC 9700, section 2.1.1.
public struct CodeVerifier: Sendable, Hashable {
  /// 43…128 characters of `A-Z a-z 0-9 - . _ ~`.
  public let secret: Secret

  /// 32 random bytes: 43 characters.
  public init() {
    // The standard library's generator asks the kernel, as a cryptographic one does.
    secret = Secret(Base64URL.encode((0..<32).map { _ in UInt8.random(in: .min ... .max) }))
  }

  /// Takes back one that was kept.
  ///
  /// - Returns: nil for what RFC 7636 does not allow.
  public init?(_ text: String) {
    guard 43...128 ~= text.utf8.count, PercentCoding.encode(text) == text else { return nil }
    secret = Secret(text)
  }

  /// The half that travels with the authorization request.
  public var challenge: CodeChallenge {
    CodeChallenge(value: Base64URL.encode(SHA256.hash(data: Array(secret.revealed.utf8))))
  }
}

/// The open half of PKCE: base64url of the verifier's SHA-256, 43 characters; method `S256`.
///
/// - Source: RFC 7636, section 4.2.
public struct CodeChallenge: Sendable, Hashable {
  public let value: String
}
