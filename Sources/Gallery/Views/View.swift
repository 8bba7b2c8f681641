// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Mustache

/// The values of one page. Its properties are the tags of the template of the same name.
protocol View: MustacheParent, Sendable {
  /// The template's name, without `.mustache`.
  static var template: String { get }
  /// Who looks at it.
  var visitor: Visitor { get }
  var title: String { get }
  /// The value of a tag of this view alone.
  func value(of tag: String) -> (any MustacheValue)?
}

extension View {
  var words: Words { visitor.words }

  func child(named tag: String) -> (any MustacheValue)? {
    switch tag {
    case "title": title
    case "lang": words.language.rawValue
    case "words": words
    case "account": visitor.account
    case "assets": AssetsView(assets: visitor.assets)
    default: value(of: tag)
    }
  }
}
