// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import HTTP
import HTTPClient
import HTTPTypes
import Synchronization

/// Somebody with a cookie jar and no browser: sends one request at a time and follows nothing by itself.
final class Visitor: Sendable {
  let site: String
  private let http: HTTPClient
  private let jar = Mutex<[String: String]>([:])

  init(site: String, http: HTTPClient) {
    self.site = site
    self.http = http
  }

  /// What the jar holds, as `a=1; b=2`.
  var cookies: String {
    get { jar.withLock { $0.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }.joined(separator: "; ") } }
  }

  func cookie(_ name: String) -> String? {
    jar.withLock { $0[name] }
  }

  func setCookie(_ name: String, to value: String?) {
    jar.withLock { $0[name] = value }
  }

  /// - Parameter target: a path of the site, or an absolute URL, which gets no cookies.
  func send(
    _ method: HTTPRequest.Method = .get, _ target: String, fields: HTTPFields = [:],
    body: [UInt8] = [], cookies override: String? = nil
  ) async throws -> Answer {
    let isOurs = target.hasPrefix("/") || target.hasPrefix(site)
    var fields = fields
    let header = override ?? cookies
    if isOurs, !header.isEmpty { fields[.cookie] = header }
    let answer = try await http.send(
      OutgoingRequest(
        method: method, url: target.hasPrefix("/") ? site + target : target, fields: fields,
        body: body, limit: .seconds(60), answerLimit: 64 << 20))
    if isOurs, override == nil { keepCookies(of: answer) }
    return answer
  }

  /// Signs in at the stand-in for Dropbox, as a person who presses Allow.
  ///
  /// - Returns: the answer to the callback.
  @discardableResult
  func signIn() async throws -> Answer {
    let callback = try await allow(try await send("/login").location)
    return try await send(callback)
  }

  /// Presses Allow on the page at `authorize`.
  ///
  /// - Returns: the URL that Dropbox sends the browser back to.
  func allow(_ authorize: String, _ decision: String = "allow") async throws -> String {
    let page = try await send(authorize).text
    let origin = authorize.split(separator: "/", maxSplits: 3).prefix(2).joined(separator: "//")
    let form = try AuthorizeForm(page)
    let answer = try await send(
      .post, origin + form.action,
      fields: [.contentType: "application/x-www-form-urlencoded"],
      body: Array(FormFields(form.fields + [form.decision(decision)]).encoded.utf8))
    return try answer.location
  }

  private func keepCookies(of answer: Answer) {
    for field in answer.fields[values: .setCookie] {
      let parts = field.split(separator: ";").map { $0.drop(while: { $0 == " " }) }
      guard let pair = parts.first?.split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false), pair.count == 2
      else { continue }
      let isGone = parts.contains("Max-Age=0")
      jar.withLock { $0[String(pair[0])] = isGone ? nil : String(pair[1]) }
    }
  }
}

/// The body or the `Location` that a test needs is missing.
struct MissingAnswer: Error {
  let what: String
}

extension Answer {
  var text: String { String(decoding: body, as: UTF8.self) }

  var location: String {
    get throws {
      guard let location = fields[.location] else {
        throw MissingAnswer(what: "no Location in \(status.code): \(text.prefix(500))")
      }
      return location
    }
  }
}
