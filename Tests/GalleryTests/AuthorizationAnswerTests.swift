// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Dropbox
import HTTP
import Testing

@testable import Gallery

struct AuthorizationAnswerTests {
  @Test(arguments: [
    ("state=s&code=c", AuthorizationAnswer.Outcome.code(Secret("c"))),
    ("code=c&state=s&extra=1", .code(Secret("c"))),
    ("state=s&error=access_denied&error_description=no", .refused),
    ("state=s&error=server_error", .failed("server_error")),
    ("state=s&error=%3Cscript%3E", .failed("script")),
  ])
  func `one state with one code or one error is an answer`(
    query: String, outcome: AuthorizationAnswer.Outcome
  ) throws {
    let fields = try #require(FormFields(parsing: query))
    #expect(try AuthorizationAnswer(fields).outcome == outcome)
  }

  @Test(arguments: [
    "", "code=c", "state=&code=c", "state=s&state=s&code=c", "state=s&state=t&code=c", "state=s",
    "state=s&code=", "state=s&code=c&code=d", "state=s&code=c&error=access_denied",
    "state=s&error=a&error=b", "state=\(String(repeating: "s", count: 501))&code=c",
    "state=s&code=\(String(repeating: "c", count: 2049))",
  ])
  func `anything else is refused`(query: String) throws {
    let fields = try #require(FormFields(parsing: query))
    #expect(throws: GalleryError.self) { try AuthorizationAnswer(fields) }
  }
}
