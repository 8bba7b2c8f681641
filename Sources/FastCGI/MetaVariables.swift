// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import HTTP
internal import HTTPTypes

/// Collects the meta-variables of one request, and makes a `Request` of them. Pure.
///
/// - Source: RFC 3875, section 4; what nginx and Apache send beyond it.
struct MetaVariables {
  private let refusalVariable: String?
  private var method: HTTPRequest.Method?
  private var target: String?
  private var contentType: String?
  private var contentLength: Int?
  private var remoteAddress = ""
  private var isSecure = false
  private var requestID: String?
  private var uniqueID: String?
  private var refusal: String?
  private var fields = HTTPFields()
  private var seen: Set<String> = []
  private var reason: String?

  /// - Parameter refusalVariable: see `Limits`.
  init(refusalVariable: String?) {
    self.refusalVariable = refusalVariable
  }

  /// Takes in one variable.
  ///
  /// - Parameter entry: `NAME=value`, as in environ(7).
  mutating func add(_ entry: Span<UInt8>) {
    var separator = 0
    while separator < entry.count, entry[separator] != UInt8(ascii: "=") { separator += 1 }
    guard separator < entry.count else { return }
    let value = entry.extracting((separator + 1)...)
    if separator > 5, Self.begins(entry, with: "HTTP_") {
      addField(entry.extracting(5..<separator), value)
    } else {
      addVariable(Self.text(entry.extracting(..<separator)) ?? "", value)
    }
  }

  /// The request that the variables describe. Whatever is wrong with them is its `defect`.
  ///
  /// - Parameters:
  ///   - body: what arrived; empty when it was too large.
  ///   - isBodyTooLarge: whether it was longer than `bodyLimit`.
  consuming func request(body: [UInt8], isBodyTooLarge: Bool = false, bodyLimit: Int) -> Request {
    if let contentType { fields[.contentType] = contentType }
    if method == nil { refuse("REQUEST_METHOD is missing") }
    if target == nil { refuse("REQUEST_URI is missing") }
    // What the web server refused comes without its body.
    let isTooLarge =
      refusal.map { $0 == "413" } ?? (isBodyTooLarge || (contentLength ?? 0) > bodyLimit)
    if !isTooLarge, refusal == nil, body.count != contentLength ?? 0 {
      refuse("CONTENT_LENGTH is not the length of the body")
    }
    var defect = reason.map { Request.Defect.malformed(reason: $0) }
    if isTooLarge, defect == nil { defect = .bodyTooLarge(limit: bodyLimit) }
    if refusal == "429", defect == nil { defect = .tooManyRequests }
    if refusal == "404", defect == nil { defect = .withheld }
    return Request(
      method: method ?? .get, target: target ?? "/", fields: fields,
      body: isTooLarge || isBodyTooLarge ? [] : body, remoteAddress: remoteAddress,
      isSecure: isSecure,
      id: requestID ?? uniqueID ?? RequestID.random(), defect: defect)
  }

  // MARK: Variables

  private mutating func addVariable(_ name: String, _ value: Span<UInt8>) {
    guard isUsed(name) else { return }
    guard seen.insert(name).inserted else { return refuse("\(name) was sent twice") }
    guard let text = Self.text(value) else { return refuse("\(name) is not UTF-8") }
    switch name {
    case "REQUEST_METHOD":
      method = HTTPRequest.Method(text)
      if method == nil { refuse("REQUEST_METHOD is not a token") }
    case "REQUEST_URI": target = text
    case "CONTENT_TYPE": contentType = text.isEmpty ? nil : checked(text, name)
    case "CONTENT_LENGTH": setContentLength(text)
    case "REMOTE_ADDR": remoteAddress = text
    case "HTTPS": isSecure = !text.isEmpty && text.lowercased() != "off"
    case "REQUEST_ID": requestID = RequestID.parse(text)
    case "UNIQUE_ID": uniqueID = RequestID.parse(text)
    case refusalVariable: refusal = ["404", "413", "429"].contains(text) ? text : nil
    default: break
    }
  }

  /// Variables that decide something. Sent twice they mean two things, so the request is refused; others,
  /// as SCRIPT_NAME, are often sent twice by configurations that include `fastcgi_params`.
  private func isUsed(_ name: String) -> Bool {
    switch name {
    case "REQUEST_METHOD", "REQUEST_URI", "CONTENT_TYPE", "CONTENT_LENGTH", "REMOTE_ADDR",
      "REMOTE_USER", "AUTH_TYPE", "HTTPS", "REQUEST_ID", "UNIQUE_ID", refusalVariable:
      true
    default: false
    }
  }

  /// nginx sends an empty length for a request without a body.
  private mutating func setContentLength(_ text: String) {
    guard !text.isEmpty else { return }
    guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      let length = Int(text)
    else { return refuse("CONTENT_LENGTH is not a number") }
    contentLength = length
  }

  // MARK: Header fields

  private mutating func addField(_ name: Span<UInt8>, _ value: Span<UInt8>) {
    guard let name = Self.fieldName(name) else { return refuse("a field's name is not a token") }
    guard !Self.isIgnored(name.canonicalName) else { return }
    let isFirst = !fields.contains(name)
    if !isFirst, name.canonicalName == "host" || name == .authorization {
      return refuse("\(name.canonicalName) was sent twice")
    }
    // Its name is the client's choice, and so not for the log.
    guard let text = Self.text(value), let text = checked(text, "a header field") else {
      return refuse("a header field is not text")
    }
    // An empty parameter is how nginx suppresses a field.
    guard !text.isEmpty else { return }
    fields.append(HTTPField(name: name, value: text))
  }

  /// Fields of the connection, those that have a variable of their own, and `Proxy`, which httpoxy abused.
  private static func isIgnored(_ name: String) -> Bool {
    switch name {
    case "content-length", "content-type", "transfer-encoding", "proxy", "connection",
      "keep-alive", "proxy-connection", "te", "trailer", "upgrade":
      true
    default: false
    }
  }

  /// `ACCEPT_LANGUAGE` is `accept-language`.
  private static func fieldName(_ bytes: Span<UInt8>) -> HTTPField.Name? {
    guard bytes.count <= 256 else { return nil }
    let name = unsafe String(unsafeUninitializedCapacity: bytes.count) { buffer in
      for index in bytes.indices {
        let byte = bytes[index]
        let isUpper = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
        unsafe buffer[index] =
          byte == UInt8(ascii: "_") ? UInt8(ascii: "-") : isUpper ? byte | 0x20 : byte
      }
      return bytes.count
    }
    return HTTPField.Name(name)
  }

  // MARK: Text

  private mutating func checked(_ text: String, _ name: String) -> String? {
    if HTTPField.isValidValue(text) { return text }
    refuse("\(name) holds control characters")
    return nil
  }

  private mutating func refuse(_ reason: String) {
    if self.reason == nil { self.reason = reason }
  }

  private static func text(_ bytes: Span<UInt8>) -> String? {
    unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe String(validating: buffer, as: UTF8.self)
    }
  }

  private static func begins(_ bytes: Span<UInt8>, with prefix: StaticString) -> Bool {
    guard bytes.count >= prefix.utf8CodeUnitCount else { return false }
    for index in 0..<prefix.utf8CodeUnitCount
    where unsafe prefix.utf8Start[index] != bytes[index] { return false }
    return true
  }
}
