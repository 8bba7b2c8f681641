// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPClient
import HTTPTypes
import TestSupport

/// Sends requests as CGI meta-variables and a body on standard input: to the program itself, or through cgi-fcgi(1) to a
/// FastCGI socket.
///
/// - Source: RFC 3875, sections 4 and 6.
struct CGIClient: Sendable {
  /// The program that receives a request, and its arguments.
  let command: [String]
  private let settings: [String: String]

  private static var url: Regex<(Substring, Substring, Substring, Substring)> {
    /http:\/\/([^:\/]+):(\d+)(\/.*)/
  }

  /// Returns `nil` for a front with a web server.
  init?(_ front: Front, socket: String, settings: [String: String]) {
    switch front {
    case .spawnFCGI, .cgiFCGI:
      command = ["cgi-fcgi", "-bind", "-connect", socket]
      self.settings = [:]
    case .plainCGI:
      command = [Project.program]
      self.settings = settings
    default: return nil
    }
  }

  func send(_ request: OutgoingRequest) async throws -> Answer {
    let outcome = try await ChildProcess.run(
      command[0], Array(command.dropFirst()), environment: try environment(request),
      input: request.body.isEmpty ? .nothing : .bytes(request.body))
    let answer = try Self.parse(outcome.output)
    let hasBody = request.method != .head && answer.status != .notModified
    let length = hasBody ? answer.fields[.contentLength].flatMap { Int($0) } : nil
    if let length, length != answer.body.count {
      throw IncompleteBody(bytes: answer.body.count, length: length, exit: outcome.exit)
    }
    guard outcome.exit == .status(0) else {
      throw TestFailure("\(command[0]): \(outcome.exit) \(outcome.errorText)")
    }
    return answer
  }

  /// The meta-variables of a request, and the settings if the program runs for it.
  func environment(_ request: OutgoingRequest) throws -> [String: String] {
    guard let (_, host, port, target) = request.url.wholeMatch(of: Self.url)?.output else {
      throw TestFailure("not a URL with a port and a path: \(request.url)")
    }
    var variables = settings
    variables["GATEWAY_INTERFACE"] = "CGI/1.1"
    variables["SERVER_PROTOCOL"] = "HTTP/1.1"
    variables["SERVER_NAME"] = String(host)
    variables["SERVER_PORT"] = String(port)
    variables["HTTP_HOST"] = "\(host):\(port)"
    variables["REMOTE_ADDR"] = "127.0.0.1"
    variables["REQUEST_METHOD"] = request.method.rawValue
    variables["REQUEST_URI"] = String(target)
    variables["QUERY_STRING"] = target.firstIndex(of: "?").map { String(target[$0...].dropFirst()) }
    if !request.body.isEmpty { variables["CONTENT_LENGTH"] = "\(request.body.count)" }
    for field in request.fields {
      let name = field.name.rawName.uppercased().replacing("-", with: "_")
      variables[name == "CONTENT_TYPE" ? name : "HTTP_" + name] = field.value
    }
    return variables
  }

  private static func parse(_ output: [UInt8]) throws -> Answer {
    guard let end = output.firstRange(of: Array("\r\n\r\n".utf8)) else {
      throw TestFailure("no header in \(String(decoding: output.prefix(500), as: UTF8.self))")
    }
    var answer = Answer(status: .ok, body: Array(output[end.upperBound...]))
    let header = String(decoding: output[..<end.lowerBound], as: UTF8.self)
    for line in header.components(separatedBy: "\r\n") {
      let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
      let value = parts.count == 2 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
      if parts.first == "Status", let code = Int(value.prefix(3)) {
        answer.status = HTTPResponse.Status(code: code, reasonPhrase: String(value.dropFirst(4)))
      } else if let name = parts.first.flatMap({ HTTPField.Name($0) }) {
        answer.fields.append(HTTPField(name: name, value: value))
      } else {
        throw TestFailure("not a header line: \(line)")
      }
    }
    return answer
  }
}

/// A response with another number of bytes than its `Content-Length`.
struct IncompleteBody: Error {
  let bytes: Int
  let length: Int
  let exit: ChildProcess.Exit
}
