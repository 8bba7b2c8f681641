// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import HTTP

/// What is left to write of a response's body. Pure.
///
/// A piece is as much as a send buffer takes that says it has room, so writing one never waits.
struct Outgoing: Sendable {
  /// The most bytes of a piece.
  static let pieceBytes = 65_536
  /// What a connection's send buffer is asked to be for a body of more than one piece. A Unix socket says it has
  /// room when three quarters are free, TCP when a third is; each record of libfcgi's takes half again of its bytes.
  static let sendBufferBytes: CInt = 212_992

  private var rest: ArraySlice<UInt8>
  /// What the stream gave last: it is written with what comes next, or with the end.
  private var held: [UInt8] = []
  let stream: BodyStream?
  private let delivery: Delivery?
  /// Why the body is not whole, once that is known.
  private(set) var broken: BodyStream.Broken?
  /// Whether more comes from the stream.
  private(set) var hasMore: Bool

  init(_ body: Response.Body, _ delivery: Delivery? = nil) {
    self.delivery = delivery
    switch body {
    case .bytes(let bytes): (rest, stream, hasMore) = (bytes[...], nil, false)
    case .stream(let stream): (rest, self.stream, hasMore) = ([], stream, true)
    }
  }

  var isEmpty: Bool { rest.isEmpty }
  /// Whether it takes more than one piece.
  var isLarge: Bool { stream != nil || rest.count > Self.pieceBytes }

  /// Adds what the stream gave: nil after its last piece.
  ///
  /// The last one is held back, so that a body that breaks off does so right behind some bytes: Apache over HTTP/2 notices
  /// the end of a connection only while it has something to send.
  mutating func add(_ bytes: [UInt8]?) {
    rest = held[...]
    held = bytes ?? []
    hasMore = bytes != nil
  }

  /// The stream broke: what was held back is the last that is written.
  mutating func breakOff(_ broken: BodyStream.Broken) {
    rest = held[...]
    held = []
    self.broken = broken
  }

  /// Says how it ended to whom it concerns.
  func end(_ ending: BodyStream.Ending) {
    stream?.end(ending)
    delivery?.end(ending)
  }

  mutating func popPiece() -> ArraySlice<UInt8> {
    let piece = rest.prefix(Self.pieceBytes)
    rest = rest.dropFirst(piece.count)
    return piece
  }
}
