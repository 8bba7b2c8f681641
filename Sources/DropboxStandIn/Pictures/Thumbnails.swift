// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Makes thumbnails and keeps the latest ones. Several who wait for the same one share the work.
actor Thumbnails {
  /// Dropbox makes thumbnails of files up to this size.
  static let fileLimitBytes = 20_000_000
  /// Bytes of encoded thumbnails kept in memory.
  static let capacityBytes = 64_000_000

  private struct Key: Hashable {
    let identity: String
    let request: ThumbnailRequest
  }

  private var kept: [Key: Data] = [:]
  private var order: [Key] = []
  private var keptBytes = 0
  private var underway: [Key: Task<Result<Data, ThumbnailFailure>, Never>] = [:]
  private var dimensions: [String: (width: Int, height: Int)] = [:]

  /// - Parameter hash: the content hash; files that are equal share their thumbnails by it.
  func thumbnail(
    of entry: Entry, hash: String? = nil, _ request: ThumbnailRequest
  ) async throws(ThumbnailFailure) -> Data {
    try Thumbnails.check(entry)
    let key = Key(identity: Thumbnails.identity(of: entry, hash), request: request)
    if let data = kept[key] { return data }
    if let task = underway[key] { return try await task.value.get() }
    let task = Task {
      await OffPool.pictures { Thumbnails.made(of: entry, request) }
    }
    underway[key] = task
    let result = await task.value
    underway[key] = nil
    let data = try result.get()
    keep(data, for: key)
    return data
  }

  /// Width and height in pixels; nothing when the file is no picture that can be read.
  func dimensions(of entry: Entry, hash: String? = nil) async -> (width: Int, height: Int)? {
    let identity = Thumbnails.identity(of: entry, hash)
    if let known = dimensions[identity] { return known }
    let result = await OffPool.pictures {
      () -> Result<(width: Int, height: Int), ThumbnailFailure> in
      Result { () throws(ThumbnailFailure) in
        try Thumbnails.check(entry)
        let picture = try Thumbnails.decoded(entry)
        return (picture.width, picture.height)
      }
    }
    guard case .success(let size) = result else { return nil }
    dimensions[identity] = size
    return size
  }

  private func keep(_ data: Data, for key: Key) {
    guard kept[key] == nil else { return }
    kept[key] = data
    order.append(key)
    keptBytes += data.count
    var dropped = 0
    while keptBytes > Thumbnails.capacityBytes, dropped < order.count - 1 {
      keptBytes -= kept.removeValue(forKey: order[dropped])?.count ?? 0
      dropped += 1
    }
    order.removeFirst(dropped)
  }

  private static func identity(of entry: Entry, _ hash: String?) -> String {
    if entry.content.isShared { return "\(entry.content)" }
    return hash.map { $0 + entry.fileExtension } ?? entry.id + entry.revision
  }

  private static func check(_ entry: Entry) throws(ThumbnailFailure) {
    let supported = ["jpg", "jpeg", "png", "tiff", "tif", "gif", "webp", "ppm", "bmp"]
    guard supported.contains(entry.fileExtension) else { throw .unsupportedExtension }
    guard entry.sizeBytes <= fileLimitBytes else { throw .unsupportedImage }
  }

  private static func made(
    of entry: Entry, _ request: ThumbnailRequest
  ) -> Result<Data, ThumbnailFailure> {
    Result { () throws(ThumbnailFailure) in
      let picture = try decoded(entry)
      let size = request.fitted(width: picture.width, height: picture.height)
      let scaled = try picture.scaled(width: size.width, height: size.height)
      guard request.format == .jpeg else { return try scaled.encoded(as: request.format) }
      return try scaled.flattened().encoded(as: .jpeg)
    }
  }

  private static func decoded(_ entry: Entry) throws(ThumbnailFailure) -> Picture {
    switch entry.content {
    case .folder: throw .unsupportedExtension
    case .generated:
      return try Picture(decoding: GeneratedPicture.shared.data, fileExtension: "jpg")
    case .file(let path), .sample(let path):
      guard let data = FileManager.default.contents(atPath: path) else { throw .conversionError }
      return try Picture(decoding: data, fileExtension: entry.fileExtension)
    }
  }
}
