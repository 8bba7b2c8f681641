// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc

extension HTTPClient {
  /// What is the same for all requests of a client.
  public struct Configuration: Sendable {
    /// The time for resolving the name, TCP and TLS of one connection.
    public var connectLimit: Duration = .seconds(3)
    /// The most connections at once, to all hosts. Requests beyond wait for a connection, within their limit.
    ///
    /// Over HTTP/2 one connection carries about a hundred requests. Over HTTP/1.1 it carries one, so fewer
    /// connections than requests in flight would make them wait for each other. The client never takes more
    /// than half of the descriptors the process may have (RLIMIT_NOFILE), and then they do wait.
    public var maxConnections = 4096
    /// The same for each host; nil for no limit of its own.
    public var maxConnectionsPerHost: Int?
    /// Kept open for later requests; libcurl closes the oldest beyond, and those idle for 118 s.
    public var maxIdleConnections = 256
    public var userAgent = "dropbox-gallery"
    /// A file of certificates in PEM that are trusted instead of the system's.
    public var certificateAuthorities: String?
    /// Takes `http` URLs too, of loopback hosts only: for development.
    public var allowsPlainHTTP = false

    public init() {}

    var connectionsWithinDescriptors: Int {
      var limits = rlimit()
      guard unsafe getrlimit(CInt(RLIMIT_NOFILE.rawValue), &limits) == 0 else {
        return maxConnections
      }
      return min(maxConnections, max(1, Int(clamping: limits.rlim_cur / 2)))
    }
  }
}

extension Duration {
  /// Whole milliseconds, rounded up, 1 to a day: libcurl takes 0 for "no limit" and refuses large numbers.
  var milliseconds: Int {
    let milliseconds = (self / .milliseconds(1)).rounded(.up)
    return Int(min(max(milliseconds, 1), 86_400_000))
  }
}
