// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The control host: steers the stand-in over HTTP, JSON in and out.
///
/// - `POST /faults` `{"route": "files/list_folder", "fault": {"kind": "429", "retry_after": 2}, "times": 1}`;
///   without `times` always. `route` is a name as in `/calls`, or `*`. Kinds: `delay`, `status` (`status`,
///   `body`, `headers`, `type`), `429`, `429-text`, `500`, `503`, `html`, `expired`, `missing-scope`
///   (`scope`), `reset`, `invalid-grant`, `hang`, `drip` (`bytes`, `pause` in milliseconds), `cut` (`bytes`,
///   `pause` after them), `huge` (`bytes`). Each kind takes `delay`, 0 to 50,000 ms.
/// - `POST /clock` `{"advance": seconds}`; `POST /latency` `{"milliseconds": n}`.
/// - `POST /expire-tokens`, `POST /revoke-grants`, `POST /reset-cursors`, `POST /reset` (faults, calls, clock
///   and latency; grants stay), each with no body.
/// - `POST /tokens` `{"scopes": […]}`: a grant without the authorize page.
/// - `GET /calls` `{"counts": {route: n}, "calls": [{"route", "host", "method", "status"}]}`;
///   `GET /in-flight` `{"count": n}`.
struct ControlEndpoint: Sendable {
  let controls: Controls

  func answer(_ call: Call) -> Answer {
    do throws(Refusal) {
      return .json(200, try result(of: call))
    } catch {
      return error.answer(for: call.path)
    }
  }

  private func result(of call: Call) throws(Refusal) -> JSON {
    switch (call.method, call.path) {
    case ("GET", "/calls"): return calls
    case ("GET", "/in-flight"): return ["count": .integer(Int64(controls.log.inFlight))]
    case ("POST", "/faults"): try addFault(call)
    case ("POST", "/clock"):
      var arguments = try arguments(call)
      let seconds = try arguments.integer("advance", in: 0...1_000_000_000) ?? 0
      try arguments.finish()
      controls.clock.advance(seconds: Double(seconds))
    case ("POST", "/latency"):
      var arguments = try arguments(call)
      let milliseconds = try arguments.integer("milliseconds", in: 0...50_000) ?? 0
      try arguments.finish()
      controls.setLatency(.milliseconds(milliseconds))
    case ("POST", "/expire-tokens"): controls.authorizations.expireAccessTokens()
    case ("POST", "/revoke-grants"): controls.authorizations.revokeAll()
    case ("POST", "/reset-cursors"): controls.resetCursors()
    case ("POST", "/reset"): controls.reset()
    case ("POST", "/tokens"): return try issueTokens(call)
    default: throw .noRoute
    }
    return [:]
  }

  private var calls: JSON {
    let counts = controls.log.counts.sorted { $0.key < $1.key }
    return [
      "counts": .object(
        counts.map { JSON.Member(name: $0.key, value: .integer(Int64($0.value))) }),
      "calls": .array(
        controls.log.calls.map { call in
          [
            "route": .string(call.route), "host": .string(call.host),
            "method": .string(call.method),
            "status": call.status.map { .integer(Int64($0)) } ?? .null,
          ]
        }),
    ]
  }

  private func arguments(_ call: Call) throws(Refusal) -> Arguments {
    let json: JSON
    do throws(JSONError) {
      json = try JSON(parsing: call.body)
    } catch {
      throw .badRequest("request body: could not decode input as JSON")
    }
    return try Arguments(json, in: "request body")
  }

  private func addFault(_ call: Call) throws(Refusal) {
    var arguments = try arguments(call)
    let route = try arguments.string("route")
    let fault = try Fault(try arguments.required("fault"))
    let times = try arguments.integer("times", in: 1...1_000_000)
    try arguments.finish()
    controls.faults.add(fault, route: route, times: times)
  }

  private func issueTokens(_ call: Call) throws(Refusal) -> JSON {
    var arguments = try arguments(call)
    var scopes = controls.options.scopes
    if case .array(let names)? = arguments.take("scopes") { scopes = names.compactMap(\.string) }
    try arguments.finish()
    let grant = controls.authorizations.issue(scopes: scopes.sorted(), isOffline: true)
    return [
      "access_token": .string(grant.accessToken),
      "refresh_token": .string(grant.refreshToken ?? ""),
    ]
  }
}
