// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// What `stat` says about one name in a folder.
struct DirectoryItem: Sendable {
  let name: String
  let isFolder: Bool
  let sizeBytes: Int
  let modifiedSeconds: Int
  let modifiedNanoseconds: Int
  let device: UInt64
  let inode: UInt64
}

/// Reads folders of this machine.
enum DirectoryScan {
  /// Files and folders in no order. Names that are not UTF-8 are left out, and what Dropbox never
  /// syncs; links to files count as files, links to folders are left out (they may form a ring).
  /// - Returns: nothing when the folder cannot be read.
  static func items(in path: String) -> [DirectoryItem]? {
    guard let directory = unsafe opendir(path) else { return nil }
    defer { unsafe closedir(directory) }
    let descriptor = unsafe dirfd(directory)
    var items: [DirectoryItem] = []
    while let entry = unsafe readdir(directory) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(validating: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard let name, isSynced(name), let item = item(name, in: descriptor) else { continue }
      items.append(item)
    }
    return items
  }

  /// One item by its path.
  static func item(at path: String) -> DirectoryItem? {
    item(path, in: AT_FDCWD)
  }

  private static func isSynced(_ name: String) -> Bool {
    ![".", "..", ".ds_store", "desktop.ini", "thumbs.db", ".dropbox", ".dropbox.attr"]
      .contains(name.lowercased())
  }

  private static func item(_ name: String, in descriptor: Int32) -> DirectoryItem? {
    var status = stat()
    guard unsafe fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
    if status.st_mode & S_IFMT == S_IFLNK {
      guard unsafe fstatat(descriptor, name, &status, 0) == 0, status.st_mode & S_IFMT == S_IFREG
      else { return nil }
    }
    let kind = status.st_mode & S_IFMT
    guard kind == S_IFREG || kind == S_IFDIR else { return nil }
    return DirectoryItem(
      name: name, isFolder: kind == S_IFDIR, sizeBytes: Int(status.st_size),
      modifiedSeconds: status.st_mtim.tv_sec, modifiedNanoseconds: status.st_mtim.tv_nsec,
      device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
  }
}
