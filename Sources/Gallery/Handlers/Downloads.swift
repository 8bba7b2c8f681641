// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox
internal import HTTP
internal import HTTPTypes

/// The file itself, to be saved: given on while it comes from Dropbox, whole or one part of it.
///
/// `Content-Disposition: attachment` with its name, the length, and an entity tag by revision, so that a download
/// that broke off can be taken up again. It takes as long as it takes, up to six hours; it ends when Dropbox sends
/// nothing for 20 s, or the browser takes nothing for 30 s.
struct Downloads: Sendable {
  let sessions: Sessions

  /// - Throws: `.notFound` for a file that is gone, or that lives on Dropbox's site only.
  func respond(
    _ file: FileID, _ request: Request, _ open: OpenSession
  ) async throws(GalleryError) -> Response {
    let range = request.method == .get ? request.fields[.range].flatMap(SingleRange.init) : nil
    let client = sessions.client(for: open)
    var download = try await client.download(file, range: range)
    if range != nil, let condition = request.fields[.ifRange], condition != download.tag {
      // Of another state than what the browser has: it needs all of it.
      download.content?.body.end(.abandoned)
      download = try await client.download(file, range: nil)
    }
    switch download {
    case .unsatisfiable(let size):
      let told = ContentRange(part: nil, size: size)
      return Response(
        status: .rangeNotSatisfiable,
        fields: size == nil ? [:] : [.contentRange: told.description])
    case .content(let content):
      return response(content, to: request)
    }
  }

  private func response(_ content: FileStream, to request: Request) -> Response {
    var fields: HTTPFields = [
      .eTag: content.tag, .cacheControl: "private, no-cache", .acceptRanges: "bytes",
    ]
    if EntityTags(of: request.fields).contains(content.tag) {
      content.body.end(.abandoned)
      return Response(status: .notModified, fields: fields)
    }
    fields[.contentType] = Self.mediaType(of: content.file.name)
    fields[.contentDisposition] = ContentDisposition.attachment(named: content.file.name)
    if let range = content.range { fields[.contentRange] = range.description }
    return Response(
      status: content.range == nil ? .ok : .partialContent, fields: fields, stream: content.body)
  }

  /// Never one that a browser would run: what is no known kind of picture is just bytes.
  static func mediaType(of name: String) -> String {
    guard let dot = name.lastIndex(of: ".") else { return "application/octet-stream" }
    return switch name[dot...].dropFirst().lowercased() {
    case "jpg", "jpeg": "image/jpeg"
    case "png": "image/png"
    case "gif": "image/gif"
    case "webp": "image/webp"
    case "bmp": "image/bmp"
    case "tif", "tiff": "image/tiff"
    case "heic": "image/heic"
    case "heif": "image/heif"
    default: "application/octet-stream"
    }
  }
}

extension Download {
  fileprivate var content: FileStream? {
    if case .content(let content) = self { content } else { nil }
  }

  fileprivate var tag: String? { content?.tag }
}

extension FileStream {
  /// A strong one: a revision is always the same bytes.
  fileprivate var tag: String { "\"\(file.rev)\"" }
}
