// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import DequeModule
internal import Synchronization

/// Limits how many operations of each key run at once.
///
/// A caller above the limit waits. Permits are granted in the order of the calls of `acquire`; a released permit goes
/// directly to the first waiter, so a later caller cannot overtake it. A key takes no memory when it has no permit in
/// use.
public final class KeyedLimiter<Key: Hashable & Sendable>: Sendable {
  private typealias Waiter = (id: Int, continuation: CheckedContinuation<Bool, Never>)

  /// The limiter has no waiters of a key unless all permits of the key are in use.
  private struct Usage {
    var permits = 0
    var waiters: Deque<Waiter> = []
  }

  private struct State {
    var lastID = 0
    var usages: [Key: Usage] = [:]

    mutating func nextID() -> Int {
      lastID &+= 1
      return lastID
    }
  }

  /// The number of permits of each key.
  public let limit: Int
  private let state = Mutex(State())

  /// - Parameter limit: at least 1; smaller numbers count as 1.
  public init(limit: Int) {
    self.limit = max(1, limit)
  }

  /// Waits for a permit of the key.
  ///
  /// - Returns: `nil` if the current task is cancelled.
  public func acquire(_ key: Key) async -> Permit? {
    let id = state.withLock { $0.nextID() }
    let isGranted = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        guard !Task.isCancelled else { return continuation.resume(returning: false) }
        enqueue(key, (id, continuation))
        // The task may be cancelled before it registers, so check again here.
        if Task.isCancelled { leave(key, id) }
      }
    } onCancel: {
      leave(key, id)
    }
    return isGranted ? Permit(key, of: self) : nil
  }

  /// Runs an operation while it holds a permit of the key.
  ///
  /// - Throws: the error of the operation; `cancellation`, without running the operation, if the current task is
  ///   cancelled.
  public func withPermit<Value, Failure: Error>(
    _ key: Key, cancellation: Failure, _ operation: () async throws(Failure) -> Value
  ) async throws(Failure) -> Value {
    guard let permit = await acquire(key) else { throw cancellation }
    defer { permit.release() }
    // The task may be cancelled after the permit was granted.
    guard !Task.isCancelled else { throw cancellation }
    return try await operation()
  }

  /// The permits in use, of all keys.
  public var permitCount: Int {
    state.withLock { state in state.usages.values.reduce(0) { $0 + $1.permits } }
  }

  /// The permits of the key in use.
  public func permitCount(of key: Key) -> Int {
    state.withLock { $0.usages[key]?.permits ?? 0 }
  }

  /// The callers that wait for a permit, of all keys.
  public var waiterCount: Int {
    state.withLock { state in state.usages.values.reduce(0) { $0 + $1.waiters.count } }
  }

  /// The keys that the limiter holds in memory.
  public var keyCount: Int { state.withLock { $0.usages.count } }

  private func enqueue(_ key: Key, _ waiter: Waiter) {
    let isGranted = state.withLock { state in
      guard state.usages[key, default: Usage()].permits >= limit else {
        state.usages[key, default: Usage()].permits += 1
        return true
      }
      state.usages[key]?.waiters.append(waiter)
      return false
    }
    if isGranted { waiter.continuation.resume(returning: true) }
  }

  private func leave(_ key: Key, _ id: Int) {
    let waiter = state.withLock { state -> Waiter? in
      guard let index = state.usages[key]?.waiters.firstIndex(where: { $0.id == id }) else {
        return nil
      }
      return state.usages[key]?.waiters.remove(at: index)
    }
    waiter?.continuation.resume(returning: false)
  }

  fileprivate func release(_ key: Key) {
    let next = state.withLock { state -> Waiter? in
      if let next = state.usages[key]?.waiters.popFirst() { return next }
      state.usages[key]?.permits -= 1
      if state.usages[key]?.permits == 0 { state.usages[key] = nil }
      return nil
    }
    next?.continuation.resume(returning: true)
  }
}

extension KeyedLimiter {
  /// The right to run one operation. It returns to the limiter when it is released or deinitialized.
  public final class Permit: Sendable {
    private let key: Key
    private let limiter: KeyedLimiter
    private let isReleased = Atomic(false)

    fileprivate init(_ key: Key, of limiter: KeyedLimiter) {
      self.key = key
      self.limiter = limiter
    }

    deinit {
      release()
    }

    /// Only the first call has an effect.
    public func release() {
      guard !isReleased.exchange(true, ordering: .relaxed) else { return }
      limiter.release(key)
    }
  }
}
