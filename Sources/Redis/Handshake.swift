// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// A step of what each new connection sends first, all in one write; commands wait until all are answered.
enum Handshake: Equatable, Sendable {
  case authenticate
  /// Behind sentinels: they may not know yet that a master has become a replica.
  case checkRole
  /// Never the last reason to fail: a user may be allowed nothing but the commands of the service.
  case setName
  case select

  /// How operators find us in `CLIENT LIST`.
  static let clientName = "dropbox-gallery"

  static func steps(for address: RedisAddress) -> [(step: Handshake, words: [String])] {
    var steps: [(Handshake, [String])] = []
    if let signIn = address.signIn { steps.append((.authenticate, signIn.words)) }
    if case .sentinel = address.transport { steps.append((.checkRole, ["ROLE"])) }
    steps.append((.setName, ["CLIENT", "SETNAME", clientName]))
    if address.database != 0 { steps.append((.select, ["SELECT", String(address.database)])) }
    return steps
  }

  /// - Returns: why the connection cannot be used, or nil when it can.
  func failure(in reply: Reply) -> RedisError? {
    switch (self, reply) {
    case (.checkRole, .array(let parts)):
      parts.first == .bulk(Array("master".utf8))
        ? nil : .unavailable("what the sentinels call the master is a replica")
    case (.authenticate, .status("OK")), (.setName, .status("OK")), (.select, .status("OK")): nil
    case (.setName, .error(.noPermission, _)): nil
    case (_, .error(let code, let message)): .refused(code, message: message)
    default: .unexpectedReply("to the handshake")
    }
  }
}
