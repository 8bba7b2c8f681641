// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

extension FuzzTarget {
  /// The files of the seed corpus, by their names.
  public func corpus() throws -> [(name: String, bytes: [UInt8])] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Corpus/\(name)")
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map { name in
      (name, try Self.bytes(ofFile: folder.appending(path: name).path))
    }
  }

  public static func bytes(ofFile path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: path)))
  }
}
