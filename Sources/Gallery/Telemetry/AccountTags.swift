// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Crypto

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
    let digits = Array("0123456789abcdef".utf8)
    let code = HMAC<SHA256>.authenticationCode(for: Array(account.utf8), using: key)
    return String(
      decoding: code.prefix(Self.length / 2).flatMap {
        [digits[Int($0 >> 4)], digits[Int($0 & 15)]]
      },
      as: UTF8.self)
  }
}
