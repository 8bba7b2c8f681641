// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import HTTPClient

/// Whether a failed attempt is made again, and when. Knows no clock.
///
/// 429 waits as told when that is 3 s or less. Outages get two more attempts, 0.1…0.3 s and 0.3…0.9 s later,
/// unless the request may have been carried out and must not be twice. Everything else is final.
struct RetryPolicy {
  /// What may happen to a request that the server may already have carried out.
  enum Repetition {
    /// Reading, or the same again: safe at any time.
    case always
    /// An authorization code works once: only when no byte left, or after 429, which did nothing.
    case ifUnsent
    case never
  }

  static let longestWait = Duration.seconds(3)
  static let attempts = 3

  let repetition: Repetition

  /// The wait before the next attempt.
  ///
  /// - Parameters:
  ///   - error: how attempt number `attempt`, counted from 1, ended.
  ///   - remaining: what is left of the total limit.
  /// - Returns: nil when the error is the answer.
  func wait(
    after error: DropboxError, attempt: Int, remaining: Duration,
    using random: inout some RandomNumberGenerator
  ) -> Duration? {
    guard attempt < Self.attempts else { return nil }
    let wait: Duration
    switch (error, repetition) {
    case (_, .never):
      return nil
    case (.throttled(let told), _):
      guard told <= Self.longestWait else { return nil }
      wait = told
    case (.unavailable(.unreachable), _), (.unavailable, .always):
      let range = attempt == 1 ? 100...300 : 300...900
      wait = .milliseconds(Int.random(in: range, using: &random))
    default:
      return nil
    }
    return wait < remaining ? wait : nil
  }
}
