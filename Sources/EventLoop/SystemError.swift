// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

public import Glibc

/// A system call that failed.
///
/// - Source: errno(3).
public struct SystemError: Error, Equatable, CustomStringConvertible {
  /// The call's name, as in `epoll_ctl`.
  public let call: String
  /// The error number it left behind.
  public let code: CInt

  public init(call: String, code: CInt = errno) {
    self.call = call
    self.code = code
  }

  /// Whether the system lacked descriptors, memory or processes, of which it may have enough a moment later.
  public var isShortage: Bool {
    [EMFILE, ENFILE, ENOMEM, ENOBUFS, EAGAIN].contains(code)
  }

  public var description: String {
    unsafe "\(call): \(String(cString: strerror(code)))"
  }
}
