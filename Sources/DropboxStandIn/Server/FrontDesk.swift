// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Takes every call of the four hosts: records it, waits as told, applies faults, and passes it on.
struct FrontDesk: Sendable {
  let controls: Controls
  let authorizePage: AuthorizePage
  let tokenEndpoint: TokenEndpoint
  let apiOfAna: API
  let apiOfBen: API
  let links: TemporaryLinks

  func answer(_ call: Call) async throws -> Answer {
    let route = FrontDesk.route(of: call)
    let ticket = controls.log.begin(route: route, host: call.host, method: call.method)
    var status = 0
    defer { controls.log.end(ticket, status: status) }
    let fault = controls.faults.next(for: route) ?? Fault()
    let wait = min(
      min(controls.latency, FrontDesk.longestWait) + min(fault.delay, FrontDesk.longestWait),
      FrontDesk.longestWait)
    if wait > .zero { try await Task.sleep(for: wait) }
    var answer = try await answer(call, route, fault.action)
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
    _ call: Call, _ route: String, _ action: Fault.Action
  ) async throws -> Answer {
    switch action {
    case .none: return await trueAnswer(call, route)
    case .answer(let status, let fields, let body):
      var answer = Answer(status, type: nil, body: Data(body.utf8))
      for field in fields { answer.set(field.key, field.value) }
      return answer
    case .drip(let bytes, let pause):
      return try await paced(await trueAnswer(call, route), piece: bytes, pause: pause)
    case .cut(let bytes, let pause):
      return try await paced(await trueAnswer(call, route), cutAfter: bytes, pauseBeforeCut: pause)
    case .huge(let bytes):
      var answer = Answer(200, type: "application/json", body: Data())
      answer.body = .paced(
        PacedBytes(
          announcedBytes: bytes, cutAfterBytes: nil, pauseBeforeCut: .zero, pieceBytes: 65_536,
          pause: .zero, prefix: Data(#"{"entries": ["#.utf8)))
      return answer
    case .hang:
      await controls.hangs.wait()
      return .text(503, "Service Unavailable")
    }
  }

  private func trueAnswer(_ call: Call, _ route: String) async -> Answer {
    switch (call.host, route) {
    case (.www, "oauth2/authorize"): return authorizePage.answer(call)
    case (.api, "oauth2/token"): return tokenEndpoint.answer(call)
    case (.links, _): return await links.answer(call)
    case (.api, _), (.content, _): return await api(for: call).answer(call)
    default: return .html(404, AuthorizeHTML.problem("There is no such page."))
    }
  }

  /// That of the person whose token the call brings. Either refuses a call without a good one.
  private func api(for call: Call) -> API {
    let token = try? API.bearerToken(call)
    let person = token.flatMap { controls.authorizations.person(of: $0) }
    return person == .ben ? apiOfBen : apiOfAna
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
