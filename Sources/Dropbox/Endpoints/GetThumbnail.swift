// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import HTTPClient
internal import HTTPTypes

/// `files/get_thumbnail_v2`.
enum GetThumbnail {
  struct Arguments: Encodable {
    let resource: Resource
    let format: String
    let size: String
    // "quality" is in the published specification, and sending it is refused.
    let mode: String

    init(
      of file: FileReference, format: ImageFormat, size: ThumbnailSize, mode: ThumbnailMode
    ) {
      resource = Resource(path: file.path)
      self.format = format.rawValue
      self.size = size.rawValue
      self.mode = mode.rawValue
    }
  }

  /// The member `path` of the union `PathOrLink`.
  struct Resource: Encodable {
    let tag = "path"
    let path: String

    private enum CodingKeys: String, CodingKey {
      case tag = ".tag"
      case path
    }
  }

  static let endpoint = Endpoint<Arguments, OpenAnswer>(
    route: "files/get_thumbnail_v2", style: .content, error: ThumbnailError.error)
}

/// Why there is no rendition.
///
/// - Source: `files.stone`, union `ThumbnailError`.
public enum ThumbnailError: String, Sendable, Equatable, CaseIterable {
  /// A kind of file that Dropbox does not draw, such as HEIC.
  case unsupportedExtension = "unsupported_extension"
  /// Of a kind that Dropbox draws, but not this one, as when it is larger than 20 MB.
  case unsupportedImage = "unsupported_image"
  /// Dropbox cannot read the file.
  case encryptedContent = "encrypted_content"
  /// Dropbox tried and failed.
  case conversionError = "conversion_error"

  static let error: @Sendable ([String]) -> EndpointError? = { tags in
    ThumbnailError(rawValue: tags.joined(separator: "/")).map(EndpointError.thumbnail)
  }
}

extension AccountClient {
  /// A smaller rendition of a picture of at most 20 MB.
  ///
  /// - Throws: `.notFound`; `.noPicture` when something else comes; `.endpoint(.thumbnail(…))` for what
  ///   Dropbox cannot draw; `.unexpectedAnswer` when it is one of another file.
  /// - Source: `files/get_thumbnail_v2`; scope `files.content.read`.
  public func thumbnail(
    of file: FileReference, size: ThumbnailSize, format: ImageFormat = .jpeg,
    mode: ThumbnailMode = .bestfit
  ) async throws(Tokens.Failure) -> PictureStream {
    let arguments = GetThumbnail.Arguments(of: file, format: format, size: size, mode: mode)
    return try await withToken { token throws(DropboxError) in
      let open = try await dropbox.open(
        .picture(try call(GetThumbnail.endpoint, arguments, token)))
      guard let format = ImageFormat(startOf: open.start) else {
        throw .noPicture("no picture in \(open.summary)")
      }
      let rev = open.answer.fields[.dropboxResult].flatMap(Thumbnail.rev)
      guard file.mayBe(rev: rev, id: nil) else { throw .otherFile }
      return PictureStream(mediaType: format.mediaType, rev: rev, body: open.stream())
    }
  }
}
