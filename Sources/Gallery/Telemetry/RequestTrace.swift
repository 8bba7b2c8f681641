// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Logging
internal import Synchronization

/// What one request did until it was answered, for its line in the log.
///
/// It travels as a task's local value, so that clients of Redis and Dropbox need not know of requests. Work that
/// several requests share is counted at the one that began it; the others only wait.
final class RequestTrace: Sendable {
  @TaskLocal static var current: RequestTrace?

  /// Who is waited for.
  enum Peer {
    case redis, dropbox
  }

  struct Calls {
    var count = 0
    /// Of all calls together, though some ran at once.
    var time: Duration = .zero
    /// The time in which one or more ran, or were waited for.
    var spans = Spans()
  }

  struct Record {
    var redis = Calls()
    var dropbox = Calls()
    /// The time in which anybody was waited for.
    var outside = Spans()
    /// The Dropbox account of the session.
    var account: String?
    var cause: String?
    var level: Logger.Level?
  }

  private let state = Mutex(Record())

  var record: Record { state.withLock { $0 } }

  /// Takes down a call that has ended.
  func count(_ peer: Peer, since start: ContinuousClock.Instant) {
    add(peer, since: start) { calls, time in
      calls.count += 1
      calls.time += time
    }
  }

  /// Takes down that somebody else's call, or a piece of a body, was waited for.
  func wait(_ peer: Peer, since start: ContinuousClock.Instant) {
    add(peer, since: start) { _, _ in }
  }

  /// Says who asks.
  func identify(account: String) {
    state.withLock { $0.account = account }
  }

  /// Says why the answer is an error.
  func fail(_ cause: String, level: Logger.Level) {
    state.withLock { record in
      record.cause = cause
      record.level = level
    }
  }

  private func add(
    _ peer: Peer, since start: ContinuousClock.Instant, _ change: (inout Calls, Duration) -> Void
  ) {
    state.withLock { record in
      let now = ContinuousClock.now
      record.outside.add(start, now)
      switch peer {
      case .redis:
        change(&record.redis, now - start)
        record.redis.spans.add(start, now)
      case .dropbox:
        change(&record.dropbox, now - start)
        record.dropbox.spans.add(start, now)
      }
    }
  }
}
