// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox
internal import HTTP
internal import HTTPTypes

/// Finds the handler of a request. The switch is exhaustive: a new route is not served until it stands here.
struct Router: Responder {
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

  func respond(to request: Request) async throws(GalleryError) -> Response {
    if let defect = request.defect { throw GalleryError(defect) }
    guard let target = RequestTarget(parsing: request.target) else {
      throw .invalid(reason: "the target cannot be read")
    }
    let route = try Route(parsing: target)
    guard route.allowedMethods.contains(request.method) else {
      throw .methodNotAllowed(
        allow: route.allowedMethods.map(\.rawValue).joined(separator: ", "))
    }
    switch route {
    case .healthy: return health.alive()
    case .ready: return await health.ready()
    case .welcome: return try await welcome.respond(to: request, query: target.query)
    case .login(let next): return try await signIn.begin(request, returningTo: next.path)
    case .authorized: return try await signIn.finish(request, query: target.query)
    case .logout: return try await signOut.respond(to: request)
    case .gallery, .album, .picture:
      return try await page(route, to: request, query: target.query)
    case .cover(let folder):
      guard let open = try await sessions.current(of: request) else { throw .unauthenticated }
      return try await cover.respond(FolderPath(folder), open)
    case .rendition(let file, let rev, let rendition):
      let arrival = pictures.arrivals.begin(request)
      guard let open = try await sessions.current(of: request) else { throw .unauthenticated }
      return try await pictures.rendition(rendition, of: file, rev: rev, request, open, arrival)
    case .details(_, let rev):
      guard let open = try await sessions.current(of: request) else { throw .unauthenticated }
      return try await details.respond(rev, open)
    case .original(let file):
      guard let open = try await sessions.current(of: request) else { return toSignIn(then: route) }
      return try await pictures.original(file, open)
    case .download(let file):
      guard let open = try await sessions.current(of: request) else { return toSignIn(then: route) }
      return try await downloads.respond(file, request, open)
    }
  }

  /// The pages that last: opened while signed out, they are shown after signing in. A program is told instead.
  private func page(
    _ route: Route, to request: Request, query: FormFields
  ) async throws(GalleryError) -> Response {
    guard let open = try await sessions.current(of: request) else {
      if FolderPage.isForProgram(request) { throw .unauthenticated }
      return toSignIn(then: route)
    }
    switch route {
    case .album(let folder):
      return try await folderPage.respond(FolderPath(folder), to: request, query: query, open)
    case .picture(let file):
      return try await folderPage.respond(picture: file, to: request, query: query, open)
    default:
      return try await folderPage.respond(.root, to: request, query: query, open)
    }
  }

  /// Signing in begins at one address, which web servers limit; a link that anybody opened costs nothing yet.
  private func toSignIn(then route: Route) -> Response {
    .redirect(to: site.url(Route.login(then: route).path), status: .found)
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
