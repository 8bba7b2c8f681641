// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Crypto

/// The secrets that sign cookies and close records: the first signs, all verify, so that one can be replaced
/// without signing anybody out.
public struct SessionSecrets: Sendable, CustomStringConvertible {
  /// A shorter secret is refused, in bytes.
  public static let minimumBytes = 32

  let current: SymmetricKey
  let all: [SymmetricKey]

  /// - Parameter list: secrets separated by commas, newest first.
  /// - Returns: nil when there is none or one is too short.
  public init?(list: String) {
    let secrets = list.split(separator: ",").map { secret in
      Array(secret.drop(while: \.isWhitespace).utf8)
    }
    guard let first = secrets.first, secrets.allSatisfy({ $0.count >= Self.minimumBytes }) else {
      return nil
    }
    current = SymmetricKey(data: first)
    all = secrets.map { SymmetricKey(data: $0) }
  }

  public var description: String { "<redacted>" }
}
