// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox
internal import Mustache

/// `gallery.mustache`: one page of a folder.
struct GalleryView: View {
  static let template = "gallery"

  let page: PicturePage
  let accountName: String

  private var view: FolderView { page.view }
  var title: String { page.folder.name ?? "Your pictures" }

  func value(of tag: String) -> Any? {
    switch tag {
    case "accountName": accountName.isEmpty ? nil : accountName
    case "folderName": page.folder.name
    case "hasTrail": !page.isRoot
    case "trail": page.trail.dropLast().map(CrumbView.init)
    case "albums": view.albums.map { AlbumView(album: $0, count: page.counts[$0.id]) }
    case "hasAlbums": !view.albums.isEmpty
    case "pictures": view.pictures.map(PictureView.init)
    case "hasPictures": view.count > 0
    case "chosenPicture": chosen
    case "count": view.count.grouped
    case "isMany": view.count != 1
    case "isSingle": view.pictures.count == 1
    case "isIncomplete": !view.isComplete
    case "isCutOff": view.isCutOff
    case "isBare": view.isComplete && !page.hasContent
    case "hasShelf": view.count > 1 || !view.isComplete
    case "others": view.others > 0 ? view.others.grouped : nil
    case "isOtherMany": view.others != 1
    case "orders": PictureOrder.allCases.map { OrderView(order: $0, page: page) }
    case "isPaged": view.slice.pages > 1
    case "number": view.slice.number.grouped
    case "pages": view.slice.pages.grouped
    case "next": page.nextPath
    case "previous": page.previousPath
    default: data(tag)
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
  let count: AlbumCount?

  func child(named tag: String) -> Any? {
    switch tag {
    case "href": Route.album(album.id).path
    case "cover": Route.cover(album.id).path
    case "id": album.id.description
    case "name": album.name
    case "albumCount": count.map { $0.count.grouped + ($0.isComplete ? "" : "+") }
    default: nil
    }
  }
}

/// One way of the order switch of `gallery.mustache`.
struct OrderView: MustacheParent, Sendable {
  let order: PictureOrder
  let page: PicturePage

  func child(named tag: String) -> Any? {
    switch tag {
    case "href": page.path(order)
    case "label": label
    case "isCurrent": order == page.order
    default: nil
    }
  }

  private var label: String {
    switch order {
    case .newest: "Newest"
    case .oldest: "Oldest"
    case .name: "A–Z"
    case .nameDown: "Z–A"
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

extension Int {
  /// With a comma between thousands: `2,000`.
  var grouped: String {
    let digits = String(magnitude)
    var text = self < 0 ? "-" : ""
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.utf8.count - place).isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return text
  }
}
