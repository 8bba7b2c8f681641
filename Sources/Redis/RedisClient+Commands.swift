// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// The commands. A key is any text; a value any bytes. Each throws what `RedisError` says.
///
/// Durations are rounded up to the unit that Redis takes, milliseconds or seconds, and kept between one of
/// these and 100 years: Redis would delete a key, or refuse, at zero.
extension RedisClient {
  /// The value of a key, nil where the key is absent.
  ///
  /// - Source: GET.
  public func get(_ key: String) async throws(RedisError) -> [UInt8]? {
    try await value(Command(["GET", key], answer: .value))
  }

  /// The value of a key, which lives for `duration` from now on; nil where the key is absent.
  ///
  /// - Source: GETEX with PX (Redis 6.2).
  public func get(_ key: String, extendingTo duration: Duration) async throws(RedisError)
    -> [UInt8]?
  {
    let words = ["GETEX", key, "PX", String(duration.expiryMilliseconds)]
    return try await value(Command(words, answer: .value))
  }

  /// Takes a value: of any number of callers, one gets it.
  ///
  /// - Source: GETDEL (Redis 6.2).
  public func getAndDelete(_ key: String) async throws(RedisError) -> [UInt8]? {
    try await value(Command(["GETDEL", key], answer: .value))
  }

  /// Stores a value for `duration`, value and limit in one step.
  ///
  /// - Parameter onlyIfAbsent: a value that is there stays.
  /// - Returns: whether the value was stored; always, unless `onlyIfAbsent`.
  /// - Source: SET with PX and NX.
  @discardableResult
  public func set(
    _ key: String, to value: [UInt8], expiringAfter duration: Duration, onlyIfAbsent: Bool = false
  ) async throws(RedisError) -> Bool {
    try await set(key, value, duration, condition: onlyIfAbsent ? ["NX"] : [])
  }

  /// Replaces a value that is there, which lives for `duration` from now on.
  ///
  /// - Returns: whether there was one.
  /// - Source: SET with PX and XX.
  public func setIfPresent(
    _ key: String, to value: [UInt8], expiringAfter duration: Duration
  ) async throws(RedisError) -> Bool {
    try await set(key, value, duration, condition: ["XX"])
  }

  /// Lets a key live for `duration` from now on, in whole seconds.
  ///
  /// - Returns: whether the key is there.
  /// - Source: EXPIRE.
  public func extend(_ key: String, to duration: Duration) async throws(RedisError) -> Bool {
    try await count(Command(["EXPIRE", key, String(duration.expirySeconds)], answer: .count)) > 0
  }

  /// Deletes a key.
  ///
  /// - Returns: whether it was there.
  /// - Source: DEL.
  @discardableResult
  public func delete(_ key: String) async throws(RedisError) -> Bool {
    try await count(Command(["DEL", key], answer: .count)) > 0
  }

  /// Returns when Redis has answered.
  ///
  /// - Source: PING.
  public func ping() async throws(RedisError) {
    _ = try await send(Command(["PING"], answer: .pong))
  }

  // MARK: Shapes of replies

  private func set(
    _ key: String, _ value: [UInt8], _ duration: Duration, condition: [String]
  ) async throws(RedisError) -> Bool {
    let options = ["PX", String(duration.expiryMilliseconds)] + condition
    let command = Command(["SET", key], value: value, options: options, answer: .acknowledgement)
    return try await send(command) != .null
  }

  private func value(_ command: Command) async throws(RedisError) -> [UInt8]? {
    guard case .bulk(let bytes) = try await send(command) else { return nil }
    return bytes
  }

  private func count(_ command: Command) async throws(RedisError) -> Int64 {
    guard case .integer(let number) = try await send(command) else { return 0 }
    return number
  }
}
