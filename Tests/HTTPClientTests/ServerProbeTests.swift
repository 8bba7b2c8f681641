// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPClient
import TestSupport
import Testing

/// One look at a server: what it tells, and what is told when it cannot be reached.
struct ServerProbeTests {
  @Test func `through TLS it tells the status, the time and the end of the certificate`()
    async throws
  {
    let server = try await TLSServer.start()
    let probe = try await look(server.url("/"), authority: server.authority)
    let now = Int64(Date().timeIntervalSince1970)
    #expect(probe.status == 200)
    #expect(abs(try #require(probe.date) - now) < 60)
    let certificate = try #require(probe.certificate)
    #expect(certificate.issuer == "CN = Test Authority")
    #expect((86_400...2 * 86_400).contains(certificate.ends - now))
    #expect(certificate.begins <= now)
    try await server.stop()
  }

  @Test
  func `a certificate of another authority is refused, and can be looked at without a request`()
    async throws
  {
    let backend = try await ScriptedServer { _ in [.answer()] }
    let server = try await TLSServer.start(backend: backend.port)
    let url = server.url("/backend/")
    #expect(
      await failure(url, authority: server.otherAuthority) == .unreachable(.peerFailedVerification))
    var configuration = HTTPClient.Configuration()
    configuration.certificateAuthorities = server.otherAuthority
    let shown = await ServerProbe.certificateShown(
      at: url, configuration: configuration, limit: .seconds(10))
    #expect(shown?.issuer == "CN = Test Authority")
    #expect(await backend.requests.isEmpty)
    try await server.stop()
  }

  @Test func `a server without TLS, a closed port and a silent one are told apart`() async throws {
    let server = try await ScriptedServer { _ in [.answer()] }
    let probe = try await look("http://127.0.0.1:\(server.port)/")
    #expect(probe == ServerProbe(status: 200, date: nil, certificate: nil))
    let port = try FreePort.find()
    #expect(await failure("http://127.0.0.1:\(port)/") == .unreachable(.couldntConnect))
    let silent = try await ScriptedServer { _ in [] }
    let error = await failure("http://127.0.0.1:\(silent.port)/", limit: .milliseconds(200))
    #expect(error == .interrupted(.operationTimedout))
    let url = "https://127.0.0.1:\(server.port)/"
    var configuration = HTTPClient.Configuration()
    configuration.connectLimit = .milliseconds(200)
    #expect(
      await ServerProbe.certificateShown(
        at: url, configuration: configuration, limit: .seconds(10)) == nil)
  }

  private func look(
    _ url: String, authority: String? = nil, limit: Duration = .seconds(10)
  ) async throws(HTTPClientError) -> ServerProbe {
    var configuration = HTTPClient.Configuration()
    configuration.allowsPlainHTTP = true
    configuration.certificateAuthorities = authority
    return try await ServerProbe.look(at: url, configuration: configuration, limit: limit)
  }

  private func failure(
    _ url: String, authority: String? = nil, limit: Duration = .seconds(10)
  ) async -> HTTPClientError? {
    do throws(HTTPClientError) {
      _ = try await look(url, authority: authority, limit: limit)
      return nil
    } catch {
      return error
    }
  }
}
