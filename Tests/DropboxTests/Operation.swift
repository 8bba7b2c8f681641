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

  /// - Parameter account: one of its own if nil, so that a throttle of one operation does not keep back
  ///   the others.
  func call(
    _ connection: Connection, for account: AccountID? = nil
  ) async throws(DropboxError) {
    let client = connection.client(connection.token, account: account ?? ownAccount)
    switch self {
    case .account: _ = try await client.currentAccount()
    case .listFolder: _ = try await client.listFolder(.root)
    case .continueListing:
      _ = try await client.continueListing(Self.cursor)
    case .metadata: _ = try await client.metadata(of: .id(Self.file))
    case .temporaryLink: _ = try await client.temporaryLink(to: Self.file)
    case .thumbnail:
      _ = try await client.thumbnail(of: .id(Self.file), size: .w256h256)
    case .download: _ = try await client.download(Self.file, range: nil)
    case .thumbnails:
      let outcomes = try await client.thumbnails(
        of: [.id(Self.file)], size: .w256h256)
      for outcome in outcomes { _ = try outcome.get() }
    }
  }

  private var ownAccount: AccountID { AccountID("dbid:" + rawValue.replacing("/", with: "-"))! }

  // Of nobody: a fault comes before anybody looks.
  private static let cursor = Cursor("AAE")!
  private static let file = FileID("id:AAAAAAAAAAAAAAAAAAAAAA")!
}
