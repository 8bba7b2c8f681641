// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import HTTP
internal import Mustache

/// Who looks at a page: in which language, and signed in as whom.
struct Visitor: Sendable {
  let words: Words
  /// Nil for somebody who is not signed in.
  let account: AccountView?
  /// Where this page finds its styles and scripts.
  var assets = Assets()
}

/// Finds out who looks at a page.
struct Visitors: Sendable {
  let views: Views
  let sessions: Sessions
  let folder: AppFolder

  /// - Parameter album: the names of the folders that lead to the one that the page is about; none for the root.
  func visitor(_ request: Request, _ open: OpenSession, at album: [String] = []) -> Visitor {
    visitor(request, open.session, at: album)
  }

  /// For pages that everybody gets: the account is there if Redis tells of it at once, and no page waits for that.
  func glance(at request: Request) async -> Visitor {
    guard let session = await sessions.glance(at: request) else { return stranger(request) }
    return visitor(request, session, at: [])
  }

  /// Somebody of whom nothing is known but the language.
  func stranger(_ request: Request) -> Visitor {
    Visitor(words: views.words(for: request), account: nil, assets: views.assets)
  }

  private func visitor(_ request: Request, _ session: Session, at album: [String]) -> Visitor {
    let account = AccountView(name: session.accountName, folderLink: folder.link(to: album))
    return Visitor(words: views.words(for: request), account: account, assets: views.assets)
  }
}

/// `account.mustache`: the bar of everybody who is signed in.
struct AccountView: MustacheObject {
  static let tags = MustacheTags<AccountView> { tags in
    tags.flag("hasName") { !$0.name.isEmpty }
    tags.text("accountName") { $0.name }
    tags.text("folderLink") { $0.folderLink }
  }

  /// Empty where Dropbox did not tell.
  let name: String
  let folderLink: String
}
