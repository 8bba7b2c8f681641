// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

extension RedisAddress {
  typealias Parts = (transport: Transport, signIn: SignIn?, database: Int)

  static func parse(network rest: Substring) throws(Invalid) -> Parts {
    let (authority, path) = split(rest, at: "/")
    let (credentials, place) = splitCredentials(authority)
    let signIn = try parse(credentials: credentials)
    let transport = Transport.tcp(try parse(place: place, defaultPort: 6379))
    return (transport, signIn, try path.isEmpty ? 0 : parse(database: path))
  }

  static func parse(unix rest: Substring) throws(Invalid) -> Parts {
    guard let slash = rest.firstIndex(of: "/") else { throw .path }
    let (credentials, host) = splitCredentials(rest[..<slash])
    guard host.isEmpty else { throw .path }
    let signIn = try parse(credentials: credentials)
    let (encoded, query) = split(rest[slash...], at: "?")
    guard let path = percentDecoded(encoded), path.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }),
      (2...maximumPathBytes).contains(path.utf8.count)
    else { throw .path }
    guard query.isEmpty || query.hasPrefix("db=") else { throw .database }
    let database = try query.isEmpty ? 0 : parse(database: query.dropFirst(3))
    return (.unix(path: path), signIn, database)
  }

  static func parse(sentinel rest: Substring) throws(Invalid) -> Parts {
    let (address, query) = split(rest, at: "?")
    let (authority, master) = split(address, at: "/")
    let (credentials, list) = splitCredentials(authority)
    let signIn = try parse(credentials: credentials)
    var places: [Place] = []
    for place in list.split(separator: ",", omittingEmptySubsequences: false) {
      places.append(try parse(place: place, defaultPort: 26379))
    }
    guard places.count <= maximumSentinels, Set(places).count == places.count else {
      throw .sentinels
    }
    guard (1...128).contains(master.utf8.count), master.utf8.allSatisfy(isMasterByte) else {
      throw .master
    }
    let options = try parse(query: query)
    let database = try options["db"].map { text throws(Invalid) in try parse(database: text) }
    let sentinels = try sentinelSignIn(options)
    return (.sentinel(places, master: String(master), sentinels), signIn, database ?? 0)
  }

  private static func parse(query: Substring) throws(Invalid) -> [String: Substring] {
    var options: [String: Substring] = [:]
    for option in query.split(separator: "&", omittingEmptySubsequences: false)
    where !query.isEmpty {
      let (name, value) = split(option, at: "=")
      guard ["db", "sentinel_user", "sentinel_password"].contains(name),
        options.updateValue(value, forKey: String(name)) == nil
      else { throw .query }
    }
    return options
  }

  private static func sentinelSignIn(
    _ options: [String: Substring]
  ) throws(Invalid) -> SignIn? {
    let (user, password) = (options["sentinel_user"], options["sentinel_password"])
    guard user != nil || password != nil else { return nil }
    return try parse(credentials: "\(user ?? ""):\(password ?? "")")
  }

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

  private static func parse(credentials: Substring?) throws(Invalid) -> SignIn? {
    guard let credentials else { return nil }
    guard let colon = credentials.firstIndex(of: ":"),
      let user = percentDecoded(credentials[..<colon]),
      let password = percentDecoded(credentials[credentials.index(after: colon)...]),
      !password.isEmpty
    else { throw .credentials }
    return SignIn(user: user.isEmpty ? nil : user, password: Password(text: password))
  }

  /// A host and maybe a port, with brackets around an IPv6 address.
  static func parse(place: Substring, defaultPort: UInt16) throws(Invalid) -> Place {
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
    guard isHost(host) else { throw .host }
    guard let port else { return Place(host: String(host), port: defaultPort) }
    guard let value = Self.port(port) else { throw .port }
    return Place(host: String(host), port: value)
  }

  static func isHost(_ text: some StringProtocol) -> Bool {
    (1...253).contains(text.utf8.count) && text.utf8.allSatisfy(isHostByte)
  }

  static func port(_ text: Substring) -> UInt16? {
    guard let number = number(text), let value = UInt16(exactly: number), value > 0 else {
      return nil
    }
    return value
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

  /// - Source: sentinel.conf of Redis, `sentinel monitor`.
  private static func isMasterByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "_"):
      true
    default:
      false
    }
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
