// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import TextFormats

/// A file or folder of the Dropbox.
struct Entry: Sendable, Equatable {
  enum Content: Sendable, Equatable {
    case folder
    /// A file on this machine.
    case file(path: String)
    /// The generated picture.
    case generated
    /// A file on this machine that several entries share.
    case sample(path: String)

    var isShared: Bool {
      if case .sample = self { return true }
      return self == .generated
    }
  }

  let id: String
  /// From the root, with `/` in front.
  let path: String
  let pathLower: String
  let name: String
  let content: Content
  let revision: String
  let sizeBytes: Int
  /// Seconds since 1970.
  let modified: Int

  var isFolder: Bool { content == .folder }

  /// The part of the name after the last dot, in lower case; empty without one.
  var fileExtension: String {
    guard let dot = name.lastIndex(of: ".") else { return "" }
    return name[name.index(after: dot)...].lowercased()
  }

  /// The Metadata as listings and `get_metadata` print it.
  /// - Parameters:
  ///   - hash: the `content_hash`; nothing for a folder.
  ///   - isTagged: whether `.tag` goes first; results that are always files have none.
  func metadata(hash: String?, isTagged: Bool, mediaInfo: JSON? = nil) -> JSON {
    var members: [JSON.Member] = []
    func add(_ name: String, _ value: JSON) {
      members.append(JSON.Member(name: name, value: value))
    }
    if isTagged { add(".tag", isFolder ? "folder" : "file") }
    add("name", .string(name))
    add("path_lower", .string(pathLower))
    add("path_display", .string(path))
    add("id", .string(id))
    if isFolder { return .object(members) }
    // The years that have four digits.
    let seconds = Int64(min(max(modified, 0), 253_402_300_799))
    let time = JSON.string(ISO8601.text(seconds: seconds))
    add("client_modified", time)
    add("server_modified", time)
    add("rev", .string(revision))
    add("size", .integer(Int64(sizeBytes)))
    if let mediaInfo { add("media_info", mediaInfo) }
    add("is_downloadable", true)
    if let hash { add("content_hash", .string(hash)) }
    return .object(members)
  }
}
