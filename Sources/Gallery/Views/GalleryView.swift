// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox
internal import Mustache

/// `gallery.mustache`: the pictures of a folder.
struct GalleryView: View {
  static let template = "gallery"

  let pictures: [PictureView]
  let accountName: String

  init(pictures: [FileEntry], accountName: String) {
    self.pictures = pictures.map(PictureView.init)
    self.accountName = accountName
  }

  var title: String { "Your pictures" }

  func value(of tag: String) -> Any? {
    switch tag {
    case "pictures": pictures
    case "count": pictures.count
    case "isMany": pictures.count != 1
    case "accountName": accountName.isEmpty ? nil : accountName
    default: nil
    }
  }
}

/// One picture of `gallery.mustache`.
struct PictureView: MustacheParent, Sendable {
  let picture: FileEntry

  func child(named tag: String) -> Any? {
    switch tag {
    case "id": picture.id.description
    case "name": picture.name
    case "date": picture.clientModified.description
    case "size": picture.size
    case "strip": Route.rendition(picture.id, picture.rev, .strip).path
    case "stage": Route.rendition(picture.id, picture.rev, .stage).path
    case "original": Route.original(picture.id).path
    default: nil
    }
  }
}
