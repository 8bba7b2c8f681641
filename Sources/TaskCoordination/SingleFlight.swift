// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// Lets concurrent callers of the same key share one call.
///
/// The first caller of a key starts the call in a task of its own, with the first caller's task-local values. Callers
/// that arrive before the call returns wait for the same result, a failure included. A caller that arrives later starts
/// a new call.
///
/// A cancelled caller returns the `cancellation` error at once, and the other callers go on waiting. `whenAbandoned`
/// decides what happens to a call after its last caller was cancelled.
public final class SingleFlight<Key: Hashable & Sendable, Value: Sendable, Failure: Error>: Sendable
{
  /// What happens to a call that no caller waits for.
  public enum AbandonmentPolicy: Sendable {
    /// The task of the call is cancelled. The next caller of the key starts a new call.
    case cancel
    /// The call runs to its end. The next caller of the key joins it if it still runs.
    case finish
  }

  /// The result of a call, as one caller sees it.
  public struct Outcome: Sendable {
    public let result: Result<Value, Failure>
    /// Whether another caller had started the call.
    public let hasJoined: Bool
  }

  private typealias Continuation = CheckedContinuation<Result<Value, Failure>, Never>

  private struct Call {
    let id: Int
    var callers: [Int: Continuation]
    let task: Task<Void, Never>
  }

  private struct State {
    var lastID = 0
    var calls: [Key: Call] = [:]

    mutating func nextID() -> Int {
      lastID &+= 1
      return lastID
    }
  }

  private let cancellation: Failure
  private let policy: AbandonmentPolicy
  private let copies: @Sendable (Value, Int) -> [Value]
  private let state = Mutex(State())

  /// - Parameters:
  ///   - cancellation: the error that a cancelled caller receives.
  ///   - copies: makes one value for each of `n` callers out of the value of the call, for a value that has only one
  ///     reader. It runs once for a call, and not at all for a call without callers.
  public init(
    cancellation: Failure, whenAbandoned policy: AbandonmentPolicy = .cancel,
    copies: @escaping @Sendable (Value, Int) -> [Value] = { Array(repeating: $0, count: $1) }
  ) {
    self.cancellation = cancellation
    self.policy = policy
    self.copies = copies
  }

  /// Joins the call of the key, or starts `call`.
  public func run(
    _ key: Key, _ call: @escaping @Sendable () async throws(Failure) -> Value
  ) async -> Outcome {
    let id = state.withLock { $0.nextID() }
    var hasJoined = false
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { (continuation: Continuation) in
        guard !Task.isCancelled else {
          return continuation.resume(returning: .failure(cancellation))
        }
        hasJoined = join(key, as: id, continuation, call)
        // The task may be cancelled before it registers, so check again here.
        if Task.isCancelled { leave(key, id) }
      }
    } onCancel: {
      leave(key, id)
    }
    return Outcome(result: result, hasJoined: hasJoined)
  }

  /// Joins the call of the key, or starts `call`.
  ///
  /// - Throws: the error of the call; `cancellation` if the current task is cancelled.
  public func value(
    for key: Key, _ call: @escaping @Sendable () async throws(Failure) -> Value
  ) async throws(Failure) -> Value {
    try await run(key, call).result.get()
  }

  /// The number of callers that wait for any call.
  public var callerCount: Int {
    state.withLock { state in state.calls.values.reduce(0) { $0 + $1.callers.count } }
  }

  /// The number of callers that wait for the call of the key.
  public func callerCount(of key: Key) -> Int {
    state.withLock { $0.calls[key]?.callers.count ?? 0 }
  }

  /// The number of calls that a caller can join.
  public var callCount: Int { state.withLock { $0.calls.count } }

  /// - Returns: whether the call was running before.
  private func join(
    _ key: Key, as id: Int, _ continuation: Continuation,
    _ call: @escaping @Sendable () async throws(Failure) -> Value
  ) -> Bool {
    state.withLock { state in
      guard state.calls[key] == nil else {
        state.calls[key]?.callers[id] = continuation
        return true
      }
      // The lock is held until the call is registered, so the task cannot end before.
      let task = Task {
        do throws(Failure) {
          finish(key, id, .success(try await call()))
        } catch {
          finish(key, id, .failure(error))
        }
      }
      state.calls[key] = Call(id: id, callers: [id: continuation], task: task)
      return false
    }
  }

  private func leave(_ key: Key, _ id: Int) {
    let (caller, abandoned) = state.withLock { state -> (Continuation?, Task<Void, Never>?) in
      guard let caller = state.calls[key]?.callers.removeValue(forKey: id) else {
        return (nil, nil)
      }
      guard policy == .cancel, let call = state.calls[key], call.callers.isEmpty else {
        return (caller, nil)
      }
      state.calls[key] = nil
      return (caller, call.task)
    }
    abandoned?.cancel()
    caller?.resume(returning: .failure(cancellation))
  }

  private func finish(_ key: Key, _ id: Int, _ result: Result<Value, Failure>) {
    let callers = state.withLock { state -> [Int: Continuation] in
      // A cancelled call may end while a later call of the key runs.
      guard state.calls[key]?.id == id else { return [:] }
      return state.calls.removeValue(forKey: key)?.callers ?? [:]
    }
    guard !callers.isEmpty else { return }
    switch result {
    case .success(let value):
      for (caller, copy) in zip(callers.values, copies(value, callers.count)) {
        caller.resume(returning: .success(copy))
      }
    case .failure:
      for caller in callers.values { caller.resume(returning: result) }
    }
  }
}
