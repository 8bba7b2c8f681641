// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

@testable import Dropbox

/// The calls that only read: each may be sent again.
enum Operation: String, CaseIterable {
  case account = "users/get_current_account"
  case listFolder = "files/list_folder"
  case continueListing = "files/list_folder/continue"
  case metadata = "files/get_metadata"
  case temporaryLink = "files/get_temporary_link"
  case thumbnail = "files/get_thumbnail_v2"
  case thumbnails = "files/get_thumbnail_batch"
  case download = "files/download"

  /// As the stand-in counts it.
  var route: String { rawValue }

  func call(_ connection: Connection) async throws(DropboxError) {
    let (dropbox, token) = (connection.dropbox, connection.token)
    switch self {
    case .account: _ = try await dropbox.account(with: token)
    case .listFolder: _ = try await dropbox.listFolder(.root, with: token)
    case .continueListing:
      _ = try await dropbox.continueListing(Self.cursor, with: token)
    case .metadata: _ = try await dropbox.metadata(of: .id(Self.file), with: token)
    case .temporaryLink: _ = try await dropbox.temporaryLink(to: Self.file, with: token)
    case .thumbnail:
      _ = try await dropbox.thumbnail(of: .id(Self.file), size: .w256h256, with: token)
    case .download: _ = try await dropbox.download(Self.file, range: nil, with: token)
    case .thumbnails:
      let outcomes = try await dropbox.thumbnails(
        of: [.id(Self.file)], size: .w256h256, with: token)
      for outcome in outcomes { _ = try outcome.get() }
    }
  }

  // Of nobody: a fault comes before anybody looks.
  private static let cursor = Cursor("AAE")!
  private static let file = FileID("id:AAAAAAAAAAAAAAAAAAAAAA")!
}
