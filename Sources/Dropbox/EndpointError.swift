// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// The error that an endpoint itself gives with status 409, beside `path/not_found`, which is
/// `DropboxError.notFound`.
///
/// It describes itself as its tags, joined by `/`.
public enum EndpointError: Sendable, Equatable {
  case path(LookupError)
  case listFolderContinue(ListFolderContinueError)
  case temporaryLink(TemporaryLinkError)
  case thumbnail(ThumbnailError)
  case download(DownloadError)
  /// Tags of no error that this client knows, for the log only.
  case unknown(String)
}

/// Why there is nothing to read at a path.
///
/// - Source: `files.stone`, union `LookupError`.
public enum LookupError: String, Sendable, Equatable, CaseIterable {
  case malformedPath = "malformed_path"
  case notFile = "not_file"
  case notFolder = "not_folder"
  case restrictedContent = "restricted_content"
  case unsupportedContentType = "unsupported_content_type"
  case locked
}

extension EndpointError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .path(let error): "path/" + error.rawValue
    case .listFolderContinue(let error): error.rawValue
    case .temporaryLink(let error): error.rawValue
    case .thumbnail(let error): error.rawValue
    case .download(let error): error.rawValue
    case .unknown(let tags): tags
    }
  }
}

extension DropboxError {
  /// The error that an endpoint means by the tags of its error union.
  ///
  /// - Parameter own: the errors of that endpoint; `path` is common to all.
  /// - Returns: nil when there is no tag.
  init?(_ union: UnionTags, _ own: ([String]) -> EndpointError?) {
    let tags = union.tags
    guard let first = tags.first else { return nil }
    if first == "path", tags.count == 2, tags[1] == "not_found" {
      self = .notFound
    } else if first == "path", tags.count == 2, let error = LookupError(rawValue: tags[1]) {
      self = .endpoint(.path(error))
    } else {
      self = .endpoint(own(tags) ?? .unknown(tags.joined(separator: "/")))
    }
  }
}
