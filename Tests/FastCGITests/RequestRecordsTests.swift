// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import FastCGI

@Suite struct RequestRecordsTests {
  private func consume(
    _ bytes: [UInt8], inSteps step: Int = .max, limits: Limits = Limits()
  ) throws -> (records: RequestRecords, taken: Int) {
    var records = RequestRecords(limits: limits)
    var taken = 0
    while taken < bytes.count, records.stage != .complete {
      let end = step == .max ? bytes.count : min(bytes.count, taken + step)
      let part = Array(bytes[taken..<end])
      taken += try records.consume(part.span)
    }
    return (records, taken)
  }

  @Test(arguments: [1, 2, 7, 8, 9, 100, Int.max])
  func `a request is the same however it is cut`(step: Int) throws {
    let body = [UInt8](repeating: 65, count: 300)
    let bytes = Record.request("/a", method: "POST", body: body, keep: true, id: 258)
    let (records, taken) = try consume(bytes + [9, 9], inSteps: step)
    #expect(records.stage == .complete)
    #expect(taken == bytes.count)
    #expect(records.records == bytes)
    #expect(records.requestID == 258)
    #expect(records.keepsConnection)
    #expect(records.bodyBytes == 300)
    #expect(records.replies.isEmpty)
  }

  @Test func `padding and records of others do not come through`() throws {
    let begin = Record.begin()
    let parameters = Record.pairs([("A", "b")])
    let bytes =
      begin + Record.record(4, parameters, padding: 7) + Record.record(5, id: 2, [1, 2, 3])
      + Record.record(4, padding: 3) + Record.record(5, [65], padding: 255)
      + Record.record(5, padding: 8)
    let (records, taken) = try consume(bytes, inSteps: 5)
    #expect(taken == bytes.count)
    #expect(records.records == begin + Record.stream(4, parameters) + Record.stream(5, [65]))
  }

  @Test func `a late empty record before a request is no request`() throws {
    let bytes = Record.record(5) + Record.request("/")
    #expect(try consume(bytes).records.records == Record.request("/"))
  }

  @Test(
    arguments: [
      (Record.record(1, [0, 1, 0, 0, 0, 0, 0, 0], version: 2), .unsupportedVersion),
      (Record.record(5, [65]), .unexpectedRecord(kind: 5)),
      (Record.record(4, [65]), .unexpectedRecord(kind: 4)),
      (Record.record(1, [0, 1, 0]), .malformedRecord(kind: 1)),
      (Record.begin(role: 2), .unknownRole(2)),
      (Record.begin() + Record.begin(), .unexpectedRecord(kind: 1)),
      (Record.begin() + Record.record(2), .aborted),
      (Record.begin() + Record.record(5), .unexpectedRecord(kind: 5)),
      (Record.head("/", length: 1) + Record.record(4), .unexpectedRecord(kind: 4)),
      (Record.head("/", length: 1) + Record.record(8), .unexpectedRecord(kind: 8)),
      // Cut off in the middle of a pair, then ended.
      (Record.begin() + Record.stream(4, [5, 5, 65]), .malformedParameters),
      (Record.begin() + Record.stream(4, [5]), .malformedParameters),
      (Record.begin() + Record.stream(4, [0x80, 0]), .malformedParameters),
      // A NUL, which the C strings of libfcgi would cut.
      (Record.begin() + Record.stream(4, [1, 1, 65, 0]), .malformedParameters),
      // CVE-2025-23016: lengths that overflow when added.
      (
        Record.begin()
          + Record.stream(4, [0xff, 0xff, 0xff, 0xfe, 0xff, 0xff, 0xff, 0xfe, 65]),
        .malformedParameters
      ),
      (
        Record.begin() + Record.record(4, [UInt8](repeating: 0, count: 65_535))
          + Record.record(4, [0, 0]),
        .parametersTooLarge
      ),
      (
        Record.record(9, id: 0, [UInt8](repeating: 1, count: 513)),
        .malformedRecord(kind: 9)
      ),
    ] as [([UInt8], RequestRecords.Refusal)])
  func `what no web server sends is refused`(
    bytes: [UInt8], refusal: RequestRecords.Refusal
  ) {
    #expect(throws: refusal) { try consume(bytes) }
    #expect(throws: refusal) { try consume(bytes, inSteps: 1) }
  }

  @Test func `an unknown role is answered`() {
    var records = RequestRecords(limits: Limits())
    _ = try? records.consume(Record.begin(role: 3).span)
    #expect(records.replies == Record.record(3, [0, 0, 0, 0, 3, 0, 0, 0]))
  }

  @Test func `a second request beside the first is turned away`() throws {
    let bytes = Record.begin() + Record.begin(id: 2) + Record.request("/", id: 2)
    let (records, _) = try consume(bytes)
    #expect(records.stage == .parameters)
    #expect(
      records.replies.prefix(16) == Record.record(3, id: 2, [0, 0, 0, 0, 1, 0, 0, 0])[...])
  }

  @Test func `values are told, each once however often it is asked for`() throws {
    let name = ("FCGI_MPXS_CONNS", "")
    let asked = Record.pairs([name, name, name, name, name, name, ("FCGI_MAX_REQS", "")])
    let (records, _) = try consume(Record.record(9, id: 0, asked))
    let told = Record.pairs([("FCGI_MAX_REQS", "4096"), ("FCGI_MPXS_CONNS", "0")])
    #expect(records.replies == Record.record(10, id: 0, told))
    #expect(records.stage == .idle)
  }

  @Test(arguments: [[], [0x80], [200, 1, 65], [15, 1], [15, 200, 70]] as [[UInt8]])
  func `malformed questions for values get an empty answer`(content: [UInt8]) throws {
    let (records, _) = try consume(Record.record(9, id: 0, content))
    #expect(records.replies == Record.record(10, id: 0))
  }

  @Test func `unknown management records are answered as unknown`() throws {
    let (records, _) = try consume(Record.record(77, id: 0, [1, 2]))
    #expect(records.replies == Record.record(11, id: 0, [77, 0, 0, 0, 0, 0, 0, 0]))
  }

  // MARK: Bodies

  private var small: Limits {
    var limits = Limits()
    limits.bodyBytes = 10
    limits.drainedBytes = 5
    return limits
  }

  private func body(_ count: Int) -> [UInt8] {
    [UInt8](repeating: 65, count: count)
  }

  @Test func `a body as long as the limit is kept`() throws {
    let bytes = Record.request("/", method: "POST", body: body(10))
    let (records, _) = try consume(bytes, limits: small)
    #expect(records.records == bytes)
    #expect(!records.isBodyTooLarge)
  }

  @Test(arguments: [1, 3, Int.max])
  func `a body a little too long is read to its end and not kept`(step: Int) throws {
    let bytes = Record.request("/", method: "POST", body: body(15))
    let (records, taken) = try consume(bytes, inSteps: step, limits: small)
    #expect(taken == bytes.count)
    #expect(records.isBodyTooLarge)
    #expect(!records.isCutShort)
    #expect(records.records == Record.head("/", length: 15) + Record.record(5))
  }

  @Test(arguments: [1, 3, Int.max])
  func `a body much too long is not read to its end`(step: Int) throws {
    let bytes = Record.request("/", method: "POST", body: body(1000))
    let (records, taken) = try consume(bytes, inSteps: step, limits: small)
    #expect(records.stage == .complete)
    #expect(step == .max || taken < bytes.count)
    #expect(records.isBodyTooLarge)
    #expect(records.isCutShort)
    #expect(records.records == Record.head("/", length: 1000) + Record.record(5))
  }
}
