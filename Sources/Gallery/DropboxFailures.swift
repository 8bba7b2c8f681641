// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox

/// Runs a call to Dropbox and says what its failure means for a visitor.
func dropboxResult<Value: Sendable>(
  _ call: () async throws(DropboxError) -> Value
) async throws(GalleryError) -> Value {
  do {
    return try await call()
  } catch {
    throw GalleryError(error)
  }
}

extension GalleryError {
  init(_ error: DropboxError) {
    switch error {
    case .expired: self = .sessionEnded(reason: "the access token ends at once")
    case .unlinked: self = .sessionEnded(reason: "the access token is not valid")
    case .invalidGrant: self = .sessionEnded(reason: "the approval was taken back")
    case .invalidClient: self = .fault(cause: "Dropbox refuses DBX_APP_KEY or DBX_APP_SECRET")
    case .missingScope(let scope): self = .forbidden(reason: "the token lacks the scope \(scope)")
    case .forbidden: self = .forbidden(reason: "Dropbox answered 403")
    case .notFound: self = .notFound
    case .endpoint(let error): self = Self.endpoint(error)
    case .refusedRequest(let text): self = .badGateway(.dropbox, cause: "400: \(text)")
    case .throttled(let wait):
      let seconds = wait.components.seconds + (wait.components.attoseconds > 0 ? 1 : 0)
      self = .unavailable(.dropbox, retryAfter: max(1, Int(clamping: seconds)), cause: "throttled")
    case .unavailable(let outage):
      self = .unavailable(.dropbox, retryAfter: 10, cause: "\(outage)")
    case .timedOut: self = .unavailable(.dropbox, retryAfter: 10, cause: "no answer in time")
    case .tooLarge(let limit):
      self = .badGateway(.dropbox, cause: "an answer of more than \(limit) bytes")
    case .noPicture: self = .unrenderable(.content)
    case .unauthorized(let what), .unexpectedAnswer(let what):
      self = .badGateway(.dropbox, cause: what)
    case .cancelled: self = .unavailable(.dropbox, retryAfter: 1, cause: "the browser went away")
    }
  }

  /// What lives on Dropbox's site only is not found, nor is an album under the id of a file; an error we do not
  /// know is a surprise.
  private static func endpoint(_ error: EndpointError) -> GalleryError {
    switch error {
    case .thumbnail(let error): .unrenderable(Obstacle(error))
    case .temporaryLink(.unsupportedFile), .download(.unsupportedFile): .notFound
    case .path(.notFolder), .path(.notFile), .path(.malformedPath): .notFound
    case .path, .listFolderContinue, .temporaryLink, .download, .unknown:
      .badGateway(.dropbox, cause: "\(error)")
    }
  }
}

extension GalleryError.Obstacle {
  init(_ error: ThumbnailError) {
    switch error {
    case .unsupportedExtension: self = .kind
    case .unsupportedImage: self = .file
    case .conversionError: self = .conversion
    case .encryptedContent: self = .encryption
    }
  }
}
