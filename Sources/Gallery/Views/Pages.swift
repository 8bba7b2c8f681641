// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import HTTPTypes

/// `empty.mustache`: a folder without pictures, and how to fill it.
struct EmptyView: View {
  static let template = "empty"
  let accountName: String
  var title: String { "No pictures yet" }

  func value(of tag: String) -> Any? {
    tag == "accountName" && !accountName.isEmpty ? accountName : nil
  }
}

/// `welcome.mustache`: what this is, and the way in.
struct WelcomeView: View {
  static let template = "welcome"
  /// One sentence on what happened just before.
  let notice: String?
  var title: String { "Dropbox Gallery" }

  func value(of tag: String) -> Any? {
    tag == "notice" ? notice : nil
  }
}

/// `signout.mustache`: asks first, when another site sent the browser to `/logout`.
struct SignOutView: View {
  static let template = "signout"
  var title: String { "Sign out?" }

  func value(of tag: String) -> Any? {
    nil
  }
}

/// `error.mustache`: what happened and what to do next.
struct ErrorView: View {
  static let template = "error"
  let page: ErrorPage
  let requestID: String
  let cause: String?
  var title: String { page.wording.heading }

  func value(of tag: String) -> Any? {
    switch tag {
    case "status": page.status.code
    case "heading": page.wording.heading
    case "explanation": page.wording.explanation
    case "nextStep": page.wording.nextStep
    case "action": ["href": page.wording.action.path, "label": page.wording.action.label]
    case "requestID": requestID
    case "cause": cause
    case "retryAfter": page.retryAfter
    default: nil
    }
  }
}
