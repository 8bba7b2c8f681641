// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// `files/list_folder` and `files/list_folder/continue`: a folder's list, page by page.
enum ListFolder {
  struct Arguments: Encodable {
    let path: String
    /// Entries of a page, 1…2000; Dropbox may send a few more or less.
    let limit: Int
  }

  static let endpoint = Endpoint<Arguments, ListFolderPage>(route: "files/list_folder")

  struct ContinueArguments: Encodable {
    let cursor: String
  }

  static let continuation = Endpoint<ContinueArguments, ListFolderPage>(
    route: "files/list_folder/continue",
    error: { tags in
      tags.first.flatMap(ListFolderContinueError.init).map(EndpointError.listFolderContinue)
    })
}

/// - Source: `files.stone`, union `ListFolderContinueError`.
public enum ListFolderContinueError: String, Sendable, Equatable {
  /// The cursor is too old: list from the start.
  case reset
}

/// How a listing goes on.
public enum ListingStep: Sendable, Hashable {
  case page(ListFolderPage)
  /// The cursor is of no use any more: the listing has to start over.
  case reset
}

extension AccountClient {
  /// The first page of a folder's list, up to about 2000 entries, folders below it not entered.
  ///
  /// Dropbox may refuse parallel listings of one person: keep one in flight.
  ///
  /// - Throws: `.notFound`; `.endpoint(.path(.notFolder))` and others of `LookupError`.
  /// - Source: `files/list_folder`; scope `files.metadata.read`.
  public func listFolder(_ path: FolderPath) async throws(Tokens.Failure) -> ListFolderPage {
    try await send(ListFolder.endpoint, ListFolder.Arguments(path: path.value, limit: 2000))
  }

  /// The next page.
  ///
  /// - Source: `files/list_folder/continue`.
  public func continueListing(_ cursor: Cursor) async throws(Tokens.Failure) -> ListingStep {
    try await withToken { token throws(DropboxError) in
      let arguments = ListFolder.ContinueArguments(cursor: cursor.value)
      do throws(DropboxError) {
        return .page(
          try await dropbox.value(of: try call(ListFolder.continuation, arguments, token)))
      } catch .endpoint(.listFolderContinue(.reset)) {
        return .reset
      }
    }
  }
}
