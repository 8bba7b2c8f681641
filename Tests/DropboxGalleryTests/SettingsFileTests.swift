// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import dropbox_gallery

@Suite struct SettingsFileTests {
  @Test(
    arguments: [
      ("A=b", "b"), ("A=", ""), (" A = b c ", "b c"), ("A=b=c==", "b=c=="), ("a_1=b", nil),
      ("export A=b", "b"), ("export\tA = b", "b"), ("\texport  A='b'", "b"), ("A=export", "export"),
      (#"A="b""#, "b"), ("A='b'", "b"), (#"A="""#, ""), (#"A=" b # c ""#, " b # c "),
      (#"A="it's""#, "it's"), (#"A='say "x"'"#, #"say "x""#), (#"A='"'"#, "\""),
      (#"A=b"c"d"#, #"b"c"d"#), ("A=b#c", "b#c"), ("A=\"#b\"", "#b"), (#"A=b\n$C"#, #"b\n$C"#),
      ("# A=b", nil), ("#A=b", nil), ("", nil), ("  ", nil), ("A=ü😀", "ü😀"),
      ("A=b\tc", "b\tc"),
    ] as [(String, String?)])
  func `a line is a setting, empty or a comment`(line: String, value: String?) throws {
    let values = try SettingsFile.values(of: "X=1\r\n\(line)\n\nY=2", named: "file")
    #expect(values["A"] == value)
    #expect(values["X"] == "1" && values["Y"] == "2")
    #expect(values["a_1"] == (line.hasPrefix("a_1") ? "b" : nil))
  }

  @Test(arguments: [
    ("secret", "is not NAME=value"), ("=secret", "is not NAME=value"),
    ("1A=secret", "is not NAME=value"), ("A-B=secret", "is not NAME=value"),
    ("A B=secret", "is not NAME=value"), ("Ä=secret", "is not NAME=value"),
    ("export A", "is not NAME=value"), ("export =secret", "is not NAME=value"),
    ("export export A=secret", "is not NAME=value"), ("exportA =s\u{0}", "has a control character"),
    ("set A=secret", "is not NAME=value"), ("A: secret", "is not NAME=value"),
    ("\u{FEFF}A=secret", "is not NAME=value"), ("; secret", "is not NAME=value"),
    (#"A="secret"#, "has quotes that do not match"), ("A=secret'", "has quotes that do not match"),
    (#"A="secret'"#, "has quotes that do not match"), (#"A=""#, "has quotes that do not match"),
    (#"A="a"secret""#, "has quotes that do not match"),
    (#"A="secret" # why"#, "has quotes that do not match"),
    (#"A="a\"secret""#, "has quotes that do not match"),
    (
      "A=secret # why",
      "has a # that may begin a comment: put the value into quotes, or the comment on its own line"
    ),
    (
      "A= #x",
      "has a # that may begin a comment: put the value into quotes, or the comment on its own line"
    ),
    ("A=a\u{B}B=secret", "has a control character"), ("A=a\rB=secret", "has a control character"),
    ("A=a\u{85}B=secret", "has a control character"),
    ("A=a\u{1B}secret", "has a control character"), ("A='a\u{0}b'", "has a control character"),
  ])
  func `every other line is refused, with file and line and without the value`(
    line: String, problem: String
  ) {
    let error = #expect(throws: Settings.Failure.self) {
      try SettingsFile.values(of: "X=1\n\n\(line)\n", named: "file")
    }
    #expect(error?.description == "file: line 3 \(problem)")
  }

  @Test func `a name that is set twice is refused with both lines`() {
    let error = #expect(throws: Settings.Failure.self) {
      try SettingsFile.values(of: "A=secret\n# A=x\nexport A='secret'\n", named: "file")
    }
    #expect(error?.description == "A: is set twice in file, on lines 1 and 3")
  }
}
