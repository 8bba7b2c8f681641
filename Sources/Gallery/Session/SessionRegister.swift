// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

public import Redis

/// The sessions in Redis as those see them who run the service: how many, and of which account by the tag that stands
/// in the log. What is in them stays closed.
///
/// It goes through all keys in small steps, so that the service can use Redis in between.
public struct SessionRegister: Sendable {
  /// The name of an account in the log and before its records: 12 hexadecimal digits.
  public struct AccountTag: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let description: String

    /// - Returns: nil unless the text is a tag.
    public init?(_ text: String) {
      self.init(bytes: Array(text.utf8))
    }

    init?(bytes: [UInt8]) {
      guard bytes.count == AccountTags.length, bytes.allSatisfy(SessionRegister.isDigit) else {
        return nil
      }
      description = String(decoding: bytes, as: UTF8.self)
    }

    public static func < (one: Self, other: Self) -> Bool { one.description < other.description }
  }

  /// What was there at a time.
  public struct Census: Sendable, Equatable {
    public internal(set) var sessions: [AccountTag: Int] = [:]
    /// Sessions without a tag that can be read: not ours, or of an older version.
    public internal(set) var unreadable = 0
    /// People who are at Dropbox to sign in.
    public internal(set) var pending = 0

    public var total: Int { sessions.values.reduce(unreadable, +) }
  }

  static let prefix = "session"
  static let pendingPrefix = "login"
  /// How many keys Redis looks at in a step: less than a millisecond.
  private static let step = 500

  private let redis: RedisClient

  public init(redis: RedisClient) {
    self.redis = redis
  }

  public func census() async throws(RedisError) -> Census {
    var census = Census()
    var seen: Set<String> = []
    try await walk(Self.prefix) { (keys) throws(RedisError) in
      for (_, tag) in try await tags(of: keys.filter { seen.insert($0).inserted }) {
        if let tag { census.sessions[tag, default: 0] += 1 } else { census.unreadable += 1 }
      }
    }
    seen = []
    try await walk(Self.pendingPrefix) { (keys) in
      census.pending += keys.count { seen.insert($0).inserted }
    }
    return census
  }

  /// Ends the sessions of an account: its browsers are signed out from their next request on. The approval at
  /// Dropbox stays, as nobody but the browser can open the record that holds the token.
  ///
  /// - Returns: how many there were.
  public func end(_ account: AccountTag) async throws(RedisError) -> Int {
    var ended = 0
    try await walk(Self.prefix) { (keys) throws(RedisError) in
      for (key, tag) in try await tags(of: keys) where tag == account {
        if try await redis.delete(key) { ended += 1 }
      }
    }
    return ended
  }

  /// Ends all sessions, and the sign-ins under way.
  ///
  /// - Returns: how many sessions there were.
  public func endAll() async throws(RedisError) -> Int {
    var ended = 0
    for prefix in [Self.pendingPrefix, Self.prefix] {
      try await walk(prefix) { (keys) throws(RedisError) in
        for key in keys where try await redis.delete(key) && prefix == Self.prefix { ended += 1 }
      }
    }
    return ended
  }

  /// Gives all keys of ours to `visit`, some of them maybe twice.
  private func walk(
    _ prefix: String, _ visit: ([String]) async throws(RedisError) -> Void
  ) async throws(RedisError) {
    var cursor: String?
    repeat {
      let page = try await redis.scan(
        from: cursor, matching: prefix + ":*", count: Self.step)
      try await visit(page.keys.filter { Self.isKey($0, of: prefix) })
      cursor = page.next
    } while cursor != nil
  }

  /// The tags before the records, in the order of the keys. A record that has gone meanwhile is left out.
  private func tags(
    of keys: [String]
  ) async throws(RedisError) -> [(key: String, tag: AccountTag?)] {
    var tags: [(key: String, tag: AccountTag?)] = []
    // One after the other: a task group of them ends a release build in "pure virtual method called" (Swift 6.3.1).
    for key in keys {
      let bytes = try await redis.beginning(of: key, bytes: AccountTags.length)
      if !bytes.isEmpty { tags.append((key, AccountTag(bytes: bytes))) }
    }
    return tags
  }

  /// Whether it is a key that a ticket can have: what else begins so is not ours to count, or to end.
  private static func isKey(_ key: String, of prefix: String) -> Bool {
    let digits = key.utf8.dropFirst(prefix.utf8.count + 1)
    return digits.count == 64 && digits.allSatisfy(isDigit)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): true
    default: false
    }
  }
}
