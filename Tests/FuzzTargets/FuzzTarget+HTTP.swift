// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import HTTP
import HTTPTypes

@testable import FastCGI

extension FuzzTarget {
  /// `MetaVariables`. The first byte is the length of the body; NUL separates the variables, as in environ(7).
  public static let metaVariables = FuzzTarget("meta-variables") { bytes throws(FuzzFailure) in
    var input = FuzzInput(bytes)
    let body = [UInt8](repeating: 65, count: Int(input.byte()))
    var variables = MetaVariables(refusalVariable: "GALLERY_REFUSAL")
    for entry in input.rest.split(separator: 0) { variables.add(Array(entry).span) }
    let request = variables.request(
      body: body, isBodyTooLarge: body.count > 100, bodyLimit: 100)
    try require(RequestID.parse(request.id) == request.id, "the request id \(request.id)")
    for field in request.fields {
      try require(HTTPField.isValidValue(field.value), "the value of \(field.name)")
    }
    try require(request.body.count <= 100, "a body of \(request.body.count) bytes")
    try require(request.body.isEmpty || request.body == body, "another body")
    if request.defect == nil {
      try require(request.body == body, "a request without its body")
    }
  }

  /// `RequestTarget`. Printing the segments and the query gives a target that parses to the same value.
  public static let requestTarget = FuzzTarget("request-target") { bytes throws(FuzzFailure) in
    guard let target = RequestTarget(parsing: FuzzInput(bytes).text) else { return }
    try require(
      target.text.utf8.first == UInt8(ascii: "/"), "the target does not begin with a slash")
    // A web server counts bytes, so the slashes are counted as bytes.
    let pathBytes = target.text.utf8.prefix { $0 != UInt8(ascii: "?") }
    let slashes = pathBytes.count { $0 == UInt8(ascii: "/") }
    try require(
      target.segments.count == (pathBytes.count == 1 ? 0 : slashes),
      "\(target.segments.count) segments between \(slashes) slashes")
    for segment in target.segments {
      try require(segment != "." && segment != "..", "a dot segment")
      try require(!segment.utf8.contains { $0 == 0 || $0 == 0x5c }, "a NUL or a backslash")
    }
    let path = target.segments.map { PercentCoding.encode($0) }.joined(separator: "/")
    let query = target.query.encoded
    let printed = "/\(path)\(query.isEmpty ? "" : "?\(query)")"
    guard printed.utf8.count <= RequestTarget.limit else { return }
    guard let again = RequestTarget(parsing: printed) else {
      throw FuzzFailure("the printed target \(printed) is invalid")
    }
    try require(again.query == target.query, "another query after printing")
    // "/" has no segments, and printing [""] gives "/" as well.
    try require(
      again.segments == target.segments || target.segments == [""], "other segments after printing")
  }

  /// `Cookie.values`. A newline separates header fields.
  public static let cookies = FuzzTarget("cookies") { bytes throws(FuzzFailure) in
    var fields = HTTPFields()
    for line in FuzzInput(bytes).rest.split(separator: 0x0a) {
      let value = String(decoding: line, as: UTF8.self)
      guard HTTPField.isValidValue(value) else { continue }
      fields.append(HTTPField(name: .cookie, value: value))
    }
    for name in ["__Host-session", "a", ""] {
      for value in Cookie.values(named: name, in: fields) {
        try require(
          !value.utf8.contains { $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: ",") },
          "a separator in a value")
        try require(
          fields[values: .cookie].contains {
            $0.utf8.firstRange(of: "\(name)=\(value)".utf8) != nil
          }, "a value that no field holds")
      }
    }
  }

  /// `FormFields`. Printing gives a form that parses to the same value.
  public static let forms = FuzzTarget("forms") { bytes throws(FuzzFailure) in
    guard let form = FormFields(parsing: FuzzInput(bytes).text) else { return }
    try require(form.pairs.count <= FormFields.limit, "\(form.pairs.count) pairs")
    let parts = FuzzInput(bytes).text.utf8.split(separator: UInt8(ascii: "&")).count
    try require(form.pairs.count == parts, "\(form.pairs.count) pairs of \(parts) parts")
    try require(FormFields(parsing: form.encoded) == form, "another form after printing")
    for (name, _) in form.pairs {
      let values = form.values(of: name)
      try require(!values.isEmpty, "a name without values")
      try require(form[name] == (values.count == 1 ? values[0] : nil), "one of several values")
    }
  }

  /// `SingleRange` and `ContentRange`. Printing gives a field that parses to the same value.
  public static let ranges = FuzzTarget("ranges") { bytes throws(FuzzFailure) in
    let text = FuzzInput(bytes).text
    if let range = SingleRange(parsing: text) {
      try require(SingleRange(parsing: range.field) == range, "another range after printing")
    }
    if let range = ContentRange(parsing: text) {
      try require(
        ContentRange(parsing: range.description) == range, "another range after printing")
      try require(range.part?.upperBound ?? -1 < range.size ?? .max, "a part beyond the size")
    }
  }

  /// The other header fields that handlers parse.
  public static let headerFields = FuzzTarget("header-fields") { bytes throws(FuzzFailure) in
    let text = FuzzInput(bytes).text
    guard HTTPField.isValidValue(text) else { return }
    let fields: HTTPFields = [.acceptLanguage: text, .accept: text, .ifNoneMatch: text]
    let languages = ["en", "de"]
    if let best = AcceptedLanguages(of: fields).best(of: languages) {
      try require(languages.contains(best), "the language \(best)")
    }
    let types = AcceptedTypes(of: fields)
    try require(
      !types.prefers("text/html", to: "application/json")
        || !types.prefers("application/json", to: "text/html"), "each type preferred to the other")
    let tags = EntityTags(of: fields)
    try require(!tags.names("\"a\"") || tags.contains("\"a\""), "named, but not contained")
    let disposition = ContentDisposition.attachment(named: text)
    try require(HTTPField.isValidValue(disposition), "an invalid field value \(disposition)")
    try require(disposition.utf8.allSatisfy { 0x20...0x7e ~= $0 }, "bytes beyond ASCII")
  }
}
