// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Crypto
internal import HTTP

/// Names of people for the log: the same for all requests of an account, and of no use to who does not have the
/// session secret. It changes with the first secret of the list.
///
/// - Source: RFC 2104; the key is one for this purpose alone.
struct AccountTags: Sendable {
  /// Of a tag, in bytes.
  static let length = 12

  private let key: SymmetricKey

  init(secrets: SessionSecrets) {
    let purpose = Array("account in logs".utf8)
    key = SymmetricKey(
      data: HMAC<SHA256>.authenticationCode(for: purpose, using: secrets.current))
  }

  /// 12 hexadecimal digits.
  func tag(of account: String) -> String {
    let code = HMAC<SHA256>.authenticationCode(for: Array(account.utf8), using: key)
    return Hexadecimal.encode(code.prefix(Self.length / 2))
  }
}
