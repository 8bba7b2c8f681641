// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import FoundationEssentials
public import HTTP
internal import HTTPClient
internal import HTTPTypes

/// Bytes that are given on while they come. What fails before is thrown; what fails later breaks the stream.
extension Dropbox {
  /// The longest animation, in bytes.
  public static let animationLimit = 50_000_000

  /// A smaller rendition of a picture of at most 20 MB.
  ///
  /// - Throws: `.notFound`; `.noPicture` when something else comes; `.endpoint("unsupported_extension")`,
  ///   `.endpoint("unsupported_image")`, `.endpoint("conversion_error")` for what Dropbox cannot draw;
  ///   `.unexpectedAnswer` when it is one of another file.
  /// - Source: `files/get_thumbnail_v2`; scope `files.content.read`.
  public func thumbnail(
    of file: FileReference, size: ThumbnailSize, format: ImageFormat = .jpeg,
    mode: ThumbnailMode = .bestfit, with token: AccessToken
  ) async throws(DropboxError) -> PictureStream {
    let resource = #"{".tag":"path","path":\#(file.path.asASCIIJSON)}"#
    // "quality" is in the published specification, and sending it is refused.
    let argument = """
      {"resource":\(resource),"format":"\(format.rawValue)","size":"\(size.rawValue)",\
      "mode":"\(mode.rawValue)"}
      """
    let open = try await open(
      .picture("\(origins.content)/2/files/get_thumbnail_v2", argument: argument, token: token))
    guard let format = ImageFormat(startOf: open.start) else {
      throw .noPicture("no picture in \(open.summary)")
    }
    let rev = open.answer.fields[.dropboxResult].flatMap(Thumbnail.rev)
    guard file.mayBe(rev: rev, id: nil) else { throw .otherFile }
    return PictureStream(mediaType: format.mediaType, rev: rev, body: open.stream())
  }

  /// A GIF as it is, of at most 50 MB, since Dropbox's renditions do not move.
  ///
  /// - Throws: `.notFound`; `.noPicture` when something else comes; `.tooLarge`; `.unexpectedAnswer` when it is another
  ///   file.
  /// - Source: `files/download`; scope `files.content.read`. GIF89a specification, section 17.
  public func animation(
    of file: FileReference, with token: AccessToken
  ) async throws(DropboxError) -> PictureStream {
    let open = try await open(
      .picture(
        "\(origins.content)/2/files/download", argument: #"{"path":\#(file.path.asASCIIJSON)}"#,
        token: token, answerLimit: Self.animationLimit))
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
  /// - Throws: `.notFound`; `.endpoint("unsupported_file")` for what lives on Dropbox's site only.
  /// - Source: `files/download`; scope `files.content.read`. Ranges: "Dropbox for HTTP Developers".
  public func download(
    _ file: FileID, range: SingleRange?, with token: AccessToken
  ) async throws(DropboxError) -> Download {
    let open: OpenAnswer
    do throws(DropboxError) {
      open = try await self.open(
        .file(
          "\(origins.content)/2/files/download", argument: #"{"path":\#(file.value.asASCIIJSON)}"#,
          token: token, range: range))
    } catch .endpoint("range/not_satisfiable") {
      return .unsatisfiable(size: nil)
    }
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

  /// Sends a request until its answer begins or its error is final.
  private func open(_ stream: StreamCall) async throws(DropboxError) -> OpenAnswer {
    try await repeated(stream.call, on: clock) { limit in await openOnce(stream, limit: limit) }
  }

  private func openOnce(
    _ stream: StreamCall, limit: Duration
  ) async -> Result<OpenAnswer, DropboxError> {
    let call = stream.call
    let end = ContinuousClock.now + limit
    do throws(HTTPClientError) {
      let answer = try await http.open(
        OutgoingRequest(
          method: .post, url: call.url, fields: call.fields, body: call.body, limit: stream.total,
          answerLimit: call.answerLimit),
        limits: StreamLimits(head: limit, stall: StreamCall.stall))
      switch (answer.status, stream.hasRange) {
      case (.ok, _), (.partialContent, true):
        return .success(
          OpenAnswer(answer: answer, start: try await start(of: answer.body, by: end)))
      case (.rangeNotSatisfiable, true):
        return .success(OpenAnswer(answer: answer, start: []))
      default:
        let whole = Answer(
          status: answer.status, fields: answer.fields,
          body: try await explanation(in: answer.body, by: end))
        return .failure(call.error(of: whole))
      }
    } catch {
      return .failure(DropboxError(error))
    }
  }

  private func start(
    of body: AnswerBody, by end: ContinuousClock.Instant
  ) async throws(HTTPClientError) -> [UInt8] {
    let patience = ContinuousClock.now + StreamCall.patience
    var start: [UInt8] = []
    while start.count < StreamCall.start, let piece = try await body.next() {
      start += piece
      let now = ContinuousClock.now
      guard now < end else { throw .timedOut }
      if now > patience, start.count >= StreamCall.leastStart { break }
    }
    return start
  }

  /// The body of an answer that says what went wrong, 64 KiB of it at most.
  private func explanation(
    in body: AnswerBody, by end: ContinuousClock.Instant
  ) async throws(HTTPClientError) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < 65_536, let piece = try await body.next() {
      bytes += piece
      guard ContinuousClock.now < end else { throw .timedOut }
    }
    return bytes
  }
}

extension AnswerStream {
  /// Reads `Dropbox-API-Result`.
  fileprivate var file: FileEntry {
    get throws(DropboxError) {
      guard let header = fields[.dropboxResult],
        let file = try? JSONDecoder().decode(FileEntry.self, from: Data(header.utf8))
      else { throw .unexpectedAnswer("a download that does not say of what") }
      return file
    }
  }
}
