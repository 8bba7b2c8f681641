// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Testing

@testable import HTTPClient

@Suite struct AnswerAssemblyTests {
  /// An assembly that was given lines without their ends.
  private func assembly(
    bodyLimit: Int = 100, hasBody: Bool = true, _ lines: String...
  ) -> (assembly: AnswerAssembly, isWelcome: Bool) {
    var assembly = AnswerAssembly(bodyLimit: bodyLimit, hasBody: hasBody)
    let isWelcome = lines.allSatisfy { assembly.receive(line: Array("\($0)\r\n".utf8)) }
    return (assembly, isWelcome)
  }

  @Test(
    arguments: [
      ("X-A: b", "b"), ("X-A:b", "b"), ("x-a:  b c\t ", "b c"), ("X-A:", ""), ("X-A: a:b", "a:b"),
      ("X-A: \u{fc}", "\u{fc}"), ("X-A : b", nil), (": b", nil), ("X-A", nil), ("X A: b", nil),
      (" X-A: b", nil), ("X-Ü: b", nil),
    ] as [(String, String?)])
  func `a field line`(line: String, value: String?) throws {
    let (assembly, isWelcome) = assembly("HTTP/1.1 200 OK", line, "")
    #expect(isWelcome)
    #expect(assembly.fields[try #require(HTTPField.Name("x-a"))] == value)
    #expect(assembly.fields.count == (value == nil ? 0 : 1))
  }

  @Test func `bytes that are no text and NUL do no harm`() {
    var assembly = AnswerAssembly(bodyLimit: 100, hasBody: true)
    let lines = [Array("X-A: ".utf8) + [0xff, 0, 0xfe, 0x0d, 0x0a], [0xff, 0x3a, 0x0d, 0x0a], []]
    let answers = lines.map { assembly.receive(line: $0) }
    #expect(answers == [true, true, true])
    #expect(assembly.fields.count == 1)
  }

  @Test func `a new head replaces the one before, a trailer adds nothing`() {
    let (assembly, _) = assembly(
      "HTTP/1.1 103 Early Hints", "Link: </a>", "", "HTTP/2 200", "x: 1", "", "x: 2")
    #expect(assembly.fields.map(\.value) == ["1"])
  }

  @Test(arguments: [
    ("100", true), ("101", false), ("-1", true), ("99999999999999999999999", true), ("abc", true),
  ])
  func `an announced length beyond the limit is refused`(length: String, isWelcome: Bool) {
    let (assembly, answer) = assembly("HTTP/1.1 200 OK", "Content-Length: \(length)", "")
    #expect(answer == isWelcome)
    #expect(assembly.failure == (isWelcome ? nil : .tooLarge(limit: 100)))
  }

  @Test func `the length in an answer to HEAD announces nothing`() {
    #expect(assembly(hasBody: false, "HTTP/1.1 200 OK", "Content-Length: 101", "").isWelcome)
  }

  @Test func `a body is taken up to its limit`() {
    var (assembly, _) = assembly(bodyLimit: 5, "HTTP/1.1 200 OK", "")
    let answers = [[1, 2, 3], [4, 5], [], [6]].map { assembly.receive(body: $0) }
    #expect(answers == [true, true, true, false])
    #expect(assembly.body == [1, 2, 3, 4, 5])
    #expect(assembly.failure == .tooLarge(limit: 5))
  }

  @Test func `all heads together are taken up to their limit`() {
    var assembly = AnswerAssembly(bodyLimit: 5, hasBody: true)
    let line = Array("X-A: \(String(repeating: "x", count: 1017))\r\n".utf8)
    let answers = (0..<64).map { _ in assembly.receive(line: line) }
    #expect(answers.allSatisfy { $0 })
    let beyond = assembly.receive(line: [0x0d, 0x0a])
    #expect(!beyond)
    #expect(assembly.failure == .tooLarge(limit: 65_536))
  }
}
