// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import EventLoop
public import HTTPTypes

/// What a server answered: its head, and a body that comes in pieces.
public struct AnswerStream: Sendable {
  /// Any final status, 200…999; redirects and errors too.
  public let status: HTTPResponse.Status
  /// In the order they came.
  public let fields: HTTPFields
  public let body: AnswerBody

  /// What `Content-Length` announces; nil when it does not. The transfer breaks when another number of bytes comes.
  public var length: Int? {
    guard fields[.transferEncoding] == nil, let text = fields[.contentLength],
      text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    return Int(text)
  }
}

/// The body of an answer on its way. Whoever lets go of it ends the transfer.
public final class AnswerBody: Sendable {
  private let client: HTTPClient
  private let number: UInt

  init(client: HTTPClient, number: UInt) {
    self.client = client
    self.number = number
  }

  deinit {
    client.letGo(number)
  }

  /// What has come since the last call, or the next that comes; nil after the end. One call at a time.
  ///
  /// While nobody calls, about 100 KiB come at most, and then the server has to wait. Cancelling the task ends the
  /// transfer.
  ///
  /// - Throws: `.interrupted` when the connection broke before the end; `.timedOut` when nothing came for the limit
  ///   without progress, or the limit for all is over; `.tooLarge`.
  public func next() async throws(HTTPClientError) -> [UInt8]? {
    try await client.nextPiece(of: number)
  }

  /// Ends the transfer, if it still runs.
  public func cancel() {
    client.letGo(number)
  }
}

/// The limits of an answer that is read in pieces, beside `OutgoingRequest.limit` for all of it.
public struct StreamLimits: Sendable, Equatable {
  /// From the beginning to the end of the head.
  public var head: Duration
  /// How long nothing may come, while somebody waits for it.
  public var stall: Duration

  public init(head: Duration, stall: Duration) {
    self.head = head
    self.stall = stall
  }
}
