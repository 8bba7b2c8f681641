// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

@testable import DropboxStandIn

/// Everything that ends with time.
struct SettableClockTests {
  private let redirectURI = "http://localhost:3000/oauthredirect"

  private func bench() -> Bench {
    var options = StandIn.Options.synthetic(count: 1)
    options.redirectURIs = [redirectURI]
    return Bench(options)
  }

  private func link(_ bench: Bench) async throws -> String {
    let answer = await bench.call(.getTemporaryLink, ["path": "/Picture 000001.jpg"])
    return try #require(try answer.json["link"]?.string)
  }

  @Test func `a link opens for four hours and then is gone`() async throws {
    let bench = bench()
    let link = try await link(bench)
    #expect(await bench.open(link).status == 200)
    bench.clock.advance(seconds: 14_390)
    #expect(await bench.open(link).status == 200)
    bench.clock.advance(seconds: 11)
    #expect(await bench.open(link).status == 410)
    bench.clock.reset()
    #expect(await bench.open(link).status == 200)
  }

  @Test func `a link that was changed never was one`() async throws {
    let bench = bench()
    let link = try await link(bench)
    let token = link.dropFirst("/cd/0/get/".count).dropLast("/file".count)
    let halves = token.split(separator: ".")
    for path in [
      link + "/", link + "x", "/cd/0/get/\(halves[0])/file", "/cd/0/get/\(halves[0])./file",
      "/cd/0/get/x\(token)/file", "/cd/0/get/\(halves[1]).\(halves[0])/file",
      "/cd/0/get/\(token)é/file", "/cd/0/get//file", "/cd/0/get/.../file", "/cd/0/get/./file", "/",
      "", "//////", "/cd/1/get/\(token)/file",
    ] {
      #expect(await bench.open(path).status == 404, "\(path)")
    }
  }

  @Test func `an access token ends after four hours`() async throws {
    let bench = bench()
    bench.clock.advance(seconds: 14_390)
    #expect(await bench.call(.getLatestCursor, ["path": ""]).status == 200)
    bench.clock.advance(seconds: 11)
    let answer = await bench.call(.getLatestCursor, ["path": ""])
    #expect(answer.status == 401)
    #expect(try answer.json["error"] == [".tag": "expired_access_token"])
  }

  @Test(arguments: [(590.0, 200), (601.0, 400)])
  func `a code ends after ten minutes`(seconds: Double, status: Int) async throws {
    let bench = bench()
    let code = bench.authorizations.issueCode(
      for: AuthorizationRequest(
        redirectURI: redirectURI, state: nil, challenge: nil, isOffline: false, scopes: []))
    bench.clock.advance(seconds: seconds)
    let answer = bench.exchange(
      "grant_type=authorization_code&code=\(code)&redirect_uri=\(redirectURI)"
        + "&client_id=standin-app-key&client_secret=standin-app-secret")
    #expect(answer.status == status)
  }

  @Test(arguments: [Duration.seconds(Int64.max), .seconds(Int64.min)])
  func `no distance is too far`(distance: Duration) async throws {
    let standIn = try await StandIn.start(.synthetic(count: 1))
    for _ in 0..<3 { standIn.advanceClock(by: distance) }
    #expect(standIn.grant().refreshToken != nil)
    await standIn.stop()
    let bench = bench()
    for _ in 0..<3 { bench.clock.advance(seconds: Double(distance.components.seconds)) }
    let token = bench.authorizations.issue(scopes: [], isOffline: false)
    let link = bench.links.link(
      to: try #require(bench.api.folder.entry(at: "/picture 000001.jpg")), of: .ana)
    #expect(await bench.open(link).status == 200)
    #expect(!token.accessToken.isEmpty)
  }
}
