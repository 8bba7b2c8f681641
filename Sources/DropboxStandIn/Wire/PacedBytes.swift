// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import FlyingSocks
import Foundation

/// A body written piece by piece: slowly, made up on the way, or cut before its announced end.
struct PacedBytes: AsyncBufferedSequence {
  typealias Element = UInt8

  /// What `Content-Length` says.
  let announcedBytes: Int
  /// Where the connection is cut, if before the end.
  let cutAfterBytes: Int?
  /// How long nothing comes before that.
  let pauseBeforeCut: Duration
  /// Bytes of one piece, and the pause before each.
  let pieceBytes: Int
  let pause: Duration
  /// The start of the body; blanks follow up to `announcedBytes`.
  let prefix: Data

  /// Thrown to end the connection in the middle of a body.
  struct Cut: Error {}

  func makeAsyncIterator() -> Iterator { Iterator(bytes: self) }

  struct Iterator: AsyncBufferedIteratorProtocol {
    let bytes: PacedBytes
    var position = 0

    mutating func next() async throws -> UInt8? {
      try await nextBuffer(suggested: 1)?.first
    }

    mutating func nextBuffer(suggested count: Int) async throws -> Data? {
      let end = Swift.min(bytes.announcedBytes, bytes.cutAfterBytes ?? .max)
      if position >= end {
        guard end < bytes.announcedBytes else { return nil }
        try await wait(bytes.pauseBeforeCut)
        throw Cut()
      }
      try await wait(bytes.pause)
      let length = Swift.min(Swift.max(bytes.pieceBytes, 1), count, end - position)
      var piece = Data()
      if position < bytes.prefix.count {
        piece = bytes.prefix.dropFirst(position).prefix(length)
      }
      piece.append(Data(repeating: UInt8(ascii: " "), count: length - piece.count))
      position += length
      return piece
    }

    private func wait(_ pause: Duration) async throws {
      if pause > .zero { try await Task.sleep(for: Swift.min(pause, .seconds(60))) }
    }
  }
}
