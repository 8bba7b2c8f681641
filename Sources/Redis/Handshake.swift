// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// A step of what each new connection sends first, all in one write; commands wait until all are answered.
enum Handshake: Equatable, Sendable {
  case authenticate
  /// Never the last reason to fail: a user may be allowed nothing but the commands of the service.
  case setName
  case select

  /// How operators find us in `CLIENT LIST`.
  static let clientName = "dropbox-gallery"

  static func steps(for address: RedisAddress) -> [(step: Handshake, words: [String])] {
    var steps: [(Handshake, [String])] = []
    if let signIn = address.signIn { steps.append((.authenticate, signIn.words)) }
    steps.append((.setName, ["CLIENT", "SETNAME", clientName]))
    if address.database != 0 { steps.append((.select, ["SELECT", String(address.database)])) }
    return steps
  }

  /// - Returns: why the connection cannot be used, or nil when it can.
  func failure(in reply: Reply) -> RedisError? {
    switch reply {
    case .status("OK"): nil
    case .error(.noPermission, _) where self == .setName: nil
    case .error(let code, let message): .refused(code, message: message)
    default: .unexpectedReply("to the handshake")
    }
  }
}
