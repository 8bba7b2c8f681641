// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox
internal import HTTP
internal import HTTPTypes

/// Every URL of the service. Parses and prints; the switch over it is in `Router`.
indirect enum Route: Equatable {
  /// `/`: the pictures and albums of the app folder itself.
  case gallery
  /// `/albums/{folder id}`: those of a folder below it.
  case album(FileID)
  /// `/albums/{folder id}/cover`: to the picture that stands for an album.
  case cover(FileID)
  /// `/pictures/{file id}`: the folder page that a picture is on.
  case picture(FileID)
  /// `/login`, `/login/albums/{folder id}` and so on: to Dropbox, to be let in, and then to where a link leads.
  case login(then: Route)
  /// `/oauthredirect`: back from Dropbox.
  case authorized
  /// `/logout`
  case logout
  /// `/welcome`
  case welcome
  /// `/renditions/{file id}/{rev}/{strip|grid|1024|2048|animation}`: a picture in a size for the page, or the bytes of
  /// a GIF itself.
  case rendition(FileID, Rev, Rendition)
  /// `/details/{file id}/{rev}`: facts about a picture, as JSON.
  case details(FileID, Rev)
  /// `/originals/{file id}`: to the file itself, at Dropbox.
  case original(FileID)
  /// `/downloads/{file id}`: the file itself, to be kept.
  case download(FileID)
  /// `/healthz`: the process runs.
  case healthy
  /// `/readyz`: and Redis answers.
  case ready

  /// The page of a folder: the root, or one that is known by its id.
  init(folder: FolderPath) {
    self = folder.id.map(Route.album) ?? .gallery
  }

  init(parsing target: RequestTarget) throws(GalleryError) {
    guard let route = Self.known(target.segments) else { throw .notFound }
    self = route
  }

  private static func known(_ segments: [String]) -> Route? {
    guard let first = segments.first else { return .gallery }
    let rest = Array(segments.dropFirst())
    switch (first, rest.count) {
    case ("login", _): return signIn(then: rest)
    case ("oauthredirect", 0): return .authorized
    case ("logout", 0): return .logout
    case ("welcome", 0): return .welcome
    case ("healthz", 0): return .healthy
    case ("readyz", 0): return .ready
    default: return rest.first.flatMap { FileID("id:" + $0) }.flatMap { of($0, first, rest) }
    }
  }

  /// To the pictures, or to one of the routes that last; nowhere else, whatever a link says.
  private static func signIn(then rest: [String]) -> Route? {
    guard !rest.isEmpty else { return .login(then: .gallery) }
    return switch known(rest) {
    case .album, .picture, .original, .download: known(rest).map(Route.login)
    default: nil
    }
  }

  /// The routes with an id in their second segment.
  private static func of(_ id: FileID, _ first: String, _ rest: [String]) -> Route? {
    switch (first, rest.count) {
    case ("albums", 1): return .album(id)
    case ("albums", 2): return rest[1] == "cover" ? .cover(id) : nil
    case ("pictures", 1): return .picture(id)
    case ("originals", 1): return .original(id)
    case ("downloads", 1): return .download(id)
    case ("details", 2): return Rev(rest[1]).map { .details(id, $0) }
    case ("renditions", 3):
      guard let rev = Rev(rest[1]) else { return nil }
      return Rendition(rawValue: rest[2]).map { .rendition(id, rev, $0) }
    default: return nil
    }
  }

  /// The path of this route, to be put into a page.
  var path: String {
    switch self {
    case .gallery: "/"
    case .album(let folder): "/albums/\(Self.segment(of: folder))"
    case .cover(let folder): "/albums/\(Self.segment(of: folder))/cover"
    case .picture(let file): "/pictures/\(Self.segment(of: file))"
    case .login(.gallery): "/login"
    case .login(let route): "/login" + route.path
    case .authorized: "/oauthredirect"
    case .logout: "/logout"
    case .welcome: "/welcome"
    case .rendition(let file, let rev, let rendition):
      "/renditions/\(Self.segment(of: file))/\(rev)/\(rendition.rawValue)"
    case .details(let file, let rev): "/details/\(Self.segment(of: file))/\(rev)"
    case .original(let file): "/originals/\(Self.segment(of: file))"
    case .download(let file): "/downloads/\(Self.segment(of: file))"
    case .healthy: "/healthz"
    case .ready: "/readyz"
    }
  }

  /// The route without what a person named, for logs.
  var pattern: String {
    switch self {
    case .rendition(_, _, let rendition): "/renditions/{id}/{rev}/\(rendition.rawValue)"
    case .album: "/albums/{id}"
    case .cover: "/albums/{id}/cover"
    case .picture: "/pictures/{id}"
    case .details: "/details/{id}/{rev}"
    case .original: "/originals/{id}"
    case .download: "/downloads/{id}"
    case .login: "/login"
    default: path
    }
  }

  var allowedMethods: [HTTPRequest.Method] {
    switch self {
    case .logout: [.get, .head, .post]
    default: [.get, .head]
    }
  }

  private static func segment(of file: FileID) -> String {
    // Letters, digits, `-` and `_`: nothing in it needs an encoding.
    String(file.value.dropFirst(3))
  }
}
