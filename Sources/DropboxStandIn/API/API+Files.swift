// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TextFormats

/// Metadata, temporary links and bytes of single files.
extension API {
  func getMetadata(_ arguments: Arguments) async throws(Refusal) -> Answer {
    var arguments = arguments
    let path = try arguments.string("path")
    let includesMediaInfo = try arguments.bool("include_media_info", default: false)
    for name in [
      "include_deleted", "include_has_explicit_shared_members", "include_restorable_info",
    ] {
      _ = try arguments.bool(name, default: false)
    }
    _ = arguments.take("include_property_groups")
    try arguments.finish()
    if path.isEmpty {
      throw .badRequest("\(arguments.place): path: The root folder is unsupported.")
    }
    try check(path, .file, in: arguments.place)
    let folder = folder
    guard let entry = await OffPool.disk({ folder.entry(at: path) }) else { throw .pathNotFound }
    let hash = await hash(of: entry)
    var mediaInfo: JSON?
    if includesMediaInfo, !entry.isFolder,
      let size = await thumbnails.dimensions(of: entry, hash: hash)
    {
      mediaInfo = [
        ".tag": "metadata",
        "metadata": [
          ".tag": "photo",
          "dimensions": [
            "height": .integer(Int64(size.height)), "width": .integer(Int64(size.width)),
          ],
        ],
      ]
    }
    return .json(200, entry.metadata(hash: hash, isTagged: true, mediaInfo: mediaInfo))
  }

  func getTemporaryLink(_ arguments: Arguments) async throws(Refusal) -> Answer {
    var arguments = arguments
    let path = try arguments.string("path")
    try arguments.finish()
    try check(path, .file, in: arguments.place)
    let entry = try await file(at: path)
    return .json(
      200,
      ["metadata": await fileMetadata(entry), "link": .string(links.link(to: entry, of: person))])
  }

  func download(_ arguments: Arguments, _ call: Call) async throws(Refusal) -> Answer {
    var arguments = arguments
    let path = try arguments.string("path")
    _ = arguments.take("rev")
    try arguments.finish()
    try check(path, .file, in: arguments.place)
    let entry = try await file(at: path)
    let tag = "W/\"\(entry.revision)\""
    if let known = call.field("If-None-Match"),
      known == "*" || known.split(separator: ",").contains(where: { $0.trimmed == tag })
    {
      var answer = Answer(304, type: nil, body: Data())
      answer.set("ETag", tag)
      return answer
    }
    var answer = FileContent.answer(
      for: entry, range: call.field("Range"), type: "application/octet-stream")
    answer.set("ETag", tag)
    answer.set("Original-Content-Length", String(entry.sizeBytes))
    answer.set("Dropbox-API-Result", ascii(await fileMetadata(entry)))
    return answer
  }

  func ascii(_ json: JSON) -> String {
    String(decoding: json.printed(escaping: .nonASCII), as: UTF8.self)
  }
}

extension StringProtocol {
  var trimmed: String { trimmingCharacters(in: .whitespaces) }
}
