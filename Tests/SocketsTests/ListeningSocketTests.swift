// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import EventLoop
import Glibc
import Sockets
import TestSupport
import Testing

@Suite struct ListeningSocketTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test func `the owner and the group may use the file`() throws {
    let path = folder.path(of: "s")
    let socket = try ListeningSocket.open(.path(path))
    defer { withExtendedLifetime(socket) {} }
    var found = stat()
    #expect(unsafe lstat(path, &found) == 0)
    #expect(found.st_mode & 0o777 == 0o660)
    #expect(!socket.isTCP && !socket.isInherited && socket.port == nil)
  }

  @Test func `a stale file is replaced`() throws {
    let path = folder.path(of: "s")
    var former: ListeningSocket? = try ListeningSocket.open(.path(path))
    #expect(former != nil)
    former = nil
    #expect(unsafe access(path, F_OK) == 0)
    _ = try ListeningSocket.open(.path(path))
  }

  @Test func `a path where a process listens is left alone`() throws {
    let path = folder.path(of: "s")
    let socket = try ListeningSocket.open(.path(path))
    #expect(throws: ListeningSocket.Failure.inUse) { try ListeningSocket.open(.path(path)) }
    withExtendedLifetime(socket) {}
  }

  @Test func `a path whose listen queue is full is left alone`() throws {
    let path = folder.path(of: "s")
    let address = try #require(SocketAddress(path: path))
    let listener = try address.openSocket(.stream)
    try address.bind(listener)
    #expect(listen(listener, 0) == 0)
    var clients: [CInt] = []
    defer { for descriptor in clients + [listener] { close(descriptor) } }
    while let client = try? address.connectedSocket(.stream, isNonblocking: true) {
      clients.append(client)
    }
    #expect(throws: ListeningSocket.Failure.inUse) { try ListeningSocket.open(.path(path)) }
    #expect(unsafe access(path, F_OK) == 0)
  }

  @Test func `a file that is not a socket is left alone`() throws {
    let path = try folder.write("precious", to: "s")
    #expect(throws: ListeningSocket.Failure.notASocket) {
      try ListeningSocket.open(.path(path))
    }
    #expect(unsafe access(path, F_OK) == 0)
  }

  @Test func `a socket removes its own file and no other`() throws {
    let path = folder.path(of: "s")
    let first = try ListeningSocket.open(.path(path))
    #expect(unsafe unlink(path) == 0)
    let second = try ListeningSocket.open(.path(path))
    first.removeFile()
    #expect(unsafe access(path, F_OK) == 0)
    second.removeFile()
    #expect(unsafe access(path, F_OK) != 0)
  }

  @Test func `the system chooses a port`() throws {
    let socket = try ListeningSocket.open(.tcp(host: "127.0.0.1", port: 0))
    let port = try #require(socket.port)
    #expect(port > 0)
    #expect(socket.isTCP)
    #expect(throws: ListeningSocket.Failure.inUse) {
      try ListeningSocket.open(.tcp(host: "127.0.0.1", port: port))
    }
  }

  @Test func `an abstract name is free again when its socket is closed`() throws {
    let name = "dbxg-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    let address = try #require(SocketAddress(abstract: name))
    let first = try ListeningSocket.bind(to: address, .sequencedPacket)
    #expect(throws: SystemError(call: "bind", code: EADDRINUSE)) {
      try ListeningSocket.bind(to: address, .sequencedPacket)
    }
    first.close()
    _ = try ListeningSocket.bind(to: address, .sequencedPacket)
  }

  @Test func `every waiting connection is accepted, then the queue is empty`() throws {
    let path = folder.path(of: "s")
    let socket = try ListeningSocket.open(.path(path))
    #expect(socket.accept() == .empty)
    let address = try #require(SocketAddress(path: path))
    let clients = try (0..<2).map { _ in try address.connectedSocket(.stream) }
    defer { for client in clients { close(client) } }
    for _ in 0..<2 {
      guard case .connection(let descriptor) = socket.accept() else {
        Issue.record("no connection")
        continue
      }
      #expect(SocketKind(of: descriptor) == .connected)
      #expect(fcntl(descriptor, F_GETFD) == FD_CLOEXEC)
      close(descriptor)
    }
    #expect(socket.accept() == .empty)
  }

  @Test func `accepting fails on a socket that was shut down`() throws {
    let socket = try ListeningSocket.open(.tcp(host: "127.0.0.1", port: 0))
    shutdown(socket.descriptor, CInt(SHUT_RD))
    #expect(socket.accept() == .failed(SystemError(call: "accept4", code: EINVAL)))
  }

  @Test func `an inherited socket becomes nonblocking and is not passed on`() throws {
    let address = try #require(SocketAddress(path: folder.path(of: "s")))
    let descriptor = try address.openSocket(.stream)
    try address.bind(descriptor)
    #expect(listen(descriptor, 16) == 0)
    #expect(fcntl(descriptor, F_SETFD, 0) == 0)
    let socket = try ListeningSocket.open(.inherited(descriptor: descriptor))
    #expect(socket.isInherited)
    #expect(fcntl(descriptor, F_GETFD) == FD_CLOEXEC)
    #expect(socket.accept() == .empty)
    // Another process may still listen there.
    socket.removeFile()
    #expect(unsafe access(folder.path(of: "s"), F_OK) == 0)
  }

  @Test func `a descriptor that is not open cannot be inherited`() {
    #expect(throws: ListeningSocket.Failure.system(SystemError(call: "fcntl", code: EBADF))) {
      try ListeningSocket.open(.inherited(descriptor: CInt.max))
    }
  }
}
