// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import HTTP

/// What the query of `/` asks for: `?sort=newest|oldest|name|name-down&page=1…`.
///
/// Nothing in it is an error: a link that was cut or typed by hand shows pictures all the same.
struct GalleryParameters: Equatable {
  let order: PictureOrder
  /// Whether the query names the order, so that it is to be remembered.
  let isOrderChosen: Bool
  /// As asked for, from 1; there may be fewer pages.
  let page: Int

  /// - Parameter remembered: the order of an earlier visit; counts where the query names none.
  init(query: FormFields, remembered: PictureOrder? = nil) {
    let chosen = query["sort"].flatMap(PictureOrder.init(rawValue:))
    order = chosen ?? remembered ?? .standard
    isOrderChosen = chosen != nil
    page = Self.page(query["page"] ?? "")
  }

  private static func page(_ text: String) -> Int {
    guard !text.isEmpty, text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else { return 1 }
    // Only a number beyond all pages is none.
    return max(1, Int(text) ?? .max)
  }

  /// Where a page in an order is found. The order stands in it, so that two windows may differ.
  static func path(_ order: PictureOrder, page: Int = 1) -> String {
    Route.gallery.path + "?sort=" + order.rawValue + (page > 1 ? "&page=\(page)" : "")
  }
}
