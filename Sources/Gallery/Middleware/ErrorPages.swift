// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import HTTP
internal import HTTPTypes
internal import Logging

/// The only place where an error becomes a status and a page. Nothing escapes it: its `Failure` is `Never`.
struct ErrorPages<Next: Responder<GalleryError>>: Responder {
  let views: Views
  let cookies: SessionCookies
  let site: Site
  /// Whether a page shows the cause; in development only.
  let showsCauses: Bool
  let logger: Logger
  let next: Next

  func respond(to request: Request) async -> Response {
    do {
      return try await next.respond(to: request)
    } catch {
      return answer(error, to: request)
    }
  }

  private func answer(_ error: GalleryError, to request: Request) -> Response {
    let failure = Failure(error)
    logger.log(
      level: failure.level, "\(failure.status.code)",
      metadata: ["id": "\(request.id)", "cause": "\(failure.cause)"])
    if case .sessionEnded = error {
      var response = Response.redirect(to: site.url(Welcome.path(after: .expiry)))
      response.set(cookies.removal(of: .session))
      return response
    }
    var response = page(failure, request)
    response.status = failure.status
    if let seconds = failure.retryAfter { response.fields[.retryAfter] = String(seconds) }
    if case .methodNotAllowed(let allow) = error { response.fields[.allow] = allow }
    return response
  }

  private func page(_ failure: Failure, _ request: Request) -> Response {
    let view = ErrorView(
      failure: failure, requestID: request.id, cause: showsCauses ? failure.cause : nil)
    do {
      return try views.page(view)
    } catch {
      logger.critical("the error page cannot be shown", metadata: ["id": "\(request.id)"])
      return Response(
        status: .internalServerError,
        text: "\(failure.wording.heading) (\(request.id))\n")
    }
  }
}
