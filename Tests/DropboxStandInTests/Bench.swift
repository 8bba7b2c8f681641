// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import FlyingFox
import Foundation
import TestSupport

@testable import DropboxStandIn

/// The stand-in's routes without its ports: a call goes in, an answer comes out.
struct Bench: Sendable {
  let clock = SettableClock()
  let authorizations: Authorizations
  let links: TemporaryLinks
  let api: API
  let page: AuthorizePage
  let tokens: TokenEndpoint
  /// Of somebody who allowed everything.
  let token: String

  init(_ options: StandIn.Options = StandIn.Options()) {
    authorizations = Authorizations(clock: clock)
    let accounts = Accounts()
    links = TemporaryLinks(clock: clock, accounts: accounts)
    for (person, content) in options.accounts {
      accounts.add(
        StandIn.Account(
          api: API(
            person: person, content: content, authorizations: authorizations,
            folder: AppFolder(content, of: person), listings: Listings(), links: links,
            thumbnails: Thumbnails())))
    }
    api = accounts.all[0].api
    page = AuthorizePage(options: options, accounts: accounts, authorizations: authorizations)
    tokens = TokenEndpoint(options: options, authorizations: authorizations)
    token = authorizations.issue(scopes: options.scopes, isOffline: true).accessToken
  }

  /// Calls a route that takes JSON.
  func call(_ route: APIRoute, _ argument: JSON) async -> Answer {
    await api.answer(
      Call(
        host: route.host, method: "POST", path: "/2/" + route.rawValue,
        query: FormPairs(parsing: ""),
        fields: [
          HTTPHeader("Authorization"): "Bearer \(token)", .contentType: "application/json",
        ],
        body: Data(argument.printed())))
  }

  /// Opens a page of the web site, or sends its form.
  func authorize(
    _ query: String, method: String = "POST", form: String = "decision=allow"
  ) -> Answer {
    page.answer(
      Call(
        host: .www, method: method, path: "/oauth2/authorize", query: FormPairs(parsing: query),
        fields: [:], body: Data(form.utf8)))
  }

  /// Asks for a token.
  func exchange(_ form: String) -> Answer {
    tokens.answer(
      Call(
        host: .api, method: "POST", path: "/oauth2/token", query: FormPairs(parsing: ""),
        fields: [.contentType: "application/x-www-form-urlencoded"], body: Data(form.utf8)))
  }

  /// Opens a temporary link.
  func open(_ link: String) async -> Answer {
    await links.answer(
      Call(
        host: .links, method: "GET", path: link, query: FormPairs(parsing: ""), fields: [:],
        body: Data()))
  }
}

extension Answer {
  var bytes: Data {
    if case .bytes(let data) = body { data } else { Data() }
  }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  var json: JSON {
    get throws {
      do throws(JSONError) {
        return try JSON(parsing: bytes)
      } catch {
        throw TestFailure("\(error): \(status) \(text)")
      }
    }
  }

  func field(_ name: String) -> String? {
    fields.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}

extension JSON {
  var array: [JSON] {
    if case .array(let array) = self { array } else { [] }
  }
}
