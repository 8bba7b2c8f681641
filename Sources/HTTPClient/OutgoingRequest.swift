// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

public import HTTPTypes

/// One request to another server.
public struct OutgoingRequest: Sendable, CustomStringConvertible {
  /// Any but CONNECT.
  public var method: HTTPRequest.Method
  /// An absolute URL of ASCII bytes without user and password, sent as it is: `https://host/path?query`.
  /// At most 16 KiB.
  public var url: String
  /// Sent as they are, beside `Host`, `User-Agent` and the length of the body. Those that belong to the
  /// connection, such as `Host` and `Content-Length`, are refused.
  public var fields: HTTPFields
  /// Sent with its length. Not for HEAD.
  public var body: [UInt8]
  /// The time for everything: waiting for a connection, connecting, sending, receiving.
  public var limit: Duration
  /// The most bytes of the body of an answer; one more is an error.
  public var answerLimit: Int
  /// Whether the request may reach the server twice.
  ///
  /// When a kept connection turns out to be dead before any byte of an answer came, libcurl sends the
  /// request once more over a new one. With false the request gets a connection of its own from the
  /// start, at the price of a handshake.
  public var isRepeatable: Bool

  public init(
    method: HTTPRequest.Method = .get, url: String, fields: HTTPFields = [:], body: [UInt8] = [],
    limit: Duration, answerLimit: Int, isRepeatable: Bool = true
  ) {
    self.method = method
    self.url = url
    self.fields = fields
    self.body = body
    self.limit = limit
    self.answerLimit = answerLimit
    self.isRepeatable = isRepeatable
  }

  /// Method, URL without its query, and the size of the body: the rest may hold secrets.
  public var description: String {
    let end = url.firstIndex { $0 == "?" || $0 == "#" } ?? url.endIndex
    return "\(method) \(url[..<end]), \(body.count) bytes"
  }
}
