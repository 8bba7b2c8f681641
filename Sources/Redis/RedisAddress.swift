// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// Where Redis listens, as whom to sign in, and which database to use.
///
/// ```
/// redis://[[user]:password@]host[:port][/database]
/// rediss://…                                              the same through TLS
/// redis+unix://[[user]:password@]/path[?db=database]
/// redis+sentinel://[[user]:password@]host[:port][,host[:port]…]/master[?db=database]
/// rediss+sentinel://…                                     the same, Redis and sentinels through TLS
/// ```
/// User, password and path are percent-decoded; a host of IPv6 stands in brackets; the port is 6379 unless
/// given, that of a sentinel 26379, the database 0. Where sentinels ask for a password of their own, it
/// follows as `sentinel_password`, and the user as `sentinel_user`, beside `db`.
public struct RedisAddress: Sendable, Equatable, CustomStringConvertible {
  /// What is wrong with an address; never its text, which may hold a password.
  public enum Invalid: Error, Equatable, Sendable, CustomStringConvertible {
    case scheme, credentials, host, port, path, database, sentinels, master, query

    public var description: String {
      switch self {
      case .scheme:
        "the scheme must be redis, rediss, redis+unix, redis+sentinel or rediss+sentinel"
      case .credentials: "the part before @ must be [user]:password, percent-encoded"
      case .host: "the host is missing or malformed"
      case .port: "the port must be a number from 1 to 65535"
      case .path:
        "the socket's path must be absolute, at most \(maximumPathBytes) bytes long, and printable"
      case .database: "the database must be a number from 0 on, and nothing may follow it"
      case .sentinels: "the sentinels must be at most \(maximumSentinels), and each another"
      case .master:
        "the master's name must follow the sentinels, as in redis+sentinel://host,host/mymaster"
      case .query:
        "only db, sentinel_user and sentinel_password may follow the master's name, each once"
      }
    }
  }

  enum Transport: Equatable {
    case unix(path: String)
    case tcp(Place)
    /// The sentinels to ask where the master of that name is, at least one.
    case sentinel([Place], master: String, SignIn?)
  }

  /// A host, by name or number, and a port.
  struct Place: Hashable, CustomStringConvertible {
    let host: String
    let port: UInt16

    var description: String { "\(host.contains(":") ? "[\(host)]" : host):\(port)" }
  }

  struct SignIn: Equatable, Sendable {
    /// Nil for the default user.
    let user: String?
    let password: Password

    var words: [String] { ["AUTH"] + (user.map { [$0] } ?? []) + [password.text] }
    var description: String { "\(user ?? ""):\(password)" }
  }

  /// As unix(7) allows, less the zero at the end and one byte that some servers leave unset.
  static let maximumPathBytes = 106
  /// Each costs a moment before the next is asked.
  static let maximumSentinels = 9

  let transport: Transport
  let isEncrypted: Bool
  let signIn: SignIn?
  let database: Int

  /// Whether TLS is spoken, so that `RedisTLS` has a meaning.
  public var usesTLS: Bool { isEncrypted }

  /// - Throws: `Invalid`, which names the wrong part without showing it.
  public init(parsing text: String) throws(Invalid) {
    guard let separator = text.firstRange(of: "://") else { throw .scheme }
    let rest = text[separator.upperBound...]
    let scheme = text[..<separator.lowerBound].lowercased()
    isEncrypted = scheme.hasPrefix("rediss")
    switch scheme {
    case "redis", "rediss": (transport, signIn, database) = try Self.parse(network: rest)
    case "redis+unix": (transport, signIn, database) = try Self.parse(unix: rest)
    case "redis+sentinel", "rediss+sentinel":
      (transport, signIn, database) = try Self.parse(sentinel: rest)
    default: throw .scheme
    }
  }

  /// With every password as `<redacted>`.
  public var description: String {
    let credentials = signIn.map { "\($0.description)@" } ?? ""
    let scheme = isEncrypted ? "rediss" : "redis"
    switch transport {
    case .unix(let path): return "redis+unix://\(credentials)\(path)?db=\(database)"
    case .tcp(let place): return "\(scheme)://\(credentials)\(place)/\(database)"
    case .sentinel(let places, let master, _):
      let list = places.map(\.description).joined(separator: ",")
      return "\(scheme)+sentinel://\(credentials)\(list)/\(master)?db=\(database)"
    }
  }
}
