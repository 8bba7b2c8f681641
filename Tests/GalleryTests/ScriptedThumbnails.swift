// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Dropbox
import Synchronization
import TestSupport
import Testing

@testable import Gallery

/// Gives pictures whose bytes say for whom and of what they are, and keeps what it was asked.
final class ScriptedThumbnails: Sendable {
  struct Call: Equatable {
    let ticket: String
    let revs: [Rev]
    let rendition: Rendition
  }

  private let kept = Mutex<(calls: [Call], cancelled: Int, running: Int, most: Int)>(([], 0, 0, 0))
  /// Passed before an answer.
  let gate = Event()
  /// Passed by a batch before each look at whether it goes on growing.
  let moment = Event()
  private let change: @Sendable (Rev, ThumbnailOutcome) -> ThumbnailOutcome?

  /// - Parameter change: another outcome than the picture; nil for none at all.
  init(
    changing change: @escaping @Sendable (Rev, ThumbnailOutcome) -> ThumbnailOutcome? = { $1 }
  ) {
    self.change = change
  }

  var calls: [Call] { kept.withLock { $0.calls } }
  /// How many calls were cancelled when they were answered.
  var cancelled: Int { kept.withLock { $0.cancelled } }
  /// The most calls at once.
  var most: Int { kept.withLock { $0.most } }

  func batches() -> ThumbnailBatches {
    ThumbnailBatches { session, revs, rendition in
      await self.answer(session.ticket.text, revs, rendition)
    } pause: {
      await self.moment.wait()
    }
  }

  func waitForCalls(_ count: Int) async throws {
    try await wait("\(count) calls") { $0.calls.count >= count }
  }

  /// A cancelled call runs on for a moment, and nobody waits for it.
  func waitForCancellations(_ count: Int) async throws {
    try await wait("\(count) cancellations") { $0.cancelled >= count }
  }

  private func wait(
    _ what: String, until condition: (ScriptedThumbnails) -> Bool
  ) async throws {
    let end = ContinuousClock.now + .seconds(10)
    while !condition(self) {
      try #require(ContinuousClock.now < end, "never \(what): \(calls.count) calls")
      await Task.yield()
    }
  }

  func picture(_ rev: Rev, _ rendition: Rendition, for ticket: String) -> Thumbnail {
    Thumbnail(bytes: Array("\(ticket) \(rev) \(rendition)".utf8), format: .jpeg, rev: rev)
  }

  private func answer(
    _ ticket: String, _ revs: [Rev], _ rendition: Rendition
  ) async -> [ThumbnailOutcome] {
    kept.withLock {
      $0.calls.append(Call(ticket: ticket, revs: revs, rendition: rendition))
      $0.running += 1
      $0.most = max($0.most, $0.running)
    }
    await gate.wait()
    let isCancelled = Task.isCancelled
    kept.withLock {
      $0.running -= 1
      if isCancelled { $0.cancelled += 1 }
    }
    if isCancelled { return revs.map { _ in .failure(.fault(cause: "cancelled")) } }
    return revs.compactMap { change($0, .success(picture($0, rendition, for: ticket))) }
  }
}
