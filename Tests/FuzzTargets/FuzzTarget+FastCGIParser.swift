// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

@testable import FastCGI

extension FuzzTarget {
  /// `RequestRecords`. The first byte is the size of the pieces, the second selects small limits.
  ///
  /// The result does not depend on how the stream is cut, and the records that the parser passes on are a request that
  /// the parser accepts unchanged.
  public static let fastCGIParser = FuzzTarget("fastcgi-parser") { bytes throws(FuzzFailure) in
    var input = FuzzInput(bytes)
    let size = input.byte()
    var limits = Limits()
    if input.byte() & 1 != 0 {
      limits.bodyBytes = 10
      limits.drainedBytes = 5
      limits.parameterBytes = 100
    }
    let whole = ParsedStream([Array(input.rest)], limits)
    let cut = ParsedStream(input.pieces(of: size), limits)
    try require(whole.refusal == cut.refusal, "\(whole.refusal as Any), \(cut.refusal as Any)")
    try require(whole.replies == cut.replies, "the replies depend on the pieces")
    try require(whole.requests.count == cut.requests.count, "the pieces decide on the requests")
    for (one, other) in zip(whole.requests, cut.requests) {
      try require(one.records == other.records, "the records depend on the pieces")
      try require(one.requestID == other.requestID, "the request id depends on the pieces")
      // The parser stops reading a body beyond the limit at the end of a piece.
      try require(
        one.isCutShort || one.bodyBytes == other.bodyBytes, "the body depends on the pieces")
      try checkAccepted(one, limits)
    }
  }

  private static func checkAccepted(
    _ request: RequestRecords, _ limits: Limits
  ) throws(FuzzFailure) {
    let again = ParsedStream([request.records], limits)
    try require(again.refusal == nil, "passed on, then refused: \(again.refusal as Any)")
    try require(again.requests.map(\.records) == [request.records], "passed on records change")
    try require(again.replies.isEmpty, "passed on records are answered")
    let body = request.isBodyTooLarge ? 0 : request.bodyBytes
    try require(body <= limits.bodyBytes, "a body of \(body) bytes")
    try require(again.requests.first?.bodyBytes == body, "a body of another length")
  }
}

/// The requests of a stream, up to the first refusal.
private struct ParsedStream {
  private(set) var requests: [RequestRecords] = []
  private(set) var replies: [UInt8] = []
  private(set) var refusal: RequestRecords.Refusal?

  init(_ pieces: [[UInt8]], _ limits: Limits) {
    var current = RequestRecords(limits: limits)
    for piece in pieces {
      var rest = piece[...]
      while !rest.isEmpty {
        do throws(RequestRecords.Refusal) {
          rest = rest.dropFirst(try current.consume(rest.span))
        } catch {
          replies += current.replies
          refusal = error
          return
        }
        guard current.stage == .complete else { continue }
        replies += current.replies
        current.replies = []
        requests.append(current)
        // The server closes the connection after such a request.
        if current.isCutShort { return }
        current = RequestRecords(limits: limits)
      }
    }
    replies += current.replies
  }
}
