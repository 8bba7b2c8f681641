// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import EventLoop
import Glibc
import HTTP
import Synchronization
import TestSupport
import Testing

@testable import FastCGI

/// Kept connections outlive the server: the next one goes on with them.
@Suite(.timeLimit(.minutes(1))) struct HandOverTests {
  /// As systemd's store: holds copies until the next server takes them.
  private final class Store: Sendable {
    private let held = Mutex<[CInt]>([])

    func keep(_ descriptors: [CInt]) -> Bool {
      let copies = descriptors.map { fcntl($0, F_DUPFD_CLOEXEC, 3) }
      held.withLock { $0 += copies }
      return true
    }

    func take() -> [CInt] {
      held.withLock { held in
        defer { held = [] }
        return held
      }
    }
  }

  private let store = Store()

  @Test func `an idle connection gets its next answer from the next server`() async throws {
    let first = try Site()
    let peer = try await Peer.connect(to: first.path)
    try await peer.send(Record.request("/1", keep: true))
    #expect(try await peer.answer().status == "200 OK")
    first.server.stop(deadline: .seconds(30), handingOver: store.keep)
    await first.end()
    // Sent while nobody is there.
    try await peer.send(Record.request("/2", keep: true))
    let second = try Site(adopting: store.take())
    #expect(try await peer.answer().text.hasSuffix("GET /2 "))
    try await peer.send(Record.request("/3", keep: true))
    #expect(try await peer.answer().text.hasSuffix("GET /3 "))
    withExtendedLifetime(second) {}
  }

  @Test func `a connection in use is answered first`() async throws {
    let begun = Event()
    let gate = Event()
    let first = try Site { request in
      begun.fire()
      await gate.wait()
      return await Site.echo(request)
    }
    let peer = try await Peer.connect(to: first.path)
    try await peer.send(Record.request("/1", keep: true))
    await begun.wait()
    first.server.stop(deadline: .seconds(30), handingOver: store.keep)
    gate.fire()
    #expect(try await peer.answer().text.hasSuffix("GET /1 "))
    await first.end()
    let second = try Site(adopting: store.take())
    try await peer.send(Record.request("/2"))
    #expect(try await peer.answer().text.hasSuffix("GET /2 "))
    withExtendedLifetime(second) {}
  }

  @Test func `a request that has begun to come is answered by the server that has it`() async throws
  {
    let first = try Site()
    let peer = try await Peer.connect(to: first.path)
    try await peer.send(Record.request("/1", keep: true))
    #expect(try await peer.answer().status == "200 OK")
    let request = Record.request("/2", keep: true)
    try await peer.send(Array(request.prefix(5)))
    // The same server has read that part once it answers somebody who came later.
    for _ in 0..<3 { _ = try await Peer.ask(first.path, Record.request("/x")) }
    first.server.stop(deadline: .seconds(30), handingOver: store.keep)
    try await peer.send(Array(request.dropFirst(5)))
    #expect(try await peer.answer().text.hasSuffix("GET /2 "))
    await first.end()
    for descriptor in store.take() { close(descriptor) }
  }

  @Test func `a stop before the start passes everything on`() async throws {
    let first = try Site()
    let peer = try await Peer.connect(to: first.path)
    try await peer.send(Record.request("/1", keep: true))
    #expect(try await peer.answer().status == "200 OK")
    first.server.stop(deadline: .seconds(30), handingOver: store.keep)
    await first.end()
    let second = try Site(adopting: store.take(), isStoppedBefore: store.keep)
    await second.end()
    let third = try Site(adopting: store.take())
    try await peer.send(Record.request("/2"))
    #expect(try await peer.answer().text.hasSuffix("GET /2 "))
    withExtendedLifetime(third) {}
  }

  @Test func `with a store that takes nothing each connection gets one more answer`() async throws {
    let site = try Site()
    let peer = try await Peer.connect(to: site.path)
    try await peer.send(Record.request("/1", keep: true))
    #expect(try await peer.answer().status == "200 OK")
    await site.isIdle()
    site.server.stop(deadline: .seconds(30)) { _ in false }
    try await peer.send(Record.request("/2", keep: true))
    #expect(try await peer.answer().text.hasSuffix("GET /2 "))
    #expect(try await peer.isEnded())
    await site.end()
    #expect(site.log == [.notHandedOver(connections: 1)])
  }

  @Test func `a connection that ended in the store is closed`() async throws {
    var ends: [CInt] = [-1, -1]
    try #require(unsafe socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0, &ends) == 0)
    close(ends[1])
    let site = try Site(adopting: [ends[0]])
    site.server.stop(deadline: .seconds(30))
    await site.end()
    #expect(site.log.isEmpty)
  }
}
