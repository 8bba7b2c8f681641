// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

public import DropboxStandIn
import Foundation
public import HTTPClient
public import HTTPTypes
import Synchronization

/// A client with a cookie jar. It sends one request at a time and follows no redirects.
public final class TestClient: Sendable {
  /// Sends a request with an absolute URL and returns the response.
  public typealias Transport = @Sendable (OutgoingRequest) async throws -> Answer

  /// Scheme, host and port of the service, without a slash at the end.
  public let site: String
  private let transport: Transport
  private let dropbox: StandIn
  private let person: Person
  private let jar = Mutex<[String: String]>([:])

  /// - Parameters:
  ///   - person: the Dropbox account that `signIn()` uses.
  ///   - transport: a web server, or the application in this process.
  public init(
    site: String, dropbox: StandIn, person: Person = .ana, transport: @escaping Transport
  ) {
    self.site = site
    self.dropbox = dropbox
    self.person = person
    self.transport = transport
  }

  /// The jar as a `Cookie` field: `a=1; b=2`.
  public var cookies: String {
    jar.withLock { $0.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: "; ") }
  }

  /// The name of a cookie of the service at this site: with the prefix `__Host-` over TLS.
  public func cookieName(_ name: String) -> String {
    site.hasPrefix("https:") ? "__Host-" + name : name
  }

  public func cookie(_ name: String) -> String? {
    jar.withLock { $0[cookieName(name)] }
  }

  public func setCookie(_ name: String, to value: String?) {
    jar.withLock { $0[cookieName(name)] = value }
  }

  /// - Parameters:
  ///   - target: a path of the site, or an absolute URL. Other sites get no cookies.
  ///   - override: sent instead of the jar, which then keeps no cookie of the response.
  @discardableResult
  public func send(
    _ target: String, method: HTTPRequest.Method = .get, fields: HTTPFields = [:],
    body: [UInt8] = [], cookies override: String? = nil
  ) async throws -> Answer {
    let isSameSite = target.hasPrefix("/") || target.hasPrefix(site)
    var fields = fields
    let header = override ?? cookies
    if isSameSite, !header.isEmpty { fields[.cookie] = header }
    let answer = try await transport(
      OutgoingRequest(
        method: method, url: target.hasPrefix("/") ? site + target : target, fields: fields,
        body: body, limit: .seconds(60), answerLimit: 64 << 20))
    if isSameSite, override == nil { keepCookies(of: answer) }
    return answer
  }

  /// Requests a page as JSON.
  public func json(_ target: String) async throws -> JSONValue {
    let answer = try await send(target, fields: [.accept: "application/json"])
    guard answer.status == .ok else {
      throw MissingAnswer(what: "\(answer.status.code) for \(target)")
    }
    return try JSONDecoder().decode(JSONValue.self, from: Data(answer.body))
  }

  /// The path of the first original on the first page. Each request for it calls Dropbox once.
  public func original() async throws -> String {
    guard let path = try await send("/").text.firstMatch(of: /\/originals\/[^"]+/)?.output else {
      throw MissingAnswer(what: "no picture on the page")
    }
    return String(path)
  }

  /// Signs in at the stand-in for Dropbox and presses Allow.
  ///
  /// - Returns: the response to the callback.
  @discardableResult
  public func signIn() async throws -> Answer {
    try await send(decide(try await send("/login").location))
  }

  /// Presses Allow or Deny on the page at `authorize`.
  ///
  /// - Returns: the URL that Dropbox redirects the browser to.
  public func decide(_ authorize: String, allow: Bool = true) throws -> String {
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
  /// The Fetch Metadata of a navigation that began on another site.
  public static var crossSite: HTTPFields {
    guard let name = HTTPField.Name("Sec-Fetch-Site") else { return [:] }
    return [name: "cross-site"]
  }
}

/// The response lacks the body or the `Location` that a test needs.
public struct MissingAnswer: Error {
  let what: String
}

extension Answer {
  public var text: String { String(decoding: body, as: UTF8.self) }

  /// The name of the request in the logs and on error pages.
  public var requestID: String { HTTPField.Name("X-Request-Id").flatMap { fields[$0] } ?? "" }

  /// The names in `Vary`. Web servers add to it, each in its own format.
  public var varies: Set<String> {
    Set(
      fields[values: .vary].flatMap { $0.split(separator: ",") }
        .map { $0.trimmingCharacters(in: .whitespaces) })
  }

  public var location: String {
    get throws {
      guard let location = fields[.location] else {
        throw MissingAnswer(what: "no Location in \(status.code): \(text.prefix(500))")
      }
      return location
    }
  }
}
