// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Mustache

/// The values of one page. Its tags are those of the template of the same name, besides the tags of every page.
protocol View: MustacheObject {
  /// The template's name, without `.mustache`.
  static var template: String { get }
  /// Who looks at it.
  var visitor: Visitor { get }
  var title: String { get }
}

extension View {
  static var schema: MustacheSchema {
    .object(PageFrame.tags.schemas.merging(tags.schemas) { _, own in own })
  }

  var words: Words { visitor.words }

  func child(named tag: String) -> (any MustacheValue)? {
    Self.tags.value(of: tag, in: self)
      ?? PageFrame.tags.value(of: tag, in: PageFrame(visitor: visitor, title: title))
  }
}

/// The values that every page has.
private struct PageFrame: Sendable {
  static let tags = MustacheTags<PageFrame> { tags in
    tags.text("title") { $0.title }
    tags.text("lang") { $0.visitor.words.language.rawValue }
    // `WordTables` checks the keys.
    tags.open("words") { $0.visitor.words }
    tags.object("account") { $0.visitor.account }
    tags.object("assets") { AssetsView(assets: $0.visitor.assets) }
  }

  let visitor: Visitor
  let title: String
}
