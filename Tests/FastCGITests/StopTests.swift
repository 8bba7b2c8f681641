// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import EventLoop
import HTTP
import TestSupport
import Testing

@testable import FastCGI

@Suite(.timeLimit(.minutes(1))) struct StopTests {
  @Test func `what is in flight is answered, kept or not`() async throws {
    let begun = [Event(), Event()]
    let gate = Event()
    let site = try Site { request in
      begun[request.target == "/kept" ? 0 : 1].fire()
      await gate.wait()
      return await Site.echo(request)
    }
    let kept = try await Peer.connect(to: site.path)
    try await kept.send(Record.request("/kept", keep: true))
    let plain = try await Peer.connect(to: site.path)
    try await plain.send(Record.request("/plain"))
    for event in begun { await event.wait() }
    site.server.stop(deadline: .seconds(30))
    gate.fire()
    #expect(try await kept.answer().text.hasSuffix("GET /kept "))
    #expect(try await plain.answer().text.hasSuffix("GET /plain "))
    #expect(try await kept.isEnded())
    await site.end()
    #expect(site.log.isEmpty)
  }

  @Test func `an idle kept connection gets one more answer`() async throws {
    let site = try Site()
    let peer = try await Peer.connect(to: site.path)
    try await peer.send(Record.request("/1", keep: true))
    #expect(try await peer.answer().status == "200 OK")
    await site.isIdle()
    site.server.stop(deadline: .seconds(30))
    try await peer.send(Record.request("/2", keep: true))
    #expect(try await peer.answer().text.hasSuffix("GET /2 "))
    #expect(try await peer.isEnded())
    await site.end()
  }

  @Test func `an idle kept connection that the web server closes ends the wait`() async throws {
    let site = try Site()
    let peer = try await Peer.connect(to: site.path)
    try await peer.send(Record.request("/1", keep: true))
    #expect(try await peer.answer().status == "200 OK")
    await site.isIdle()
    site.server.stop(deadline: .seconds(30))
    peer.shutDown()
    await site.end()
  }

  @Test func `what waits in the listen queue is answered too`() async throws {
    let begun = Event()
    let gate = Event()
    var limits = Limits()
    limits.inFlight = 1
    let site = try Site(limits: limits) { request in
      begun.fire()
      await gate.wait()
      return await Site.echo(request)
    }
    let first = try await Peer.connect(to: site.path)
    try await first.send(Record.request("/1"))
    await begun.wait()
    let second = try await Peer.connect(to: site.path)
    try await second.send(Record.request("/2"))
    site.server.stop(deadline: .seconds(30))
    gate.fire()
    #expect(try await first.answer().text.hasSuffix("GET /1 "))
    #expect(try await second.answer().text.hasSuffix("GET /2 "))
    await site.end()
  }

  @Test func `the deadline ends what does not end by itself`() async throws {
    let begun = Event()
    let cancelled = Event()
    let site = try Site { request in
      await withTaskCancellationHandler {
        begun.fire()
        await cancelled.wait()
      } onCancel: {
        cancelled.fire()
      }
      return await Site.echo(request)
    }
    let idle = try await Peer.connect(to: site.path)
    let busy = try await Peer.connect(to: site.path)
    try await busy.send(Record.request("/"))
    await begun.wait()
    site.server.stop(deadline: .milliseconds(50))
    #expect(try await idle.isEnded())
    await cancelled.wait()
    await site.end()
    #expect(site.log == [.cutOff(requests: 1)])
  }

  @Test func `stopping without a connection ends at once, and twice is once`() async throws {
    let site = try Site()
    site.server.stop(deadline: .seconds(30))
    site.server.stop(deadline: .seconds(30))
    await site.end()
  }
}
