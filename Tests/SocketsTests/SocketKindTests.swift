// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Sockets
import TestSupport
import Testing

@Suite struct SocketKindTests {
  @Test func `listening sockets are told apart by their type`() throws {
    let folder = try TemporaryFolder()
    let stream = try ListeningSocket.open(.path(folder.path(of: "s")))
    #expect(SocketKind(of: stream.descriptor) == .listening)
    let tcp = try ListeningSocket.open(.tcp(host: "127.0.0.1", port: 0))
    #expect(SocketKind(of: tcp.descriptor) == .listening)
    let address = try #require(SocketAddress(path: folder.path(of: "p")))
    let packets = try ListeningSocket.bind(to: address, .sequencedPacket)
    #expect(SocketKind(of: packets.descriptor) == .listeningForPackets)
  }

  @Test func `only a stream with a peer is connected`() throws {
    let pair = try SocketPair()
    #expect(SocketKind(of: pair.near) == .connected)
    let packets = try SocketPair(type: SOCK_SEQPACKET)
    #expect(SocketKind(of: packets.near) == nil)
    let unconnected = try #require(SocketAddress(path: "/a")).openSocket(.stream)
    defer { close(unconnected) }
    #expect(SocketKind(of: unconnected) == nil)
  }

  @Test func `a file, and a number that is not open, are no sockets`() {
    let file = unsafe open("/dev/null", O_RDONLY | O_CLOEXEC)
    defer { close(file) }
    #expect(SocketKind(of: file) == nil)
    #expect(SocketKind(of: -1) == nil)
  }
}

@Suite struct SocketOptionsTests {
  @Test func `the user of the peer is known on a Unix socket`() throws {
    let pair = try SocketPair()
    #expect(SocketOptions(of: pair.near).peerRuns(as: geteuid()))
    #expect(!SocketOptions(of: pair.near).peerRuns(as: geteuid() + 1))
    let tcp = try ListeningSocket.open(.tcp(host: "127.0.0.1", port: 0))
    #expect(!SocketOptions(of: tcp.descriptor).peerRuns(as: geteuid()))
  }

  @Test func `a send that is not read ends at its limit`() throws {
    let pair = try SocketPair()
    _ = fcntl(pair.near, F_SETFL, 0)
    SocketOptions(of: pair.near).setSendTimeout(.milliseconds(50))
    let bytes = [UInt8](repeating: 0, count: 65_536)
    let start = ContinuousClock.now
    while unsafe send(pair.near, bytes, bytes.count, 0) > 0 {}
    #expect(errno == EAGAIN)
    #expect(ContinuousClock.now - start >= .milliseconds(50))
  }
}
