// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Real photographs of a Debian package.
public enum Photographs {
  private static let folder = "/usr/share/backgrounds/mate/nature"
  private static let names = ["Aqua.jpg", "Garden.jpg", "YellowFlower.jpg", "Storm.jpg"]

  /// Copies one of them to a path, and makes the folders on the way. The file name decides which.
  public static func copy(to path: String) throws {
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    let sum = (path as NSString).lastPathComponent.utf8.reduce(0) { ($0 + Int($1)) % names.count }
    try FileManager.default.copyItem(atPath: folder + "/" + names[sum], toPath: path)
  }
}
