// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox
internal import HTTP

/// What the query of a folder page asks for: `?sort=newest|oldest|name|name-down&page=1…&since=version`.
///
/// Nothing in it is an error: a link that was cut or typed by hand shows pictures all the same.
struct GalleryParameters: Equatable {
  let order: PictureOrder
  /// Whether the query names the order, so that it is to be remembered.
  let isOrderChosen: Bool
  /// As asked for, from 1; there may be fewer pages.
  let page: Int
  /// The state of the listing that the browser knows.
  let since: FolderVersion?

  /// - Parameter remembered: the order of an earlier visit; counts where the query names none.
  init(query: FormFields, remembered: PictureOrder? = nil) {
    let chosen = query["sort"].flatMap(PictureOrder.init(rawValue:))
    order = chosen ?? remembered ?? .standard
    isOrderChosen = chosen != nil
    page = Self.page(query["page"] ?? "")
    since = query["since"].flatMap { FolderVersion($0) }
  }

  private static func page(_ text: String) -> Int {
    guard !text.isEmpty, text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else { return 1 }
    // Only a number beyond all pages is none.
    return max(1, Int(text) ?? .max)
  }

  /// Where a page of a folder in an order is found. The order stands in it, so that two windows may differ.
  static func path(_ folder: FolderPath, _ order: PictureOrder, page: Int = 1) -> String {
    Route(folder: folder).path + "?sort=" + order.rawValue + (page > 1 ? "&page=\(page)" : "")
  }
}
