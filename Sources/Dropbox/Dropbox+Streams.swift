// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import FoundationEssentials
internal import HTTPClient
internal import HTTPTypes

/// Answers that are given on while they come. What fails before is thrown; what fails later breaks the stream.
extension Dropbox {
  /// Sends a request until its answer begins or its error is final.
  func open(_ stream: StreamCall) async throws(DropboxError) -> OpenAnswer {
    try await repeated(stream.call, on: clock) { limit in await openOnce(stream, limit: limit) }
  }

  private func openOnce(
    _ stream: StreamCall, limit: Duration
  ) async -> Result<OpenAnswer, DropboxError> {
    let call = stream.call
    let end = ContinuousClock.now + limit
    do throws(HTTPClientError) {
      let answer = try await http.open(
        call.request(limit: stream.total),
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
  var file: FileEntry {
    get throws(DropboxError) {
      guard let header = fields[.dropboxResult],
        let file = try? JSONDecoder().decode(FileEntry.self, from: Data(header.utf8))
      else { throw .unexpectedAnswer("a download that does not say of what") }
      return file
    }
  }
}
