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
    case "folderName": page.folder.name
    case "heading":
      page.isRoot
        ? words.counted(view.count, one: .picturesInFolderOne, many: .picturesInFolderMany)
        : countText
    case "countText": countText
    case "hasTrail": !page.isRoot
    case "trail": page.trail.dropLast().map(CrumbView.init)
    case "albums":
      view.albums.map { AlbumView(album: $0, count: words.albumCount(page.counts[$0.id])) }
    case "hasAlbums": !view.albums.isEmpty
    case "pictures": view.pictures.map(PictureView.init)
    case "hasPictures": view.count > 0
    case "chosenPicture": chosen
    case "isSingle": view.pictures.count == 1
    case "isCutOff": view.isCutOff
    case "isBare": view.isComplete && !page.hasContent
    case "hasShelf": view.count > 1 || !view.isComplete
    case "others":
      view.others > 0
        ? words.counted(view.others, one: .otherFilesOne, many: .otherFilesMany) : nil
    case "orders":
      PictureOrder.allCases.map { OrderView(order: $0, label: words[$0.word], page: page) }
    case "isPaged": view.slice.pages > 1
    case "pageOf":
      words.fill(
        .pageOf,
        ["page": words.number(view.slice.number), "pages": words.number(view.slice.pages)])
    case "hasNext": page.nextPath != nil
    case "next": page.nextPath
    case "hasPrevious": page.previousPath != nil
    case "previous": page.previousPath
    case "wordsForBrowser": words.forBrowser
    default: data(tag)
    }
  }

  private var countText: String {
    view.isComplete
      ? words.counted(view.count, one: .viewerCountOne, many: .viewerCountMany)
      : words.fill(.viewerSoFar, ["count": words.number(view.count)])
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
  let crumb: Crumb

  func child(named tag: String) -> Any? {
    switch tag {
    case "href": crumb.path
    case "name": crumb.name
    default: nil
    }
  }
}

/// One album of `gallery.mustache`. A tag without a value means the page's, so none is called as there.
struct AlbumView: MustacheParent, Sendable {
  let album: Album
  let count: String

  func child(named tag: String) -> Any? {
    switch tag {
    case "href": Route.album(album.id).path
    case "cover": Route.cover(album.id).path
    case "id": album.id.description
    case "name": album.name
    case "albumCount": count
    default: nil
    }
  }
}

extension Words {
  /// Empty while nothing is known.
  fileprivate func albumCount(_ count: AlbumCount?) -> String {
    guard let count else { return "" }
    return count.isComplete
      ? counted(count.count, one: .viewerCountOne, many: .viewerCountMany)
      : fill(.viewerAtLeast, ["count": number(count.count)])
  }
}

/// One way of the order switch of `gallery.mustache`.
struct OrderView: MustacheParent, Sendable {
  let order: PictureOrder
  let label: String
  let page: PicturePage

  func child(named tag: String) -> Any? {
    switch tag {
    case "href": page.path(order)
    case "label": label
    case "isCurrent": order == page.order
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
    case "isTooLarge": picture.obstacle == .size
    default: nil
    }
  }
}
