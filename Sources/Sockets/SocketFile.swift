// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import EventLoop
import Glibc

/// The file of a Unix socket that this process bound.
struct SocketFile: Sendable {
  private let path: String
  private let device: dev_t
  private let inode: ino_t

  /// - Returns: `nil` if there is no file at the path.
  init?(path: String) {
    guard let found = Self.stat(path) else { return nil }
    self.path = path
    device = found.st_dev
    inode = found.st_ino
  }

  /// Removes the file, unless another process has put its own in its place.
  func remove() {
    guard let found = Self.stat(path), found.st_dev == device, found.st_ino == inode else { return }
    unsafe unlink(path)
  }

  /// Removes a socket file that no process listens at, because the process that made it was killed.
  static func removeStale(_ path: String, _ address: SocketAddress) throws(ListeningSocket.Failure)
  {
    guard let found = stat(path) else { return }
    guard found.st_mode & S_IFMT == S_IFSOCK else { throw .notASocket }
    do throws(SystemError) {
      close(try address.connectedSocket(.stream, isNonblocking: true))
    } catch {
      // A full listen queue gives EAGAIN, so a process listens.
      guard error.code != EAGAIN else { throw .inUse }
      guard error.code == ECONNREFUSED else { throw .system(error) }
      guard unsafe unlink(path) == 0 else { throw .system(SystemError(call: "unlink")) }
      return
    }
    throw .inUse
  }

  private static func stat(_ path: String) -> Glibc.stat? {
    var found = Glibc.stat()
    return unsafe lstat(path, &found) == 0 ? found : nil
  }
}
