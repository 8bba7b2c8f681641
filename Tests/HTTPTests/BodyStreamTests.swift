// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import HTTP
import Synchronization
import Testing

struct BodyStreamTests {
  /// Gives these pieces one after the other, and keeps how reading ended.
  private final class Source: Sendable {
    let pieces: Mutex<[[UInt8]]>
    let endings = Mutex<[String]>([])

    init(_ pieces: [[UInt8]]) {
      self.pieces = Mutex(pieces)
    }

    func stream(length: Int?, start: [UInt8] = []) -> BodyStream {
      BodyStream(length: length, start: start) { () async throws(BodyStream.Broken) in
        self.pieces.withLock { $0.isEmpty ? nil : $0.removeFirst() }
      } whenEnded: { ending, bytes in
        self.endings.withLock { $0.append("\(ending) \(bytes)") }
      }
    }
  }

  private func read(_ stream: BodyStream) async -> (bytes: [UInt8], broken: String?) {
    var bytes: [UInt8] = []
    do throws(BodyStream.Broken) {
      while let piece = try await stream.next() {
        #expect(!piece.isEmpty)
        bytes += piece
      }
      return (bytes, nil)
    } catch {
      return (bytes, error.reason)
    }
  }

  @Test(
    arguments: [
      (nil, [], [[1], [], [2, 3]], [1, 2, 3], nil), (3, [1], [[2, 3]], [1, 2, 3], nil),
      (0, [], [[]], [], nil), (4, [1], [[2, 3]], [1, 2, 3], "3 bytes of 4"),
      (2, [1], [[2, 3]], [1], "more than 2 bytes"), (0, [1], [], [], "more than 0 bytes"),
      (.max, [1], [], [1], "1 bytes of \(Int.max)"),
    ] as [(Int?, [UInt8], [[UInt8]], [UInt8], String?)])
  func `what is announced is what has to come`(
    length: Int?, start: [UInt8], pieces: [[UInt8]], bytes: [UInt8], broken: String?
  ) async {
    let found = await read(Source(pieces).stream(length: length, start: start))
    #expect(found.bytes == bytes)
    #expect(found.broken == broken)
  }

  @Test func `how reading ended is said once, with what was taken`() async {
    let source = Source([[1, 2], [3]])
    let stream = source.stream(length: nil)
    _ = await read(stream)
    stream.end(.complete)
    stream.end(.abandoned)
    #expect(source.endings.withLock { $0 } == ["complete 3"])
  }

  @Test func `a stream that is let go was abandoned, through everybody who listens`() async throws {
    let source = Source([[1, 2], [3]])
    let heard = Mutex<[Int]>([])
    var stream: BodyStream? = source.stream(length: 3).noticing { ending, bytes in
      #expect(ending == .abandoned)
      heard.withLock { $0.append(bytes) }
    }
    #expect(try await stream?.next() == [1, 2])
    #expect(stream?.length == 3)
    stream = nil
    #expect(heard.withLock { $0 } == [2])
    #expect(source.endings.withLock { $0 } == ["abandoned 2"])
  }
}
