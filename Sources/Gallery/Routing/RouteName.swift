// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import HTTPTypes

/// The names of all routes. `row` is the table of the service's routes: parsing, printing, the pattern in logs, `Allow`, what a
/// signed-out client gets, and the routes that may follow `/login` are derived from it.
enum RouteName: Int, CaseIterable {
  case gallery, album, cover, picture, login, authorized, logout, welcome
  case rendition, details, original, download, healthy, ready

  private static let rows = allCases.map(\.row)

  var definition: RouteDefinition { Self.rows[rawValue] }

  private var row: RouteDefinition {
    switch self {
    case .gallery: RouteDefinition("/", access: .session(.page)) { .gallery }
    case .album: RouteDefinition("/albums/{id}", access: .session(.page), Route.album)
    case .cover: RouteDefinition("/albums/{id}/cover", access: .session(.data), Route.cover)
    case .picture: RouteDefinition("/pictures/{id}", access: .session(.page), Route.picture)
    case .login:
      RouteDefinition("/login{/route*}", access: .public, rateLimit: .signIn, Route.login)
    case .authorized:
      RouteDefinition("/oauthredirect", access: .public, rateLimit: .signIn) { .authorized }
    case .logout:
      RouteDefinition("/logout", methods: [.get, .head, .post], access: .public) { .logout }
    case .welcome: RouteDefinition("/welcome", access: .public) { .welcome }
    case .rendition:
      RouteDefinition(
        "/renditions/{id}/{rev}/{rendition}", access: .session(.data), Route.rendition)
    case .details:
      RouteDefinition("/details/{id}/{rev}", access: .session(.data), Route.details)
    case .original:
      RouteDefinition("/originals/{id}", access: .session(.file), Route.original)
    case .download:
      RouteDefinition("/downloads/{id}", access: .session(.file), Route.download)
    case .healthy: RouteDefinition(OperatorRoute.healthy.path, access: .private) { .healthy }
    case .ready: RouteDefinition(OperatorRoute.ready.path, access: .private) { .ready }
    }
  }
}
