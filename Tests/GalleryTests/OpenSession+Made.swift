// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Dropbox
import Testing

@testable import Gallery

extension OpenSession {
  /// A session of its own, as of somebody who has just signed in.
  static func made(_ account: String = "dbid:Ana") throws -> OpenSession {
    let token = try #require(AccessToken("t", expires: UnixTime(seconds: 1)))
    let grant = Grant(
      accessToken: token, refreshToken: Secret("r"),
      accountID: try #require(AccountID(account)), scopes: [])
    return OpenSession(
      ticket: Ticket(signedWith: SessionSecrets.made("a")),
      session: Session(grant: grant, accountName: "", now: UnixTime(seconds: 1)))
  }
}
