// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

extension Dropbox {
  /// How one call went, with all its attempts, for who counts. It holds nothing of what was asked or answered.
  ///
  /// A call whose answer is given on while it comes ends here with its beginning.
  public struct Observation: Sendable {
    /// As in `files/list_folder`.
    public let route: String
    public let began: ContinuousClock.Instant
    /// Attempts after the first.
    public internal(set) var repetitions = 0
    /// How often the answer was 429.
    public private(set) var throttled = 0
    /// Nil when the last attempt succeeded.
    public internal(set) var error: DropboxError?

    init(route: String, began: ContinuousClock.Instant) {
      self.route = route
      self.began = began
    }

    /// Takes down how an attempt failed.
    mutating func end(_ error: DropboxError) -> DropboxError {
      if case .throttled = error { throttled += 1 }
      self.error = error
      return error
    }
  }
}
