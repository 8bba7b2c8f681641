// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// Where Redis listens, as whom to sign in, and which database to use.
///
/// ```
/// redis://[[user]:password@]host[:port][/database]
/// redis+unix://[[user]:password@]/path[?db=database]
/// ```
/// User, password and path are percent-decoded; a host of IPv6 stands in brackets; the port is 6379 unless
/// given, the database 0.
public struct RedisAddress: Sendable, Equatable, CustomStringConvertible {
  /// What is wrong with an address; never its text, which may hold a password.
  public enum Invalid: Error, Equatable, Sendable, CustomStringConvertible {
    case scheme, tls, credentials, host, port, path, database

    public var description: String {
      switch self {
      case .scheme: "the scheme must be redis or redis+unix"
      case .tls: "rediss (Redis over TLS) is not supported yet"
      case .credentials: "the part before @ must be [user]:password, percent-encoded"
      case .host: "the host is missing or malformed"
      case .port: "the port must be a number from 1 to 65535"
      case .path:
        "the socket's path must be absolute, at most \(maximumPathBytes) bytes long, and printable"
      case .database: "the database must be a number from 0 on, and nothing may follow it"
      }
    }
  }

  enum Transport: Equatable {
    case unix(path: String)
    case tcp(host: String, port: UInt16)
  }

  /// hiredis leaves the 108th byte of the address unset, so one less than unix(7) allows.
  static let maximumPathBytes = 106

  let transport: Transport
  let user: String?
  let password: Password?
  let database: Int

  /// - Throws: `Invalid`, which names the wrong part without showing it.
  public init(parsing text: String) throws(Invalid) {
    guard let separator = text.firstRange(of: "://") else { throw .scheme }
    let rest = text[separator.upperBound...]
    switch text[..<separator.lowerBound].lowercased() {
    case "redis": try self.init(network: rest)
    case "redis+unix": try self.init(unix: rest)
    case "rediss": throw .tls
    default: throw .scheme
    }
  }

  private init(network rest: Substring) throws(Invalid) {
    let (authority, path) = Self.split(rest, at: "/")
    let (credentials, place) = Self.splitCredentials(authority)
    (user, password) = try Self.parse(credentials: credentials)
    transport = try Self.parse(place: place)
    database = try path.isEmpty ? 0 : Self.parse(database: path)
  }

  private init(unix rest: Substring) throws(Invalid) {
    guard let slash = rest.firstIndex(of: "/") else { throw .path }
    let (credentials, host) = Self.splitCredentials(rest[..<slash])
    guard host.isEmpty else { throw .path }
    (user, password) = try Self.parse(credentials: credentials)
    let (encoded, query) = Self.split(rest[slash...], at: "?")
    guard let path = percentDecoded(encoded), path.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }),
      (2...Self.maximumPathBytes).contains(path.utf8.count)
    else { throw .path }
    transport = .unix(path: path)
    guard query.isEmpty || query.hasPrefix("db=") else { throw .database }
    database = try query.isEmpty ? 0 : Self.parse(database: query.dropFirst(3))
  }

  /// With the password as `<redacted>`.
  public var description: String {
    let credentials = password.map { "\(user ?? ""):\($0)@" } ?? ""
    switch transport {
    case .unix(let path): return "redis+unix://\(credentials)\(path)?db=\(database)"
    case .tcp(let host, let port):
      let name = host.contains(":") ? "[\(host)]" : host
      return "redis://\(credentials)\(name):\(port)/\(database)"
    }
  }

  // MARK: Parts

  private static func split(
    _ text: Substring, at separator: Character
  ) -> (before: Substring, after: Substring) {
    guard let index = text.firstIndex(of: separator) else { return (text, "") }
    return (text[..<index], text[text.index(after: index)...])
  }

  private static func splitCredentials(
    _ authority: Substring
  ) -> (credentials: Substring?, host: Substring) {
    guard let at = authority.lastIndex(of: "@") else { return (nil, authority) }
    return (authority[..<at], authority[authority.index(after: at)...])
  }

  private static func parse(
    credentials: Substring?
  ) throws(Invalid) -> (user: String?, password: Password?) {
    guard let credentials else { return (nil, nil) }
    guard let colon = credentials.firstIndex(of: ":"),
      let user = percentDecoded(credentials[..<colon]),
      let password = percentDecoded(credentials[credentials.index(after: colon)...]),
      !password.isEmpty
    else { throw .credentials }
    return (user.isEmpty ? nil : user, Password(text: password))
  }

  private static func parse(place: Substring) throws(Invalid) -> Transport {
    var host = place
    var port: Substring?
    if place.hasPrefix("[") {
      guard let end = place.firstIndex(of: "]") else { throw .host }
      host = place[..<end].dropFirst()
      let rest = place[place.index(after: end)...]
      guard host.contains(":"), rest.isEmpty || rest.hasPrefix(":") else { throw .host }
      port = rest.isEmpty ? nil : rest.dropFirst()
    } else if let colon = place.firstIndex(of: ":") {
      (host, port) = (place[..<colon], place[place.index(after: colon)...])
    }
    guard (1...253).contains(host.utf8.count), host.utf8.allSatisfy(isHostByte) else { throw .host }
    guard let port else { return .tcp(host: String(host), port: 6379) }
    guard let number = number(port), let value = UInt16(exactly: number), value > 0
    else { throw .port }
    return .tcp(host: String(host), port: value)
  }

  private static func parse(database text: Substring) throws(Invalid) -> Int {
    guard let number = number(text) else { throw .database }
    return number
  }

  /// At most nine digits, nothing else.
  private static func number(_ text: Substring) -> Int? {
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    guard text.utf8.count <= 9, text.utf8.allSatisfy(digits.contains) else { return nil }
    return Int(text)
  }

  private static func isHostByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: "%"):
      true
    default:
      false
    }
  }
}

/// A password that no log, dump or message shows.
struct Password: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  let text: String

  var description: String { "<redacted>" }
  var debugDescription: String { description }
  var customMirror: Mirror { Mirror(self, children: []) }
}

/// Decodes `%XX` of RFC 3986, section 2.1; nil for a stray `%` and for bytes that are not UTF-8.
private func percentDecoded(_ text: Substring) -> String? {
  var bytes: [UInt8] = []
  var rest = text.utf8.makeIterator()
  while let byte = rest.next() {
    guard byte == UInt8(ascii: "%") else {
      bytes.append(byte)
      continue
    }
    guard let high = rest.next(), let low = rest.next(),
      let high = Character(Unicode.Scalar(high)).hexDigitValue,
      let low = Character(Unicode.Scalar(low)).hexDigitValue
    else { return nil }
    bytes.append(UInt8(high << 4 | low))
  }
  return String(validating: bytes, as: UTF8.self)
}
