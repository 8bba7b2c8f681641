// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

public import HTTPTypes

/// One answer: status, header fields and a body held whole.
///
/// `Content-Length` is not among the fields: whoever writes the answer adds it.
public struct Response: Sendable, Equatable {
  public var status: HTTPResponse.Status
  public var fields: HTTPFields
  public var body: [UInt8]

  public init(
    status: HTTPResponse.Status, fields: HTTPFields = [:], body: [UInt8] = []
  ) {
    self.status = status
    self.fields = fields
    self.body = body
  }

  /// An answer with a content type and text in UTF-8.
  public init(
    status: HTTPResponse.Status = .ok, contentType: String = "text/plain; charset=utf-8",
    text: String
  ) {
    self.init(status: status, fields: [.contentType: contentType], body: [UInt8](text.utf8))
  }

  /// A redirect.
  ///
  /// - Parameter location: an absolute URL. A bare path would mean an internal redirect to a CGI gateway
  ///   (RFC 3875, section 6.2.2).
  public static func redirect(
    to location: String, status: HTTPResponse.Status = .seeOther
  ) -> Response {
    Response(status: status, fields: [.location: location])
  }
}
