// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// A folder to list: the app folder itself, a folder by its id, or by its path.
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

  private init(checked text: String) {
    value = text
  }
}
