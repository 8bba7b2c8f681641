// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox
internal import Mustache

/// `sheet.mustache`: the pictures of a page, as they stand there without a script.
struct SheetView: View {
  static let template = "sheet"

  let visitor: Visitor
  let pictures: [Picture]
  var title: String { "" }

  func value(of tag: String) -> (any MustacheValue)? {
    tag == "pictures" ? pictures.map(PictureView.init) : nil
  }
}

/// One picture of `sheet.mustache`.
struct PictureView: MustacheParent, Sendable {
  let picture: Picture
  private let links: PictureLinks

  init(_ picture: Picture) {
    self.picture = picture
    links = PictureLinks(picture)
  }

  func child(named tag: String) -> (any MustacheValue)? {
    switch tag {
    case "id": picture.id.description
    case "name": picture.name
    case "date": picture.modified.description
    case "size": picture.size.description
    case "strip": links[.strip]
    case "grid": links[.grid]
    case "smallStage": links[.smallStage]
    case "stage": links[.stage]
    case "animation": links.animation
    case "details": Route.details(picture.id, picture.rev).path
    case "original": Route.original(picture.id).path
    case "obstacle": picture.obstacle?.rawValue
    case "isDrawn": picture.obstacle == nil
    case "isTooLarge": picture.obstacle == .size
    default: nil
    }
  }
}
