// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox
internal import Mustache

/// `gallery.mustache`: one page of the pictures of a folder.
struct GalleryView: View {
  static let template = "gallery"

  let page: PicturePage
  let pictures: [PictureView]
  let accountName: String

  init(page: PicturePage, accountName: String) {
    self.page = page
    pictures = page.pictures.map(PictureView.init)
    self.accountName = accountName
  }

  var title: String { "Your pictures" }

  func value(of tag: String) -> Any? {
    switch tag {
    case "pictures": pictures
    case "count": page.count.grouped
    case "isMany": page.count != 1
    case "isSingle": page.pictures.count == 1
    case "isIncomplete": !page.isComplete
    case "hasShelf": page.count > 1 || !page.isComplete
    case "orders": PictureOrder.allCases.map { OrderView(order: $0, isCurrent: $0 == page.order) }
    case "isPaged": page.pages > 1
    case "number": page.number.grouped
    case "pages": page.pages.grouped
    case "next": page.nextPath
    case "previous": page.previousPath
    case "accountName": accountName.isEmpty ? nil : accountName
    default: nil
    }
  }
}

/// One way of the order switch of `gallery.mustache`.
struct OrderView: MustacheParent, Sendable {
  let order: PictureOrder
  let isCurrent: Bool

  func child(named tag: String) -> Any? {
    switch tag {
    case "href": GalleryParameters.path(order)
    case "label": label
    case "isCurrent": isCurrent
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
