// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Dropbox
import HTTP
import Synchronization
import TestSupport
import Testing

@testable import Gallery

/// Gives large pictures in pieces of 64 KiB as they are asked for, and keeps what it was asked.
final class ScriptedPictures: Sendable {
  struct State {
    var calls: [Rev] = []
    var cancelled = 0
    /// Calls that were not answered, or whose stream has not ended.
    var running = 0
    var most = 0
    var pieces = 0
    var endings: [BodyStream.Ending] = []
  }

  static let pieceBytes = 65_536

  private let kept = Mutex(State())
  /// Passed before an answer.
  let gate = Event()
  private let count: Int
  private let failure: GalleryError?
  private let breaks: Bool

  /// - Parameters:
  ///   - count: the pieces of a picture.
  ///   - breaks: whether the last one never comes.
  init(pieces count: Int = 4, breaks: Bool = false, failure: GalleryError? = nil) {
    self.count = count
    self.breaks = breaks
    self.failure = failure
  }

  var state: State { kept.withLock { $0 } }

  func streams() -> PictureStreams {
    PictureStreams { _, rev, _ in await self.answer(rev) }
  }

  func waitForCalls(_ count: Int) async throws {
    try await wait("\(count) calls") { $0.calls.count >= count }
  }

  func wait(_ what: String, until condition: (State) -> Bool) async throws {
    let end = ContinuousClock.now + .seconds(10)
    while !condition(state) {
      try #require(ContinuousClock.now < end, "never \(what): \(state)")
      await Task.yield()
    }
  }

  private func answer(_ rev: Rev) async -> Result<PictureStream, GalleryError> {
    kept.withLock { state in
      state.calls.append(rev)
      state.running += 1
      state.most = max(state.most, state.running)
    }
    await gate.wait()
    if Task.isCancelled || failure != nil {
      kept.withLock { state in
        state.running -= 1
        if Task.isCancelled { state.cancelled += 1 }
      }
      return .failure(failure ?? .fault(cause: "cancelled"))
    }
    return .success(PictureStream(mediaType: "image/jpeg", rev: rev, body: body()))
  }

  private func body() -> BodyStream {
    let given = Mutex(0)
    return BodyStream(length: count * Self.pieceBytes) { () async throws(BodyStream.Broken) in
      let number = given.withLock { number in
        defer { number += 1 }
        return number
      }
      if self.breaks, number == self.count - 1 { throw BodyStream.Broken(reason: "cut") }
      guard number < self.count else { return nil }
      self.kept.withLock { $0.pieces += 1 }
      return [UInt8](repeating: UInt8(number & 255), count: Self.pieceBytes)
    } whenEnded: { ending, _ in
      self.kept.withLock { state in
        state.running -= 1
        state.endings.append(ending)
      }
    }
  }
}
