// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

extension RedisClient {
  /// How one command went, for who counts. It holds no key and no value.
  public struct Observation: Sendable {
    /// As in `SET`.
    public let command: String
    public let began: ContinuousClock.Instant
    /// Nil when Redis answered.
    public let error: RedisError?

    init(
      command: String, began: ContinuousClock.Instant, _ result: Result<Reply, RedisError>
    ) {
      self.command = command
      self.began = began
      error = if case .failure(let error) = result { error } else { nil }
    }
  }
}
