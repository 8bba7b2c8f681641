// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

public import HTTP
internal import HTTPClient
internal import HTTPTypes

/// `files/download`.
enum GetFile {
  struct Arguments: Encodable {
    let path: String
  }

  static let endpoint = Endpoint<Arguments, OpenAnswer>(
    route: "files/download", style: .content,
    error: { tags in
      DownloadError(rawValue: tags.joined(separator: "/")).map(EndpointError.download)
    })
}

/// - Source: `files.stone`, union `DownloadError`; the range is what the newest SDKs expect.
public enum DownloadError: String, Sendable, Equatable {
  /// The file lives on Dropbox's site only.
  case unsupportedFile = "unsupported_file"
  case rangeNotSatisfiable = "range/not_satisfiable"
}

extension Dropbox {
  /// The longest animation, in bytes.
  public static let animationLimit = 50_000_000
}

extension AccountClient {
  /// A GIF as it is, since Dropbox's renditions do not move.
  ///
  /// - Returns: nil for one of more than 50 MB.
  /// - Throws: `.notFound`; `.noPicture` when something else comes; `.unexpectedAnswer` when it is another file.
  /// - Source: `files/download`; scope `files.content.read`. GIF89a specification, section 17.
  public func animation(of file: FileReference) async throws(Tokens.Failure) -> PictureStream? {
    try await withToken { token throws(DropboxError) -> PictureStream? in
      do throws(DropboxError) {
        return try await animation(of: file, with: token)
      } catch .tooLarge {
        return nil
      }
    }
  }

  private func animation(
    of file: FileReference, with token: AccessToken
  ) async throws(DropboxError) -> PictureStream {
    var stream = StreamCall.picture(
      try call(GetFile.endpoint, GetFile.Arguments(path: file.path), token))
    stream.call.answerLimit = Dropbox.animationLimit
    let open = try await dropbox.open(stream)
    guard open.start.starts(with: "GIF87a".utf8) || open.start.starts(with: "GIF89a".utf8) else {
      throw .noPicture("no GIF in \(open.summary)")
    }
    let found = try open.answer.file
    guard file.mayBe(rev: found.rev, id: found.id) else { throw .otherFile }
    return PictureStream(
      mediaType: "image/gif", rev: found.rev, body: open.stream(of: Int(exactly: found.size)))
  }

  /// A file as it is now, or one part of it.
  ///
  /// - Throws: `.notFound`; `.endpoint(.download(.unsupportedFile))` for what lives on Dropbox's site only.
  /// - Source: `files/download`; scope `files.content.read`. Ranges: "Dropbox for HTTP Developers".
  public func download(
    _ file: FileID, range: SingleRange?
  ) async throws(Tokens.Failure) -> Download {
    try await withToken { token throws(DropboxError) -> Download in
      do throws(DropboxError) {
        return try await download(file, range: range, with: token)
      } catch .endpoint(.download(.rangeNotSatisfiable)) {
        return .unsatisfiable(size: nil)
      }
    }
  }

  private func download(
    _ file: FileID, range: SingleRange?, with token: AccessToken
  ) async throws(DropboxError) -> Download {
    let open = try await dropbox.open(
      .file(try call(GetFile.endpoint, GetFile.Arguments(path: file.value), token), range: range))
    let told = open.answer.fields[.contentRange].flatMap(ContentRange.init(parsing:))
    switch open.answer.status {
    case .rangeNotSatisfiable: return .unsatisfiable(size: told?.size)
    case .partialContent:
      guard let told, let part = told.part, part.count == open.answer.length ?? part.count else {
        throw .unexpectedAnswer("a part without its place")
      }
      return .content(
        FileStream(
          file: try open.answer.file, range: told, body: open.stream(of: part.count)))
    default:
      let file = try open.answer.file
      return .content(
        FileStream(file: file, range: nil, body: open.stream(of: Int(exactly: file.size))))
    }
  }
}
