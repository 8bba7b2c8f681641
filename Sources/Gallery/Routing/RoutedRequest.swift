// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import HTTP

/// A request with the route of its target, parsed once for the log, the error pages and the router.
struct RoutedRequest: Sendable {
  struct Match: Sendable {
    let route: Route
    let query: FormFields
  }

  let request: Request
  /// `.invalid` for a target that cannot be read, `.notFound` for one that no route has.
  let match: Result<Match, GalleryError>

  init(_ request: Request) {
    self.request = request
    match = Result { () throws(GalleryError) in
      guard let target = RequestTarget(parsing: request.target) else {
        throw .invalid(reason: "the target cannot be read")
      }
      return Match(route: try Route(parsing: target), query: target.query)
    }
  }

  /// The route, if there is one.
  var route: Route? { try? match.get().route }
}

/// Answers requests whose route is known. A middleware holds the next one.
protocol RoutedResponder<Failure>: Sendable {
  associatedtype Failure: Error

  func respond(to routed: RoutedRequest) async throws(Failure) -> Response
}
