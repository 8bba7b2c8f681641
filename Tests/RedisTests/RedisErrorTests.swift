// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Redis

struct RedisErrorTests {
  @Test(arguments: [
    (RedisError.unavailable("Connection refused"), #"unavailable("Connection refused")"#),
    (.timedOut, "timedOut"),
    (.refused(.outOfMemory, message: "full"), #"refused(OOM, message: "full")"#),
    (.unexpectedReply("larger"), #"unexpectedReply("larger")"#),
    (.overloaded, "overloaded"), (.cancelled, "cancelled"), (.closed, "closed"),
  ])
  func `an error prints as what it is`(error: RedisError, text: String) {
    #expect("\(error)" == text)
  }

  @Test(arguments: [
    (RedisError.Code.error, "ERR"), (.loading, "LOADING"), (.busy, "BUSY"),
    (.misconfigured, "MISCONF"), (.readOnly, "READONLY"), (.masterDown, "MASTERDOWN"),
    (.outOfMemory, "OOM"), (.noAuthentication, "NOAUTH"), (.wrongPassword, "WRONGPASS"),
    (.noPermission, "NOPERM"), (.wrongType, "WRONGTYPE"),
  ])
  func `a code is the word that Redis sends`(code: RedisError.Code, word: String) {
    #expect("\(code)" == word)
    #expect(
      Reply(errorLine: Array("\(word) and why".utf8)) == .error(code, message: "and why"))
  }

  @Test(arguments: [
    (RedisError.unavailable("gone"), RedisError.unavailable("gone")),
    (.refused(.loading, message: ""), .refused(.loading, message: "")),
    (.timedOut, .unavailable("the last attempt to connect failed: timedOut")),
    (
      .unexpectedReply("x"),
      .unavailable(#"the last attempt to connect failed: unexpectedReply("x")"#)
    ),
  ])
  func `until the next attempt commands are told why the last one failed`(
    error: RedisError, told: RedisError
  ) {
    #expect(error.untilNextAttempt == told)
  }
}
