// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Sockets

/// A listening socket that mod_fcgid made: `folder/ID.N`, with the id of the process that starts others, and a number for each
/// that it has started.
///
/// - Source: mod_fcgid 2.3.9, fcgid_proc_unix.c, `proc_spawn_process`.
public enum FcgidSocket {
  /// - Returns: the path without the number, which is the same until Apache reads its configuration anew; nil for a socket
  ///   that somebody else made.
  public static func generation(of descriptor: CInt) -> String? {
    SocketAddress(localOf: descriptor)?.path.flatMap(generation)
  }

  static func generation(_ path: String) -> String? {
    let parts = path.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count > 1, let number = parts.last, isNumber(number),
      let slash = path.lastIndex(of: "/")
    else { return nil }
    let generation = path.dropLast(number.utf8.count + 1)
    guard slash < generation.endIndex, isNumber(generation[path.index(after: slash)...]) else {
      return nil
    }
    return String(generation)
  }

  private static func isNumber(_ text: some StringProtocol) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { 0x30...0x39 ~= $0 }
  }
}
