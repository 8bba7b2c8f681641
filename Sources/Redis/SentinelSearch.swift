// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// The question where the master is, put to one sentinel after the other.
struct SentinelSearch {
  /// Who has not been asked yet.
  var remaining: ArraySlice<RedisAddress.Place>
  /// Who is being asked.
  var asked: RedisAddress.Place?
  var connection: RedisConnection?
  /// What the others have said, in short.
  private(set) var failures: [String] = []

  init(_ sentinels: [RedisAddress.Place]) {
    remaining = sentinels[...]
  }

  mutating func note(_ error: RedisError) {
    guard let asked else { return }
    let words =
      switch error {
      case .unavailable(let text), .unexpectedReply(let text): text
      case .refused(let code, let message): "\(code) \(message)"
      case .timedOut: "no answer in time"
      default: "\(error)"
      }
    failures.append("\(asked): \(words)")
  }

  /// - Returns: the place that a sentinel names, or nil when it knows no master of that name.
  /// - Throws: `unexpectedReply` for what is no place, `refused` for an error.
  /// - Source: `SENTINEL GET-MASTER-ADDR-BY-NAME`, "Guidelines for Redis clients with support for Redis Sentinel".
  static func place(in reply: Reply) throws(RedisError) -> RedisAddress.Place? {
    switch reply {
    case .null: return nil
    case .error(let code, let message): throw .refused(code, message: message)
    case .array(let parts):
      guard parts.count == 2, case .bulk(let host) = parts[0], case .bulk(let port) = parts[1],
        let host = String(validating: host, as: UTF8.self), RedisAddress.isHost(host),
        let port = String(validating: port, as: UTF8.self), let port = RedisAddress.port(port[...])
      else { break }
      return RedisAddress.Place(host: host, port: port)
    default: break
    }
    throw .unexpectedReply("to the question where the master is")
  }
}
