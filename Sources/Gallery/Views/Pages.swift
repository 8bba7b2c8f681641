// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

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
  let failure: Failure
  let requestID: String
  let cause: String?
  var title: String { failure.wording.heading }

  func value(of tag: String) -> Any? {
    switch tag {
    case "status": failure.status.code
    case "heading": failure.wording.heading
    case "explanation": failure.wording.explanation
    case "nextStep": failure.wording.nextStep
    case "action": ["href": failure.wording.action.path, "label": failure.wording.action.label]
    case "requestID": requestID
    case "cause": cause
    case "retryAfter": failure.retryAfter
    default: nil
    }
  }
}
