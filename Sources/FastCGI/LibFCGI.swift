// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import CFastCGI
import EventLoop
import Glibc

/// The library as a whole: one start for the process.
enum LibFCGI {
  /// Prepares libfcgi, and leaves signals as they were.
  ///
  /// FCGX_Init takes over SIGTERM and SIGUSR1 where nobody handles them, and a handler of its own makes any
  /// signal cut off a response: everywhere but in accept it takes EINTR for an error. SIGPIPE is ignored: a web
  /// server that went away is an error of a write.
  static func start() throws(SystemError) {
    guard code == 0 else { throw SystemError(call: "FCGX_Init", code: code) }
    guard unsafe MemoryLayout<FCGX_Request>.size == 80 else {
      throw SystemError(call: "FCGX_Request", code: EINVAL)
    }
  }

  private static let code = fcgi_init()
}
