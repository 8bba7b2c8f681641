// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// `files/get_metadata`.
enum GetMetadata {
  struct Arguments: Encodable {
    let path: String
  }

  static let endpoint = Endpoint<Arguments, Entry>(route: "files/get_metadata")

  struct DetailsArguments: Encodable {
    let path: String
    let includesMediaInfo = true

    private enum CodingKeys: String, CodingKey {
      case path
      case includesMediaInfo = "include_media_info"
    }
  }

  static let details = Endpoint<DetailsArguments, PictureDetails>(route: "files/get_metadata")
}

extension AccountClient {
  /// What Dropbox knows of one file or folder. The root has none.
  ///
  /// - Source: `files/get_metadata`; scope `files.metadata.read`.
  public func metadata(of file: FileReference) async throws(Tokens.Failure) -> Entry {
    try await send(GetMetadata.endpoint, GetMetadata.Arguments(path: file.path))
  }

  /// What Dropbox knows of one picture: its line of a list, and what it found inside.
  ///
  /// - Source: `files/get_metadata` with `include_media_info`; the listings have not had it since December 2019.
  public func details(of file: FileReference) async throws(Tokens.Failure) -> PictureDetails {
    try await send(GetMetadata.details, GetMetadata.DetailsArguments(path: file.path))
  }
}
