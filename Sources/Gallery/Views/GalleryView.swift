// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox
internal import Mustache

/// `gallery.mustache`: one page of the pictures of a folder.
struct GalleryView: View {
  static let template = "gallery"

  let visitor: Visitor
  let page: PicturePage
  let pictures: [PictureView]

  init(page: PicturePage, visitor: Visitor) {
    self.visitor = visitor
    self.page = page
    pictures = page.pictures.map(PictureView.init)
  }

  var title: String { words[.galleryTitle] }

  func value(of tag: String) -> Any? {
    switch tag {
    case "pictures": pictures
    case "heading":
      words.counted(page.count, one: .picturesInFolderOne, many: .picturesInFolderMany)
    case "soFar": words.counted(page.count, one: .picturesSoFarOne, many: .picturesSoFarMany)
    case "isSingle": page.pictures.count == 1
    case "isIncomplete": !page.isComplete
    case "hasShelf": page.count > 1 || !page.isComplete
    case "orders":
      PictureOrder.allCases.map {
        OrderView(order: $0, label: words[$0.word], isCurrent: $0 == page.order)
      }
    case "isPaged": page.pages > 1
    case "pageOf":
      words.fill(
        .pageOf, ["page": words.number(page.number), "pages": words.number(page.pages)])
    case "hasNext": page.nextPath != nil
    case "next": page.nextPath
    case "hasPrevious": page.previousPath != nil
    case "previous": page.previousPath
    case "wordsForBrowser": words.forBrowser
    default: nil
    }
  }
}

/// One way of the order switch of `gallery.mustache`.
struct OrderView: MustacheParent, Sendable {
  let order: PictureOrder
  let label: String
  let isCurrent: Bool

  func child(named tag: String) -> Any? {
    switch tag {
    case "href": GalleryParameters.path(order)
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

  func child(named tag: String) -> Any? {
    switch tag {
    case "id": picture.id.description
    case "name": picture.name
    case "date": picture.modified.description
    case "size": picture.size
    case "strip": Route.rendition(picture.id, picture.rev, .strip).path
    case "grid": Route.rendition(picture.id, picture.rev, .grid).path
    case "smallStage": Route.rendition(picture.id, picture.rev, .smallStage).path
    case "stage": Route.rendition(picture.id, picture.rev, .stage).path
    case "original": Route.original(picture.id).path
    default: nil
    }
  }
}
