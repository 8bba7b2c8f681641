// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import HTTPClient

extension Dropbox {
  /// The most pictures of one batch.
  public static let batchLimit = 25

  /// Small renditions, as JPEG, of up to 25 pictures by one call. One that cannot be had costs the others nothing.
  ///
  /// - Parameter size: one that `fitsBatch`.
  /// - Returns: as many outcomes as files, in their order. One fails with `.notFound`;
  ///   `.endpoint("unsupported_extension")`, `.endpoint("unsupported_image")`, `.endpoint("conversion_error")`;
  ///   `.noPicture` when something else is in it; `.unexpectedAnswer` when it is one of another file.
  /// - Throws: what concerns the call as a whole; `.refusedRequest` for more files or a larger size, without a
  ///   call.
  /// - Source: `files/get_thumbnail_batch`; scope `files.content.read`.
  public func thumbnails(
    of files: [FileReference], size: ThumbnailSize, mode: ThumbnailMode = .bestfit,
    with token: AccessToken
  ) async throws(DropboxError) -> [Result<Thumbnail, DropboxError>] {
    guard !files.isEmpty else { return [] }
    guard files.count <= Self.batchLimit, size.fitsBatch else {
      throw .refusedRequest("\(files.count) pictures of \(size.rawValue) are too much for a batch")
    }
    let entries = files.map { file in
      """
      {"path":\(file.path.asASCIIJSON),"format":"jpeg","size":"\(size.rawValue)",\
      "mode":"\(mode.rawValue)"}
      """
    }
    let answer: ThumbnailBatch = try await value(
      of: .batch(
        "\(origins.content)/2/files/get_thumbnail_batch",
        argument: #"{"entries":[\#(entries.joined(separator: ","))]}"#, token: token))
    // Failures do not say whose they are: with one entry more or less, none can be given to its file.
    guard answer.entries.count == files.count else {
      throw .unexpectedAnswer("\(answer.entries.count) thumbnails for \(files.count) files")
    }
    return zip(files, answer.entries).map { file, entry in entry.outcome(for: file) }
  }
}
