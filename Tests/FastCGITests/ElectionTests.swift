// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import EventLoop
import Glibc
import HTTP
import TestSupport
import Testing

@testable import FastCGI

/// Several processes that a web server started as one service; here they are objects of one process.
@Suite(.timeLimit(.minutes(1))) struct ElectionTests {
  private let place: MeetingPlace
  private let name: String

  init() {
    name = "dropbox-gallery-tests/\(getpid())/\(UInt64.random(in: 0 ... .max))"
    place = MeetingPlace(name: name)
  }

  private func leader() async throws -> Leader {
    let role = await place.enter()
    guard case .leader(let leader) = role else { throw TestFailure("\(role)") }
    return leader
  }

  private func follower() async throws -> Follower {
    let role = await place.enter()
    guard case .follower(let follower) = role else { throw TestFailure("\(role)") }
    return follower
  }

  /// A process that follows, with the socket that its web server gave it.
  private struct Process {
    let folder: TemporaryFolder
    let path: String
    let loop: EventLoop
    let socket: ListeningSocket

    init() throws {
      folder = try TemporaryFolder()
      path = folder.path(of: "s")
      loop = try EventLoop(name: "process")
      socket = try ListeningSocket.open(.path(path))
    }

    /// Whether a connection is not accepted yet.
    var hasWaiting: Bool {
      var poll = pollfd(fd: socket.descriptor, events: Int16(POLLIN), revents: 0)
      return unsafe Glibc.poll(&poll, 1, 0) == 1
    }
  }

  @Test func `what arrives at a follower is answered by the leader`() async throws {
    let site = try Site(leading: try await leader())
    let process = try Process()
    let follower = try await follower()
    async let end = follower.follow(accepting: process.socket, on: process.loop)
    for number in 1...20 {
      let answer = try await Peer.ask(process.path, Record.request("/\(number)"))
      #expect(answer.text.hasSuffix("GET /\(number) "))
    }
    #expect(try await Peer.ask(site.path, Record.request("/own")).text.hasSuffix("GET /own "))
    #expect(follower.stop())
    #expect(try await end == .stopped)
    #expect(!follower.stop(), "what comes late is for somebody else")
    #expect(site.log.isEmpty)
    process.loop.stop()
  }

  @Test func `a leader that stops answers what was passed on, and the next one leads`() async throws
  {
    let begun = Event()
    let gate = Event()
    let site = try Site(leading: try await leader()) { request in
      begun.fire()
      await gate.wait()
      return await Site.echo(request)
    }
    let process = try Process()
    async let end = try await follower().follow(accepting: process.socket, on: process.loop)
    let peer = try await Peer.connect(to: process.path)
    try await peer.send(Record.request("/slow"))
    await begun.wait()
    site.server.stop(deadline: .seconds(30))
    #expect(try await end == .leaderGone(connection: nil))
    // Free before the last answer is written.
    let next = try Site(leading: try await leader())
    async let nextEnd = try await follower().follow(accepting: process.socket, on: process.loop)
    #expect(try await Peer.ask(process.path, Record.request("/next")).text.hasSuffix("GET /next "))
    gate.fire()
    #expect(try await peer.answer().text.hasSuffix("GET /slow "))
    await site.end()
    next.server.stop(deadline: .seconds(30))
    _ = try await nextEnd
    #expect(site.log.isEmpty && next.log.isEmpty)
    process.loop.stop()
  }

  @Test func `what was on its way when a leader stopped is answered by it`() async throws {
    let leader = try await leader()
    let process = try Process()
    let follower = try await follower()
    let first = try await Peer.connect(to: process.path)
    let second = try await Peer.connect(to: process.path)
    try await first.send(Record.request("/waiting"))
    let connection = accept(process.socket.descriptor, nil, nil)
    async let end = follower.follow(
      accepting: process.socket, passing: connection, on: process.loop)
    // Once the second is taken from the queue the first is on its way, and nobody reads yet.
    while process.hasWaiting { await TestLoop.pause(.milliseconds(1)) }
    let site = try Site(leading: leader, isStoppedBefore: { _ in false })
    #expect(try await first.answer().text.hasSuffix("GET /waiting "))
    second.shutDown()
    guard case .leaderGone = try await end else { throw TestFailure("stopped") }
    await site.end()
    process.loop.stop()
  }

  @Test func `a connection that no leader takes is for the one who comes next`() async throws {
    var leader: Leader? = try await leader()
    let process = try Process()
    let follower = try await follower()
    let peer = try await Peer.connect(to: process.path)
    try await peer.send(Record.request("/left"))
    _ = leader
    leader = nil
    guard
      case .leaderGone(let connection?) = try await follower.follow(
        accepting: process.socket, passing: accept(process.socket.descriptor, nil, nil),
        on: process.loop)
    else { throw TestFailure("not left over") }
    let site = try Site(leading: try await self.leader())
    site.server.adopt(accepted: connection)
    #expect(try await peer.answer().text.hasSuffix("GET /left "))
    process.loop.stop()
  }

  // MARK: Alone

  private func reason() async throws -> String {
    guard case .alone(let reason) = await place.enter() else { throw TestFailure("not alone") }
    return reason.description
  }

  @Test func `who has the place and takes nobody in is not waited for`() async throws {
    let holder = socket(AF_UNIX, CInt(SOCK_SEQPACKET.rawValue), 0)
    defer { close(holder) }
    let address = try #require(SocketAddress(abstract: name))
    #expect(address.bind(holder) == 0)
    #expect(try await reason() == "the process that leads takes nobody in")
  }

  /// Python, as a user who is nobody here, with the place's name as its argument.
  private func stranger(_ program: String) async throws -> ChildProcess {
    try await ChildProcess.start(
      "setpriv",
      [
        "--reuid=65534", "--clear-groups", "/usr/bin/python3", "-c",
        "import signal, socket, sys\ns = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)\n"
          + program, name,
      ])
  }

  @Test(.enabled(if: geteuid() == 0, "takes another user"))
  func `a place that another user has is not entered`() async throws {
    let stranger = try await stranger(
      """
      s.bind("\\0" + sys.argv[1]); s.listen(); print("here", flush=True); signal.pause()
      """)
    _ = try await stranger.line(containing: "here")
    #expect(
      try await reason() == "a process of another user stands where those of this service meet")
    try await stranger.terminate()
  }

  @Test(.enabled(if: geteuid() == 0, "takes another user"))
  func `a process of another user is not taken in`() async throws {
    let site = try Site(leading: try await leader())
    let outcome = try await stranger(
      """
      s.connect("\\0" + sys.argv[1]); s.settimeout(10); print("sent to", s.recv(1))
      """
    ).outcome()
    #expect(outcome.text == "sent to b''\n", "\(outcome.errorText)")
    withExtendedLifetime(site) {}
  }

  @Test func `a name that is too long is no place`() async throws {
    guard
      case .alone(.system(let error)) = await MeetingPlace(name: name + name + name + name)
        .enter()
    else { throw TestFailure("not alone") }
    #expect(error.code == ENAMETOOLONG)
  }
}
