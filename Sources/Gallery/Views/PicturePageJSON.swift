// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox
internal import HTTP

/// What `GET /` answers to `Accept: application/json`.
///
/// Shape, `next` being null on the last page:
///
///     {"pictures":[{"id":"id:AbC","name":"Lake.jpg","modified":"2026-01-02T03:04:05Z",
///       "strip":"/renditions/AbC/0161a2b3c4d5e6f0/strip","stage":"/renditions/AbC/0161a2b3c4d5e6f0/stage",
///       "original":"/originals/AbC"}],
///      "page":1,"pages":3,"count":130,"isComplete":true,"next":"/?sort=newest&page=2"}
///
/// `page` counts from 1, `pages` is at least 1, and `count` is over all pages. While `isComplete` is false the folder is
/// still being read, and there are at least `count` pictures. Paths are of this site. `modified` is in UTC.
struct PicturePageJSON: Encodable {
  static let mediaType = "application/json"

  private enum Key: String, CodingKey {
    case pictures, page, pages, count, isComplete, next
  }

  let page: PicturePage

  func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Key.self)
    try fields.encode(page.pictures.map(PictureJSON.init), forKey: .pictures)
    try fields.encode(page.number, forKey: .page)
    try fields.encode(page.pages, forKey: .pages)
    try fields.encode(page.count, forKey: .count)
    try fields.encode(page.isComplete, forKey: .isComplete)
    try fields.encode(page.nextPath, forKey: .next)
  }

  func response() throws(GalleryError) -> Response {
    try .json(self)
  }
}

private struct PictureJSON: Encodable {
  let id, name, modified, strip, stage, original: String

  init(_ picture: Picture) {
    id = picture.id.value
    name = picture.name
    modified = picture.modified.description
    strip = Route.rendition(picture.id, picture.rev, .strip).path
    stage = Route.rendition(picture.id, picture.rev, .stage).path
    original = Route.original(picture.id).path
  }
}
