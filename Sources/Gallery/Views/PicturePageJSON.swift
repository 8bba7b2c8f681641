// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Crypto
internal import Dropbox
internal import HTTP
internal import HTTPTypes

/// What a folder page answers to `Accept: application/json`. Its shape stands in README, "As JSON".
struct PicturePageJSON: Encodable {
  static let mediaType = "application/json"

  private enum Key: String, CodingKey {
    case folder, albums, pictures, chosen, page, pages, size, count, summary, others
    case isComplete, isCutOff, version, added, next, previous
  }

  let page: PicturePage
  let words: Words

  func encode(to encoder: any Encoder) throws {
    let view = page.view
    var fields = encoder.container(keyedBy: Key.self)
    try fields.encode(FolderJSON(page: page), forKey: .folder)
    try fields.encode(
      view.albums.map { AlbumJSON(album: $0, count: page.counts[$0.id], words: words) },
      forKey: .albums)
    try fields.encode(view.pictures.map(PictureJSON.init), forKey: .pictures)
    try fields.encodeIfPresent(page.chosen?.value, forKey: .chosen)
    try fields.encode(view.slice.number, forKey: .page)
    try fields.encode(view.slice.pages, forKey: .pages)
    try fields.encode(PageSlice.standardSize, forKey: .size)
    try fields.encode(view.count, forKey: .count)
    try fields.encode(words.summary(of: view), forKey: .summary)
    try fields.encode(view.others, forKey: .others)
    try fields.encode(view.isComplete, forKey: .isComplete)
    try fields.encode(view.isCutOff, forKey: .isCutOff)
    try fields.encode(view.version.text, forKey: .version)
    try fields.encode(view.added, forKey: .added)
    try fields.encode(page.nextPath, forKey: .next)
    try fields.encode(page.previousPath, forKey: .previous)
  }

  /// 200, or 304 to who has this very answer already.
  func response(to request: Request) throws(GalleryError) -> Response {
    var response = try Response.json(self, fields: [.cacheControl: "private, no-cache"])
    response.speak(words.language)
    let tag = "\"\(Base64URL.encode(SHA256.hash(data: response.body.bytes ?? []).prefix(16)))\""
    response.fields[.eTag] = tag
    guard EntityTags(of: request.fields).contains(tag) else { return response }
    response.status = .notModified
    response.fields[.contentType] = nil
    response.body = .bytes([])
    return response
  }
}

private struct FolderJSON: Encodable {
  private enum Key: String, CodingKey {
    case name, path, trail
  }

  let page: PicturePage

  func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Key.self)
    try fields.encode(page.folder.name, forKey: .name)
    try fields.encode(page.folder.path, forKey: .path)
    try fields.encode(page.trail.map(CrumbJSON.init), forKey: .trail)
  }
}

private struct CrumbJSON: Encodable {
  private enum Key: String, CodingKey {
    case name, path
  }

  let crumb: Crumb

  func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Key.self)
    try fields.encode(crumb.name, forKey: .name)
    try fields.encode(crumb.path, forKey: .path)
  }
}

private struct AlbumJSON: Encodable {
  private enum Key: String, CodingKey {
    case id, name, path, cover, count, albums, isComplete, summary
  }

  let album: Album
  let count: AlbumCount?
  let words: Words

  func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Key.self)
    try fields.encode(album.id.value, forKey: .id)
    try fields.encode(album.name, forKey: .name)
    try fields.encode(Route.album(album.id).path, forKey: .path)
    try fields.encode(Route.cover(album.id).path, forKey: .cover)
    try fields.encode(count?.count, forKey: .count)
    try fields.encode(count?.albums, forKey: .albums)
    try fields.encode(count?.isComplete ?? false, forKey: .isComplete)
    try fields.encode(count.map(words.summary), forKey: .summary)
  }
}

/// What is not there for a picture is left out.
private struct PictureJSON: Encodable {
  let id, name, modified: String
  let bytes: Int64
  let path: String
  let image256, image640, image1024, image2048, animation: String?
  let details, original, download: String
  let obstacle: String?

  init(_ picture: Picture) {
    id = picture.id.value
    name = picture.name
    modified = picture.modified.description
    bytes = picture.size
    path = Route.picture(picture.id).path
    let links = PictureLinks(picture)
    image256 = links[.image256]
    image640 = links[.image640]
    image1024 = links[.image1024]
    image2048 = links[.image2048]
    animation = links[.animation]
    details = Route.details(picture.id, picture.rev).path
    original = Route.original(picture.id).path
    download = Route.download(picture.id).path
    obstacle = picture.obstacle?.rawValue
  }
}
