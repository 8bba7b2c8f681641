// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// One line of a folder's list.
///
/// - Source: `files/list_folder`, union `Metadata`.
public enum Entry: Sendable, Hashable {
  case file(FileEntry)
  case folder(FolderEntry)
  /// What was there under this name is gone. The path is for comparing, as in `FileEntry`.
  case deleted(name: String, pathLower: String?)
  /// A kind that is newer than this client, or one with fields missing or broken.
  case unknown
}

/// A folder in a list.
public struct FolderEntry: Sendable, Hashable {
  public let id: FileID
  public let name: String
  /// For comparing; nil for a folder that is not mounted.
  public let pathLower: String?

  public init(id: FileID, name: String, pathLower: String?) {
    self.id = id
    self.name = name
    self.pathLower = pathLower
  }
}

/// One answer of a listing.
///
/// Entries stand in no promised order; a page may be empty although more follow.
public struct ListFolderPage: Sendable, Hashable {
  public let entries: [Entry]
  /// Where `continueListing` goes on, now or, when `hasMore` is false, after a change.
  public let cursor: Cursor
  public let hasMore: Bool

  public init(entries: [Entry], cursor: Cursor, hasMore: Bool) {
    self.entries = entries
    self.cursor = cursor
    self.hasMore = hasMore
  }
}

extension ListFolderPage: Decodable {
  private enum Key: String, CodingKey {
    case entries, cursor
    case hasMore = "has_more"
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    guard let cursor = Cursor(try fields.decode(String.self, forKey: .cursor)) else {
      throw DecodingError.dataCorruptedError(
        forKey: .cursor, in: fields, debugDescription: "no cursor")
    }
    self.init(
      entries: try fields.decode([Entry].self, forKey: .entries), cursor: cursor,
      hasMore: try fields.decode(Bool.self, forKey: .hasMore))
  }
}

extension Entry: Decodable {
  private enum Key: String, CodingKey {
    case tag = ".tag"
    case name
    case pathLower = "path_lower"
  }

  /// Never throws: what cannot be read is `.unknown`, so that one odd entry does not cost the page.
  public init(from decoder: any Decoder) {
    do {
      let fields = try decoder.container(keyedBy: Key.self)
      switch try fields.decode(String.self, forKey: .tag) {
      case "file":
        self = .file(try FileEntry(from: decoder))
      case "folder":
        self = .folder(try FolderEntry(from: decoder))
      case "deleted":
        self = .deleted(
          name: try fields.decode(String.self, forKey: .name),
          pathLower: try fields.decodeIfPresent(String.self, forKey: .pathLower))
      default:
        self = .unknown
      }
    } catch {
      self = .unknown
    }
  }
}

extension FolderEntry: Decodable {
  private enum Key: String, CodingKey {
    case id, name
    case pathLower = "path_lower"
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    guard let id = FileID(try fields.decode(String.self, forKey: .id)) else {
      throw DecodingError.dataCorruptedError(
        forKey: .id, in: fields, debugDescription: "no folder id")
    }
    self.init(
      id: id, name: try fields.decode(String.self, forKey: .name),
      pathLower: try fields.decodeIfPresent(String.self, forKey: .pathLower))
  }
}
