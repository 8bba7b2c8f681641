// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

public import HTTPTypes

/// One request as a web server handed it over: a plain value, whatever it travelled by.
public struct Request: Sendable {
  /// What was wrong with a request that could still be read far enough to be answered.
  public enum Defect: Error, Sendable, Equatable {
    /// The body is longer than the limit, in bytes. It was not kept.
    case bodyTooLarge(limit: Int)
    /// The web server counted too many requests from this address, and asks for the page that says so.
    case tooManyRequests
    /// The web server keeps this path from this address, and asks for the page that says it is not there.
    case withheld
    /// The meta-variables or the body contradict themselves; the reason is for the log.
    case malformed(reason: String)
  }

  public var method: HTTPRequest.Method
  /// The target as the browser sent it, undecoded: `/a%20b?c=d`. See `RequestTarget`.
  public var target: String
  /// The header fields, without those of the connection.
  public var fields: HTTPFields
  public var body: [UInt8]
  /// The address of the browser as the web server saw it; empty when unknown.
  public var remoteAddress: String
  /// Whether the browser's connection to the web server was encrypted.
  public var isSecure: Bool
  /// Names this request in logs and on error pages. From the web server when it sends one.
  public var id: String
  /// Set when the request cannot be served; to be answered, not acted on.
  public var defect: Defect?
  /// When its first byte was seen. It may have waited in the system's listen queue before.
  public var arrived: ContinuousClock.Instant

  public init(
    method: HTTPRequest.Method = .get, target: String, fields: HTTPFields = [:],
    body: [UInt8] = [], remoteAddress: String = "", isSecure: Bool = false, id: String,
    defect: Defect? = nil, arrived: ContinuousClock.Instant = .now
  ) {
    self.method = method
    self.target = target
    self.fields = fields
    self.body = body
    self.remoteAddress = remoteAddress
    self.isSecure = isSecure
    self.id = id
    self.defect = defect
    self.arrived = arrived
  }
}
