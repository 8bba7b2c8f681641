// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import FlyingFox
import Foundation
import Testing

@testable import DropboxStandIn

/// Accounts that are added to the stand-in while it runs.
struct AccountsTests {
  private static let tess = Person(id: "tess", givenName: "Tess", surname: "Hart")
  private static let list = "files/list_folder"

  private let desk: FrontDesk

  init() {
    let clock = SettableClock()
    let authorizations = Authorizations(clock: clock)
    let accounts = Accounts()
    let options = StandIn.Options()
    desk = FrontDesk(
      controls: Controls(
        options: options, clock: clock, authorizations: authorizations, accounts: accounts),
      authorizePage: AuthorizePage(
        options: options, accounts: accounts, authorizations: authorizations),
      tokenEndpoint: TokenEndpoint(options: options, authorizations: authorizations),
      links: TemporaryLinks(clock: clock, accounts: accounts), thumbnails: Thumbnails())
  }

  private func content(_ path: String) -> StandIn.AccountContent {
    var content = StandIn.AccountContent()
    content.virtualPaths = [path]
    content.variesPages = false
    return content
  }

  private func grant(of person: Person) -> Grant {
    desk.controls.authorizations.issue(
      scopes: StandIn.Options().scopes, isOffline: true, of: person)
  }

  private func listing(_ grant: Grant) async throws -> Answer {
    try await desk.answer(
      Call(
        host: .api, method: "POST", path: "/2/" + Self.list, query: FormPairs(parsing: ""),
        fields: [
          HTTPHeader("Authorization"): "Bearer \(grant.accessToken)",
          .contentType: "application/json",
        ], body: Data(#"{"path": ""}"#.utf8)))
  }

  private func refresh(_ grant: Grant) async throws -> Answer {
    let form =
      "grant_type=refresh_token&refresh_token=\(grant.refreshToken ?? "")"
      + "&client_id=standin-app-key&client_secret=standin-app-secret"
    return try await desk.answer(
      Call(
        host: .api, method: "POST", path: "/oauth2/token", query: FormPairs(parsing: ""),
        fields: [.contentType: "application/x-www-form-urlencoded"], body: Data(form.utf8)))
  }

  @Test func `each account has files, faults and calls of its own`() async throws {
    try await desk.addAccount(.ana, content("/Ana's.jpg"))
    let account = try await desk.addAccount(Self.tess, content("/Tess's.jpg"))
    let (ana, tess) = (grant(of: .ana), grant(of: Self.tess))
    #expect(try await listing(tess).text.contains("Tess's.jpg"))
    #expect(try await listing(ana).text.contains("Ana's.jpg"))
    #expect(account.count(of: Self.list) == 1)

    account.inject(.internalServerError, into: "*", times: nil)
    #expect(try await listing(tess).status == 500)
    #expect(try await refresh(tess).status == 500)
    #expect(try await listing(ana).status == 200)
    #expect(try await refresh(ana).status == 200)
    #expect(account.count(of: Self.list) == 2)
    #expect(account.calls.map(\.status) == [200, 500, 500])
    #expect(desk.controls.log.counts[Self.list] == 4)

    account.reset()
    #expect(account.calls.isEmpty)
    #expect(try await listing(tess).status == 200)
  }

  @Test func `a link belongs to the account whose file it is`() async throws {
    let account = try await desk.addAccount(Self.tess, content("/Tess's.jpg"))
    let entry = try #require(account.api.folder.entry(at: "/tess's.jpg"))
    let call = Call(
      host: .links, method: "GET", path: desk.links.link(to: entry, of: Self.tess),
      query: FormPairs(parsing: ""), fields: [:], body: Data())
    #expect(try await desk.answer(call).status == 200)
    account.inject(.internalServerError, into: "links")
    #expect(try await desk.answer(call).status == 500)
    desk.controls.accounts.remove(Self.tess)
    #expect(try await desk.answer(call).status == 404)
  }

  @Test func `a removed account answers no token`() async throws {
    try await desk.addAccount(.ana, content("/Ana's.jpg"))
    try await desk.addAccount(Self.tess, content("/Tess's.jpg"))
    let (ana, tess) = (grant(of: .ana), grant(of: Self.tess))
    desk.controls.removeAccount(Self.tess)
    #expect(try await listing(tess).status == 401)
    #expect(try await refresh(tess).status == 400)
    #expect(try await listing(ana).status == 200)
  }

  @Test func `an account needs a folder that exists`() async {
    await #expect(throws: StandInError.noSuchFolder) {
      try await desk.addAccount(Self.tess, StandIn.AccountContent(photos: "/nowhere"))
    }
  }
}
