// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import HTTPTypes
internal import Mustache

/// `empty.mustache`: a folder without pictures, and how to fill it.
struct EmptyView: View {
  static let template = "empty"
  let visitor: Visitor
  let folder: AppFolder
  /// How many files are there that are no pictures.
  let others: Int
  var title: String { words[.emptyTitle] }

  func value(of tag: String) -> (any MustacheValue)? {
    switch tag {
    case "lead":
      folder.path.map { words.fill(.emptyLeadNamed, ["folder": $0]) } ?? words[.emptyLead]
    case "folderLink": folder.link()
    case "hasOthers": others > 0
    case "others": words.counted(others, one: .othersOne, many: .othersMany)
    case "go": folder.name.map { words.fill(.emptyGoNamed, ["folder": $0]) } ?? words[.emptyGo]
    default: nil
    }
  }
}

/// `welcome.mustache`: what this is, and the way in.
struct WelcomeView: View {
  static let template = "welcome"
  let visitor: Visitor
  /// One sentence on what happened just before.
  let notice: Word?
  var title: String { words[.welcomeTitle] }

  func value(of tag: String) -> (any MustacheValue)? {
    switch tag {
    case "hasNotice": notice != nil
    case "notice": notice.map { words[$0] }
    default: nil
    }
  }
}

/// `signout.mustache`: asks first, when another site sent the browser to `/logout`.
struct SignOutView: View {
  static let template = "signout"
  let visitor: Visitor
  var title: String { words[.signOutTitle] }

  func value(of tag: String) -> (any MustacheValue)? {
    nil
  }
}

/// `error.mustache`: what happened and what to do next.
struct ErrorView: View {
  static let template = "error"
  let visitor: Visitor
  let page: ErrorPage
  let requestID: String
  let cause: String?
  var title: String { words[page.wording.heading] }

  func value(of tag: String) -> (any MustacheValue)? {
    switch tag {
    case "status": page.status.code
    case "heading": words[page.wording.heading]
    case "explanation": words[page.wording.explanation]
    case "nextStep": words[page.wording.nextStep]
    case "actionPath": page.wording.action.path
    case "actionLabel": words[page.wording.action.label]
    case "requestID": requestID
    case "hasCause": cause != nil
    case "cause": cause
    case "retryAfter":
      page.retryAfter.map { words.counted($0, one: .retryAfterOne, many: .retryAfterMany) }
    default: nil
    }
  }
}
