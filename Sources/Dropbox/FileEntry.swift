// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// A file as Dropbox describes it.
///
/// - Source: `files/list_folder`, struct `FileMetadata`.
public struct FileEntry: Sendable, Hashable {
  public let id: FileID
  public let name: String
  public let rev: Rev
  /// Bytes.
  public let size: Int64
  /// What the uploading program said, unverified: for display and order only.
  public let clientModified: UnixTime
  public let serverModified: UnixTime
  /// For comparing; nil for a file that is not mounted.
  public let pathLower: String?
  /// False for documents that live only on Dropbox's site.
  public let isDownloadable: Bool
  /// SHA-256 over the SHA-256 of blocks of 4 MiB, 64 hexadecimal digits.
  public let contentHash: String?

  public init(
    id: FileID, name: String, rev: Rev, size: Int64, clientModified: UnixTime,
    serverModified: UnixTime, pathLower: String?, isDownloadable: Bool, contentHash: String?
  ) {
    self.id = id
    self.name = name
    self.rev = rev
    self.size = size
    self.clientModified = clientModified
    self.serverModified = serverModified
    self.pathLower = pathLower
    self.isDownloadable = isDownloadable
    self.contentHash = contentHash
  }

  /// Whether its name is a picture's.
  public var isPicture: Bool { PictureKind(ofFileNamed: name) != nil }
}

extension FileEntry: Decodable {
  private enum Key: String, CodingKey {
    case id, name, rev, size
    case clientModified = "client_modified"
    case serverModified = "server_modified"
    case pathLower = "path_lower"
    case isDownloadable = "is_downloadable"
    case contentHash = "content_hash"
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    guard let id = FileID(try fields.decode(String.self, forKey: .id)),
      let rev = Rev(try fields.decode(String.self, forKey: .rev)),
      let client = UnixTime(parsing: try fields.decode(String.self, forKey: .clientModified)),
      let server = UnixTime(parsing: try fields.decode(String.self, forKey: .serverModified)),
      case let size = try fields.decode(Int64.self, forKey: .size), size >= 0,
      case let name = try fields.decode(String.self, forKey: .name), !name.isEmpty
    else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "no file"))
    }
    self.init(
      id: id, name: name, rev: rev, size: size, clientModified: client, serverModified: server,
      pathLower: try fields.decodeIfPresent(String.self, forKey: .pathLower),
      isDownloadable: try fields.decodeIfPresent(Bool.self, forKey: .isDownloadable) ?? true,
      contentHash: try fields.decodeIfPresent(String.self, forKey: .contentHash))
  }
}
