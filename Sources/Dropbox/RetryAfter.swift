// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import FoundationEssentials
internal import HTTPClient
internal import HTTPTypes

/// How long a 429 asks to wait.
///
/// Dropbox says it in a header, in JSON, in both or in neither; the header was seen as `60.0`.
struct RetryAfter {
  let duration: Duration

  /// Longer than the official client waits when it is told nothing, and shorter than any limit.
  private static let untold = 5.0
  private static let longest = 86_400.0

  /// The longer one of what header and body say; 5 s when neither says anything, at most a day.
  init(_ answer: Answer) {
    let told = [
      answer.fields[.retryAfter].flatMap(Self.seconds),
      (try? answer.decoded() as Body)?.error.retryAfter,
    ]
    let seconds = told.compactMap { $0 }.filter { $0 >= 0 }.max() ?? Self.untold
    // A `Duration` made of 1e300 seconds or of infinity traps, so the limit comes first.
    duration = .seconds(min(seconds, Self.longest))
  }

  private static func seconds(_ text: String) -> Double? {
    Double(text)
  }

  private struct Body: Decodable {
    let error: Fields

    struct Fields: Decodable {
      let retryAfter: Double?

      enum CodingKeys: String, CodingKey {
        case retryAfter = "retry_after"
      }
    }
  }
}
