// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import FlyingFox
import FlyingSocks
import Glibc

/// The event pool of one host, which also turns off Nagle's algorithm: FlyingFox writes header and
/// body apart, and the second write would wait for the client's delayed acknowledgement (40 ms).
struct PromptPool: AsyncSocketPool {
  private let base = SocketPool<ePoll>.ePoll(maxEvents: 256)

  func prepare() async throws { try await base.prepare() }

  func run() async throws { try await base.run() }

  func suspendSocket(_ socket: Socket, untilReadyFor events: Socket.Events) async throws {
    if events.contains(.read) {
      // Connections inherit the option from the listening socket, which waits here first.
      var on: Int32 = 1
      unsafe setsockopt(
        socket.file.rawValue, Int32(IPPROTO_TCP), TCP_NODELAY, &on,
        socklen_t(MemoryLayout<Int32>.size))
    }
    try await base.suspendSocket(socket, untilReadyFor: events)
  }
}
