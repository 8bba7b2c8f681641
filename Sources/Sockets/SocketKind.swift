// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// What kind of socket a descriptor is that another process opened.
public enum SocketKind: Equatable, Sendable {
  /// A listening socket for streams.
  case listening
  /// A listening socket for sequenced packets.
  case listeningForPackets
  /// A connected stream.
  case connected

  /// - Returns: `nil` for every other descriptor.
  public init?(of descriptor: CInt) {
    let options = SocketOptions(of: descriptor)
    let type = options.value(SO_TYPE)
    if options.value(SO_ACCEPTCONN) == 1 {
      self = type == SocketType.sequencedPacket.rawValue ? .listeningForPackets : .listening
    } else if type == SocketType.stream.rawValue, SocketAddress(peerOf: descriptor) != nil {
      self = .connected
    } else {
      return nil
    }
  }
}
