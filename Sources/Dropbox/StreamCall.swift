// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import HTTP
internal import HTTPClient
internal import HTTPTypes

/// A request to Dropbox whose answer is given on while it comes. `call.limit` is for all attempts to begin.
struct StreamCall {
  var call: Call
  /// For one attempt, from the beginning to the last byte.
  var total: Duration

  /// How long Dropbox may send nothing; shorter than what web servers wait for us.
  static let stall: Duration = .seconds(20)
  /// So much of the body is awaited before anything is given on, for this long: what is broken early is still an
  /// answer that says so, and can be asked for again.
  static let start = 16_384
  static let patience: Duration = .seconds(1)
  /// Fewer bytes do not tell what they are.
  static let leastStart = 12

  /// A picture: five minutes for a slow reader.
  static func picture(_ call: Call) -> StreamCall {
    StreamCall(call: call, total: .seconds(300))
  }

  /// A file of any size: six hours.
  static func file(_ call: Call, range: SingleRange?) -> StreamCall {
    var call = call
    call.fields[.range] = range?.field
    call.answerLimit = .max
    return StreamCall(call: call, total: .seconds(6 * 3600))
  }

  var hasRange: Bool { call.fields[.range] != nil }
}

/// The beginning of an answer, and the way to the rest.
struct OpenAnswer {
  let answer: AnswerStream
  let start: [UInt8]

  /// Media type and size, for the log.
  var summary: String {
    let type = (answer.fields[.contentType] ?? "no type").prefix(64)
    return "\(answer.length.map(String.init) ?? "some") bytes of \(type)"
  }

  /// - Parameter length: the bytes of the whole, where the answer does not announce them.
  func stream(of length: Int? = nil) -> BodyStream {
    let body = answer.body
    return BodyStream(length: answer.length ?? length, start: start) {
      () async throws(BodyStream.Broken) -> [UInt8]? in
      do throws(HTTPClientError) {
        return try await body.next()
      } catch {
        throw BodyStream.Broken(reason: "Dropbox: \(error)")
      }
    } whenEnded: { _, _ in
      body.cancel()
    }
  }
}
