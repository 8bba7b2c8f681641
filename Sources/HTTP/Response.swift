// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

public import HTTPTypes

/// One answer: status, header fields and a body.
///
/// `Content-Length` is not among the fields: whoever writes the answer adds it.
public struct Response: Sendable, Equatable {
  /// What follows the header.
  public enum Body: Sendable, Equatable {
    /// Held whole.
    case bytes([UInt8])
    /// Asked for piece by piece while it is written.
    case stream(BodyStream)

    /// A stream is equal to itself only.
    public static func == (left: Body, right: Body) -> Bool {
      switch (left, right) {
      case (.bytes(let left), .bytes(let right)): left == right
      case (.stream(let left), .stream(let right)): left === right
      default: false
      }
    }

    /// Nil for a stream.
    public var bytes: [UInt8]? {
      if case .bytes(let bytes) = self { bytes } else { nil }
    }

    /// In bytes; nil for a stream that does not know.
    public var length: Int? {
      switch self {
      case .bytes(let bytes): bytes.count
      case .stream(let stream): stream.length
      }
    }
  }

  public var status: HTTPResponse.Status
  public var fields: HTTPFields
  public var body: Body
  /// Who wants to know when a body that is held whole was written. A stream tells its own end.
  public var delivery: Delivery?

  public init(
    status: HTTPResponse.Status, fields: HTTPFields = [:], body: [UInt8] = []
  ) {
    self.status = status
    self.fields = fields
    self.body = .bytes(body)
  }

  /// An answer whose body comes in pieces.
  public init(status: HTTPResponse.Status, fields: HTTPFields = [:], stream: BodyStream) {
    self.status = status
    self.fields = fields
    body = .stream(stream)
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
