// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox
internal import HTTP
internal import HTTPTypes

/// Finds the handler of a request. The switch is exhaustive: a new route does not compile until it stands here.
struct Router: RoutedResponder {
  let sessions: Sessions
  let signIn: SignIn
  let signOut: SignOut
  let welcome: Welcome
  let folderPage: FolderPage
  let cover: AlbumCover
  let pictures: PictureFiles
  let downloads: Downloads
  let details: DetailsOfPicture
  let health: Health
  let site: Site

  func respond(to routed: RoutedRequest) async throws(GalleryError) -> Response {
    if let defect = routed.request.defect { throw GalleryError(defect) }
    let match = try routed.match.get()
    let definition = match.route.definition
    guard definition.methods.contains(routed.request.method) else {
      throw .methodNotAllowed(allow: definition.allow)
    }
    let handler = handler(of: match, for: routed.request)
    switch (definition.access, handler) {
    case (.public, .anonymous(let respond)), (.private, .anonymous(let respond)):
      return try await respond()
    case (.session(let content), .session(let respond)):
      guard let open = try await sessions.current(of: routed.request) else {
        return try signedOut(match.route, content, routed.request)
      }
      return try await respond(open)
    case (.public, .session), (.private, .session), (.session, .anonymous):
      throw .fault(cause: "the handler of \(match.route.pattern) is not for its access")
    }
  }

  /// The one place that decides what a signed-out client gets.
  private func signedOut(
    _ route: Route, _ content: RouteDefinition.Content, _ request: Request
  ) throws(GalleryError) -> Response {
    switch content {
    case .data: throw .unauthenticated
    case .page where FolderPage.isForProgram(request): throw .unauthenticated
    case .page, .file:
      // Signing in begins at one address, which web servers limit; a link that anybody opened costs nothing yet.
      return .redirect(to: site.url(Route.login(then: route).path), status: .found)
    }
  }
}

extension Router {
  /// What answers a request, made before its session is looked up.
  enum Handler {
    case anonymous(() async throws(GalleryError) -> Response)
    case session((OpenSession) async throws(GalleryError) -> Response)
  }

  func handler(of match: RoutedRequest.Match, for request: Request) -> Handler {
    let query = match.query
    switch match.route {
    case .healthy: return .anonymous { () throws(GalleryError) in health.alive() }
    case .ready: return .anonymous { () async throws(GalleryError) in await health.ready() }
    case .welcome:
      return .anonymous { () async throws(GalleryError) in
        try await welcome.respond(to: request, query: query)
      }
    case .login(let next):
      return .anonymous { () async throws(GalleryError) in
        try await signIn.begin(request, returningTo: next.path)
      }
    case .authorized:
      return .anonymous { () async throws(GalleryError) in
        try await signIn.finish(request, query: query)
      }
    case .logout:
      return .anonymous { () async throws(GalleryError) in try await signOut.respond(to: request) }
    case .gallery:
      return .session { open async throws(GalleryError) in
        try await folderPage.respond(.root, to: request, query: query, open)
      }
    case .album(let folder):
      return .session { open async throws(GalleryError) in
        try await folderPage.respond(FolderPath(folder), to: request, query: query, open)
      }
    case .picture(let file):
      return .session { open async throws(GalleryError) in
        try await folderPage.respond(picture: file, to: request, query: query, open)
      }
    case .cover(let folder):
      return .session { open async throws(GalleryError) in
        try await cover.respond(FolderPath(folder), open)
      }
    case .rendition(let file, let rev, let rendition):
      // Counted while its session is looked up: the batch of its size waits for it.
      let arrival = pictures.arrivals.begin(request)
      return .session { open async throws(GalleryError) in
        try await pictures.rendition(rendition, of: file, rev: rev, request, open, arrival)
      }
    case .details(_, let rev):
      return .session { open async throws(GalleryError) in try await details.respond(rev, open) }
    case .original(let file):
      return .session { open async throws(GalleryError) in try await pictures.original(file, open) }
    case .download(let file):
      return .session { open async throws(GalleryError) in
        try await downloads.respond(file, request, open)
      }
    }
  }
}

extension GalleryError {
  init(_ defect: Request.Defect) {
    switch defect {
    case .bodyTooLarge(let limit): self = .tooLarge(limit: limit)
    case .tooManyRequests: self = .tooManyRequests
    case .withheld: self = .notFound
    case .malformed(let reason): self = .invalid(reason: reason)
    }
  }
}
