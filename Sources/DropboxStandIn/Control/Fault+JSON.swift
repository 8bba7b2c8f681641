// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// Faults as the control host takes them: `{"kind": "…", "delay": milliseconds, …}`.
extension Fault {
  /// Reads a fault; which keys belong to which kind stands in `ControlEndpoint`.
  init(_ json: JSON) throws(Refusal) {
    var arguments = try Arguments(json, in: "fault")
    let kind = arguments.take("kind")?.string ?? "none"
    let delay = try arguments.integer("delay", in: 0...50_000) ?? 0
    self = try Fault.read(kind, &arguments)
    self.delay = .milliseconds(delay)
    try arguments.finish()
  }

  private static func read(
    _ kind: String, _ arguments: inout Arguments
  ) throws(Refusal) -> Fault {
    let retryAfter = try arguments.integer("retry_after", in: 0...86_400) ?? 15
    switch kind {
    case "none", "delay": return Fault()
    case "status": return try status(&arguments)
    case "429": return .tooManyRequests(retryAfter: retryAfter)
    case "429-text": return .tooManyRequestsText(retryAfter: retryAfter)
    case "500": return .internalServerError
    case "503": return .unavailable
    case "html": return .html
    case "expired": return .expiredAccessToken
    case "missing-scope":
      return .missingScope(arguments.take("scope")?.string ?? "files.metadata.read")
    case "reset": return .cursorReset
    case "invalid-grant": return .invalidGrant
    case "hang": return .hang
    case "drip":
      let pause = try arguments.integer("pause", in: 0...60_000) ?? 100
      let bytes = try arguments.integer("bytes", in: 1...1_000_000) ?? 1
      return .drip(bytes: bytes, pause: .milliseconds(pause))
    case "cut":
      let bytes = try arguments.integer("bytes", in: 0...1_000_000_000) ?? 10
      let pause = try arguments.integer("pause", in: 0...60_000) ?? 0
      return .cut(afterBytes: bytes, pause: .milliseconds(pause))
    case "huge":
      return .huge(bytes: try arguments.integer("bytes", in: 2...10_000_000_000) ?? 500_000_000)
    default: throw .badRequest("fault: kind: unknown kind '\(kind)'")
    }
  }

  private static func status(_ arguments: inout Arguments) throws(Refusal) -> Fault {
    let status = try arguments.integer("status", in: 200...599) ?? 500
    let type = arguments.take("type")?.string ?? "text/plain; charset=utf-8"
    var fields: [String: String] = [:]
    if let headers = arguments.take("headers") {
      guard case .object(let members) = headers else {
        throw .badRequest("fault: headers: expected object, got \(headers.kind)")
      }
      for member in members { fields[member.name] = member.value.string }
    }
    var body = ""
    switch arguments.take("body") {
    case nil: break
    case .string(let text)?: body = text
    case let json?: body = String(decoding: json.printed(), as: UTF8.self)
    }
    return .status(status, body: body, type: type, fields: fields)
  }
}
