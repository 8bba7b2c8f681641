// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import HTTPClient
internal import HTTPTypes

extension Dropbox {
  /// The person whose token this is.
  ///
  /// - Source: `users/get_current_account`; scope `account_info.read`.
  public func account(with token: AccessToken) async throws(DropboxError) -> Account {
    try await value(
      of: .rpc("\(origins.api)/2/users/get_current_account", argument: "null", token: token))
  }

  /// The first page of a folder's list, up to about 2000 entries, folders below it not entered.
  ///
  /// Dropbox may refuse parallel listings of one person: keep one in flight.
  ///
  /// - Throws: `.notFound`; `.endpoint("path/not_folder")` and others of `LookupError`.
  /// - Source: `files/list_folder`; scope `files.metadata.read`.
  public func listFolder(
    _ path: FolderPath, with token: AccessToken
  ) async throws(DropboxError) -> ListFolderPage {
    try await value(
      of: .rpc(
        "\(origins.api)/2/files/list_folder",
        argument: #"{"path":\#(path.value.asASCIIJSON),"limit":2000}"#, token: token))
  }

  /// The next page.
  ///
  /// - Throws: `.endpoint("reset")` for a cursor that is too old: list from the start.
  /// - Source: `files/list_folder/continue`.
  public func continueListing(
    _ cursor: Cursor, with token: AccessToken
  ) async throws(DropboxError) -> ListFolderPage {
    try await value(
      of: .rpc(
        "\(origins.api)/2/files/list_folder/continue",
        argument: #"{"cursor":\#(cursor.value.asASCIIJSON)}"#, token: token))
  }

  /// What Dropbox knows of one file or folder. The root has none.
  ///
  /// - Source: `files/get_metadata`; scope `files.metadata.read`.
  public func metadata(
    of file: FileReference, with token: AccessToken
  ) async throws(DropboxError) -> Entry {
    try await value(
      of: .rpc(
        "\(origins.api)/2/files/get_metadata",
        argument: #"{"path":\#(file.path.asASCIIJSON)}"#, token: token))
  }

  /// What Dropbox knows of one picture: its line of a list, and what it found inside.
  ///
  /// - Source: `files/get_metadata` with `include_media_info`; the listings have not had it since December 2019.
  public func details(
    of file: FileReference, with token: AccessToken
  ) async throws(DropboxError) -> PictureDetails {
    try await value(
      of: .rpc(
        "\(origins.api)/2/files/get_metadata",
        argument: #"{"path":\#(file.path.asASCIIJSON),"include_media_info":true}"#, token: token))
  }

  /// A link to the file's bytes that works for four hours without a token, for whoever has it.
  ///
  /// - Returns: an absolute https URL, or http on a loopback host: printable ASCII, fit for `Location`.
  /// - Throws: `.notFound`; `.endpoint("unsupported_file")`, `.endpoint("email_not_verified")` and others.
  /// - Source: `files/get_temporary_link`; scope `files.content.read`.
  public func temporaryLink(
    to file: FileID, with token: AccessToken
  ) async throws(DropboxError) -> String {
    let answer: TemporaryLink = try await value(
      of: .rpc(
        "\(origins.api)/2/files/get_temporary_link",
        argument: #"{"path":\#(file.value.asASCIIJSON)}"#, token: token))
    return answer.link
  }
}
