// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import FoundationEssentials

/// An answer of `files/get_thumbnail_batch`.
///
/// - Source: `files.stone`, struct `GetThumbnailBatchResult`.
struct ThumbnailBatch: Decodable {
  let entries: [BatchEntry]

  struct Arguments: Encodable {
    let entries: [Entry]

    struct Entry: Encodable {
      let path: String
      let format: String
      let size: String
      let mode: String
    }

    init(of files: [FileReference], size: ThumbnailSize, mode: ThumbnailMode) {
      entries = files.map {
        Entry(
          path: $0.path, format: ImageFormat.jpeg.rawValue, size: size.rawValue,
          mode: mode.rawValue)
      }
    }
  }

  static let endpoint = Endpoint<Arguments, ThumbnailBatch>(
    route: "files/get_thumbnail_batch", style: .contentRPC)
}

extension Dropbox {
  /// The most pictures of one batch.
  public static let batchLimit = 25
}

extension AccountClient {
  /// Small renditions, as JPEG, of up to 25 pictures by one call. One that cannot be had costs the others nothing.
  ///
  /// - Parameter size: one that `fitsBatch`.
  /// - Returns: as many outcomes as files, in their order. One fails with `.notFound`;
  ///   `.endpoint(.thumbnail(…))`; `.noPicture` when something else is in it; `.unexpectedAnswer` when it is
  ///   one of another file.
  /// - Throws: what concerns the call as a whole; `.refusedRequest` for more files or a larger size, without a
  ///   call.
  /// - Source: `files/get_thumbnail_batch`; scope `files.content.read`.
  public func thumbnails(
    of files: [FileReference], size: ThumbnailSize, mode: ThumbnailMode = .bestfit
  ) async throws(Tokens.Failure) -> [Result<Thumbnail, DropboxError>] {
    guard !files.isEmpty else { return [] }
    return try await withToken { token throws(DropboxError) in
      guard files.count <= Dropbox.batchLimit, size.fitsBatch else {
        throw .refusedRequest(
          "\(files.count) pictures of \(size.rawValue) are too much for a batch")
      }
      let arguments = ThumbnailBatch.Arguments(of: files, size: size, mode: mode)
      let answer: ThumbnailBatch = try await dropbox.value(
        of: try call(ThumbnailBatch.endpoint, arguments, token))
      // Failures do not say whose they are: with one entry more or less, none can be given to its file.
      guard answer.entries.count == files.count else {
        throw .unexpectedAnswer("\(answer.entries.count) thumbnails for \(files.count) files")
      }
      return zip(files, answer.entries).map { file, entry in entry.outcome(for: file) }
    }
  }
}

/// One entry of it: `{".tag":"success","metadata":{…},"thumbnail":"<base64>"}` or
/// `{".tag":"failure","failure":{".tag":"unsupported_image"}}`.
enum BatchEntry: Decodable, Equatable {
  /// The file that Dropbox says it is of, as far as it says so.
  case success(Thumbnail, id: FileID?)
  case failure(DropboxError)

  private enum Key: String, CodingKey {
    case tag = ".tag"
    case metadata, thumbnail, failure
  }

  private struct File: Decodable {
    let id: String?
    let rev: String?
  }

  /// Never throws: what cannot be read is a failure of this entry, so that it does not cost the batch.
  init(from decoder: any Decoder) {
    do {
      let fields = try decoder.container(keyedBy: Key.self)
      switch try fields.decode(String.self, forKey: .tag) {
      case "success":
        let file = try? fields.decode(File.self, forKey: .metadata)
        self = Self.read(try fields.decode(String.self, forKey: .thumbnail), of: file)
      case "failure":
        let union = try fields.decode(UnionTags.self, forKey: .failure)
        self = .failure(
          DropboxError(union, ThumbnailError.error)
            ?? .unexpectedAnswer("a failure of a batch without a tag"))
      default:
        self = .failure(.unexpectedAnswer("an unknown entry of a batch"))
      }
    } catch {
      self = .failure(.unexpectedAnswer("an entry of a batch that cannot be read"))
    }
  }

  private static func read(_ base64: String, of file: File?) -> BatchEntry {
    guard let data = Data(base64Encoded: base64) else {
      return .failure(.noPicture("an entry of a batch is not base64"))
    }
    let bytes = [UInt8](data)
    guard let format = ImageFormat(startOf: bytes) else {
      return .failure(.noPicture("no picture in \(bytes.count) bytes of a batch"))
    }
    guard !format.isCutOff(bytes) else {
      return .failure(.noPicture("a picture of a batch without its end"))
    }
    return .success(
      Thumbnail(bytes: bytes, format: format, rev: file?.rev.flatMap { Rev($0) }),
      id: file?.id.flatMap { FileID($0) })
  }

  /// What this entry is to the file that was asked for at its place.
  ///
  /// The order of a batch is promised nowhere. A picture under the wrong name would stay in a browser for a
  /// year, so one that says it is another's is refused.
  func outcome(for file: FileReference) -> Result<Thumbnail, DropboxError> {
    switch self {
    case .failure(let error): .failure(error)
    case .success(let thumbnail, let id):
      file.mayBe(rev: thumbnail.rev, id: id) ? .success(thumbnail) : .failure(.otherFile)
    }
  }
}
