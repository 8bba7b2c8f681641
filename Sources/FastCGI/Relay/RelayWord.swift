// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CLinux
import Glibc

/// What the process that answers says to a relay, in a packet of one byte.
enum RelayWord: UInt8 {
  /// The process can answer. Without that a relay takes it for one that failed to start.
  case takenIn = 1
  /// The connection that was passed on is the process's own, of which it has read nothing yet.
  case taken
  /// There was no descriptor for the connection that was passed on.
  case refused

  /// A relay that has gone does not hear it, and needs not; one that has not is behind by two words at most.
  func say(over link: CInt) {
    var byte = rawValue
    _ = unsafe send(link, &byte, 1, CInt(MSG_DONTWAIT) | CInt(MSG_NOSIGNAL))
  }
}
