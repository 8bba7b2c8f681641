// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import Foundation
import HTTP
import HTTPClient
import HTTPTypes
import Synchronization

/// Somebody with a cookie jar and no browser: sends one request at a time and follows nothing by itself.
final class Visitor: Sendable {
  let site: String
  private let http: HTTPClient
  private let dropbox: StandIn
  private let person: Person
  private let jar = Mutex<[String: String]>([:])

  /// - Parameter person: whose Dropbox it is.
  init(site: String, http: HTTPClient, dropbox: StandIn, person: Person = .ana) {
    self.site = site
    self.http = http
    self.dropbox = dropbox
    self.person = person
  }

  /// What the jar holds, as `a=1; b=2`.
  var cookies: String {
    jar.withLock { $0.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: "; ") }
  }

  /// How a cookie of ours is called here.
  func cookieName(_ name: String) -> String {
    site.hasPrefix("https:") ? "__Host-" + name : name
  }

  func cookie(_ name: String) -> String? {
    jar.withLock { $0[cookieName(name)] }
  }

  func setCookie(_ name: String, to value: String?) {
    jar.withLock { $0[cookieName(name)] = value }
  }

  /// - Parameter target: a path of the site, or an absolute URL, which gets no cookies.
  @discardableResult
  func send(
    _ target: String, method: HTTPRequest.Method = .get, fields: HTTPFields = [:],
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

  /// A page as a program gets it.
  func json(_ target: String) async throws -> JSONValue {
    let answer = try await send(target, fields: [.accept: "application/json"])
    guard answer.status == .ok else {
      throw MissingAnswer(what: "\(answer.status.code) for \(target)")
    }
    return try JSONDecoder().decode(JSONValue.self, from: Data(answer.body))
  }

  /// Where the first picture of the first page leads to at Dropbox: that page is read, and then each call asks Dropbox once.
  func original() async throws -> String {
    guard let path = try await send("/").text.firstMatch(of: /\/originals\/[^"]+/)?.output else {
      throw MissingAnswer(what: "no picture on the page")
    }
    return String(path)
  }

  /// Signs in at the stand-in for Dropbox, as a person who presses Allow.
  ///
  /// - Returns: the answer to the callback.
  @discardableResult
  func signIn() async throws -> Answer {
    try await send(decide(try await send("/login").location))
  }

  /// Presses Allow or Deny on the page at `authorize`.
  ///
  /// - Returns: the URL that Dropbox sends the browser back to.
  func decide(_ authorize: String, allow: Bool = true) throws -> String {
    guard let callback = dropbox.decide(authorize, allow: allow, as: person) else {
      throw MissingAnswer(what: "the stand-in refuses \(authorize)")
    }
    return callback
  }

  private func keepCookies(of answer: Answer) {
    for field in answer.fields[values: .setCookie] {
      let parts = field.split(separator: ";").map { $0.drop(while: { $0 == " " }) }
      guard
        let pair = parts.first?.split(
          separator: "=", maxSplits: 1, omittingEmptySubsequences: false), pair.count == 2
      else { continue }
      let isGone = parts.contains("Max-Age=0")
      jar.withLock { $0[String(pair[0])] = isGone ? nil : String(pair[1]) }
    }
  }
}

extension HTTPFields {
  /// What a browser says when a link on another site brought it here.
  static var crossSite: HTTPFields {
    guard let name = HTTPField.Name("Sec-Fetch-Site") else { return [:] }
    return [name: "cross-site"]
  }
}

/// The body or the `Location` that a test needs is missing.
struct MissingAnswer: Error {
  let what: String
}

extension Answer {
  var text: String { String(decoding: body, as: UTF8.self) }

  /// The name that the request has in the logs, and on error pages.
  var requestID: String { HTTPField.Name("X-Request-Id").flatMap { fields[$0] } ?? "" }

  /// The fields of a request that another answer may depend on; web servers write them in their own way.
  var varies: Set<String> {
    Set(
      fields[values: .vary].flatMap { $0.split(separator: ",") }
        .map { $0.trimmingCharacters(in: .whitespaces) })
  }

  var location: String {
    get throws {
      guard let location = fields[.location] else {
        throw MissingAnswer(what: "no Location in \(status.code): \(text.prefix(500))")
      }
      return location
    }
  }
}
