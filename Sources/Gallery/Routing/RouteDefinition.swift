// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import HTTPTypes

/// One row of the route table.
struct RouteDefinition: Sendable {
  /// Who may use a route.
  ///
  /// Links to shared albums will need another case beside `session`, checked in `Router` at the same place.
  enum Access: Equatable {
    case `public`
    /// People who are signed in. `Router` looks the session up before the handler runs.
    case session(Content)
    /// Addresses that the web server allows; the service itself does not check.
    case `private`

    /// Whether a signed-out client is sent to sign in and then back.
    var canFollowSignIn: Bool {
      switch self {
      case .session(.page), .session(.file): true
      case .session(.data), .public, .private: false
      }
    }
  }

  /// What a route holds decides what a signed-out client gets.
  enum Content: Equatable {
    /// A page that people keep links to: sign in, then there. A program that asks for JSON gets 401.
    case page
    /// A file that people keep links to: sign in, then there.
    case file
    /// A part of a page: 401.
    case data
  }

  /// The web server counts requests by class; `conf/nginx/gallery.conf` and `conf/apache/limits.conf` have the numbers.
  enum RateLimit {
    case none
    /// Requests that cost a call to Redis or Dropbox before the client is known.
    case signIn
  }

  let template: RouteTemplate
  let methods: [HTTPRequest.Method]
  let access: Access
  let rateLimit: RateLimit
  private let make: @Sendable ([ArraySlice<String>]) -> Route?

  /// - Parameters:
  ///   - template: see `RouteTemplate`.
  ///   - make: the route with the values of the placeholders, in the order of the template.
  init<each Parameter: RouteParameter>(
    _ template: String, methods: [HTTPRequest.Method] = [.get, .head], access: Access,
    rateLimit: RateLimit = .none, _ make: @escaping @Sendable (repeat each Parameter) -> Route
  ) {
    self.template = RouteTemplate(template)
    self.methods = methods
    self.access = access
    self.rateLimit = rateLimit
    self.make = { matches in
      var rest = matches[...]
      func next<Value: RouteParameter>(_: Value.Type) throws(Mismatch) -> Value {
        guard let value = rest.popFirst().flatMap(Value.init(segments:)) else { throw Mismatch() }
        return value
      }
      return try? make(repeat next((each Parameter).self))
    }
  }

  private struct Mismatch: Error {}

  /// The value of the field `Allow`.
  var allow: String { methods.map(\.rawValue).joined(separator: ", ") }

  /// - Returns: nil for the path of another route, or with a value that is none.
  func route(matching segments: ArraySlice<String>) -> Route? {
    template.match(segments).flatMap(make)
  }
}
