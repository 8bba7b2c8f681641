// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox
internal import Mustache

/// `gallery.mustache`: one page of a folder.
struct GalleryView: View {
  static let template = "gallery"

  let visitor: Visitor
  let page: PicturePage
  /// The pictures of the page, rendered.
  let sheet: String

  private var view: FolderView { page.view }
  var title: String { page.folder.name ?? words[.galleryTitle] }

  func value(of tag: String) -> (any MustacheValue)? {
    switch tag {
    case "wordsForBrowser": words.forBrowser
    case "heading": heading
    case "folderName": page.folder.name
    case "hasTrail": !page.isRoot
    case "trail":
      page.trail.dropLast().map {
        CrumbView(path: $0.path, name: $0.name ?? words[.galleryTitle])
      }
    case "albums": view.albums.map { AlbumView(album: $0, count: page.counts[$0.id], words: words) }
    case "hasAlbums": !view.albums.isEmpty
    case "sheet": sheet
    case "hasPictures": view.count > 0
    case "chosenPicture": chosen
    case "isSingle": view.pictures.count == 1
    case "isBare": view.isComplete && !page.hasContent
    default: shelf(tag) ?? data(tag)
    }
  }

  private var heading: String {
    guard let album = page.folder.name else {
      return words.counted(view.count, one: .picturesInFolderOne, many: .picturesInFolderMany)
    }
    return words.fill(
      view.count == 1 ? .picturesInAlbumOne : .picturesInAlbumMany,
      ["album": album, "count": words.number(view.count)])
  }

  /// Order, pages, and what is not shown.
  private func shelf(_ tag: String) -> (any MustacheValue)? {
    switch tag {
    case "hasShelf": view.count > 1 || !view.isComplete
    case "orders":
      PictureOrder.allCases.map {
        OrderView(
          href: page.path($0), label: words[$0.word], isCurrent: $0 == page.order)
      }
    case "countText": words.summary(of: view)
    case "isCutOff": view.isCutOff
    case "hasOthers": view.others > 0
    case "others": words.counted(view.others, one: .othersOne, many: .othersMany)
    case "isPaged": view.slice.pages > 1
    case "pageOf":
      words.fill(
        .pageOf,
        ["page": words.number(view.slice.number), "pages": words.number(view.slice.pages)])
    case "hasNext": page.nextPath != nil
    case "next": page.nextPath
    case "hasPrevious": page.previousPath != nil
    case "previous": page.previousPath
    default: nil
    }
  }

  /// What the page says to scripts.
  private func data(_ tag: String) -> (any MustacheValue)? {
    switch tag {
    case "dataFolder": page.folder.path
    case "dataOrder": page.order.rawValue
    case "dataPage": view.slice.number
    case "dataPages": view.slice.pages
    case "dataCount": view.count
    case "dataComplete": view.isComplete ? "true" : "false"
    case "dataVersion": view.version.text
    case "dataChosen": page.chosen?.value
    default: nil
    }
  }

  private var chosen: PictureView? {
    view.pictures.first { $0.id == page.chosen }.map(PictureView.init)
  }
}

/// One folder of the way to this one.
struct CrumbView: MustacheParent, Sendable {
  let path: String
  let name: String

  func child(named tag: String) -> (any MustacheValue)? {
    switch tag {
    case "href": path
    case "name": name
    default: nil
    }
  }
}

/// One album of `gallery.mustache`. A tag without a value means the page's, so none is called as there.
struct AlbumView: MustacheParent, Sendable {
  let album: Album
  let count: AlbumCount?
  let words: Words

  func child(named tag: String) -> (any MustacheValue)? {
    switch tag {
    case "href": Route.album(album.id).path
    case "cover": Route.cover(album.id).path
    case "name": album.name
    case "albumCount":
      // Empty while nothing is known, and not the page's.
      count.map(words.summary) ?? ""
    default: nil
    }
  }
}

/// One way of the order switch of `gallery.mustache`.
struct OrderView: MustacheParent, Sendable {
  let href: String
  let label: String
  let isCurrent: Bool

  func child(named tag: String) -> (any MustacheValue)? {
    switch tag {
    case "href": href
    case "label": label
    case "isCurrent": isCurrent
    default: nil
    }
  }
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
