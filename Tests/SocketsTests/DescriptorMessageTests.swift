// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import EventLoop
import Glibc
import Sockets
import TestSupport
import Testing

@Suite struct DescriptorMessageTests {
  private let pair: SocketPair

  init() throws {
    pair = try SocketPair(type: SOCK_SEQPACKET)
  }

  @Test func `a descriptor arrives with its message and is closed on exec`() throws {
    let folder = try TemporaryFolder()
    let file = try unsafe open(folder.write("text", to: "f"), O_RDONLY | O_CLOEXEC)
    try DescriptorMessage([7], descriptors: [file]).send(over: pair.near, waits: false)
    close(file)
    let message = try #require(try DescriptorMessage.receive(from: pair.far, limit: 8))
    #expect(message.bytes == [7])
    let copy = try #require(message.descriptors.first)
    defer { close(copy) }
    #expect(fcntl(copy, F_GETFD) == FD_CLOEXEC)
    var bytes = [UInt8](repeating: 0, count: 8)
    #expect(unsafe read(copy, &bytes, bytes.count) == 4)
    #expect(bytes.prefix(4) == Array("text".utf8)[...])
  }

  @Test func `a message without a descriptor arrives without one`() throws {
    try DescriptorMessage([1, 2]).send(over: pair.near, waits: false)
    #expect(try DescriptorMessage.receive(from: pair.far, limit: 8) == DescriptorMessage([1, 2]))
  }

  @Test func `of several descriptors at most one is received`() throws {
    let ends = try SocketPair()
    try DescriptorMessage([1], descriptors: [ends.near, ends.near, ends.near])
      .send(over: pair.near, waits: false)
    let message = try #require(try DescriptorMessage.receive(from: pair.far, limit: 1))
    #expect(message.bytes == [1])
    #expect(message.descriptors.count <= 1)
    for descriptor in message.descriptors { close(descriptor) }
  }

  @Test func `the descriptor of an empty packet reaches the caller, who closes it`() throws {
    let ends = try SocketPair()
    try DescriptorMessage([], descriptors: [ends.near]).send(over: pair.near, waits: false)
    let message = try #require(try DescriptorMessage.receive(from: pair.far, limit: 1))
    #expect(message.bytes.isEmpty && message.descriptors.count == 1)
    for descriptor in message.descriptors { close(descriptor) }
  }

  @Test func `nothing to receive is an error, and the end is nil`() throws {
    #expect(throws: SystemError(call: "recvmsg", code: EAGAIN)) {
      try DescriptorMessage.receive(from: pair.far, limit: 1)
    }
    shutdown(pair.near, CInt(SHUT_WR))
    #expect(try DescriptorMessage.receive(from: pair.far, limit: 1) == nil)
  }

  @Test func `more descriptors than fit are refused`() throws {
    let many = [CInt](repeating: pair.near, count: DescriptorMessage.descriptorLimit + 1)
    #expect(throws: SystemError(call: "sendmsg", code: EINVAL)) {
      try DescriptorMessage([1], descriptors: many).send(over: pair.near, waits: false)
    }
    try DescriptorMessage([1], descriptors: many.dropLast()).send(over: pair.near, waits: false)
  }

  @Test func `a full buffer or a peer that has gone is an error`() throws {
    #expect(throws: SystemError(call: "sendmsg", code: EAGAIN)) {
      while true { try DescriptorMessage([1]).send(over: pair.near, waits: false) }
    }
    pair.hangUp()
    #expect(throws: SystemError(call: "sendmsg", code: EPIPE)) {
      try DescriptorMessage([1]).send(over: pair.near, waits: false)
    }
  }
}
