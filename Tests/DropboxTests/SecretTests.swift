// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Dropbox
import Testing

struct SecretTests {
  private let secret = Secret("hunter2")

  @Test func `a secret shows itself to nobody who prints, reflects or dumps it`() {
    let token = AccessToken("hunter2", expires: UnixTime(seconds: 0))
    var dumped = ""
    dump(token, to: &dumped)
    dump(secret, to: &dumped)
    dump(DropboxApp(key: "key", secret: secret, redirectURL: ""), to: &dumped)
    let texts = [
      "\(secret)", secret.debugDescription, String(reflecting: secret),
      "\(String(describing: token))",
      String(reflecting: [secret]), dumped,
    ]
    for text in texts {
      #expect(!text.contains("hunter2"))
      #expect(text.contains("<redacted>"))
    }
    #expect(Mirror(reflecting: secret).children.isEmpty)
  }

  @Test func `only asking gives the text`() {
    #expect(secret.revealed == "hunter2")
  }

  @Test(arguments: ["", "a b", "a\r\nX: y", "é", "\u{7F}", String(repeating: "a", count: 16_385)])
  func `an access token that may not stand in a header is none`(text: String) {
    #expect(AccessToken(text, expires: UnixTime(seconds: 0)) == nil)
  }

  @Test func `an access token says whether it is about to end`() throws {
    let token = try #require(AccessToken("t", expires: UnixTime(seconds: 1000)))
    #expect(token.expires(within: 300, of: UnixTime(seconds: 701)))
    #expect(!token.expires(within: 300, of: UnixTime(seconds: 700)))
    #expect(token.expires(within: .max, of: UnixTime(seconds: .max)))
  }
}
