// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import Foundation
import Glibc
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

@testable import EndToEndSupport

extension ContractCase {
  private static let route = "files/download"
  private static let fullSize = "files/get_thumbnail_v2"

  static let streams = [
    ContractCase("a download is complete, with name, type and length") { contract async throws in
      let whole = try await contract.client.send(try contract.path("download"))
      #expect(whole.status == .ok)
      #expect(whole.body == Contract.bytes)
      #expect(whole.fields[.contentType] == "image/jpeg")
      #expect(whole.fields[.contentLength] == "\(Contract.bytes.count)")
      #expect(whole.fields[.acceptRanges] == "bytes")
      #expect(
        whole.fields[.contentDisposition] == """
          attachment; filename="_bung _1_ 100_ _.jpg"; \
          filename*=UTF-8''%C3%9Cbung%20%221%22%20100%25%20%F0%9F%98%80.jpg
          """)
    },
    ContractCase("ranges and conditional requests of a download") { contract async throws in
      let (path, bytes) = (try contract.path("download"), Contract.bytes)
      let head = try await contract.client.send(path, method: .head)
      let tag = try #require(head.fields[.eTag])
      let part = try await contract.client.send(
        path, fields: [.range: "bytes=1000-1999999", .ifRange: tag])
      #expect(part.status == .partialContent)
      #expect(part.fields[.contentRange] == "bytes 1000-1999999/3000000")
      #expect(part.fields[.contentLength] == "1999000")
      #expect(part.body == Array(bytes[1000..<2_000_000]))
      let other = try await contract.client.send(
        path, fields: [.range: "bytes=5-", .ifRange: "\"x\""])
      #expect(other.status == .ok && other.body == bytes)
      let beyond = try await contract.client.send(path, fields: [.range: "bytes=3000000-"])
      #expect(beyond.status == .rangeNotSatisfiable)
      #expect(beyond.fields[.contentRange] == "bytes */3000000")
      let known = try await contract.client.send(path, fields: [.ifNoneMatch: tag])
      #expect(known.status == .notModified && known.body.isEmpty)
    },
    ContractCase("a rendition is complete, and immutable") { contract async throws in
      let answer = try await contract.client.send(try contract.rendition(2048))
      #expect(answer.status == .ok)
      #expect(answer.body.suffix(2) == [0xFF, 0xD9])
      #expect(answer.fields[.cacheControl] == "private, max-age=31536000, immutable")
    },
    ContractCase("a body is sent while Dropbox still sends it") { contract async throws in
      contract.dropbox.inject(
        .drip(bytes: Contract.bytes.count / 2, pause: .milliseconds(400)), into: route)
      let (head, end, count) = try await contract.times(try contract.path("download"))
      #expect(count == Contract.bytes.count)
      #expect(end - head > .milliseconds(200))
    },
    ContractCase("a download that breaks off looks broken, and is complete the next time") {
      contract async throws in
      let path = try contract.path("download")
      contract.dropbox.inject(.cut(afterBytes: 1_000_000), into: route)
      try await contract.expectIncomplete(path)
      #expect(try await contract.client.send(path).body.count == Contract.bytes.count)
    },
    ContractCase(
      "a large picture that breaks off over HTTP/2 looks broken, and is whole the next time",
      needs: .http2Reset
    ) { contract async throws in
      let path = try contract.rendition(2048)
      for pause in [Duration.zero, .milliseconds(700)] {
        contract.dropbox.inject(.cut(afterBytes: 100_000, pause: pause), into: fullSize)
        do {
          // mod_fcgid had passed nothing on yet, and answers with an error.
          let answer = try await contract.client.send(path)
          #expect(
            answer.status == .internalServerError && contract.front == .apacheFcgid)
        } catch {
          #expect(error as? HTTPClientError == .interrupted(.http2Stream))
        }
        let answer = try await contract.client.send(path)
        #expect(answer.status == .ok)
        #expect(answer.body.count > 100_000)
        #expect(answer.body.suffix(2) == [0xFF, 0xD9])
      }
    },
    ContractCase("a client that goes away ends the call to Dropbox", needs: .process) {
      contract async throws in
      try await contract.abort(try contract.path("download", of: "huge.jpg"))
      _ = try await contract.installation.logLine(containing: "nobody read on")
      #expect(try await contract.client.send("/welcome").status == .ok)
    },
  ]
}

extension Contract {
  /// When the header of a response came and when its end, and the number of bytes.
  fileprivate func times(
    _ path: String
  ) async throws -> (
    head: ContinuousClock.Instant, end: ContinuousClock.Instant, count: Int
  ) {
    guard let gateway else {
      return try await withHTTPClient { http in
        let answer = try await open(path, http)
        var count = try #require(try await answer.body.next()).count
        let head = ContinuousClock.now
        while let piece = try await answer.body.next() { count += piece.count }
        return (head, .now, count)
      }
    }
    let child = try await ChildProcess.start(
      gateway.command[0], Array(gateway.command.dropFirst()),
      environment: try gateway.environment(request(path)))
    _ = try await child.line(containing: "Content-Length: ")
    let head = ContinuousClock.now
    let output = try await child.outcome().output
    let end = try #require(output.firstRange(of: Array("\r\n\r\n".utf8)))
    return (head, .now, output[end.upperBound...].count)
  }

  /// Expects that a client notices that the response is not complete.
  fileprivate func expectIncomplete(_ path: String) async throws {
    if gateway != nil {
      let error = await #expect(throws: IncompleteBody.self) { try await client.send(path) }
      #expect(error?.length == Self.bytes.count)
      #expect((1...1_000_000).contains(error?.bytes ?? 0))
      // The exit status tells a web server about it, too.
      if front == .plainCGI { #expect(error?.exit != .status(0)) }
      return
    }
    try await withHTTPClient { http in
      let answer = try await open(path, http)
      #expect(answer.status == .ok)
      var count = 0
      do throws(HTTPClientError) {
        while let piece = try await answer.body.next() { count += piece.count }
        Issue.record("complete with \(count) bytes")
      } catch {
        #expect(error == .interrupted(.partialFile))
        #expect(count <= 1_000_000)
      }
    }
  }

  /// Reads the beginning of a response, and closes the connection.
  fileprivate func abort(_ path: String) async throws {
    guard let gateway else {
      try await withHTTPClient { http in
        let answer = try await open(path, http)
        _ = try await answer.body.next()
      }
      return
    }
    dropbox.inject(
      .drip(bytes: Self.hugeSize / 20, pause: .milliseconds(200)), into: "files/download")
    let child = try await ChildProcess.start(
      gateway.command[0], Array(gateway.command.dropFirst()),
      environment: try gateway.environment(request(path)))
    _ = try await child.line(containing: "Content-Length: ")
    child.signal(SIGKILL)
    #expect(try await child.exit() == .signal(SIGKILL))
  }

  private var gateway: CGIClient? {
    CGIClient(front, socket: installation.socket, settings: installation.settings)
  }

  private func request(_ path: String) -> OutgoingRequest {
    OutgoingRequest(
      url: installation.site + path, fields: [.cookie: client.cookies], limit: .seconds(60),
      answerLimit: 1 << 30)
  }
}
