// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// A folder: the app folder itself, one by its id, or by its path.
public struct FolderPath: Sendable, Hashable {
  /// As the API takes it; `""` is the root.
  public let value: String

  /// The app folder of an app that may see no more than this.
  public static let root = FolderPath(checked: "")

  public init(_ id: FileID) {
    value = id.value
  }

  /// Takes `""` or `/a/b`: at most 4096 bytes, no slash at the end, no empty part, no NUL.
  ///
  /// - Returns: nil for anything else; `/` too, which Dropbox refuses as the root.
  public init?(_ text: String) {
    guard text.utf8.count <= 4096, !text.utf8.contains(0) else { return nil }
    if !text.isEmpty {
      let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      guard parts.count > 1, parts.first?.isEmpty == true,
        parts.dropFirst().allSatisfy({ !$0.isEmpty })
      else { return nil }
    }
    value = text
  }

  /// The folder's id, where it is known by that.
  public var id: FileID? { FileID(value) }

  /// The folders that lead to this one from below the root, itself included, outermost first: `/a`, `/a/b` for `/a/b`.
  /// None for the root and for a folder known by its id.
  public var lineage: [FolderPath] {
    guard value.hasPrefix("/") else { return [] }
    var paths: [FolderPath] = []
    for end in value.utf8.indices.dropFirst() where value.utf8[end] == UInt8(ascii: "/") {
      paths.append(FolderPath(checked: String(value[..<end])))
    }
    return paths + [self]
  }

  /// The folder that holds what lies at this path; nil for the root and for a folder known by its id.
  public var parent: FolderPath? {
    guard let slash = value.utf8.lastIndex(of: UInt8(ascii: "/")) else { return nil }
    return FolderPath(checked: String(value[..<slash]))
  }

  private init(checked text: String) {
    value = text
  }
}
