// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// Why a command got no answer, or not one that can be used.
///
/// The texts are for a log and never hold a value or a password; nothing is to be decided by them.
public enum RedisError: Error, Equatable, Sendable {
  /// There is no connection, or it was lost while the command was under way; then its effect is unknown.
  case unavailable(String)
  /// No answer came within the limit. The connection was dropped; the command's effect is unknown.
  case timedOut
  /// Redis answered with an error; the command had no effect.
  case refused(Code, message: String)
  /// The answer is none that the command can have, or larger than the limit. The connection was dropped.
  case unexpectedReply(String)
  /// Too many commands wait for an answer, or this one is larger than the limit; nothing was sent.
  case overloaded
  /// The caller's task was cancelled. The command may have been sent.
  case cancelled
  /// `RedisClient.close()` was called.
  case closed

  /// The first word of an error reply, as in `-OOM command not allowed…`.
  ///
  /// - Source: `createSharedObjects` in server.c of Redis.
  public struct Code: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    public let rawValue: String

    public init(rawValue: String) {
      self.rawValue = rawValue
    }

    public var description: String { rawValue }

    /// `ERR`: no closer word, such as a wrong number of arguments.
    public static let error = Code(rawValue: "ERR")
    /// `LOADING`: Redis has started and is reading its data.
    public static let loading = Code(rawValue: "LOADING")
    /// `BUSY`: a script runs for too long.
    public static let busy = Code(rawValue: "BUSY")
    /// `MISCONF`: Redis cannot write to its disk and so refuses changes.
    public static let misconfigured = Code(rawValue: "MISCONF")
    /// `READONLY`: this is a replica.
    public static let readOnly = Code(rawValue: "READONLY")
    /// `MASTERDOWN`: this replica has lost the one it follows.
    public static let masterDown = Code(rawValue: "MASTERDOWN")
    /// `OOM`: memory is at its limit and nothing may be evicted.
    public static let outOfMemory = Code(rawValue: "OOM")
    /// `NOAUTH`: Redis wants a password.
    public static let noAuthentication = Code(rawValue: "NOAUTH")
    /// `WRONGPASS`: the user or the password is wrong.
    public static let wrongPassword = Code(rawValue: "WRONGPASS")
    /// `NOPERM`: the user may not use this command or this key.
    public static let noPermission = Code(rawValue: "NOPERM")
    /// `WRONGTYPE`: the key holds no string.
    public static let wrongType = Code(rawValue: "WRONGTYPE")
  }

  /// What a command is told that arrives before the next attempt to connect.
  var untilNextAttempt: RedisError {
    switch self {
    case .unavailable, .refused: self
    default: .unavailable("the last attempt to connect failed: \(self)")
    }
  }
}
