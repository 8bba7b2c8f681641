// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import EventLoop
import Glibc
import Synchronization
import TestSupport
import Testing

/// The loop with real descriptors, a real clock and real actors.
@Suite(.timeLimit(.minutes(1))) struct EventLoopTests {
  private let loop: EventLoop

  init() throws {
    loop = try EventLoop(name: "test")
  }

  // MARK: Descriptors

  @Test func `a descriptor reports again and again while it is readable`() async throws {
    let (pair, events) = (try SocketPair(), Events<Readiness>())
    let near = pair.near
    try loop.watch(near, for: .readable) { [loop] readiness in
      events.add(readiness)
      if events.seen.count == 3 { loop.unwatch(near) }
    }
    pair.send()
    #expect(await events.first(3) == [.readable, .readable, .readable])
    loop.stop()
  }

  @Test func `a watch that rests reports once until it is set again`() async throws {
    let (pair, events) = (try SocketPair(), Events<String>())
    let near = pair.near
    try loop.watch(near, for: .readable, once: true) { _ in events.add("first") }
    pair.send()
    _ = await events.first(1)
    // Two turns of the loop with the byte still there.
    for turn in ["turn 1", "turn 2"] { loop.after(.milliseconds(2)) { events.add(turn) } }
    #expect(await events.first(3) == ["first", "turn 1", "turn 2"])
    try loop.watch(near, for: .readable, once: true) { _ in events.add("second") }
    #expect(await events.first(4).last == "second")
    loop.stop()
  }

  @Test func `what a descriptor is watched for can change`() async throws {
    let (pair, events) = (try SocketPair(), Events<Readiness>())
    let near = pair.near
    try loop.watch(near, for: .readable) { events.add($0) }
    try loop.watch(near, for: [.readable, .writable]) { [loop] readiness in
      events.add(readiness)
      loop.unwatch(near)
    }
    #expect(await events.first(1) == [.writable])
    loop.stop()
  }

  @Test func `a peer that has gone is reported whether asked for or not`() async throws {
    let (pair, events) = (try SocketPair(), Events<Readiness>())
    let near = pair.near
    try loop.watch(near, for: []) { [loop] readiness in
      events.add(readiness)
      loop.unwatch(near)
    }
    pair.hangUp()
    #expect(await events.first(1) == [.hangUp])
    loop.stop()
  }

  @Test func `of two descriptors ready at once, the first may take the other's watch away`()
    async throws
  {
    let (one, two, events) = (try SocketPair(), try SocketPair(), Events<String>())
    // On the loop, so that both are ready before it looks again.
    loop.after(.zero) { [loop] in
      one.send()
      two.send()
      for (pair, other) in [(one, two), (two, one)] {
        watch(pair.near, on: loop, events) {
          events.add("ready")
          loop.unwatch(other.near)
          pair.receive()
        }
      }
    }
    _ = await events.first(1)
    loop.after(.milliseconds(2)) { events.add("later") }
    #expect(await events.first(2) == ["ready", "later"])
    loop.stop()
  }

  @Test func `an event of a closed descriptor does not reach its successor of the same number`()
    async throws
  {
    let (one, two, quiet) = (try SocketPair(), try SocketPair(), try SocketPair())
    let events = Events<String>()
    loop.after(.zero) { [loop] in
      one.send()
      two.send()
      for (pair, other) in [(one, two), (two, one)] {
        watch(pair.near, on: loop, events) {
          events.add("ready")
          pair.receive()
          loop.unwatch(other.near)
          other.replaceNear(by: quiet)
          watch(other.near, on: loop, events) { events.add("stale") }
        }
      }
    }
    _ = await events.first(1)
    loop.after(.milliseconds(2)) { events.add("later") }
    #expect(await events.first(2) == ["ready", "later"])
    loop.stop()
  }

  @Test func `a descriptor closed without notice is watched anew under the same number`()
    async throws
  {
    let (one, two, events) = (try SocketPair(), try SocketPair(), Events<String>())
    let number = one.near
    watch(number, on: loop, events) { events.add("old") }
    one.replaceNear(by: two)
    watch(number, on: loop, events) { [loop] in
      events.add("new")
      loop.unwatch(number)
    }
    two.send()
    #expect(await events.first(1) == ["new"])
    loop.stop()
  }

  @Test func `what cannot be watched is an error, and leaves nothing behind`() throws {
    #expect(throws: SystemError(call: "epoll_ctl", code: EBADF)) {
      try loop.watch(-1, for: .readable) { _ in }
    }
    let file = unsafe open("/dev/null", O_RDONLY)
    defer { close(file) }
    #expect(throws: SystemError(call: "epoll_ctl", code: EPERM)) {
      try loop.watch(file, for: .readable) { _ in }
    }
    loop.unwatch(file)
    loop.stop()
  }
}

/// A watch whose failure is an event too.
private func watch(
  _ descriptor: CInt, on loop: EventLoop, _ events: Events<String>,
  _ handler: @escaping @Sendable () -> Void
) {
  do {
    try loop.watch(descriptor, for: .readable) { _ in handler() }
  } catch {
    events.add("\(error)")
  }
}
