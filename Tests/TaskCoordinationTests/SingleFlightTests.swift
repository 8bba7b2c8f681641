// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import TaskCoordination
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(2))) struct SingleFlightTests {
  @Test func `concurrent callers of a key share one call`() async throws {
    let calls = ScriptedCalls()
    let callers = (0..<100).map { _ in calls.caller("a") }
    try await eventually { calls.flight.callerCount(of: "a") == 100 }
    #expect(calls.started == ["a"])
    calls.finish(0, .success(1))
    for caller in callers { #expect(await caller.value.result == .success(1)) }
    var starters = 0
    for caller in callers where await !caller.value.hasJoined { starters += 1 }
    #expect(starters == 1)
    #expect(calls.flight.callCount == 0)
  }

  @Test func `an error reaches all callers`() async throws {
    let calls = ScriptedCalls()
    let callers = (0..<10).map { _ in calls.caller("a") }
    try await eventually { calls.flight.callerCount == 10 }
    calls.finish(0, .failure(.call))
    for caller in callers { #expect(await caller.value.result == .failure(.call)) }
  }

  @Test func `a caller after the end of a call starts a new call`() async throws {
    let calls = ScriptedCalls()
    for round in 0..<3 {
      let caller = calls.caller("a")
      try await eventually { calls.started.count == round + 1 }
      calls.finish(round, .success(round))
      #expect(await caller.value.result == .success(round))
      #expect(await !caller.value.hasJoined)
    }
  }

  @Test func `a cancelled caller returns at once, and the call goes on for the others`()
    async throws
  {
    let calls = ScriptedCalls()
    let callers = (0..<3).map { _ in calls.caller("a") }
    try await eventually { calls.flight.callerCount == 3 }
    callers[0].cancel()
    callers[2].cancel()
    #expect(await callers[0].value.result == .failure(.cancelled))
    #expect(await callers[2].value.result == .failure(.cancelled))
    #expect(calls.flight.callerCount == 1)
    calls.finish(0, .success(7))
    #expect(await callers[1].value.result == .success(7))
    #expect(calls.cancelled.isEmpty)
  }

  @Test func `a call is cancelled with its last caller, and the next caller starts a new call`()
    async throws
  {
    let calls = ScriptedCalls()
    let gone = [calls.caller("a"), calls.caller("a")]
    try await eventually { calls.started.count == 1 && calls.flight.callerCount == 2 }
    for caller in gone { caller.cancel() }
    for caller in gone { #expect(await caller.value.result == .failure(.cancelled)) }
    try await eventually { calls.cancelled == [0] }
    let next = calls.caller("a")
    try await eventually { calls.started.count == 2 }
    // The late end of the first call does not end the second.
    calls.finish(0, .success(1))
    for _ in 0..<100 { await Task.yield() }
    #expect(calls.flight.callerCount == 1)
    calls.finish(1, .success(2))
    #expect(await next.value.result == .success(2))
  }

  @Test func `an abandoned call can be left to finish, and can be joined until then`() async throws
  {
    let calls = ScriptedCalls(whenAbandoned: .finish)
    let gone = calls.caller("a")
    try await eventually { calls.started.count == 1 }
    gone.cancel()
    #expect(await gone.value.result == .failure(.cancelled))
    let next = calls.caller("a")
    try await eventually { calls.flight.callerCount == 1 }
    calls.finish(0, .success(3))
    #expect(await next.value.result == .success(3))
    #expect(await next.value.hasJoined)
    #expect(calls.started.count == 1)
    #expect(calls.cancelled.isEmpty)
  }

  @Test func `a task that is cancelled before it calls starts nothing`() async {
    let calls = ScriptedCalls()
    let caller = Task {
      unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
      return await calls.call("a").result
    }
    #expect(await caller.value == .failure(.cancelled))
    #expect(calls.started.isEmpty)
    #expect(calls.flight.callCount == 0)
  }

  @Test func `calls of different keys run side by side, and no key is kept`() async throws {
    let calls = ScriptedCalls()
    let callers = (0..<1000).map { calls.caller("key \($0)") }
    try await eventually { calls.started.count == 1000 }
    #expect(calls.flight.callCount == 1000)
    for id in 0..<1000 { calls.finish(id, .success(id)) }
    for (id, key) in calls.started.enumerated() {
      let number = try #require(Int(key.dropFirst(4)))
      #expect(await callers[number].value.result == .success(id))
    }
    #expect(calls.flight.callCount == 0)
    #expect(calls.flight.callerCount == 0)
  }

  @Test func `a value with one reader is divided once among the callers`() async throws {
    let divisions = Recorded<Int>()
    let flight = SingleFlight<String, Int, ScriptedCalls.Failure>(cancellation: .cancelled) {
      divisions.append($1)
      return (0..<$1).map { $0 }
    }
    let gate = Event()
    let callers = (0..<5).map { _ in
      Task {
        await flight.run("a") { () async in
          await gate.wait()
          return 0
        }.result
      }
    }
    try await eventually { flight.callerCount == 5 }
    gate.fire()
    var values: Set<Int> = []
    for caller in callers { values.insert(try await caller.value.get()) }
    #expect(values == [0, 1, 2, 3, 4])
    #expect(divisions.all == [5])
  }

  /// Random callers, cancellations and ends of calls, compared with a model that knows who waits for which call.
  @Test(arguments: [
    SingleFlight<String, Int, ScriptedCalls.Failure>.AbandonmentPolicy.cancel, .finish,
  ])
  func `random sequences agree with the model`(
    policy: SingleFlight<String, Int, ScriptedCalls.Failure>.AbandonmentPolicy
  ) async throws {
    for seed in 0..<20 {
      var random = SeededGenerator(seed: UInt64(seed))
      let calls = ScriptedCalls(whenAbandoned: policy)
      var callers: [Task<ScriptedCalls.Flight.Outcome, Never>] = []
      var expected: [Int: Result<Int, ScriptedCalls.Failure>] = [:]
      /// The call of each key, with its callers.
      var model: [String: (id: Int, callers: Set<Int>)] = [:]
      var started = 0
      var cancelled: Set<Int> = []
      for _ in 0..<200 {
        let key = String(Int.random(in: 0..<3, using: &random))
        switch Int.random(in: 0..<6, using: &random) {
        case 0...2:
          if model[key] == nil {
            model[key] = (started, [])
            started += 1
          }
          model[key]?.callers.insert(callers.count)
          callers.append(calls.caller(key))
        case 3...4:
          guard let caller = model[key]?.callers.randomElement(using: &random) else { continue }
          callers[caller].cancel()
          model[key]?.callers.remove(caller)
          expected[caller] = .failure(.cancelled)
          if policy == .cancel, let call = model[key], call.callers.isEmpty {
            cancelled.insert(call.id)
            model[key] = nil
          }
        default:
          guard let call = model.removeValue(forKey: key) else { continue }
          let result: Result<Int, ScriptedCalls.Failure> =
            Bool.random(using: &random) ? .success(call.id) : .failure(.call)
          calls.finish(call.id, result)
          for caller in call.callers { expected[caller] = result }
        }
        let current = (model.values.reduce(0) { $0 + $1.callers.count }, model.count, started)
        try await eventually("seed \(seed)") {
          calls.flight.callerCount == current.0 && calls.flight.callCount == current.1
            && calls.started.count == current.2
        }
        try await eventually("seed \(seed)") { [cancelled] in calls.cancelled == cancelled }
      }
      for (key, call) in model {
        calls.finish(call.id, .success(call.id))
        for caller in call.callers { expected[caller] = .success(call.id) }
        try await eventually("seed \(seed)") { calls.flight.callerCount(of: key) == 0 }
      }
      for (number, caller) in callers.enumerated() {
        #expect(await caller.value.result == expected[number], "seed \(seed), caller \(number)")
      }
      for id in cancelled { calls.finish(id, .failure(.cancelled)) }
    }
  }
}
