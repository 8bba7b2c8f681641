// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import EventLoop
import Glibc
import Sockets
import TestSupport
import Testing

@Suite struct SocketAddressTests {
  @Test(arguments: ["", String(repeating: "a", count: 108), "a\0b"])
  func `a path that does not fit is not an address`(path: String) {
    #expect(SocketAddress(path: path) == nil)
  }

  @Test func `a path or an abstract name of 107 bytes is an address`() {
    let name = String(repeating: "a", count: SocketAddress.pathLimit)
    #expect(SocketAddress(path: name)?.path == name)
    #expect(SocketAddress(abstract: name) != nil)
    #expect(SocketAddress(abstract: name + "a") == nil)
    #expect(SocketAddress(abstract: "") == nil)
  }

  @Test(arguments: [
    ("127.0.0.1", AF_INET), ("::1", AF_INET6), ("::ffff:10.0.0.1", AF_INET6),
    ("fe80::1%lo", AF_INET6), ("fe80::1%1", AF_INET6),
  ])
  func `a numeric host is an address`(host: String, family: CInt) throws {
    let address = try #require(SocketAddress(host: host, port: 9000))
    #expect(address.family == family)
    #expect(address.port == 9000)
    #expect(address.isInternet)
    #expect(address.path == nil)
  }

  @Test(arguments: [
    "", "localhost", "127.1", "256.0.0.1", "127.0.0.1%lo", "::1%", "fe80::1%nowhere", "::g",
  ])
  func `a host that is not numeric is not an address`(host: String) {
    #expect(SocketAddress(host: host, port: 9000) == nil)
  }

  @Test func `the local address of a socket tells its port or path`() throws {
    let folder = try TemporaryFolder()
    let file = try ListeningSocket.open(.path(folder.path(of: "s")))
    #expect(SocketAddress(localOf: file.descriptor)?.path == folder.path(of: "s"))
    #expect(SocketAddress(localOf: file.descriptor)?.port == nil)
    let name = "dbxg-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    let abstract = try ListeningSocket.bind(to: try #require(SocketAddress(abstract: name)))
    #expect(SocketAddress(localOf: abstract.descriptor)?.family == AF_UNIX)
    #expect(SocketAddress(localOf: abstract.descriptor)?.path == nil)
    let pair = try SocketPair()
    #expect(SocketAddress(localOf: pair.near)?.path == nil)
    #expect(SocketAddress(peerOf: pair.near) != nil)
    #expect(SocketAddress(peerOf: file.descriptor) == nil)
    #expect(SocketAddress(localOf: -1) == nil)
  }

  @Test func `a socket that cannot be connected is closed`() throws {
    let folder = try TemporaryFolder()
    let address = try #require(SocketAddress(path: folder.path(of: "nothing")))
    #expect(throws: SystemError(call: "connect", code: ENOENT)) {
      try address.connectedSocket(.stream)
    }
  }
}
