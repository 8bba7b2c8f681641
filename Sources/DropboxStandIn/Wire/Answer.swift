// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import FlyingFox
import Foundation

/// A response before it is written.
struct Answer: Sendable {
  var status: Int
  var fields: [(name: String, value: String)] = []
  var body: Body

  enum Body: Sendable {
    case bytes(Data)
    case file(path: String, range: Range<Int>)
    case paced(PacedBytes)
  }

  init(_ status: Int, type: String?, body: Data, fields: [(String, String)] = []) {
    self.status = status
    self.body = .bytes(body)
    if let type { self.fields.append((name: "Content-Type", value: type)) }
    self.fields += fields.map { (name: $0.0, value: $0.1) }
  }

  static func json(_ status: Int, _ json: JSON) -> Answer {
    Answer(status, type: "application/json", body: Data(json.printed()))
  }

  static func text(_ status: Int, _ text: String) -> Answer {
    Answer(status, type: "text/plain; charset=utf-8", body: Data(text.utf8))
  }

  static func html(_ status: Int, _ html: String) -> Answer {
    Answer(status, type: "text/html; charset=utf-8", body: Data(html.utf8))
  }

  mutating func set(_ name: String, _ value: String) {
    fields.removeAll { $0.name.lowercased() == name.lowercased() }
    fields.append((name: name, value: value))
  }
}

extension Answer {
  private static let phrases = [
    200: "OK", 206: "Partial Content", 302: "Found", 304: "Not Modified", 400: "Bad Request",
    401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed",
    409: "Conflict", 410: "Gone", 413: "Content Too Large", 416: "Range Not Satisfiable",
    429: "Too Many Requests", 500: "Internal Server Error", 503: "Service Unavailable",
  ]

  /// The response for FlyingFox; one to HEAD keeps the length and loses the body.
  func response(to method: String) throws -> HTTPResponse {
    var headers = HTTPHeaders()
    for field in fields { headers.addValue(field.value, for: HTTPHeader(field.name)) }
    let sequence: HTTPBodySequence
    switch body {
    case .bytes(let data):
      sequence = HTTPBodySequence(data: data, suggestedBufferSize: max(data.count, 4096))
    case .file(let path, let range):
      sequence = try HTTPBodySequence(
        file: URL(fileURLWithPath: path), range: range, suggestedBufferSize: 65536)
    case .paced(let bytes):
      sequence = HTTPBodySequence(
        from: bytes, count: bytes.announcedBytes, suggestedBufferSize: 65536)
    }
    let code = HTTPStatusCode(status, phrase: Answer.phrases[status] ?? "Status")
    guard method == "HEAD" else {
      return HTTPResponse(statusCode: code, headers: headers, body: sequence)
    }
    headers[.contentLength] = String(sequence.count ?? 0)
    return HTTPResponse(statusCode: code, headers: headers)
  }
}
