// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox
internal import HTTP
internal import HTTPTypes
internal import Logging

/// Signing out: here first, then at Dropbox.
struct SignOut: Sendable {
  let dropbox: Dropbox
  let sessions: Sessions
  let indexes: FolderIndexes
  let cookies: SessionCookies
  let site: Site
  let views: Views
  let visitors: Visitors
  let logger: Logger

  /// Ends the session at once, unless another site sent the browser here: then a button asks first.
  func respond(to request: Request) async throws(GalleryError) -> Response {
    guard let open = try await sessions.current(of: request) else {
      return farewell(after: nil)
    }
    guard request.method == .post || request.method == .get, !request.beganOnAnotherSite else {
      return try views.page(SignOutView(visitor: visitors.visitor(request, open)))
    }
    try await sessions.end(open)
    await indexes.forget(open.session.accountID)
    await revoke(open.session, request)
    return farewell(after: .signOut)
  }

  /// The person is signed out here already, so a failure is for the log only.
  private func revoke(_ session: Session, _ request: Request) async {
    guard let token = session.token else { return }
    do {
      try await dropbox.revoke(token)
    } catch {
      logger.warning(
        "Dropbox did not revoke a token", metadata: ["id": "\(request.id)", "cause": "\(error)"])
    }
  }

  private func farewell(after event: Welcome.Event?) -> Response {
    var response = Response.redirect(to: site.url(Welcome.path(after: event)))
    response.set(cookies.removal(of: .session))
    // Renditions lie in the browser's cache for a year; they are the person's, and others may use the machine.
    if event == .signOut { response.fields[.clearSiteData] = "\"cache\"" }
    return response
  }
}

extension Request {
  /// Whether the navigation began on another site, by what the browser says of it (Fetch Metadata).
  var beganOnAnotherSite: Bool {
    guard let site = fields[.secFetchSite] else { return false }
    return site != "same-origin" && site != "none" && site != "same-site"
  }
}
