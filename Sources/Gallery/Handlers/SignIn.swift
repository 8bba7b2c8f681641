// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox
internal import HTTP
internal import HTTPTypes
internal import Redis

/// Signing in: to Dropbox and back, as OAuth's authorization code flow with PKCE.
///
/// `state` and code verifier wait in Redis, closed, under the ticket of a short-lived cookie and the state itself.
/// They are taken once, by the browser that began; several tabs may begin beside each other.
///
/// - Source: RFC 6749, section 4.1; RFC 7636; RFC 9700.
struct SignIn: Sendable {
  let dropbox: Dropbox
  let sessions: Sessions
  let cookies: SessionCookies
  let pending: SealedRecords<PendingAuthorization>
  let site: Site

  init(
    dropbox: Dropbox, redis: RedisClient, sessions: Sessions, cookies: SessionCookies, site: Site
  ) {
    self.dropbox = dropbox
    self.sessions = sessions
    self.cookies = cookies
    self.site = site
    pending = SealedRecords(redis: redis, prefix: SessionRegister.pendingPrefix)
  }

  /// Sends the person to Dropbox.
  ///
  /// - Parameter returnPath: where they go once they are back, a path of ours.
  func begin(
    _ request: Request, returningTo returnPath: String
  ) async throws(GalleryError) -> Response {
    let ticket = cookies.ticket(.login, in: request) ?? cookies.newTicket()
    let state = Base64URL.encode((0..<16).map { _ in UInt8.random(in: .min ... .max) })
    let verifier = CodeVerifier()
    try await pending.write(
      PendingAuthorization(verifier: verifier, returnPath: returnPath),
      for: ticket, name: state, expiringAfter: PendingAuthorization.limit)
    var response = Response.redirect(
      to: dropbox.authorizationURL(state: state, challenge: verifier.challenge), status: .found)
    response.set(cookies.cookie(.login, holding: ticket))
    return response
  }

  /// Takes the person back from Dropbox.
  func finish(_ request: Request, query: FormFields) async throws(GalleryError) -> Response {
    let answer = try AuthorizationAnswer(query)
    guard let ticket = cookies.ticket(.login, in: request) else {
      throw .staleAuthorization(reason: "no login cookie")
    }
    guard let begun = try await pending.take(ticket, name: answer.state) else {
      throw .staleAuthorization(reason: "no such state")
    }
    switch answer.outcome {
    case .refused:
      var response = Response.redirect(to: site.url(Welcome.path(after: .refusal)))
      response.set(cookies.removal(of: .login))
      return response
    case .failed(let code):
      throw .badGateway(.dropbox, cause: "the authorization failed: \(code)")
    case .code(let code):
      return try await signIn(request, code: code, begun: begun)
    }
  }

  private func signIn(
    _ request: Request, code: Secret, begun: PendingAuthorization
  ) async throws(GalleryError) -> Response {
    let grant: Grant
    do throws(DropboxError) {
      grant = try await dropbox.exchange(code: code, verifier: begun.verifier)
    } catch .invalidGrant {
      throw .staleAuthorization(reason: "Dropbox does not take the code")
    } catch {
      throw GalleryError(error)
    }
    let cookie = try await sessions.begin(
      grant, accountName: await accountName(grant), replacing: request)
    var response = Response.redirect(to: site.url(begun.returnPath))
    response.set(cookie)
    response.set(cookies.removal(of: .login))
    return response
  }

  /// A name to be shown. Without it everything works, so Dropbox is asked once and may fail.
  private func accountName(_ grant: Grant) async -> String {
    do {
      return try await dropbox.client(for: grant.accountID, FixedToken(grant.accessToken))
        .currentAccount().displayName
    } catch {
      return ""
    }
  }
}
