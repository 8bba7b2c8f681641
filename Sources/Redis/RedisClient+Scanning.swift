// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// Looking through all keys without holding Redis up, as an operator does now and then.
extension RedisClient {
  /// A step of a walk over all keys.
  public struct ScanPage: Sendable, Equatable {
    /// Some keys that match; maybe none, and maybe one that came before.
    public let keys: [String]
    /// Where to go on; nil after the last step.
    public let next: String?
  }

  /// One step of a walk over all keys. Who takes every step sees every key that is there all the time.
  ///
  /// - Parameters:
  ///   - cursor: `next` of the step before; nil for the first.
  ///   - pattern: with `*`, `?` and `[…]`.
  ///   - count: how many keys are looked at, about.
  /// - Source: SCAN with MATCH and COUNT.
  public func scan(
    from cursor: String? = nil, matching pattern: String, count: Int
  ) async throws(RedisError) -> ScanPage {
    let words = ["SCAN", cursor ?? "0", "MATCH", pattern, "COUNT", String(count)]
    guard
      case .array(let parts) = try await send(Command(words, answer: .scanPage)),
      parts.count == 2, case .bulk(let next) = parts[0], case .array(let keys) = parts[1]
    else { throw .unexpectedReply("not one that SCAN can have") }
    let cursor = String(decoding: next, as: UTF8.self)
    return ScanPage(
      keys: keys.compactMap { key in
        guard case .bulk(let bytes) = key else { return nil }
        return String(validating: bytes, as: UTF8.self)
      },
      next: cursor == "0" ? nil : cursor)
  }

  /// The first bytes of a value; fewer when it is shorter, none where the key is absent.
  ///
  /// - Source: GETRANGE.
  public func beginning(of key: String, bytes count: Int) async throws(RedisError) -> [UInt8] {
    let command = Command(["GETRANGE", key, "0", String(count - 1)], answer: .value)
    guard case .bulk(let bytes) = try await send(command) else { return [] }
    return bytes
  }
}
