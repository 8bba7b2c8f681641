// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import EventLoop
import Glibc
import Sockets
import TestSupport

@testable import FastCGI

/// A web server's end of a connection. Its calls block threads of their own; each waits 10 s at most.
final class Peer: Sendable {
  /// What came back for one request.
  struct Answer: Sendable {
    var standardOutput: [UInt8] = []
    var protocolStatus: UInt8?
    /// Records of the connection itself.
    var management: [[UInt8]] = []
    /// END_REQUEST records for other requests: their id and status.
    var turnedAway: [UInt16: UInt8] = [:]

    var text: String { String(decoding: standardOutput, as: UTF8.self) }
    var status: String { String(text.prefix { $0 != "\r\n" }.dropFirst("Status: ".count)) }
    var body: [UInt8] {
      let end = Array("\r\n\r\n".utf8)
      for index in standardOutput.indices
      where standardOutput[index...].starts(with: end) {
        return Array(standardOutput[(index + 4)...])
      }
      return []
    }
  }

  let descriptor: CInt

  private init(descriptor: CInt) {
    self.descriptor = descriptor
  }

  deinit {
    close(descriptor)
  }

  static func connect(to path: String) async throws -> Peer {
    try await BlockingThread.value {
      guard let address = SocketAddress(path: path) else { throw TestFailure("bad path") }
      let descriptor = try address.openSocket(.stream)
      var patience = timeval(tv_sec: 10, tv_usec: 0)
      let size = socklen_t(MemoryLayout<timeval>.size)
      _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, size)
      SocketOptions(of: descriptor).setSendTimeout(.seconds(10))
      let peer = Peer(descriptor: descriptor)
      try address.connect(descriptor)
      return peer
    }
  }

  /// Connects, sends, and returns the answer.
  static func ask(_ path: String, _ bytes: [UInt8]) async throws -> Answer {
    let peer = try await connect(to: path)
    try await peer.send(bytes)
    return try await peer.answer()
  }

  func send(_ bytes: [UInt8]) async throws {
    try await BlockingThread.value { [descriptor] in
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = unsafe rest.withUnsafeBytes { buffer in
          unsafe Glibc.send(descriptor, buffer.baseAddress, buffer.count, CInt(MSG_NOSIGNAL))
        }
        guard count > 0 else { throw SystemError(call: "send") }
        rest = rest.dropFirst(count)
      }
    }
  }

  /// Reads records until the end of request `id`, or of the connection.
  func answer(to id: UInt16 = 1) async throws -> Answer {
    try await BlockingThread.value { [self] in
      var answer = Answer()
      while answer.protocolStatus == nil, let header = try read(8) {
        let length = Int(header[4]) << 8 | Int(header[5])
        guard let content = try read(length + Int(header[6]))?.prefix(length) else { break }
        let recordID = UInt16(header[2]) << 8 | UInt16(header[3])
        switch header[1] {
        case 6 where recordID == id: answer.standardOutput += content
        case 3 where recordID == id: answer.protocolStatus = content[4]
        case 3: answer.turnedAway[recordID] = content[4]
        default: answer.management.append(header + content)
        }
      }
      return answer
    }
  }

  /// Whether the connection ends without another byte.
  func isEnded() async throws -> Bool {
    try await BlockingThread.value { [self] in try read(1) == nil }
  }

  /// Waits for the end of the connection without reading a byte.
  func waitForEnd() async throws {
    try await BlockingThread.value { [descriptor] in
      var poll = pollfd(fd: descriptor, events: 0, revents: 0)
      guard unsafe Glibc.poll(&poll, 1, 10_000) == 1 else { throw TestFailure("still open") }
    }
  }

  func shutDown() {
    shutdown(descriptor, CInt(SHUT_RDWR))
  }

  /// - Returns: nil at the end of the connection.
  private func read(_ count: Int) throws -> [UInt8]? {
    var bytes: [UInt8] = []
    while bytes.count < count {
      var part = [UInt8](repeating: 0, count: count - bytes.count)
      let added = unsafe Glibc.read(descriptor, &part, part.count)
      if added == 0 || (added < 0 && errno == ECONNRESET) { return nil }
      guard added > 0 else { throw SystemError(call: "read") }
      bytes += part.prefix(added)
    }
    return bytes
  }
}
