// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import EventLoop
import Glibc
import TestSupport
import Testing

@testable import Systemd

@Suite(.timeLimit(.minutes(1))) struct WatchdogTests {
  @Test func `a watchdog is for one process, and for a time`() throws {
    #expect(try Watchdog([:]) == nil)
    #expect(try Watchdog(["WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "1"]) == nil)
    let own = ["WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "\(getpid())"]
    #expect(try Watchdog(own)?.limit == .seconds(30))
    for text in ["0", "-1", "soon", "99999999999999999999"] {
      #expect(throws: Watchdog.Malformed()) { try Watchdog(["WATCHDOG_USEC": text]) }
    }
  }

  @Test(arguments: [0, 1])
  func `a sign of life comes for as long as every loop turns`(stuck: Int) async throws {
    let folder = try TemporaryFolder()
    let socket = try NotifySocket(address: folder.path(of: "n"))
    let notifier = try #require(try Notifier(["NOTIFY_SOCKET": socket.address]))
    let watchdog = try #require(try Watchdog(["WATCHDOG_USEC": "20000"]))
    let loops = [try EventLoop(name: "one"), try EventLoop(name: "two")]
    defer { for loop in loops { loop.stop() } }
    watchdog.start(round: loops) { notifier.send(.watchdog) }
    let second = try await socket.wait(
      for: "WATCHDOG=1", from: try await socket.wait(for: "WATCHDOG=1"))

    // A handler that does not come back until a byte lets it.
    var ends: [CInt] = [-1, -1]
    try #require(unsafe pipe(&ends) == 0)
    defer { for end in ends { close(end) } }
    let isHeld = Event()
    let gate = ends[0]
    loops[stuck].after(.zero) {
      isHeld.fire()
      var byte: UInt8 = 0
      _ = unsafe read(gate, &byte, 1)
    }
    await isHeld.wait()
    // What was on its way may still arrive.
    await TestLoop.pause(.milliseconds(500))
    let before = socket.texts.count
    #expect(before >= second)
    await TestLoop.pause(.milliseconds(200))
    #expect(socket.texts.count == before)
    _ = unsafe write(ends[1], [0], 1)
    try await socket.wait(for: "WATCHDOG=1", from: before)
  }
}
