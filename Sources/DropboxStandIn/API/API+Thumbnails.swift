// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// `files/get_thumbnail_v2` and `files/get_thumbnail_batch`.
extension API {
  /// The most entries of a batch.
  static let batchLimit = 25

  func getThumbnail(_ arguments: Arguments) async throws(Refusal) -> Answer {
    var arguments = arguments
    let resource = try arguments.required("resource")
    let request = try thumbnailRequest(&arguments)
    let keepsTransparency = try arguments.bool("preserve_transparency", default: false)
    try arguments.finish()
    let path = try path(of: resource, in: arguments.place)
    try check(path, .file, in: arguments.place)
    if keepsTransparency, request.format == .jpeg {
      throw .endpoint(["unsupported_output_format"])
    }
    let entry = try await file(at: path)
    let data: Data
    do throws(ThumbnailFailure) {
      data = try await thumbnails.thumbnail(of: entry, hash: await hash(of: entry), request)
    } catch {
      throw .endpoint([error.rawValue])
    }
    var answer = Answer(200, type: "application/octet-stream", body: data)
    answer.set("Accept-Ranges", "bytes")
    answer.set("Cache-Control", "no-cache")
    answer.set("Original-Content-Length", String(data.count))
    answer.set("Dropbox-API-Result", ascii(["file_metadata": await fileMetadata(entry)]))
    return answer
  }

  func getThumbnailBatch(_ arguments: Arguments) async throws(Refusal) -> Answer {
    var arguments = arguments
    let list = try arguments.required("entries")
    try arguments.finish()
    guard case .array(let entries) = list else {
      throw .badRequest("\(arguments.place): entries: expected list, got \(list.kind)")
    }
    guard entries.count <= API.batchLimit else { throw .endpoint(["too_many_files"]) }
    var requests: [(path: String, request: ThumbnailRequest)] = []
    for entry in entries {
      var inner = try Arguments(entry, in: "\(arguments.place): entries")
      let path = try inner.string("path")
      let request = try thumbnailRequest(&inner)
      try inner.finish()
      try checkPattern(path, in: inner.place)
      requests.append((path, request))
    }
    var results: [JSON] = []
    for (path, request) in requests {
      do throws(Refusal) {
        results.append(try await success(path, request))
      } catch {
        guard case .endpoint(let tags) = error else { throw error }
        results.append([".tag": "failure", "failure": Refusal.union(tags)])
      }
    }
    return .json(200, ["entries": .array(results)])
  }

  private func success(_ path: String, _ request: ThumbnailRequest) async throws(Refusal) -> JSON {
    try check(path, .file, in: "request body: entries")
    let entry = try await file(at: path)
    let data: Data
    do throws(ThumbnailFailure) {
      data = try await thumbnails.thumbnail(of: entry, hash: await hash(of: entry), request)
    } catch {
      throw .endpoint([error.rawValue])
    }
    return [
      ".tag": "success", "metadata": await fileMetadata(entry),
      "thumbnail": .string(data.base64EncodedString()),
    ]
  }

  private func thumbnailRequest(
    _ arguments: inout Arguments
  ) throws(Refusal) -> ThumbnailRequest {
    var request = ThumbnailRequest()
    request.format = try arguments.tag("format", default: request.format)
    request.size = try arguments.tag("size", default: request.size)
    request.mode = try arguments.tag("mode", default: request.mode)
    _ = try arguments.bool("exclude_media_info", default: false)
    return request
  }

  private func path(of resource: JSON, in place: String) throws(Refusal) -> String {
    var inner = try Arguments(resource, in: "\(place): resource")
    let tag = try inner.string(".tag")
    switch tag {
    case "path":
      let path = try inner.string("path")
      try inner.finish()
      return path
    case "link": throw .endpoint(["access_denied"])
    default: throw .badRequest("\(place): resource: invalid tag '\(tag)'")
    }
  }

  private func checkPattern(_ path: String, in place: String) throws(Refusal) {
    do throws(Refusal) {
      try check(path, .file, in: place)
    } catch {
      // A path that is only malformed fails by itself, not the whole batch.
      if case .badRequest = error { throw error }
    }
  }
}
