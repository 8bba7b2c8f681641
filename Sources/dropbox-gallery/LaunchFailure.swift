// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import EventLoop
import Glibc
import Sockets
import Systemd

/// A socket that the process cannot serve at. The description never holds the value of a setting.
enum LaunchFailure: Error, Equatable, CustomStringConvertible {
  /// FCGI_SOCKET is not an address to listen at.
  case address(ListenAddress.Invalid)
  /// The socket cannot be opened.
  case opening(ListeningSocket.Failure)
  case passed(PassedDescriptors.Failure)
  /// FCGI_SOCKET is set, and a socket was passed too.
  case twoSockets

  var description: String {
    switch self {
    case .address(.malformed):
      "FCGI_SOCKET must be an absolute path, or host:port with a numeric host"
    case .address(.notLoopback):
      "FCGI_SOCKET must be on a loopback address: FastCGI has no way to know who connects"
    case .address(.pathTooLong(let limit)): "FCGI_SOCKET must be at most \(limit) bytes long"
    case .opening(.system(let error)) where error.code == EACCES || error.code == EPERM:
      "FCGI_SOCKET: this user may not make a socket there, or remove the old one (\(error))"
    case .opening(.system(let error)) where error.code == ENOENT:
      "FCGI_SOCKET: the folder is not there (\(error))"
    case .opening(.system(let error)): "FCGI_SOCKET: \(error)"
    case .opening(let failure): "FCGI_SOCKET \(failure)"
    case .passed(let failure): failure.description
    case .twoSockets:
      "FCGI_SOCKET is set, and systemd passed a socket too: leave FCGI_SOCKET out, or disable the socket unit"
    }
  }
}

extension ListeningSocket {
  /// Opens the socket that requests arrive at.
  static func openForRequests(_ address: ListenAddress) throws(LaunchFailure) -> ListeningSocket {
    do throws(Failure) {
      return try open(address)
    } catch {
      throw .opening(error)
    }
  }
}
