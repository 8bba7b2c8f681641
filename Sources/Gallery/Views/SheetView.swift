// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox
internal import Mustache

/// `sheet.mustache`: the pictures of a page, as they stand there without a script.
struct SheetView: View {
  static let template = "sheet"
  static let tags = MustacheTags<SheetView> { tags in
    tags.list("pictures") { $0.pictures.map(PictureView.init) }
  }

  let visitor: Visitor
  let pictures: [Picture]
  var title: String { "" }
}

/// One picture of `sheet.mustache`.
struct PictureView: MustacheObject {
  static let tags = MustacheTags<PictureView> { tags in
    tags.text("id") { $0.picture.id.description }
    tags.text("name") { $0.picture.name }
    tags.text("date") { $0.picture.modified.description }
    tags.text("size") { $0.picture.size.description }
    for rendition in Rendition.allCases {
      tags.text(rendition.rawValue) { $0.links[rendition] }
    }
    tags.text("details") { Route.details($0.picture.id, $0.picture.rev).path }
    tags.text("original") { Route.original($0.picture.id).path }
    tags.text("obstacle") { $0.picture.obstacle?.rawValue }
    tags.flag("isDrawn") { $0.picture.obstacle == nil }
    tags.flag("isTooLarge") { $0.picture.obstacle == .size }
  }

  let picture: Picture
  private let links: PictureLinks

  init(_ picture: Picture) {
    self.picture = picture
    links = PictureLinks(picture)
  }
}
