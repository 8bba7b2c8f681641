// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

public import HTTPTypes

/// What a server answered, held whole.
public struct Answer: Sendable, Equatable, CustomStringConvertible {
  /// Any final status, 200…999; redirects and errors too.
  public var status: HTTPResponse.Status
  /// In the order they came; several of the same name stay several. Trailers are not kept.
  public var fields: HTTPFields
  /// As it came: nothing is decompressed.
  public var body: [UInt8]

  public init(status: HTTPResponse.Status, fields: HTTPFields = [:], body: [UInt8] = []) {
    self.status = status
    self.fields = fields
    self.body = body
  }

  /// Status and size: fields and body may hold secrets.
  public var description: String {
    "\(status.code), \(body.count) bytes"
  }
}
