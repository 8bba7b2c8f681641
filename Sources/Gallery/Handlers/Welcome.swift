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

    var notice: String {
      switch self {
      case .signOut: "You are signed out."
      case .refusal: "You said no at Dropbox, so nothing was shared and nothing was kept."
      case .expiry: "Dropbox no longer lets us in for you. Sign in again to see your pictures."
      }
    }
  }

  let views: Views

  func respond(query: FormFields) throws(GalleryError) -> Response {
    let event = query["after"].flatMap(Event.init(rawValue:))
    return try views.page(WelcomeView(notice: event?.notice))
  }

  static func path(after event: Event?) -> String {
    Route.welcome.path + (event.map { "?after=\($0.rawValue)" } ?? "")
  }
}
