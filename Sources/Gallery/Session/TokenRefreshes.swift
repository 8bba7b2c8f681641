// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Dropbox

/// Runs one refresh at a time for each session; who comes meanwhile waits for its outcome.
///
/// The refresh belongs to nobody in particular: a browser that goes away does not end it for the others.
actor TokenRefreshes {
  private var running: [String: Task<Result<AccessToken, GalleryError>, Never>] = [:]

  func share(
    _ name: String, _ refresh: @escaping @Sendable () async throws(GalleryError) -> AccessToken
  ) async throws(GalleryError) -> AccessToken {
    if let task = running[name] {
      return try await RequestTrace.waiting(for: .dropbox) { await task.value }.get()
    }
    let task = Task { () -> Result<AccessToken, GalleryError> in
      do throws(GalleryError) {
        return .success(try await refresh())
      } catch {
        return .failure(error)
      }
    }
    running[name] = task
    let outcome = await task.value
    running[name] = nil
    return try outcome.get()
  }
}
