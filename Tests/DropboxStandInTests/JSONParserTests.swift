// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Testing
import TextFormats

@testable import DropboxStandIn

struct JSONParserTests {
  private func error(_ bytes: some Collection<UInt8>) -> JSONError? {
    do throws(JSONError) {
      _ = try JSON(parsing: bytes)
      return nil
    } catch {
      return error
    }
  }

  @Test(
    arguments: [
      ("null", .null), ("true", true), ("\t\n\r false ", false), ("[]", []), ("[ ]", []),
      ("{}", .object([])), (#"{"a":{"b":[1,"c"]}}"#, ["a": ["b": [1, "c"]]]),
      (#""""#, ""), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
      (#""\u00e9\uD83d\uDe00\u0000\uffff""#, "é😀\0\u{FFFF}"), (#""é😀""#, "é😀"),
    ] as [(String, JSON)])
  func `JSON is read`(text: String, value: JSON) throws {
    #expect(try JSON(parsing: text.utf8) == value)
  }

  @Test(
    arguments: [
      ("0", 0), ("-0", 0), ("10", 10), ("9223372036854775807", .integer(.max)),
      ("-9223372036854775808", .integer(.min)), ("9223372036854775808", .number(0x1p63)),
      ("0.5", .number(0.5)), ("-1.25e2", .number(-125)), ("1E-2", .number(0.01)),
      ("0e0", .number(0)), ("1e+3", .number(1000)),
    ] as [(String, JSON)])
  func `a number is an integer when it can be`(text: String, value: JSON) throws {
    #expect(try JSON(parsing: text.utf8) == value)
  }

  @Test(arguments: [
    "01", "-01", "00.5", "01e5", "1.", "1.e5", ".5", "+1", "-", "--1", "1e", "1e+", "1-2", "0x10",
    "1e400", "-1e999", "NaN", "Infinity", "1_000", "１",
  ])
  func `a number of another form is none`(text: String) {
    #expect(error(text.utf8) == .malformed)
  }

  @Test(arguments: [
    "", " ", "nul", "nulll", "tru", "'a'", "[1,]", "[,1]", "[1 2]", "[1", "]", "{", "{,}",
    #"{"a"}"#, #"{"a" 1}"#, #"{"a":1,}"#, #"{a:1}"#, #"{"a":1,"a":2}"#, #"{"a":1"#, "1 2",
    "\u{FEFF}{}", #"""#, #""a"#, #""\"#, #""\x""#, "\"\n\"", "\"\0\"", "\\", "//", "{}\0",
  ])
  func `what is no JSON is refused`(text: String) {
    #expect(error(text.utf8) == .malformed)
  }

  @Test(arguments: [
    #""\ud83d""#, #""\ud83d \ude00""#, #""\ude00\ud83d""#, #""\ud83d\u0041""#, #""\ud83d\ud83d""#,
    #""\ud83d\n""#, #""\u""#, #""\u12""#, #""\u+123""#, #""\u12g4""#, #""\u１234""#, #""\ud83d\"#,
  ])
  func `half a surrogate is no character`(text: String) {
    #expect(error(text.utf8) == .malformed)
  }

  @Test(
    arguments: [
      [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
      [0x22, 0xE2, 0x82, 0x22], [0xFF], [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22],
    ] as [[UInt8]])
  func `bytes that are not UTF-8 are refused`(bytes: [UInt8]) {
    #expect(error(bytes) == .malformed)
  }

  @Test func `nesting goes to 64 levels`() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(error(nested(64).utf8) == nil)
    #expect(error(nested(65).utf8) == .tooDeep)
    #expect(error(String(repeating: "[", count: 1 << 20).utf8) == .tooDeep)
    #expect(error(String(repeating: #"{"a":"#, count: 100_000).utf8) == .tooDeep)
  }

  @Test(.timeLimit(.minutes(1)))
  func `a megabyte of members takes no minutes`() throws {
    let members = (0..<60_000).map { #""member\#($0)":0"# }.joined(separator: ",")
    guard case .object(let members) = try JSON(parsing: "{\(members)}".utf8) else {
      Issue.record("no object")
      return
    }
    #expect(members.count == 60_000)
    #expect(members.last?.name == "member59999")
  }

  @Test func `what is printed is read again`() throws {
    let value: JSON = [
      "a": [.null, true, false, -1, .integer(.min), .number(0.1), .number(1e300)],
      "é\"\\\n\u{0}\u{7F}😀\u{2028}": [:], "": [""],
    ]
    for escaping in [JSONText.Escaping.required, .nonASCII] {
      #expect(try JSON(parsing: value.printed(escaping: escaping)) == value)
    }
  }

  @Test func `in a header only printable ASCII stands`() {
    let text = JSON.string("é😀\u{7F}\"\\\n\u{1}~ ").printed(escaping: .nonASCII)
    #expect(
      String(decoding: text, as: UTF8.self) == #""\u00e9\ud83d\ude00\u007f\"\\\n\u0001~ ""#)
  }
}
