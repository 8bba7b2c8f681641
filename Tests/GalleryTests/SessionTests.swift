// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Dropbox
import Testing

@testable import Gallery

/// How long a session lives, by a clock that may be put forward and back.
@Suite struct SessionTests {
  private let session: Session

  init() throws {
    session = try OpenSession.made().session
  }

  private static let extensions: [(Int64, Bool)] = [
    (0, false), (59, false), (60, true), (86_400, true), (-1, true), (-86_400, true),
  ]

  @Test(arguments: extensions)
  func `the idle limit is extended once a minute, and after a clock was put back`(
    seconds: Int64, extends: Bool
  ) {
    let now = UnixTime(seconds: session.extended + seconds)
    #expect(session.needsExtension(at: now) == extends)
  }

  /// Seconds since the session began, and how many it has left.
  private static let lives: [(Int64, Int?)] = [
    (0, 86_400), (-86_400, 86_400), (86_400, 86_400), (29 * 86_400 + 1, 86_399), (30 * 86_400, nil),
  ]

  @Test(arguments: lives)
  func `a clock that jumps by a day ends no session that is young`(seconds: Int64, life: Int?) {
    let now = UnixTime(seconds: session.began + seconds)
    #expect(session.remainingLife(at: now) == life.map { .seconds($0) })
  }
}
