// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// The API routes the stand-in plays, with host, style and scope as in dropbox/dropbox-api-spec.
enum APIRoute: String, CaseIterable, Sendable {
  case getCurrentAccount = "users/get_current_account"
  case listFolder = "files/list_folder"
  case listFolderContinue = "files/list_folder/continue"
  case getLatestCursor = "files/list_folder/get_latest_cursor"
  case getMetadata = "files/get_metadata"
  case getTemporaryLink = "files/get_temporary_link"
  case revokeToken = "auth/token/revoke"
  case getThumbnail = "files/get_thumbnail_v2"
  case getThumbnailBatch = "files/get_thumbnail_batch"
  case download = "files/download"

  enum Style {
    /// JSON in the body.
    case rpc
    /// JSON in `Dropbox-API-Arg`, bytes in the answer.
    case download
    /// No argument.
    case void
  }

  var host: Host {
    switch self {
    case .getThumbnail, .getThumbnailBatch, .download: .content
    default: .api
    }
  }

  var style: Style {
    switch self {
    case .getThumbnail, .download: .download
    case .getCurrentAccount, .revokeToken: .void
    default: .rpc
    }
  }

  var scope: String? {
    switch self {
    case .getCurrentAccount: "account_info.read"
    case .listFolder, .listFolderContinue, .getLatestCursor, .getMetadata: "files.metadata.read"
    case .getTemporaryLink, .getThumbnail, .getThumbnailBatch, .download: "files.content.read"
    case .revokeToken: nil
    }
  }
}
