// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox

/// The API as the person of a session may use it.
typealias SessionClient = AccountClient<SessionTokens>

/// The access tokens of a session. A session whose approval was taken back is ended.
struct SessionTokens: TokenSource {
  let open: OpenSession
  let sessions: Sessions

  func current() async throws(GalleryError) -> AccessToken {
    guard let token = open.session.token else { throw .fault(cause: "a session without a token") }
    return token
  }

  func refreshed(insteadOf stale: AccessToken) async throws(GalleryError) -> AccessToken? {
    do throws(GalleryError) {
      return try await sessions.refreshed(open, insteadOf: stale)
    } catch {
      throw await endingSession(after: error)
    }
  }

  func failure(_ error: DropboxError) async -> GalleryError {
    await endingSession(after: GalleryError(error))
  }

  private func endingSession(after error: GalleryError) async -> GalleryError {
    guard case .sessionEnded = error else { return error }
    do throws(GalleryError) {
      try await sessions.end(open)
      return error
    } catch let failure {
      return failure
    }
  }
}
