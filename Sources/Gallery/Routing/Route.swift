// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox
internal import HTTP

/// The route of a request, with the values that its path holds.
///
/// `RouteName` has the table with one row for each case. A new case does not compile until it has a row there and a
/// handler in `Router`.
indirect enum Route: Equatable {
  /// The pictures and albums of the app folder itself.
  case gallery
  /// Those of a folder below it.
  case album(FileID)
  /// Redirects to the picture that represents an album.
  case cover(FileID)
  /// The folder page that a picture is on.
  case picture(FileID)
  /// Redirects to Dropbox to sign in, and after that to the route of a link.
  case login(then: Route)
  /// Where Dropbox sends the browser after the authorization.
  case authorized
  case logout
  case welcome
  /// A picture in a size for the page, or the bytes of a GIF.
  case rendition(FileID, Rev, Rendition)
  /// Facts about a picture, as JSON.
  case details(FileID, Rev)
  /// Redirects to the file at Dropbox.
  case original(FileID)
  /// The file, to be saved.
  case download(FileID)
  /// Whether the process runs.
  case healthy
  /// Whether the process runs and Redis answers.
  case ready

  /// The page of a folder: the root, or a folder that is known by its id.
  init(folder: FolderPath) {
    self = folder.id.map(Route.album) ?? .gallery
  }

  /// - Throws: `.notFound`.
  init(parsing target: RequestTarget) throws(GalleryError) {
    guard let route = Self(matching: target.segments[...]) else { throw .notFound }
    self = route
  }

  /// - Parameter isSuitable: the rows of the table that may match.
  private init?(
    matching segments: ArraySlice<String>,
    where isSuitable: (RouteDefinition) -> Bool = { _ in true }
  ) {
    for name in RouteName.allCases where isSuitable(name.definition) {
      guard let route = name.definition.route(matching: segments) else { continue }
      self = route
      return
    }
    return nil
  }

  /// The row of the table, and the values for the placeholders of its template in their order.
  private var parts: (name: RouteName, values: [any RouteParameter]) {
    switch self {
    case .gallery: (.gallery, [])
    case .album(let folder): (.album, [folder])
    case .cover(let folder): (.cover, [folder])
    case .picture(let file): (.picture, [file])
    case .login(let route): (.login, [route])
    case .authorized: (.authorized, [])
    case .logout: (.logout, [])
    case .welcome: (.welcome, [])
    case .rendition(let file, let rev, let rendition): (.rendition, [file, rev, rendition])
    case .details(let file, let rev): (.details, [file, rev])
    case .original(let file): (.original, [file])
    case .download(let file): (.download, [file])
    case .healthy: (.healthy, [])
    case .ready: (.ready, [])
    }
  }

  var definition: RouteDefinition { parts.name.definition }

  /// The path of this route, to be put into a page.
  var path: String {
    let (name, values) = parts
    return name.definition.template.path(with: values)
  }

  /// The template for logs and metrics. Shows the values of closed sets such as sizes, and never an id.
  var pattern: String {
    let (name, values) = parts
    return name.definition.template.pattern(showing: values)
  }
}

/// The route that follows `/login`: only a route whose signed-out clients are sent to sign in. Its path follows as it is,
/// and `/login` alone leads to the gallery.
extension Route: RouteParameter {
  init?(segments: ArraySlice<String>) {
    // Only these rows are tried, so `/login` is never parsed below `/login`: a client must not choose
    // the depth of a recursion.
    self.init(matching: segments) { $0.access.canFollowSignIn }
  }

  var pathText: String { self == .gallery ? "" : path }
}
