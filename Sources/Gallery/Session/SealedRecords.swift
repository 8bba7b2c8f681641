// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Crypto
internal import FoundationEssentials
internal import Redis

/// Records of one kind in Redis, each closed with AES-256-GCM under its ticket's key.
///
/// The key's name is authenticated with the record, so that one record cannot be put in another's place, and so is the
/// mark that stands before it in clear, where records of this kind have one.
struct SealedRecords<Record: Codable & Sendable>: Sendable {
  let redis: RedisClient
  /// What the keys begin with, before the colon.
  let prefix: String
  /// How many bytes a mark has.
  var markBytes = 0
  /// The mark of a record, of `markBytes`.
  var mark: @Sendable (Record) -> [UInt8] = { _ in [] }

  /// - Returns: nil when there is no record, or none that this ticket opens.
  func read(_ ticket: Ticket, name: String = "") async throws(GalleryError) -> Record? {
    let key = ticket.recordKey(prefix: prefix, name: name)
    let sealed = try await redisResult { () throws(RedisError) in try await redis.get(key) }
    return sealed.flatMap { open($0, key: key, with: ticket) }
  }

  /// Reads a record and removes it, in one step: of several callers one gets it.
  func take(_ ticket: Ticket, name: String = "") async throws(GalleryError) -> Record? {
    let key = ticket.recordKey(prefix: prefix, name: name)
    let sealed = try await redisResult { () throws(RedisError) in
      try await redis.getAndDelete(key)
    }
    return sealed.flatMap { open($0, key: key, with: ticket) }
  }

  /// - Parameter onlyIfPresent: leaves a record that has gone in the meantime gone.
  func write(
    _ record: Record, for ticket: Ticket, name: String = "", expiringAfter limit: Duration,
    onlyIfPresent: Bool = false
  ) async throws(GalleryError) {
    let key = ticket.recordKey(prefix: prefix, name: name)
    let sealed = try seal(record, key: key, with: ticket)
    try await redisResult { () throws(RedisError) in
      if onlyIfPresent {
        _ = try await redis.setIfPresent(key, to: sealed, expiringAfter: limit)
      } else {
        _ = try await redis.set(key, to: sealed, expiringAfter: limit)
      }
    }
  }

  func remove(_ ticket: Ticket) async throws(GalleryError) {
    let key = ticket.recordKey(prefix: prefix)
    try await redisResult { () throws(RedisError) in _ = try await redis.delete(key) }
  }

  private func seal(
    _ record: Record, key: String, with ticket: Ticket
  ) throws(GalleryError) -> [UInt8] {
    do {
      let text = try JSONEncoder().encode(record)
      let mark = mark(record)
      let box = try AES.GCM.seal(
        text, using: ticket.sealingKey, authenticating: Array(key.utf8) + mark)
      guard let combined = box.combined else { throw CryptoKitError.incorrectParameterSize }
      return mark + combined
    } catch {
      throw .fault(cause: "a record cannot be sealed: \(error)")
    }
  }

  /// A record that does not open was not written with this ticket and its secret: the same as none.
  private func open(_ sealed: [UInt8], key: String, with ticket: Ticket) -> Record? {
    let mark = sealed.prefix(markBytes)
    guard let box = try? AES.GCM.SealedBox(combined: sealed.dropFirst(markBytes)),
      let text = try? AES.GCM.open(
        box, using: ticket.sealingKey, authenticating: Array(key.utf8) + mark)
    else { return nil }
    return try? JSONDecoder().decode(Record.self, from: text)
  }
}

/// Runs a Redis command; every failure of it is a 503, never an absent session.
func redisResult<Value: Sendable>(
  _ command: () async throws(RedisError) -> Value
) async throws(GalleryError) -> Value {
  do {
    return try await command()
  } catch {
    throw .unavailable(.redis, retryAfter: 2, cause: "\(error)")
  }
}
