// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import HTTP
import HTTPTypes
import Logging
import Metrics
import Synchronization
import Testing

@testable import Gallery

struct RequestLogTests {
  private final class Lines: LogHandler, Sendable {
    let kept = Mutex<[(message: String, fields: Logger.Metadata, level: Logger.Level)]>([])
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
      kept.withLock { $0.append(("\(event.message)", event.metadata ?? [:], event.level)) }
    }

    var fields: [[String: String]] {
      kept.withLock { $0.map { $0.fields.mapValues { "\($0)" } } }
    }
  }

  private struct Made: RoutedResponder {
    let answer: @Sendable () async -> Response

    func respond(to routed: RoutedRequest) async -> Response { await answer() }
  }

  private let lines = Lines()
  private let telemetry = Telemetry()

  private func stream(pause: Duration = .zero) -> Response {
    let given = Mutex(0)
    return Response(
      status: .ok,
      stream: BodyStream(length: 6) { () async throws(BodyStream.Broken) in
        if pause > .zero { try? await Task.sleep(for: pause) }
        return given.withLock { count in
          count += 1
          return count < 3 ? [1, 2, 3] : nil
        }
      } whenEnded: { _, _ in
      })
  }

  private func respond(
    method: HTTPRequest.Method = .get, target: String = "/", slowAfter: Duration = .seconds(60),
    arrived: ContinuousClock.Instant = .now, _ answer: @escaping @Sendable () async -> Response
  ) async -> Response {
    let logger = Logger(label: "test") { [lines] _ in lines }
    let log = RequestLog(
      logger: logger, telemetry: telemetry,
      accounts: AccountTags(secrets: SessionSecrets.made("a")),
      slowLimit: slowAfter, next: Made(answer: answer))
    return await log.respond(
      to: RoutedRequest(Request(method: method, target: target, id: "1", arrived: arrived)))
  }

  private var metrics: String {
    var exposition = Exposition()
    telemetry.add(to: &exposition)
    return exposition.text
  }

  // MARK: When

  @Test func `a stream is logged when it has ended, with what was taken of it`() async throws {
    for pieces in 0..<3 {
      guard case .stream(let body) = await respond({ stream() }).body else { return }
      for _ in 0..<pieces { _ = try await body.next() }
      #expect(lines.fields.count == pieces)
      body.end(pieces == 2 ? .complete : .broken(.init(reason: "cut")))
    }
    #expect(lines.fields.map { $0["bytes"] } == ["0", "3", "6"])
    #expect(lines.fields.map { $0["cut"] } == ["cut", "cut", nil])
    #expect(metrics.contains("gallery_cut_answers_total 2\n"))
  }

  @Test func `an answer held whole is logged when it was written, or when nobody wants it`() async {
    var response: Response? = await respond { Response(text: "four") }
    #expect(lines.fields.isEmpty)
    response?.delivery?.end(.complete)
    response?.delivery?.end(.abandoned)
    #expect(lines.fields.map { $0["bytes"] } == ["4"])
    #expect(lines.fields.map { $0["cut"] } == [nil])
    response = await respond { Response(text: "four") }
    response = nil
    #expect(lines.fields.map { $0["cut"] } == [nil, "nobody read on"])
  }

  @Test func `HEAD has no bytes, whatever the body is`() async {
    _ = await respond(method: .head) { Response(text: "four") }
    _ = await respond(method: .head) { stream() }
    #expect(lines.fields.map { $0["bytes"] } == ["0", "0"])
    #expect(lines.fields.allSatisfy { $0["cut"] == nil })
  }

  // MARK: What

  @Test func `the line has the pattern, the id and the account's tag, and the answer the id`()
    async throws
  {
    let response = await respond(target: "/albums/AAAAAAAAAAAAAAAAAAAAAA?code=secret") {
      RequestTrace.current?.identify(account: "dbid:Ana")
      RequestTrace.current?.fail("Dropbox: away", level: .error)
      return Response(status: .serviceUnavailable)
    }
    response.delivery?.end(.complete)
    let fields = try #require(lines.fields.first)
    #expect(fields["route"] == "/albums/{id}" && fields["id"] == "1" && fields["status"] == "503")
    #expect(fields["cause"] == "Dropbox: away")
    #expect(fields["account"]?.wholeMatch(of: #/[0-9a-f]{12}/#) != nil)
    #expect(!"\(fields)".contains("secret") && !"\(fields)".contains("Ana"))
    #expect(lines.kept.withLock { $0.first?.level } == .error)
    #expect(response.fields[.requestID] == "1")
    #expect(
      metrics.contains(
        #"gallery_http_requests_total{route="/albums/{id}",status="503"} 1\#n"#))
  }

  @Test(arguments: [("GET", "GET"), ("PURGE", "other"), ("SECRET-STATE", "other")])
  func `a method that nobody knows is not repeated`(method: String, logged: String) async throws {
    _ = await respond(method: try #require(HTTPRequest.Method(method))) { Response(text: "") }
    #expect(lines.fields.map { $0["method"] } == [logged])
  }

  @Test func `calls are counted with their time, and what others called is not`() async {
    _ = await respond {
      let trace = RequestTrace.current
      for _ in 0..<3 { trace?.count(.redis, since: .now - .milliseconds(10)) }
      trace?.count(.dropbox, since: .now - .milliseconds(20))
      trace?.wait(.dropbox, since: .now)
      RequestTrace.$current.withValue(nil) { RequestTrace.current?.count(.redis, since: .now) }
      return Response(text: "")
    }
    let fields = lines.fields.first ?? [:]
    #expect(fields["redis"] == "3" && fields["dropbox"] == "1")
    #expect((30..<60).contains(fields["redis_ms"].flatMap { Double($0) } ?? 0))
    #expect((20..<50).contains(fields["dropbox_ms"].flatMap { Double($0) } ?? 0))
  }

  // MARK: Slow

  @Test(arguments: Stages.Name.allCases)
  func `a slow request names the stage that took longest`(stage: Stages.Name) async {
    let long = Duration.milliseconds(300)
    let arrived = ContinuousClock.now - (stage == .waiting ? long : .zero)
    let response = await respond(slowAfter: .milliseconds(250), arrived: arrived) {
      if ![.waiting, .writing].contains(stage) { try? await Task.sleep(for: long) }
      if stage == .redis { RequestTrace.current?.count(.redis, since: .now - long) }
      if stage == .dropbox { RequestTrace.current?.wait(.dropbox, since: .now - long) }
      return Response(text: "")
    }
    if stage == .writing { try? await Task.sleep(for: long) }
    response.delivery?.end(.complete)
    let slow = lines.kept.withLock { $0.filter { $0.message == "slow request" } }
    #expect(slow.count == 1 && slow.first?.level == .warning)
    #expect(slow.first?.fields["stage"] == "\(stage.rawValue)")
    let own = slow.first?.fields["\(stage.rawValue)_ms"].flatMap { Double("\($0)") } ?? 0
    #expect(own >= 250)
    #expect(metrics.contains(#"gallery_slow_requests_total{stage="\#(stage.rawValue)"} 1\#n"#))
  }

  @Test func `a reader who takes a film slowly is not slow, a source is`() async throws {
    for (pause, isSlow) in [(Duration.zero, false), (.milliseconds(100), true)] {
      let response = await respond(slowAfter: .milliseconds(150)) { stream(pause: pause) }
      guard case .stream(let body) = response.body else { return }
      while try await body.next() != nil {
        if !isSlow { try await Task.sleep(for: .milliseconds(100)) }
      }
      body.end(.complete)
      let slow = lines.kept.withLock { $0.filter { $0.message == "slow request" } }
      #expect(slow.map { $0.fields["stage"] } == (isSlow ? ["dropbox"] : []))
    }
  }
}
