// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox
internal import HTTP
internal import HTTPTypes
internal import Redis
internal import TaskCoordination

/// Who is signed in: cookies of browsers, records in Redis, fresh access tokens.
struct Sessions: Sendable {
  private static let glanceLimit: Duration = .milliseconds(500)

  private let records: SealedRecords<Session>
  private let cookies: SessionCookies
  /// The token refresh of each session. It goes on when its browsers go away: Dropbox may have issued the new token.
  private let refreshes = SingleFlight<String, AccessToken, GalleryError>(
    cancellation: GalleryError(DropboxError.cancelled), whenAbandoned: .finish)
  private let dropbox: Dropbox
  private let now: @Sendable () -> UnixTime

  init(
    redis: RedisClient, cookies: SessionCookies, dropbox: Dropbox,
    now: @escaping @Sendable () -> UnixTime = UnixTime.now
  ) {
    records = Self.records(in: redis, secrets: cookies.secrets)
    self.cookies = cookies
    self.dropbox = dropbox
    self.now = now
  }

  /// Records with the tag of their account before them, for `SessionRegister`.
  static func records(
    in redis: RedisClient, secrets: SessionSecrets
  ) -> SealedRecords<Session> {
    let tags = AccountTags(secrets: secrets)
    return SealedRecords(
      redis: redis, prefix: SessionRegister.prefix, markBytes: AccountTags.length,
      mark: { Array(tags.tag(of: $0.accountID).utf8) })
  }

  /// The session a request belongs to; nil for an anonymous one, which costs no look-up in Redis.
  func current(of request: Request) async throws(GalleryError) -> OpenSession? {
    guard let ticket = cookies.ticket(.session, in: request),
      var session = try await records.read(ticket)
    else { return nil }
    let now = self.now()
    guard let life = session.remainingLife(at: now) else {
      try await records.remove(ticket)
      return nil
    }
    if session.needsExtension(at: now) {
      session.extended = now.seconds
      // A Redis that is full or on its way to another master still answers for those who are in; the next request
      // tries again.
      try? await records.write(session, for: ticket, expiringAfter: life, onlyIfPresent: true)
    }
    RequestTrace.current?.identify(account: session.accountID)
    return OpenSession(ticket: ticket, session: session)
  }

  /// The session of a request, if there is one and Redis tells of it within half a second. Changes nothing, and an
  /// outage is no error: for pages that everybody gets.
  func glance(at request: Request) async -> Session? {
    guard let ticket = cookies.ticket(.session, in: request) else { return nil }
    return await withTaskGroup(of: Session?.self) { group in
      group.addTask { [records, now] in
        guard let session = try? await records.read(ticket),
          session.remainingLife(at: now()) != nil
        else { return nil }
        return session
      }
      group.addTask {
        try? await Task.sleep(for: Self.glanceLimit)
        return nil
      }
      let first = await group.next()
      group.cancelAll()
      return first ?? nil
    }
  }

  /// Begins a session under a new id, and ends the one that the browser had before.
  ///
  /// - Returns: the cookie to be set.
  func begin(
    _ grant: Grant, accountName: String, replacing request: Request
  ) async throws(GalleryError) -> Cookie {
    if let old = cookies.ticket(.session, in: request) { try await records.remove(old) }
    let ticket = cookies.newTicket()
    let session = Session(grant: grant, accountName: accountName, now: now())
    try await records.write(session, for: ticket, expiringAfter: Session.idleLimit)
    RequestTrace.current?.identify(account: session.accountID)
    return cookies.cookie(.session, holding: ticket)
  }

  func end(_ open: OpenSession) async throws(GalleryError) {
    try await records.remove(open.ticket)
  }

  /// The API as the person of a session may use it.
  func client(for open: OpenSession) -> SessionClient {
    dropbox.client(for: open.session.account, SessionTokens(open: open, sessions: self))
  }

  /// One refresh for any number of parallel requests of a session in this process; another process's is found
  /// in Redis.
  func refreshed(
    _ open: OpenSession, insteadOf stale: AccessToken
  ) async throws(GalleryError) -> AccessToken {
    let outcome = await refreshes.run(open.ticket.text, waitingFor: .dropbox) {
      () async throws(GalleryError) in
      guard var session = try await records.read(open.ticket) else {
        throw .sessionEnded(reason: "signed out meanwhile")
      }
      if let token = session.token, token != stale, !token.expires(within: 300, of: now()) {
        return token
      }
      let token = try await dropboxResult { () throws(DropboxError) in
        try await dropbox.refresh(session.refreshToken)
      }
      session.replace(token)
      guard let life = session.remainingLife(at: now()) else {
        throw .sessionEnded(reason: "older than a session may be")
      }
      try await records.write(
        session, for: open.ticket, expiringAfter: life, onlyIfPresent: true)
      return token
    }
    let token = try outcome.result.get()
    // The refresh of another request may have found the token that Dropbox rejected for this one.
    guard token == stale, outcome.hasJoined else { return token }
    return try await refreshed(open, insteadOf: stale)
  }
}

/// A session and the ticket that opened it.
struct OpenSession: Sendable {
  let ticket: Ticket
  let session: Session
}
