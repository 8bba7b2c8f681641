// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CLinux
import Glibc

/// What a descriptor that somebody else opened can be used for.
enum SocketKind: Equatable {
  /// Connections arrive at it.
  case listening
  /// Relays come to it.
  case gathering
  /// A stream with somebody at its other end.
  case connected

  /// - Returns: nil for everything else.
  init?(of descriptor: CInt) {
    if Self.option(SO_ACCEPTCONN, of: descriptor) == 1 {
      let isOfPackets = Self.option(SO_TYPE, of: descriptor) == CInt(SOCK_SEQPACKET.rawValue)
      self = isOfPackets ? .gathering : .listening
      return
    }
    var address = sockaddr_storage()
    var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let code = unsafe withUnsafeMutablePointer(to: &address) { address in
      unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe getpeername(descriptor, $0, &size)
      }
    }
    guard code == 0, Self.option(SO_TYPE, of: descriptor) == CInt(SOCK_STREAM.rawValue) else {
      return nil
    }
    self = .connected
  }

  private static func option(_ name: CInt, of descriptor: CInt) -> CInt? {
    var value: CInt = 0
    var size = socklen_t(MemoryLayout<CInt>.size)
    return unsafe getsockopt(descriptor, SOL_SOCKET, name, &value, &size) == 0 ? value : nil
  }
}
