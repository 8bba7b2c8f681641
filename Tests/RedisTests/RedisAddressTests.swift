// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Redis

struct RedisAddressTests {
  private typealias Transport = RedisAddress.Transport

  /// Address; host and port; user, password and database.
  private static let network: [(String, String, UInt16, String?, String?, Int)] = [
    ("redis://localhost", "localhost", 6379, nil, nil, 0),
    ("REDIS://localhost/", "localhost", 6379, nil, nil, 0),
    ("redis://redis-1.example_net:1/15", "redis-1.example_net", 1, nil, nil, 15),
    ("redis://127.0.0.1:65535/0", "127.0.0.1", 65_535, nil, nil, 0),
    ("redis://[::1]", "::1", 6379, nil, nil, 0),
    ("redis://:secret@[fe80::1%eth0]:7000/3", "fe80::1%eth0", 7000, nil, "secret", 3),
    ("redis://:secret@host", "host", 6379, nil, "secret", 0),
    ("redis://gallery:secret@host:6380/2", "host", 6380, "gallery", "secret", 2),
    ("redis://a%40b:p%3Aq%2Fr%25@host", "host", 6379, "a@b", "p:q/r%", 0),
    ("redis://:a:b@c@host", "host", 6379, nil, "a:b@c", 0),
    ("redis://:%c3%BC%0D%0A%00@host", "host", 6379, nil, "ü\r\n\0", 0),
    ("redis://host/999999999", "host", 6379, nil, nil, 999_999_999),
  ]

  @Test(arguments: network)
  func `a network address has host, port, user, password and database`(
    text: String, host: String, port: UInt16, user: String?, password: String?, database: Int
  ) throws {
    let address = try RedisAddress(parsing: text)
    #expect(address.transport == .tcp(.init(host: host, port: port)))
    #expect(address.signIn?.user == user)
    #expect(address.signIn?.password.text == password)
    #expect(address.database == database)
  }

  private static let sockets: [(String, String, String?, String?, Int)] = [
    ("redis+unix:///run/redis.sock", "/run/redis.sock", nil, nil, 0),
    ("Redis+Unix:///run/redis.sock?", "/run/redis.sock", nil, nil, 0),
    ("redis+unix:///run/redis.sock?db=7", "/run/redis.sock", nil, nil, 7),
    ("redis+unix://:secret@/s", "/s", nil, "secret", 0),
    ("redis+unix://gallery:s%2Ft@/a%20b%3Fc/@d?db=1", "/a b?c/@d", "gallery", "s/t", 1),
    ("redis+unix:///\(String(repeating: "x", count: 105))", longestPath, nil, nil, 0),
  ]
  private static let longestPath = "/" + String(repeating: "x", count: 105)

  @Test(arguments: sockets)
  func `a socket's address has path, user, password and database`(
    text: String, path: String, user: String?, password: String?, database: Int
  ) throws {
    let address = try RedisAddress(parsing: text)
    #expect(address.transport == .unix(path: path))
    #expect(address.signIn?.user == user)
    #expect(address.signIn?.password.text == password)
    #expect(address.database == database)
  }

  private static let refused: [(String, RedisAddress.Invalid)] = [
    ("", .scheme), ("localhost", .scheme), ("redis:/localhost", .scheme), ("://host", .scheme),
    ("http://host", .scheme), ("valkey://host", .scheme), (" redis://host", .scheme),
    ("redisss://host", .scheme), ("rediss+unix:///s", .scheme), ("redis+tls://host", .scheme),

    ("redis://secret@host", .credentials), ("redis://user:@host", .credentials),
    ("redis://@host", .credentials), ("redis://:%zz@host", .credentials),
    ("redis://:secret%@host", .credentials), ("redis://:secret%4@host", .credentials),
    ("redis://:%ff@host", .credentials), ("redis://%80:secret@host", .credentials),
    ("redis+unix://secret@/s", .credentials), ("redis+unix://user:@/s", .credentials),

    ("redis://", .host), ("redis://:6379", .host), ("redis:///1", .host),
    ("redis://ho st", .host), ("redis://host\n", .host), ("redis://host\r\n:1", .host),
    ("redis://host\0", .host), ("redis://hôte", .host), ("redis://host?db=1", .host),
    ("redis://[::1", .host), ("redis://[host]", .host), ("redis://[::1]6379", .host),
    ("redis://[::1\t]", .host), ("redis://::1", .host), ("redis://:pa/ss@host", .host),
    ("redis://" + String(repeating: "h", count: 254), .host),

    ("redis://host:", .port), ("redis://host:0", .port), ("redis://host:65536", .port),
    ("redis://host:-1", .port), ("redis://host:+1", .port), ("redis://host:1:2", .port),
    ("redis://host:٣", .port), ("redis://host:6379\n", .port), ("redis://[::1]:", .port),
    ("redis://host:99999999999999999999", .port),

    ("redis+unix://", .path), ("redis+unix:///", .path), ("redis+unix://s", .path),
    ("redis+unix://host/s", .path), ("redis+unix:///s%", .path), ("redis+unix:///s%00", .path),
    ("redis+unix:///s\0", .path), ("redis+unix:///\(String(repeating: "x", count: 106))", .path),
    ("redis+unix:///run/redis.sock\n", .path), ("redis+unix:///s%0a", .path),
    ("redis+unix:///s%7F", .path),

    ("redis://host/x", .database), ("redis://host/-1", .database),
    ("redis://host/1/", .database), ("redis://host/1?db=1", .database),
    ("redis://host/0\n", .database), ("redis://host/1000000000", .database),
    ("redis+unix:///s?db=", .database), ("redis+unix:///s?db=x", .database),
    ("redis+unix:///s?x=1", .database), ("redis+unix:///s?db=1&x=1", .database),
  ]

  @Test(arguments: refused)
  func `what is no address is refused for the part that is wrong`(
    text: String, reason: RedisAddress.Invalid
  ) {
    #expect(throws: reason) { try RedisAddress(parsing: text) }
  }

  @Test(arguments: [
    ("redis://gallery:secret@host:6380/2", "redis://gallery:<redacted>@host:6380/2"),
    ("redis://:secret@[::1]", "redis://:<redacted>@[::1]:6379/0"),
    ("redis://host", "redis://host:6379/0"),
    ("redis+unix://:secret@/s", "redis+unix://:<redacted>@/s?db=0"),
  ])
  func `nothing that prints an address shows its password`(
    text: String, description: String
  ) throws {
    let address = try RedisAddress(parsing: text)
    #expect("\(address)" == description)
    var dumped = ""
    dump(address, to: &dumped)
    for printed in [String(describing: address), String(reflecting: address), dumped] {
      #expect(!printed.contains("secret"))
    }
  }

  @Test(arguments: refused)
  func `no reason for a refusal repeats the address`(text: String, reason: RedisAddress.Invalid) {
    #expect(!"\(reason)".contains("secret"))
    #expect(!"\(reason)".isEmpty)
  }
}
