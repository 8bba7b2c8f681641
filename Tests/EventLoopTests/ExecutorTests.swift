// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import EventLoop
import Glibc
import TestSupport
import Testing

/// The loop as an executor of actors, its deadlines, and its end.
@Suite(.timeLimit(.minutes(1))) struct ExecutorTests {
  private let loop: EventLoop

  init() throws {
    loop = try EventLoop(name: "test")
  }

  // MARK: Deadlines

  @Test(arguments: [0, 1, 3, 20].map { Duration.microseconds($0 * 1000 + 300) })
  func `an action runs not before its moment`(delay: Duration) async throws {
    let events = Events<Duration>()
    let start = ContinuousClock.now
    loop.after(delay) { events.add(ContinuousClock.now - start) }
    let elapsed = await events.first(1)[0]
    #expect(elapsed >= delay)
    #expect(elapsed < delay + .seconds(1))
    loop.stop()
  }

  @Test func `an earlier action set from elsewhere wakes a sleeping loop`() async throws {
    let events = Events<String>()
    loop.after(.seconds(30)) { events.add("late") }
    loop.after(.milliseconds(5)) { events.add("early") }
    #expect(await events.first(1) == ["early"])
    loop.stop()
  }

  @Test(arguments: [Duration.seconds(Int64.max), .seconds(Int64.min), .zero])
  func `no delay is too long or too short for the clock`(delay: Duration) async throws {
    let events = Events<String>()
    loop.after(delay) { events.add("ran") }
    loop.after(.milliseconds(5)) { events.add("end") }
    #expect(await events.first(delay > .zero ? 1 : 2).last == "end")
    loop.stop()
  }

  @Test func `an action taken back by another that was due with it does not run`() async throws {
    let events = Events<String>()
    loop.after(.zero) { [loop] in
      let late = loop.after(.milliseconds(1)) { events.add("late") }
      loop.after(.zero) {
        loop.cancel(late)
        events.add("early")
      }
      // Keeps the loop busy until both are due.
      let start = ContinuousClock.now
      while ContinuousClock.now - start < .milliseconds(2) {}
      loop.after(.zero) { events.add("end") }
    }
    #expect(await events.first(2) == ["early", "end"])
    loop.stop()
  }

  // MARK: Executor

  private actor Counter {
    private let loop: EventLoop
    private(set) var count = 0

    init(loop: EventLoop) { self.loop = loop }

    nonisolated var unownedExecutor: UnownedSerialExecutor {
      unsafe loop.asUnownedSerialExecutor()
    }

    func add() -> Bool {
      count += 1
      return loop.isCurrent
    }
  }

  private static func enter(_ counter: Counter) {
    counter.assumeIsolated { _ = $0.add() }
  }

  @Test func `an actor runs on the loop's thread, its jobs one after the other`() async throws {
    let counter = Counter(loop: loop)
    let onLoop = await withTaskGroup { group in
      for _ in 0..<100 {
        group.addTask {
          var onLoop = true
          for _ in 0..<100 where !(await counter.add()) { onLoop = false }
          return onLoop
        }
      }
      return await group.allSatisfy { $0 }
    }
    #expect(onLoop)
    #expect(await counter.count == 10_000)
    #expect(!loop.isCurrent)
    loop.stop()
  }

  @Test func `a handler on the loop enters its actor directly`() async throws {
    let (counter, events) = (Counter(loop: loop), Events<Bool>())
    loop.after(.zero) { events.add(counter.assumeIsolated { $0.add() }) }
    #expect(await events.first(1) == [true])
    loop.stop()
  }

  @Test func `entering the actor from elsewhere ends the process`() async {
    await #expect(processExitsWith: .failure) {
      Self.enter(Counter(loop: try EventLoop(name: "trap")))
    }
  }

  @Test func `jobs without end do not keep descriptors and deadlines waiting`() async throws {
    let (pair, events, counter) = (try SocketPair(), Events<String>(), Counter(loop: loop))
    let near = pair.near
    let busy = Task { while !Task.isCancelled { _ = await counter.add() } }
    try loop.watch(near, for: .readable) { [loop] _ in
      loop.unwatch(near)
      events.add("readable")
    }
    pair.send()
    _ = await events.first(1)
    loop.after(.milliseconds(1)) { events.add("due") }
    #expect(await events.first(2) == ["readable", "due"])
    busy.cancel()
    await busy.value
    loop.stop()
  }

  // MARK: The end

  private final class Witness: Sendable {
    private let loop: EventLoop
    private let events: Events<String>

    init(_ loop: EventLoop, _ events: Events<String>) {
      self.loop = loop
      self.events = events
    }

    /// Calls the loop as an owner of a handle does when it goes.
    deinit {
      loop.unwatch(0)
      events.add("gone")
    }
  }

  @Test func `a stopped loop runs what is queued, and lets go of all it held`() async throws {
    let (pair, events) = (try SocketPair(), Events<String>())
    do {
      let witness = Witness(loop, events)
      try loop.watch(pair.near, for: .readable) { _ in _ = witness }
      loop.after(.seconds(60)) { _ = witness }
    }
    let counter = Counter(loop: loop)
    #expect(await counter.add())
    loop.stop()
    #expect(await events.first(1) == ["gone"])
  }

  @Test func `what a handler held is let go outside of the loop's lock`() async throws {
    let (pair, events) = (try SocketPair(), Events<String>())
    func hold() throws -> DeadlineID {
      let (one, two) = (Witness(loop, events), Witness(loop, events))
      try loop.watch(pair.near, for: .readable) { _ in _ = one }
      return loop.after(.seconds(60)) { _ = two }
    }
    loop.cancel(try hold())
    try loop.watch(pair.near, for: .readable) { _ in }
    #expect(await events.first(2) == ["gone", "gone"])
    loop.stop()
  }
}
