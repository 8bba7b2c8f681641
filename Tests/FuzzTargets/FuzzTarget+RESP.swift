// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

@testable import Redis

extension FuzzTarget {
  /// The decoder of RESP replies. The first byte is the size of the pieces.
  ///
  /// The replies before the first error do not depend on how the stream is cut.
  public static let respReplies = FuzzTarget("resp-replies") { bytes throws(FuzzFailure) in
    var input = FuzzInput(bytes)
    let size = input.byte()
    let whole = try replies(in: [Array(input.rest)])
    let cut = try replies(in: input.pieces(of: size))
    try require(whole == cut, "the replies depend on the pieces: \(whole), \(cut)")
  }

  private static func replies(in pieces: [[UInt8]]) throws(FuzzFailure) -> [Reply] {
    guard let codec = Codec(maximumReplyBytes: 1_000) else { throw FuzzFailure("no memory") }
    var replies: [Reply] = []
    for piece in pieces {
      do throws(RedisError) {
        try codec.add(piece[...])
        while let reply = try codec.next() { replies.append(reply) }
      } catch {
        return replies
      }
    }
    return replies
  }
}
