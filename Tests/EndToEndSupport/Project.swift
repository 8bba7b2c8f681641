// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport

/// Where things are: the sources these tests were built from, and the programs built beside them.
enum Project {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  /// What operators read about the log and the metrics.
  static let seeingPage = root + "/Sources/Gallery/Gallery.docc/Operating/Seeing.md"

  static let program = builtFolder + "/dropbox-gallery"

  /// Lets any user of this machine into a folder, or connect to a socket.
  static func openToAll(_ path: String) throws {
    try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: path)
  }

  static let builtFolder = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().path
}
