// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import EventLoop
import Glibc
import HTTP
import HTTPTypes
import Sockets
import Synchronization
import TestSupport

@testable import FastCGI

extension FuzzTarget {
  /// A `FastCGIServer`, end to end. The input is what a web server sends over one connection before it stops sending.
  ///
  /// The connection ends within 10 s, and the server sends complete records of the protocol.
  public static let fastCGIServer = FuzzTarget("fastcgi-server") { bytes throws(FuzzFailure) in
    try checkRecords(try ServedConnection.shared.exchange(bytes))
    guard ServedConnection.shared.isProbeDue else { return }
    let answer = try ServedConnection.shared.exchange(ServedConnection.request)
    try require(
      String(decoding: answer, as: UTF8.self).contains("200 OK"), "the server answers no request")
  }

  private static func checkRecords(_ bytes: [UInt8]) throws(FuzzFailure) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let head = Array(rest.prefix(8))
      try require(head.count == 8 && head[0] == 1, "no record at \(rest.startIndex)")
      try require(
        [3, 6, 7, 10, 11].contains(head[1]), "the server sent a record of kind \(head[1])")
      let length = 8 + Int(head[4]) << 8 + Int(head[5]) + Int(head[6])
      try require(length <= rest.count, "the last record is cut off")
      rest = rest.dropFirst(length)
    }
  }
}

/// A server in this process, and connections to it over socket pairs.
@safe private final class ServedConnection: Sendable {
  /// A GET request for `/`, and nothing behind it.
  static let request: [UInt8] = {
    let pairs: [UInt8] =
      [14, 3] + Array("REQUEST_METHODGET".utf8) + [11, 1] + Array("REQUEST_URI/".utf8)
    let head: [UInt8] = [1, 1, 0, 1, 0, 8, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]
    return head + [1, 4, 0, 1, 0, UInt8(pairs.count), 0, 0] + pairs
      + [1, 4, 0, 1, 0, 0, 0, 0, 1, 5, 0, 1, 0, 0, 0, 0]
  }()

  static let shared = ServedConnection()

  private struct Echo: Responder {
    func respond(to request: Request) async -> Response {
      guard request.defect == nil else { return Response(status: .badRequest, text: "defect") }
      return Response(text: "\(request.method) \(request.target)")
    }
  }

  private static let probeInterval = 100

  private let server: FastCGIServer<Echo>?
  private let exchanges = Atomic(0)

  private init() {
    do {
      let folder = try TemporaryFolder()
      server = try FastCGIServer(
        listening: try ListeningSocket.open(.path(folder.path(of: "s"))),
        loop: try EventLoop(name: "fuzz"), application: Echo())
      Task { [server] in try? await server?.run() }
    } catch {
      server = nil
    }
  }

  var isProbeDue: Bool {
    exchanges.wrappingAdd(1, ordering: .relaxed).newValue % Self.probeInterval == 0
  }

  /// Sends bytes, ends the sending side, and reads what the server sends until it closes the connection.
  func exchange(_ bytes: [UInt8]) throws(FuzzFailure) -> [UInt8] {
    guard let server else { throw FuzzFailure("the server did not start") }
    var ends: [CInt] = [-1, -1]
    let flags = CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    guard unsafe socketpair(AF_UNIX, flags, 0, &ends) == 0 else {
      throw FuzzFailure("socketpair: \(errno)")
    }
    let client = ends[0]
    defer { close(client) }
    var timeout = timeval(tv_sec: 10, tv_usec: 0)
    let size = socklen_t(MemoryLayout<timeval>.size)
    _ = unsafe setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &timeout, size)
    _ = unsafe setsockopt(client, SOL_SOCKET, SO_SNDTIMEO, &timeout, size)
    server.adopt(accepted: ends[1])
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { buffer in
        unsafe send(client, buffer.baseAddress, buffer.count, CInt(MSG_NOSIGNAL))
      }
      // The server closes a connection with a malformed stream before it has read all of it.
      guard count > 0 else { break }
      rest = rest.dropFirst(count)
    }
    shutdown(client, CInt(SHUT_WR))
    return try readAll(client)
  }

  private func readAll(_ client: CInt) throws(FuzzFailure) -> [UInt8] {
    var answer: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = unsafe recv(client, &buffer, buffer.count, 0)
      if count > 0 {
        answer += buffer.prefix(count)
      } else if count == 0 || errno == ECONNRESET {
        return answer
      } else if errno != EINTR {
        throw FuzzFailure("the connection did not end: \(errno)")
      }
    }
  }
}
