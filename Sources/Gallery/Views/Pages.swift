// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import HTTPTypes
internal import Mustache

/// `empty.mustache`: a folder without pictures, and how to fill it.
struct EmptyView: View {
  static let template = "empty"
  static let tags = MustacheTags<EmptyView> { tags in
    tags.text("lead") { view in
      view.folder.path.map { view.words.fill(.emptyLeadNamed, ["folder": $0]) }
        ?? view.words[.emptyLead]
    }
    tags.text("folderLink") { $0.folder.link() }
    tags.flag("hasOthers") { $0.others > 0 }
    tags.text("others") { $0.words.counted($0.others, one: .othersOne, many: .othersMany) }
    tags.text("go") { view in
      view.folder.name.map { view.words.fill(.emptyGoNamed, ["folder": $0]) }
        ?? view.words[.emptyGo]
    }
  }

  let visitor: Visitor
  let folder: AppFolder
  /// How many files are there that are no pictures.
  let others: Int
  var title: String { words[.emptyTitle] }
}

/// `welcome.mustache`: what this is, and the way in.
struct WelcomeView: View {
  static let template = "welcome"
  static let tags = MustacheTags<WelcomeView> { tags in
    tags.flag("hasNotice") { $0.notice != nil }
    tags.text("notice") { view in view.notice.map { view.words[$0] } }
  }

  let visitor: Visitor
  /// One sentence on what happened just before.
  let notice: Word?
  var title: String { words[.welcomeTitle] }
}

/// `signout.mustache`: asks first, when another site sent the browser to `/logout`.
struct SignOutView: View {
  static let template = "signout"
  static let tags = MustacheTags<SignOutView> { _ in }

  let visitor: Visitor
  var title: String { words[.signOutTitle] }
}

/// `error.mustache`: what happened and what to do next.
struct ErrorView: View {
  static let template = "error"
  static let tags = MustacheTags<ErrorView> { tags in
    tags.text("status") { $0.page.status.code }
    tags.text("heading") { $0.words[$0.page.wording.heading] }
    tags.text("explanation") { $0.words[$0.page.wording.explanation] }
    tags.text("nextStep") { $0.words[$0.page.wording.nextStep] }
    tags.text("actionPath") { $0.page.wording.action.path }
    tags.text("actionLabel") { $0.words[$0.page.wording.action.label] }
    tags.text("requestID") { $0.requestID }
    tags.flag("hasCause") { $0.cause != nil }
    tags.text("cause") { $0.cause }
    tags.text("retryAfter") { view in
      view.page.retryAfter.map {
        view.words.counted($0, one: .retryAfterOne, many: .retryAfterMany)
      }
    }
  }

  let visitor: Visitor
  let page: ErrorPage
  let requestID: String
  let cause: String?
  var title: String { words[page.wording.heading] }
}
