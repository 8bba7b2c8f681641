// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Takes every call of the four hosts: records it, waits as told, applies faults, and passes it on.
struct FrontDesk: Sendable {
  let controls: Controls
  let authorizePage: AuthorizePage
  let tokenEndpoint: TokenEndpoint
  let links: TemporaryLinks
  let thumbnails: Thumbnails

  @discardableResult
  func addAccount(
    _ person: Person, _ content: StandIn.AccountContent
  ) async throws(StandInError) -> StandIn.Account {
    try content.check()
    let account = StandIn.Account(
      api: API(
        person: person, content: content, authorizations: controls.authorizations,
        folder: await OffPool.disk { AppFolder(content, of: person) }, listings: Listings(),
        links: links, thumbnails: thumbnails))
    controls.accounts.add(account)
    return account
  }

  func answer(_ call: Call) async throws -> Answer {
    let route = FrontDesk.route(of: call)
    let account = account(of: call, route)
    let ticket = controls.log.begin(route: route, host: call.host, method: call.method)
    let own = account?.log.begin(route: route, host: call.host, method: call.method)
    var status = 0
    defer {
      controls.log.end(ticket, status: status)
      if let own { account?.log.end(own, status: status) }
    }
    let fault = account?.faults.next(for: route) ?? controls.faults.next(for: route) ?? Fault()
    let wait = [controls.latency, account?.latency ?? .zero, fault.delay].reduce(.zero) {
      min($0 + min($1, FrontDesk.longestWait), FrontDesk.longestWait)
    }
    if wait > .zero { try await Task.sleep(for: wait) }
    var answer = try await answer(call, route, fault.action, account)
    for field in FrontDesk.commonFields where !answer.fields.contains(where: { $0.name == field.0 })
    {
      answer.set(field.0, field.1)
    }
    answer.set("X-Dropbox-Request-Id", RandomText.hex(bytes: 16))
    status = answer.status
    return answer
  }

  /// Less than FlyingFox waits for an answer. A sum of longer ones may be no `Duration`, and that traps.
  private static let longestWait = Duration.seconds(50)

  private static let commonFields = [
    ("Cache-Control", "no-cache"), ("Server", "envoy"), ("Vary", "Accept-Encoding"),
    ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "SAMEORIGIN"),
  ]

  private static func route(of call: Call) -> String {
    switch call.host {
    case .www where call.path == "/oauth2/authorize": "oauth2/authorize"
    case .api where call.path == "/oauth2/token": "oauth2/token"
    case .links where call.path.hasPrefix("/cd/0/get/"): "links"
    case .api, .content: API.route(of: call)?.rawValue ?? "unknown"
    default: "unknown"
    }
  }

  private func answer(
    _ call: Call, _ route: String, _ action: Fault.Action, _ account: StandIn.Account?
  ) async throws -> Answer {
    switch action {
    case .none: return await trueAnswer(call, route, account)
    case .answer(let status, let fields, let body):
      var answer = Answer(status, type: nil, body: Data(body.utf8))
      for field in fields { answer.set(field.key, field.value) }
      return answer
    case .drip(let bytes, let pause):
      return try await paced(await trueAnswer(call, route, account), piece: bytes, pause: pause)
    case .cut(let bytes, let pause):
      return try await paced(
        await trueAnswer(call, route, account), cutAfter: bytes, pauseBeforeCut: pause)
    case .huge(let bytes):
      var answer = Answer(200, type: "application/json", body: Data())
      answer.body = .paced(
        PacedBytes(
          announcedBytes: bytes, cutAfterBytes: nil, pauseBeforeCut: .zero, pieceBytes: 65_536,
          pause: .zero, prefix: Data(#"{"entries": ["#.utf8)))
      return answer
    case .hang:
      await (account?.hangs ?? controls.hangs).wait()
      return .text(503, "Service Unavailable")
    }
  }

  private func trueAnswer(
    _ call: Call, _ route: String, _ account: StandIn.Account?
  ) async -> Answer {
    switch (call.host, route) {
    case (.www, "oauth2/authorize"): return authorizePage.answer(call)
    case (.api, "oauth2/token"): return tokenEndpoint.answer(call)
    case (.links, _): return await links.answer(call)
    case (.api, _), (.content, _):
      // Any account refuses a call without a good token.
      guard let api = (account ?? controls.accounts.all.first)?.api else {
        return Refusal.unauthorized(tag: "invalid_access_token").answer(for: route)
      }
      return await api.answer(call)
    default: return .html(404, AuthorizeHTML.problem("There is no such page."))
    }
  }

  /// The account that a call concerns; `nil` where nobody can tell.
  private func account(of call: Call, _ route: String) -> StandIn.Account? {
    let form = { FormPairs(parsing: String(decoding: call.body, as: UTF8.self)) }
    switch (call.host, route) {
    case (.links, _): return links.account(of: call)
    case (.www, _) where call.method == "POST":
      return form()["person"].flatMap { controls.accounts[personID: $0] }
    case (.api, "oauth2/token"):
      let form = form()
      return controls.authorizations.person(
        ofCode: form["code"], orRefreshToken: form["refresh_token"]
      ).flatMap { controls.accounts[$0] }
    case (.api, _), (.content, _):
      let token = try? API.bearerToken(call)
      return token.flatMap { controls.authorizations.person(of: $0) }
        .flatMap { controls.accounts[$0] }
    default: return nil
    }
  }

  /// The answer with its body sent piece by piece, or not to the end.
  private func paced(
    _ answer: Answer, piece: Int = 65_536, pause: Duration = .zero, cutAfter: Int? = nil,
    pauseBeforeCut: Duration = .zero
  ) async throws -> Answer {
    var data = Data()
    switch answer.body {
    case .bytes(let bytes): data = bytes
    case .file(let path, let range):
      let whole = await OffPool.disk { FileManager.default.contents(atPath: path) } ?? Data()
      data = whole.dropFirst(range.lowerBound).prefix(range.count)
    case .paced: return answer
    }
    var answer = answer
    // A body shorter than the cut is announced longer than it is.
    let announced = cutAfter.map { max(data.count, $0 < .max ? $0 + 1 : $0) } ?? data.count
    answer.body = .paced(
      PacedBytes(
        announcedBytes: announced, cutAfterBytes: cutAfter, pauseBeforeCut: pauseBeforeCut,
        pieceBytes: piece, pause: pause, prefix: data))
    return answer
  }
}
