// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox
internal import Mustache

/// `gallery.mustache`: one page of a folder.
struct GalleryView: View {
  static let template = "gallery"
  static let tags = MustacheTags<GalleryView> { tags in
    declareContent(&tags)
    declareToolbar(&tags)
    declareData(&tags)
  }

  let visitor: Visitor
  let page: PicturePage
  /// The pictures of the page, rendered.
  let sheet: String

  private var view: FolderView { page.view }
  var title: String { page.folder.name ?? words[.galleryTitle] }

  private static func declareContent(_ tags: inout MustacheTags<GalleryView>) {
    tags.text("wordsForBrowser") { $0.words.forBrowser }
    tags.text("heading") { $0.heading }
    tags.text("folderName") { $0.page.folder.name }
    tags.flag("hasTrail") { !$0.page.isRoot }
    tags.list("trail") { view in
      view.page.trail.dropLast().map {
        CrumbView(path: $0.path, name: $0.name ?? view.words[.galleryTitle])
      }
    }
    tags.list("albums") { gallery in
      gallery.view.albums.map {
        AlbumView(album: $0, count: gallery.page.counts[$0.id], words: gallery.words)
      }
    }
    tags.flag("hasAlbums") { !$0.view.albums.isEmpty }
    tags.text("sheet") { $0.sheet }
    tags.flag("hasPictures") { $0.view.count > 0 }
    tags.object("chosenPicture") { gallery in
      gallery.view.pictures.first { $0.id == gallery.page.chosen }.map(PictureView.init)
    }
    tags.flag("isSingle") { $0.view.pictures.count == 1 }
    tags.flag("isBare") { $0.view.isComplete && !$0.page.hasContent }
  }

  /// Order, pages, and what is not shown.
  private static func declareToolbar(_ tags: inout MustacheTags<GalleryView>) {
    tags.flag("hasOrders") { $0.view.count > 1 || !$0.view.isComplete }
    tags.list("orders") { gallery in
      PictureOrder.allCases.map {
        OrderView(
          href: gallery.page.path($0), label: gallery.words[$0.word],
          isCurrent: $0 == gallery.page.order)
      }
    }
    tags.text("countText") { $0.words.summary(of: $0.view) }
    tags.flag("isCutOff") { $0.view.isCutOff }
    tags.flag("hasOthers") { $0.view.others > 0 }
    tags.text("others") {
      $0.words.counted($0.view.others, one: .othersOne, many: .othersMany)
    }
    tags.flag("isPaged") { $0.view.slice.pages > 1 }
    tags.text("pageOf") { $0.pageOf }
    tags.flag("hasNext") { $0.page.nextPath != nil }
    tags.text("next") { $0.page.nextPath }
    tags.flag("hasPrevious") { $0.page.previousPath != nil }
    tags.text("previous") { $0.page.previousPath }
  }

  /// What scripts read from the page.
  private static func declareData(_ tags: inout MustacheTags<GalleryView>) {
    tags.text("dataFolder") { $0.page.folder.path }
    tags.text("dataOrder") { $0.page.order.rawValue }
    tags.text("dataPage") { $0.view.slice.number }
    tags.text("dataPages") { $0.view.slice.pages }
    tags.text("dataCount") { $0.view.count }
    tags.text("dataComplete") { $0.view.isComplete ? "true" : "false" }
    tags.text("dataVersion") { $0.view.version.text }
    tags.text("dataChosen") { $0.page.chosen?.value }
  }

  private var heading: String {
    guard let album = page.folder.name else {
      return words.counted(view.count, one: .picturesInFolderOne, many: .picturesInFolderMany)
    }
    return words.fill(
      view.count == 1 ? .picturesInAlbumOne : .picturesInAlbumMany,
      ["album": album, "count": words.number(view.count)])
  }

  private var pageOf: String {
    words.fill(
      .pageOf,
      ["page": words.number(view.slice.number), "pages": words.number(view.slice.pages)])
  }
}

/// One folder of the way to this one.
struct CrumbView: MustacheObject {
  static let tags = MustacheTags<CrumbView> { tags in
    tags.text("href") { $0.path }
    tags.text("name") { $0.name }
  }

  let path: String
  let name: String
}

/// One album of `gallery.mustache`.
struct AlbumView: MustacheObject {
  static let tags = MustacheTags<AlbumView> { tags in
    tags.text("href") { Route.album($0.album.id).path }
    tags.text("cover") { Route.cover($0.album.id).path }
    tags.text("name") { $0.album.name }
    tags.text("albumCount") { view in view.count.map(view.words.summary) }
  }

  let album: Album
  let count: AlbumCount?
  let words: Words
}

/// One way of the order switch of `gallery.mustache`.
struct OrderView: MustacheObject {
  static let tags = MustacheTags<OrderView> { tags in
    tags.text("href") { $0.href }
    tags.text("label") { $0.label }
    tags.flag("isCurrent") { $0.isCurrent }
  }

  let href: String
  let label: String
  let isCurrent: Bool
}

extension PictureOrder {
  fileprivate var word: Word {
    switch self {
    case .newest: .orderNewest
    case .oldest: .orderOldest
    case .name: .orderName
    case .nameDown: .orderNameDown
    }
  }
}
