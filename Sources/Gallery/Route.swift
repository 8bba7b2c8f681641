// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox
internal import HTTP
internal import HTTPTypes

/// Every URL of the service. Parses and prints; the switch over it is in `Router`.
enum Route: Equatable {
  /// `/`: the pictures.
  case gallery
  /// `/login`: to Dropbox, to be let in.
  case login
  /// `/oauthredirect`: back from Dropbox.
  case authorized
  /// `/logout`
  case logout
  /// `/welcome`
  case welcome
  /// `/renditions/{file id}/{rev}/{strip|grid|1024|2048}`: a picture in a size for the page.
  case rendition(FileID, Rev, Rendition)
  /// `/details/{file id}/{rev}`: facts about a picture, as JSON.
  case details(FileID, Rev)
  /// `/originals/{file id}`: to the file itself, at Dropbox.
  case original(FileID)
  /// `/healthz`: the process runs.
  case healthy
  /// `/readyz`: and Redis answers.
  case ready

  init(parsing target: RequestTarget) throws(GalleryError) {
    guard let route = Self.known(target.segments) else { throw .notFound }
    self = route
  }

  private static func known(_ segments: [String]) -> Route? {
    guard let first = segments.first else { return .gallery }
    let rest = Array(segments.dropFirst())
    switch (first, rest.count) {
    case ("login", 0): return .login
    case ("oauthredirect", 0): return .authorized
    case ("logout", 0): return .logout
    case ("welcome", 0): return .welcome
    case ("healthz", 0): return .healthy
    case ("readyz", 0): return .ready
    case ("originals", 1): return FileID("id:" + rest[0]).map(Route.original)
    case ("details", 2):
      guard let file = FileID("id:" + rest[0]), let rev = Rev(rest[1]) else { return nil }
      return .details(file, rev)
    case ("renditions", 3):
      guard let file = FileID("id:" + rest[0]), let rev = Rev(rest[1]),
        let rendition = Rendition(rawValue: rest[2])
      else { return nil }
      return .rendition(file, rev, rendition)
    default: return nil
    }
  }

  /// The path of this route, to be put into a page.
  var path: String {
    switch self {
    case .gallery: "/"
    case .login: "/login"
    case .authorized: "/oauthredirect"
    case .logout: "/logout"
    case .welcome: "/welcome"
    case .rendition(let file, let rev, let rendition):
      "/renditions/\(Self.segment(of: file))/\(rev)/\(rendition.rawValue)"
    case .details(let file, let rev): "/details/\(Self.segment(of: file))/\(rev)"
    case .original(let file): "/originals/\(Self.segment(of: file))"
    case .healthy: "/healthz"
    case .ready: "/readyz"
    }
  }

  /// The route without what a person named, for logs.
  var pattern: String {
    switch self {
    case .rendition(_, _, let rendition): "/renditions/{id}/{rev}/\(rendition.rawValue)"
    case .details: "/details/{id}/{rev}"
    case .original: "/originals/{id}"
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
    PercentCoding.encode(file.description.dropFirst(3))
  }
}
