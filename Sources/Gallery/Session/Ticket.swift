// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Crypto
internal import FoundationEssentials
internal import HTTP

/// What a cookie carries: an id to look a record up by, and the key to open it with.
///
/// The text is base64url of id (16 bytes), key (32 bytes) and an HMAC-SHA256 over both (32 bytes) under a key
/// derived from a server secret. Redis knows the SHA-256 of the id only, and the record is closed with both the
/// ticket's key and the secret: a copy of Redis alone, or the secret alone, opens nothing.
struct Ticket: Sendable, CustomStringConvertible {
  private static let idBytes = 16
  private static let keyBytes = 32
  private static let macBytes = 32

  private let id: [UInt8]
  private let key: [UInt8]
  /// The text for the cookie.
  let text: String
  private let secret: SymmetricKey

  /// A new ticket, of random bytes, signed with the first secret.
  init(signedWith secrets: SessionSecrets) {
    id = Self.bytes(of: SymmetricKey(size: .init(bitCount: Self.idBytes * 8)))
    key = Self.bytes(of: SymmetricKey(size: .init(bitCount: Self.keyBytes * 8)))
    secret = secrets.current
    let mac = HMAC<SHA256>.authenticationCode(
      for: id + key, using: Self.signingKey(of: secrets.current))
    text = Base64URL.encode(id + key + mac)
  }

  /// A ticket that a browser sent.
  ///
  /// - Returns: nil unless one of the secrets signed it.
  init?(verifying text: String, with secrets: SessionSecrets) {
    guard text.utf8.count == 107, let bytes = Base64URL.decode(text),
      bytes.count == Self.idBytes + Self.keyBytes + Self.macBytes
    else { return nil }
    let signed = Array(bytes.prefix(Self.idBytes + Self.keyBytes))
    let mac = Array(bytes.suffix(Self.macBytes))
    let signer = secrets.all.first { secret in
      HMAC<SHA256>.isValidAuthenticationCode(
        mac, authenticating: signed, using: Self.signingKey(of: secret))
    }
    guard let signer else { return nil }
    id = Array(signed.prefix(Self.idBytes))
    key = Array(signed.suffix(Self.keyBytes))
    secret = signer
    self.text = text
  }

  /// Where the record lies in Redis: `prefix:` and 64 hexadecimal digits.
  ///
  /// - Parameter name: tells several records of one ticket apart.
  func recordKey(prefix: String, name: String = "") -> String {
    let hash = SHA256.hash(data: id + Array(name.utf8))
    return prefix + ":" + Hexadecimal.encode(hash)
  }

  /// The key that closes the records of this ticket.
  var sealingKey: SymmetricKey {
    HKDF<SHA256>.deriveKey(
      inputKeyMaterial: SymmetricKey(data: key), salt: Self.bytes(of: secret),
      info: Array("dropbox-gallery record v1".utf8), outputByteCount: 32)
  }

  var description: String { "<redacted>" }

  private static func bytes(of key: SymmetricKey) -> [UInt8] {
    unsafe key.withUnsafeBytes { unsafe Array($0) }
  }

  private static func signingKey(of secret: SymmetricKey) -> SymmetricKey {
    HKDF<SHA256>.deriveKey(
      inputKeyMaterial: secret, info: Array("dropbox-gallery cookie v1".utf8), outputByteCount: 32)
  }
}
