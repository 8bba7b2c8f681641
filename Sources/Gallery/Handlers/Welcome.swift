// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import HTTP

/// The page for everybody: what this is, and the way in.
struct Welcome: Sendable {
  /// What happened just before; a closed set, so that a link cannot put words into our mouth.
  enum Event: String, CaseIterable {
    case signOut = "sign-out"
    case refusal
    case expiry

    var notice: Word {
      switch self {
      case .signOut: .noticeSignOut
      case .refusal: .noticeRefusal
      case .expiry: .noticeExpiry
      }
    }
  }

  let views: Views
  let visitors: Visitors

  func respond(to request: Request, query: FormFields) async throws(GalleryError) -> Response {
    let event = query["after"].flatMap(Event.init(rawValue:))
    return try views.page(
      WelcomeView(visitor: await visitors.glance(at: request), notice: event?.notice))
  }

  static func path(after event: Event?) -> String {
    Route.welcome.path + (event.map { "?after=\($0.rawValue)" } ?? "")
  }
}
