// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import EventLoop
internal import Glibc
internal import Sockets

/// Turns the name of a host into numeric addresses, away from the loop: the system's lookup blocks.
///
/// - Source: getaddrinfo(3), getnameinfo(3).
enum NameLookup {
  struct Failure: Error, Equatable, CustomStringConvertible {
    let description: String
  }

  /// More than this many addresses of one name are not tried.
  static let maximumAddresses = 8

  /// Whether the host is an address already, which needs no lookup.
  static func isNumeric(_ host: String) -> Bool {
    SocketAddress(host: host, port: 0) != nil
  }

  /// Calls `completion` once, on a thread of its own, whenever the system has an answer; there is no limit
  /// on the time, which is up to the caller.
  static func start(
    _ host: String, completion: @escaping @Sendable (Result<[String], Failure>) -> Void
  ) throws(SystemError) {
    try BlockingThread.start(named: "redis-lookup") { completion(addresses(of: host)) }
  }

  /// IPv4 first, as hiredis has it.
  static func addresses(of host: String) -> Result<[String], Failure> {
    var hints = unsafe addrinfo()
    unsafe hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
    var first: UnsafeMutablePointer<addrinfo>?
    let code = unsafe getaddrinfo(host, nil, &hints, &first)
    guard code == 0 else {
      return .failure(Failure(description: unsafe String(cString: gai_strerror(code))))
    }
    defer { unsafe freeaddrinfo(first) }
    var four: [String] = []
    var six: [String] = []
    var next = unsafe first
    while let entry = unsafe next {
      if let text = unsafe numeric(entry.pointee) {
        if unsafe entry.pointee.ai_family == AF_INET { four.append(text) } else { six.append(text) }
      }
      unsafe next = entry.pointee.ai_next
    }
    let found = (four + six).prefix(maximumAddresses)
    return found.isEmpty ? .failure(Failure(description: "no address")) : .success(Array(found))
  }

  private static func numeric(_ entry: addrinfo) -> String? {
    var name = [CChar](repeating: 0, count: Int(NI_MAXHOST))
    let code = unsafe getnameinfo(
      entry.ai_addr, entry.ai_addrlen, &name, socklen_t(name.count), nil, 0, NI_NUMERICHOST)
    guard code == 0 else { return nil }
    let bytes = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return String(validating: bytes, as: UTF8.self)
  }
}
