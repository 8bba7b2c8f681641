// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Sockets
import Synchronization

/// A TCP port on 127.0.0.1 that nobody listens on.
public enum FreePort {
  /// Below the range from which Linux takes the ports of connections: one of these may come and go at any moment.
  private static let candidates: Range<UInt16> = 15_000..<32_000

  /// Each is given once: two who ask before either binds must not meet.
  private static let given = Mutex<Set<UInt16>>([])

  /// A port that could be bound a moment ago, for a server that wants to be told one.
  ///
  /// Another program may take it in between; a server of our own binds port 0 itself instead.
  public static func find() throws(TestFailure) -> UInt16 {
    for _ in 0..<100 {
      let port = UInt16.random(in: candidates)
      guard given.withLock({ $0.insert(port).inserted }) else { continue }
      if try isFree(port) { return port }
    }
    throw TestFailure("no port is free")
  }

  private static func isFree(_ port: UInt16) throws(TestFailure) -> Bool {
    do {
      guard let address = SocketAddress(host: "127.0.0.1", port: port) else { return false }
      let descriptor = try address.openSocket(.stream)
      defer { close(descriptor) }
      return (try? address.bind(descriptor)) != nil
    } catch {
      throw TestFailure("\(error)")
    }
  }
}
