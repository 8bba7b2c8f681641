// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import HTTP
import HTTPTypes
import Logging
import Synchronization
import Testing

@testable import Gallery

struct RequestLogTests {
  private final class Lines: LogHandler, Sendable {
    let kept = Mutex<[Logger.Metadata]>([])
    var metadata: Logger.Metadata {
      get { [:] }
      set {}
    }
    var logLevel: Logger.Level {
      get { .info }
      set {}
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { nil }
      set {}
    }

    func log(event: LogEvent) {
      kept.withLock { $0.append(event.metadata ?? [:]) }
    }
  }

  private struct Fixed: Responder {
    let response: Response

    func respond(to request: Request) async -> Response { response }
  }

  private func stream() -> Response {
    let given = Mutex(0)
    return Response(
      status: .ok,
      stream: BodyStream(length: 6) { () async throws(BodyStream.Broken) in
        given.withLock { count in
          count += 1
          return count < 3 ? [1, 2, 3] : nil
        }
      } whenEnded: { _, _ in
      })
  }

  private func log(_ response: Response, _ lines: Lines, method: HTTPRequest.Method = .get) async
    -> Response
  {
    let logger = Logger(label: "test") { _ in lines }
    return await RequestLog(logger: logger, next: Fixed(response: response))
      .respond(to: Request(method: method, target: "/", id: "1"))
  }

  @Test func `a stream is logged when it has ended, with what was taken of it`() async throws {
    let lines = Lines()
    for pieces in 0..<3 {
      guard case .stream(let body) = await log(stream(), lines).body else { return }
      for _ in 0..<pieces { _ = try await body.next() }
      #expect(lines.kept.withLock { $0.count } == pieces)
      body.end(pieces == 2 ? .complete : .broken(.init(reason: "cut")))
    }
    let kept = lines.kept.withLock { $0 }
    #expect(kept.map { $0["bytes"] } == ["0", "3", "6"])
    #expect(kept.map { $0["cut"] } == ["cut", "cut", nil])
  }

  @Test func `HEAD has no bytes, whatever the body is`() async {
    let lines = Lines()
    _ = await log(Response(text: "four"), lines, method: .head)
    _ = await log(stream(), lines, method: .head)
    let kept = lines.kept.withLock { $0 }
    #expect(kept.map { $0["bytes"] } == ["0", "0"])
    #expect(kept.allSatisfy { $0["cut"] == nil })
  }
}
