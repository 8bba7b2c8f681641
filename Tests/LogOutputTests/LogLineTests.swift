// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Logging
import Testing

@testable import LogOutput

struct LogLineTests {
  private static let hostile = [
    "", "plain", "two words", "a\nlevel=error msg=forged", "\r\n", "quote\" and \\ and =",
    "\u{1B}[31mred\u{7}", "\u{0}\u{7F}\u{85}\u{9B}", "\u{2028}\u{2029}\u{202E}txt.exe\u{200B}",
    "Größe 🖼 中文", "\"}{\"level\":\"error", "e\u{301}",
  ]

  private func line(_ format: LogFormat, _ name: String, _ value: Logger.MetadataValue) -> String {
    var line = LogLine(format)
    line.add("msg", "request")
    line.add(name, value)
    return String(decoding: line.finished(), as: UTF8.self)
  }

  @Test(arguments: LogFormat.allCases, hostile)
  func `whatever a value holds, the line is one line without controls`(
    format: LogFormat, text: String
  ) {
    let line = line(format, "cause", "\(text)")
    #expect(line.hasSuffix("\n"))
    let inner = line.unicodeScalars.dropLast()
    #expect(
      inner.allSatisfy { scalar in
        ![.control, .format, .lineSeparator, .paragraphSeparator].contains(
          scalar.properties.generalCategory)
      }, "\(line)")
  }

  @Test(arguments: hostile)
  func `JSON gives back what went in`(text: String) throws {
    let line = line(.json, "cause", "\(text)")
    let object = try JSONDecoder().decode([String: String].self, from: Data(line.utf8))
    #expect(object == ["msg": "request", "cause": text])
  }

  @Test(arguments: [
    ("plain", "plain"), ("two words", #""two words""#), ("", #""""#), ("a=b", #""a=b""#),
    ("a\nb", #""a\nb""#), ("\u{1B}", #""\u001b""#), (#"\"#, #""\\""#), ("ü", #""ü""#),
  ])
  func `logfmt quotes what needs it`(text: String, written: String) {
    #expect(line(.logfmt, "cause", "\(text)") == "msg=request cause=\(written)\n")
  }

  @Test(arguments: [
    (Logger.MetadataValue.stringConvertible(200), "200"), (.stringConvertible(1.5), "1.5"),
    (.stringConvertible(Double.infinity), #""inf""#), (.string("200"), #""200""#),
    (.array(["a", "b"]), #""[\"a\", \"b\"]""#),
  ])
  func `numbers are numbers in JSON`(value: Logger.MetadataValue, written: String) {
    #expect(line(.json, "n", value) == #"{"msg":"request","n":\#(written)}"# + "\n")
  }

  @Test(arguments: LogFormat.allCases)
  func `a long value is cut`(format: LogFormat) {
    let line = line(format, "cause", "\(String(repeating: "ä", count: 100_000))")
    #expect(line.utf8.count < 1_200)
    #expect(line.contains("…"))
  }

  @Test(arguments: [
    (0, "1970-01-01T00:00:00.000Z"), (951_782_400_007, "2000-02-29T00:00:00.007Z"),
    (1_767_323_045_678, "2026-01-02T03:04:05.678Z"), (-1, "1969-12-31T23:59:59.999Z"),
    (4_107_542_399_999, "2100-02-28T23:59:59.999Z"),
    (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
  ])
  func `a moment is written as in RFC 3339`(milliseconds: Int64, text: String) {
    #expect(Timestamp(milliseconds: milliseconds).description == text)
  }
}
