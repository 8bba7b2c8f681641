// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import EventLoop
import Glibc
import HTTP
import Sockets
import Synchronization
import TestSupport
import Testing

@testable import FastCGI

/// Several processes that a web server started, and the one that answers for them; here all are in one process.
@Suite(.timeLimit(.minutes(1))) struct RelayTests {
  private let name: String
  private let rendezvous: RendezvousSocket

  init() {
    name = "dropbox-gallery-tests/\(getpid())/\(UInt64.random(in: 0 ... .max))"
    rendezvous = RendezvousSocket(name: name)
  }

  /// Those that were started to answer.
  private final class Started: Sendable {
    private let sites = Mutex<[Site]>([])

    var all: [Site] { sites.withLock(\.self) }

    func start(_ socket: CInt, _ body: @escaping @Sendable (Request) async -> Response = Site.echo)
    {
      do {
        let site = try Site(relaysAt: fcntl(socket, F_DUPFD_CLOEXEC, 3), body)
        sites.withLock { $0.append(site) }
      } catch {
        Issue.record(error)
      }
    }
  }

  /// A process that passes on, with the socket that its web server gave it.
  private struct Child {
    let path: String
    let relay: Relay
    let loop: EventLoop
    let socket: ListeningSocket
    let end: Task<RendezvousSocket.Failure?, Never>
    private let folder: TemporaryFolder

    init(to rendezvous: RendezvousSocket, _ start: @escaping Relay.Starter) throws {
      folder = try TemporaryFolder()
      path = folder.path(of: "s")
      loop = try EventLoop(name: "child")
      socket = try ListeningSocket.open(.path(path))
      let relay = Relay(accepting: socket, to: rendezvous, on: loop, starting: start)
      self.relay = relay
      end = Task {
        do throws(RendezvousSocket.Failure) {
          try await relay.run()
          return nil
        } catch {
          return error
        }
      }
    }

    func stop() async -> RendezvousSocket.Failure? {
      relay.stop()
      defer { loop.stop() }
      return await end.value
    }
  }

  @Test func `what arrives at several is answered by one, until the last has gone`() async throws {
    let started = Started()
    let children = try (0..<3).map { _ in try Child(to: rendezvous) { started.start($0) } }
    for number in 1...10 {
      for child in children {
        let answer = try await Peer.ask(child.path, Record.request("/\(number)"))
        #expect(answer.text.hasSuffix("GET /\(number) "))
      }
    }
    let site = try #require(started.all.first)
    for child in children {
      #expect(!site.isDeserted)
      #expect(await child.stop() == nil)
    }
    await site.end()
    #expect(site.isDeserted && site.log.isEmpty)
    #expect(started.all.count == 1)
  }

  @Test func `one that stops answers what it has, and the next is started`() async throws {
    let begun = Event()
    let gate = Event()
    let started = Started()
    let child = try Child(to: rendezvous) {
      started.start($0) { request in
        guard request.target == "/slow" else { return await Site.echo(request) }
        begun.fire()
        await gate.wait()
        return await Site.echo(request)
      }
    }
    let peer = try await Peer.connect(to: child.path)
    try await peer.send(Record.request("/slow"))
    await begun.wait()
    let first = try #require(started.all.first)
    first.server.stop(deadline: .seconds(30))
    for number in 1...5 {
      let answer = try await Peer.ask(child.path, Record.request("/\(number)"))
      #expect(answer.text.hasSuffix("GET /\(number) "))
    }
    #expect(started.all.count == 2)
    gate.fire()
    #expect(try await peer.answer().text.hasSuffix("GET /slow "))
    await first.end()
    #expect(await child.stop() == nil)
    #expect(started.all.flatMap(\.log).isEmpty)
  }

  @Test func `under a stream of requests each end of the one that answers loses none`() async throws
  {
    let started = Started()
    let children = try (0..<4).map { _ in try Child(to: rendezvous) { started.start($0) } }
    let isOver = Event()
    try await withThrowingTaskGroup(of: Int.self) { group in
      for child in children {
        group.addTask {
          var count = 0
          while !isOver.hasHappened {
            let answer = try await Peer.ask(child.path, Record.request("/\(count)"))
            try #require(answer.text.hasSuffix("GET /\(count) "))
            count += 1
          }
          return count
        }
      }
      for round in 1...5 {
        while started.all.count < round { await TestLoop.pause(.milliseconds(1)) }
        await TestLoop.pause(.milliseconds(10))
        started.all[round - 1].server.stop(deadline: .seconds(30))
      }
      isOver.fire()
      for try await count in group { #expect(count > 0) }
    }
    for child in children { #expect(await child.stop() == nil) }
    #expect(started.all.flatMap(\.log).isEmpty)
  }

  // MARK: What goes wrong

  @Test(arguments: [false, true])
  func `one that does not start is tried once more, and then it is over`(
    lastsAMoment: Bool
  ) async throws {
    let attempts = [Event(), Event(), Event()]
    let child = try Child(to: rendezvous) { socket in
      attempts.first { !$0.hasHappened }?.fire()
      guard lastsAMoment else { return }
      let copy = fcntl(socket, F_DUPFD_CLOEXEC, 3)
      _ = fcntl(copy, F_SETFL, 0)
      Task {
        close(try await accepted(copy))
        close(copy)
      }
    }
    #expect(await child.end.value == .notStarted)
    #expect(attempts.map(\.hasHappened) == [true, true, false])
    child.loop.stop()
  }

  /// Takes the place in the test's own name.
  private func takePlace() throws -> CInt {
    let socket = try #require(try rendezvous.listen())
    let descriptor = fcntl(socket.descriptor, F_DUPFD_CLOEXEC, 3)
    // Wait for a relay.
    _ = fcntl(descriptor, F_SETFL, 0)
    return descriptor
  }

  /// How the process that answers comes to its end with a connection that was passed on.
  enum NotTaken: CaseIterable {
    case refusedMore, unread, readButNotSaid
  }

  @Test(arguments: NotTaken.allCases)
  func `a connection that was not taken is for the next one, even from one who is to stop`(
    _ end: NotTaken
  ) async throws {
    let socket = try takePlace()
    defer { close(socket) }
    let child = try Child(to: rendezvous) { _ in Issue.record("started one") }
    let first = try await accepted(socket)
    if end == .refusedMore { shutdown(first, CInt(SHUT_RD)) }
    RelayWord.takenIn.say(over: first)
    let peer = try await Peer.connect(to: child.path)
    if end != .refusedMore {
      let flags = end == .unread ? CInt(MSG_PEEK) : 0
      #expect(try await isPassedOn(to: first, flags))
      close(first)
    }
    // It comes back with the connection in its hands.
    let second = try await accepted(socket)
    child.relay.stop()
    RelayWord.takenIn.say(over: second)
    #expect(try await isPassedOn(to: second))
    RelayWord.taken.say(over: second)
    #expect(await child.end.value == nil)
    withExtendedLifetime(peer) {}
    if end == .refusedMore { close(first) }
    close(second)
    child.loop.stop()
  }

  @Test func `who had no descriptor for a connection is given it again`() async throws {
    let socket = try takePlace()
    defer { close(socket) }
    let child = try Child(to: rendezvous) { _ in Issue.record("started one") }
    let link = try await accepted(socket)
    defer { close(link) }
    RelayWord.takenIn.say(over: link)
    let peer = try await Peer.connect(to: child.path)
    for _ in 0..<3 {
      #expect(try await isPassedOn(to: link))
      RelayWord.refused.say(over: link)
    }
    #expect(try await isPassedOn(to: link))
    RelayWord.taken.say(over: link)
    #expect(await child.stop() == nil)
    withExtendedLifetime(peer) {}
  }

  @Test func `the next connection is passed on when the one before is taken`() async throws {
    let socket = try takePlace()
    defer { close(socket) }
    let child = try Child(to: rendezvous) { _ in Issue.record("started one") }
    let link = try await accepted(socket)
    defer { close(link) }
    RelayWord.takenIn.say(over: link)
    let peers = [try await Peer.connect(to: child.path), try await Peer.connect(to: child.path)]
    #expect(try await isPassedOn(to: link))
    var byte: UInt8 = 0
    await TestLoop.pause(.milliseconds(100))
    #expect(unsafe recv(link, &byte, 1, CInt(MSG_DONTWAIT)) == -1)
    RelayWord.taken.say(over: link)
    #expect(try await isPassedOn(to: link))
    RelayWord.taken.say(over: link)
    #expect(await child.stop() == nil)
    withExtendedLifetime(peers) {}
  }

  /// Waits for what is passed on; whether it came.
  private func isPassedOn(to link: CInt, _ flags: CInt = 0) async throws -> Bool {
    try await BlockingThread.value {
      var byte: UInt8 = 0
      return unsafe recv(link, &byte, 1, flags) == 1
    }
  }

  private func accepted(_ socket: CInt) async throws -> CInt {
    try await BlockingThread.value { accept(socket, nil, nil) }
  }

  @Test func `who has the place and takes nobody in is waited for in vain`() async throws {
    let address = try #require(SocketAddress(abstract: name))
    let holder = try address.openSocket(.sequencedPacket)
    defer { close(holder) }
    try address.bind(holder)
    let child = try Child(to: rendezvous) { _ in Issue.record("started one") }
    #expect(await child.end.value == .noAnswer)
    child.loop.stop()
  }

  @Test func `a name that is too long is no place`() async throws {
    let child = try Child(to: RendezvousSocket(name: name + name + name + name)) { _ in }
    #expect(await child.end.value == .system(SystemError(call: "bind", code: ENAMETOOLONG)))
    child.loop.stop()
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
  func `a process of another user is given nothing`() async throws {
    let stranger = try await stranger(
      """
      s.bind("\\0" + sys.argv[1]); s.listen(); print("here", flush=True); signal.pause()
      """)
    _ = try await stranger.line(containing: "here")
    let child = try Child(to: rendezvous) { _ in Issue.record("started one") }
    #expect(await child.end.value == .anotherUser)
    child.loop.stop()
    try await stranger.terminate()
  }

  @Test(.enabled(if: geteuid() == 0, "takes another user"))
  func `a process of another user is not taken in`() async throws {
    let site = try Site(relaysAt: try takePlace())
    let outcome = try await stranger(
      """
      s.connect("\\0" + sys.argv[1]); s.settimeout(10); print("told", s.recv(1))
      """
    ).outcome()
    #expect(outcome.text == "told b''\n", "\(outcome.errorText)")
    withExtendedLifetime(site) {}
  }
}

@Suite struct FcgidSocketTests {
  @Test(
    arguments: [
      ("/run/apache2/fcgidsock/314.0", "/run/apache2/fcgidsock/314"),
      ("/var/lib/apache2/fcgid/sock/1.271", "/var/lib/apache2/fcgid/sock/1"),
      ("/run/app.sock", nil), ("/run/app/314", nil), ("/run/314.sock", nil), ("/run/app.0", nil),
      ("/run/3.1/app", nil), ("314.0", nil), ("/314.", nil), ("/.0", nil), ("", nil),
    ])
  func `mod_fcgid's sockets are known by their names`(path: String, generation: String?) {
    #expect(FcgidSocket.generation(path) == generation)
  }
}
