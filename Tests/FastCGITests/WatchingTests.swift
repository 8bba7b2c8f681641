// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import HTTP
import HTTPTypes
import Synchronization
import TestSupport
import Testing

@testable import FastCGI

/// What the server tells those who watch it.
@Suite(.timeLimit(.minutes(1))) struct WatchingTests {
  private final class Told: Sendable {
    let endings = Mutex<[BodyStream.Ending]>([])
    let event = Event()

    func response(_ bytes: [UInt8]) -> Response {
      var response = Response(status: .ok, body: bytes)
      response.delivery = Delivery { ending in
        self.endings.withLock { $0.append(ending) }
        self.event.fire()
      }
      return response
    }
  }

  @Test(arguments: ["GET", "HEAD"], [0, 1, 3_000_000])
  func `an answer is delivered once all of it is written`(
    method: String, count: Int
  ) async throws {
    let told = Told()
    let site = try Site { _ in told.response([UInt8](repeating: 7, count: count)) }
    let answer = try await Peer.ask(site.path, Record.request("/a", method: method))
    #expect(answer.body.count == (method == "HEAD" ? 0 : count))
    await told.event.wait()
    #expect(told.endings.withLock { $0 } == [.complete])
  }

  @Test func `an answer that nobody reads to its end is abandoned`() async throws {
    let told = Told()
    let site = try Site { _ in told.response([UInt8](repeating: 7, count: 3_000_000)) }
    var peer: Peer? = try await Peer.connect(to: site.path)
    try await peer?.send(Record.request("/a"))
    peer = nil
    await told.event.wait()
    #expect(told.endings.withLock { $0 } == [.abandoned])
  }

  @Test func `a request has the moment of its first byte, on a kept connection too`() async throws {
    let arrivals = Mutex<[ContinuousClock.Instant]>([])
    let site = try Site { request in
      arrivals.withLock { $0.append(request.arrived) }
      return Response(text: "")
    }
    let peer = try await Peer.connect(to: site.path)
    for number in 0..<2 {
      let bytes = Record.request("/a", method: "POST", body: [65], keep: true)
      await TestLoop.pause(.milliseconds(20))
      let before = ContinuousClock.now
      try await peer.send(Array(bytes.prefix(40)))
      await TestLoop.pause(.milliseconds(500))
      let between = ContinuousClock.now
      try await peer.send(Array(bytes.dropFirst(40)))
      _ = try await peer.answer()
      let arrived = try #require(arrivals.withLock { $0.last })
      // The first request counts from the moment its connection was accepted.
      #expect(arrived < between && (number == 0 || arrived >= before))
    }
  }

  @Test func `connections are counted by what they do`() async throws {
    let begun = Event()
    let goOn = Event()
    let site = try Site { request in
      if request.target == "/wait" {
        begun.fire()
        await goOn.wait()
      }
      return Response(text: "")
    }
    #expect(site.server.census == Census())
    let idle = try await Peer.connect(to: site.path)
    try await idle.send(Record.request("/a", keep: true))
    _ = try await idle.answer()
    let busy = try await Peer.connect(to: site.path)
    try await busy.send(Record.request("/wait"))
    await begun.wait()
    // The first connection comes to rest after its answer was read.
    while site.server.census.idle == 0 { await Task.yield() }
    let census = site.server.census
    #expect(census.connections == 2 && census.inFlight == 1 && census.idle == 1)
    #expect(try #require(census.oldest) > .zero)
    goOn.fire()
    _ = try await busy.answer()
    while site.server.census.inFlight > 0 { await Task.yield() }
    #expect(site.server.census.oldest == nil)
  }
}
