// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Crypto
import Foundation
import Synchronization

/// The `content_hash` of Dropbox: SHA-256 over the SHA-256 digests of blocks of 4 MiB.
///
/// Source: dropbox/dropbox-api-content-hasher.
enum ContentHash {
  static let blockBytes = 4 * 1024 * 1024

  static func text(of data: Data) -> String {
    var total = SHA256()
    var rest = data[...]
    while !rest.isEmpty {
      total.update(data: Data(SHA256.hash(data: rest.prefix(blockBytes))))
      rest = rest.dropFirst(blockBytes)
    }
    return hex(total.finalize())
  }

  /// - Returns: nothing when the file cannot be read.
  static func text(ofFile path: String) -> String? {
    guard let file = FileHandle(forReadingAtPath: path) else { return nil }
    defer { file.closeFile() }
    var total = SHA256()
    do {
      while let block = try file.read(upToCount: blockBytes), !block.isEmpty {
        total.update(data: Data(SHA256.hash(data: block)))
      }
    } catch {
      return nil
    }
    return hex(total.finalize())
  }

  private static func hex(_ digest: SHA256.Digest) -> String {
    digest.map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined()
  }
}
