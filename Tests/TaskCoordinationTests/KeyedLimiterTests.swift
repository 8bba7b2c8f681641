// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import TaskCoordination
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(2))) struct KeyedLimiterTests {
  private typealias Limiter = KeyedLimiter<String>
  private typealias Waiting = Task<Limiter.Permit?, Never>

  private enum Failure: Error { case operation, cancelled }

  /// Starts callers that wait, one after the other.
  private func wait(_ count: Int, for key: String, _ limiter: Limiter) async throws -> [Waiting] {
    var tasks: [Waiting] = []
    let before = limiter.waiterCount
    for number in 1...count {
      tasks.append(Task { await limiter.acquire(key) })
      try await eventually { limiter.waiterCount == before + number }
    }
    return tasks
  }

  @Test(arguments: [1, 2, 6]) func `at most n operations of a key run at once`(limit: Int) async {
    let limiter = Limiter(limit: limit)
    let most = Recorded<Int>()
    await withTaskGroup { group in
      for number in 0..<200 {
        group.addTask {
          let key = String(number % 4)
          try? await limiter.withPermit(key, cancellation: Failure.cancelled) {
            () async throws(Failure) in
            most.append(limiter.permitCount(of: key))
            for _ in 0..<5 { await Task.yield() }
            if number % 3 == 0 { throw .operation }
          }
        }
      }
    }
    #expect(most.all.count == 200)
    #expect(most.all.allSatisfy { $0 <= limit })
    #expect(most.all.contains(limit))
    #expect(limiter.keyCount == 0)
  }

  @Test func `waiters get permits in the order in which they came`() async throws {
    let limiter = Limiter(limit: 1)
    let order = Recorded<Int>()
    let first = await limiter.acquire("a")
    var tasks: [Task<Void, Never>] = []
    for number in 0..<50 {
      tasks.append(
        Task {
          guard let permit = await limiter.acquire("a") else { return }
          order.append(number)
          permit.release()
        })
      try await eventually { limiter.waiterCount == number + 1 }
    }
    first?.release()
    for task in tasks { await task.value }
    #expect(order.all == Array(0..<50))
    #expect(limiter.keyCount == 0)
  }

  @Test func `a released permit goes to the first waiter, not to a later caller`() async throws {
    let limiter = Limiter(limit: 1)
    let first = await limiter.acquire("a")
    let waiting = try await wait(1, for: "a", limiter)
    first?.release()
    // The waiter has the permit before it runs, so this caller has to wait.
    let late = try await wait(1, for: "a", limiter)
    #expect(limiter.permitCount == 1)
    await waiting[0].value?.release()
    #expect(await late[0].value != nil)
  }

  @Test func `a cancelled waiter leaves the queue, and the others keep their order`() async throws {
    let limiter = Limiter(limit: 1)
    let first = await limiter.acquire("a")
    let waiting = try await wait(5, for: "a", limiter)
    for number in [0, 3] {
      waiting[number].cancel()
      #expect(await waiting[number].value == nil)
    }
    #expect(limiter.waiterCount == 3)
    first?.release()
    for number in [1, 2, 4] {
      let permit = await waiting[number].value
      #expect(permit != nil)
      permit?.release()
    }
    #expect(limiter.keyCount == 0)
  }

  @Test func `a task that is cancelled before it asks gets no permit`() async {
    let limiter = Limiter(limit: 1)
    let task = Task {
      unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
      return await limiter.acquire("a")
    }
    #expect(await task.value == nil)
    #expect(limiter.keyCount == 0)
  }

  @Test func `withPermit throws the error of the operation or of the cancellation`() async throws {
    let limiter = Limiter(limit: 1)
    await #expect(throws: Failure.operation) {
      try await limiter.withPermit("a", cancellation: Failure.cancelled) {
        () async throws(Failure) in throw .operation
      }
    }
    let permit = await limiter.acquire("a")
    let task = Task {
      try await limiter.withPermit("a", cancellation: Failure.cancelled) {
        () async throws(Failure) in Issue.record("a cancelled operation ran")
      }
    }
    try await eventually { limiter.waiterCount == 1 }
    task.cancel()
    await #expect(throws: Failure.cancelled) { try await task.value }
    permit?.release()
    #expect(limiter.keyCount == 0)
  }

  @Test func `a permit counts once, and is released when it is forgotten`() async throws {
    let limiter = Limiter(limit: 2)
    let first = await limiter.acquire("a")
    let second = await limiter.acquire("a")
    let waiting = try await wait(2, for: "a", limiter)
    first?.release()
    first?.release()
    _ = await waiting[0].value
    // The task holds its result, so only the permits of `first` and `second` can be released here.
    #expect(limiter.waiterCount == 1)
    second?.release()
    _ = await waiting[1].value
    do { _ = await limiter.acquire("b") }
    #expect(limiter.permitCount(of: "b") == 0)
  }

  @Test func `a busy key does not hold back another, and no key is kept`() async throws {
    let limiter = Limiter(limit: 1)
    let busy = await limiter.acquire("busy")
    let waiting = try await wait(3, for: "busy", limiter)
    for number in 0..<1000 {
      let permit = await limiter.acquire(String(number))
      #expect(permit != nil)
      permit?.release()
    }
    #expect(limiter.keyCount == 1)
    busy?.release()
    for task in waiting { await task.value?.release() }
    #expect(limiter.keyCount == 0)
  }

  /// Random requests, releases and cancellations, compared with a model of queues.
  @Test func `random sequences agree with the model`() async throws {
    for seed in 0..<20 {
      var random = SeededGenerator(seed: UInt64(seed))
      let limit = Int.random(in: 1...3, using: &random)
      let limiter = Limiter(limit: limit)
      var tasks: [Waiting] = []
      var running: [String: [Int]] = [:]
      var queues: [String: [Int]] = [:]
      for _ in 0..<300 {
        let key = String(Int.random(in: 0..<3, using: &random))
        switch Int.random(in: 0..<5, using: &random) {
        case 0...2:
          if running[key, default: []].count < limit {
            running[key, default: []].append(tasks.count)
          } else {
            queues[key, default: []].append(tasks.count)
          }
          tasks.append(Task { await limiter.acquire(key) })
        case 3:
          guard let number = running[key]?.randomElement(using: &random) else { continue }
          let permit = await tasks[number].value
          #expect(permit != nil, "seed \(seed)")
          permit?.release()
          running[key]?.removeAll { $0 == number }
          if let next = queues[key]?.first {
            queues[key]?.removeFirst()
            running[key]?.append(next)
          }
        default:
          guard let number = queues[key]?.randomElement(using: &random) else { continue }
          tasks[number].cancel()
          #expect(await tasks[number].value == nil, "seed \(seed)")
          queues[key]?.removeAll { $0 == number }
        }
        let permits = running.values.reduce(0) { $0 + $1.count }
        let waiters = queues.values.reduce(0) { $0 + $1.count }
        let keys = running.values.filter { !$0.isEmpty }.count
        try await eventually("seed \(seed)") {
          limiter.permitCount == permits && limiter.waiterCount == waiters
            && limiter.keyCount == keys
        }
        // The permits are with the callers that the model names.
        for number in running[key] ?? [] {
          #expect(await tasks[number].value != nil, "seed \(seed)")
        }
      }
    }
  }
}
