// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import HTTP
internal import HTTPTypes
internal import Logging

/// The only place where an error becomes a status and a page. Nothing escapes it: its `Failure` is `Never`.
struct ErrorPages<Next: RoutedResponder<GalleryError>>: RoutedResponder {
  let views: Views
  let visitors: Visitors
  let cookies: SessionCookies
  let site: Site
  /// Whether a page shows the cause; in development only.
  let showsCauses: Bool
  let logger: Logger
  let next: Next

  func respond(to routed: RoutedRequest) async -> Response {
    do throws(GalleryError) {
      return try await next.respond(to: routed)
    } catch {
      return await answer(error, to: routed.request)
    }
  }

  private func answer(_ error: GalleryError, to request: Request) async -> Response {
    let page = ErrorPage(error)
    RequestTrace.current?.fail(page.cause, level: page.level)
    if case .sessionEnded = error {
      var response = Response.redirect(to: site.url(Welcome.path(after: .expiry)))
      response.set(cookies.removal(of: .session))
      return response
    }
    if case .unrenderable = error {
      // Read by a script in the place of a picture, where a page of HTML would be of no use.
      let words = views.words(for: request)
      var response = Response(status: page.status, text: words[page.wording.explanation] + "\n")
      response.speak(words.language)
      response.fields[.cacheControl] = "no-store"
      return response
    }
    var response = render(page, for: request, to: await visitor(request, after: error))
    response.status = page.status
    if let seconds = page.retryAfter { response.fields[.retryAfter] = String(seconds) }
    if case .methodNotAllowed(let allow) = error { response.fields[.allow] = allow }
    return response
  }

  /// Redis is not asked again right after it failed, and nobody is asked about where nobody is signed in.
  private func visitor(_ request: Request, after error: GalleryError) async -> Visitor {
    switch error {
    case .unavailable(.redis, _, _), .unauthenticated: visitors.stranger(request)
    default: await visitors.glance(at: request)
    }
  }

  private func render(
    _ page: ErrorPage, for request: Request, to visitor: Visitor
  ) -> Response {
    let view = ErrorView(
      visitor: visitor, page: page, requestID: request.id, cause: showsCauses ? page.cause : nil)
    do {
      return try views.page(view)
    } catch {
      logger.critical("the error page cannot be shown", metadata: ["id": "\(request.id)"])
      return Response(
        status: .internalServerError,
        text: "\(visitor.words[page.wording.heading]) (\(request.id))\n")
    }
  }
}
