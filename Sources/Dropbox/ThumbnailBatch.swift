// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import FoundationEssentials

/// An answer of `files/get_thumbnail_batch`.
///
/// - Source: `files.stone`, struct `GetThumbnailBatchResult`.
struct ThumbnailBatch: Decodable {
  let entries: [BatchEntry]
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
        self = .failure(union.error ?? .unexpectedAnswer("a failure of a batch without a tag"))
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
