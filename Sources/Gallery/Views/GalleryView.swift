// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox
internal import Mustache

/// `gallery.mustache`: one page of a folder.
struct GalleryView: View {
  static let template = "gallery"

  let visitor: Visitor
  let page: PicturePage

  private var view: FolderView { page.view }
  var title: String { page.folder.name ?? words[.galleryTitle] }

  func value(of tag: String) -> Any? {
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
    case "pictures": view.pictures.map(PictureView.init)
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
  private func shelf(_ tag: String) -> Any? {
    switch tag {
    case "hasShelf": view.count > 1 || !view.isComplete
    case "orders":
      PictureOrder.allCases.map {
        OrderView(
          href: page.path($0), label: words[$0.word], isCurrent: $0 == page.order)
      }
    case "isIncomplete": !view.isComplete
    case "soFar": words.counted(view.count, one: .picturesSoFarOne, many: .picturesSoFarMany)
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
  private func data(_ tag: String) -> Any? {
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

  func child(named tag: String) -> Any? {
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

  func child(named tag: String) -> Any? {
    switch tag {
    case "href": Route.album(album.id).path
    case "cover": Route.cover(album.id).path
    case "id": album.id.description
    case "name": album.name
    case "hasAlbumCount": count != nil
    case "albumCount": count.map { words.number($0.count) + ($0.isComplete ? "" : "+") }
    default: nil
    }
  }
}

/// One way of the order switch of `gallery.mustache`.
struct OrderView: MustacheParent, Sendable {
  let href: String
  let label: String
  let isCurrent: Bool

  func child(named tag: String) -> Any? {
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

/// One picture of `gallery.mustache`.
struct PictureView: MustacheParent, Sendable {
  let picture: Picture
  private let links: PictureLinks

  init(_ picture: Picture) {
    self.picture = picture
    links = PictureLinks(picture)
  }

  func child(named tag: String) -> Any? {
    switch tag {
    case "id": picture.id.description
    case "rev": picture.rev.description
    case "name": picture.name
    case "date": picture.modified.description
    case "size": picture.size
    case "path": Route.picture(picture.id).path
    case "strip": links[.strip]
    case "grid": links[.grid]
    case "smallStage": links[.smallStage]
    case "stage": links[.stage]
    case "animation": links.animation
    case "details": Route.details(picture.id, picture.rev).path
    case "original": Route.original(picture.id).path
    case "download": Route.download(picture.id).path
    case "obstacle": picture.obstacle?.rawValue
    case "isDrawn": picture.obstacle == nil
    default: nil
    }
  }
}
