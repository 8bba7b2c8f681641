// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import HTTP
import HTTPTypes
import Testing

struct EntityTagsTests {
  /// What the field says; whether it names `"abc"`, and whether that would do.
  @Test(arguments: [
    (#""abc""#, true, true), (#"W/"abc""#, true, true), (#""x" , W/"abc" "#, true, true),
    ("*", false, true), (#""x", *"#, false, true), (#""ab""#, false, false), ("abc", false, false),
    ("", false, false), (",,", false, false),
    (String(repeating: #""x","#, count: 1024) + #""abc""#, false, false),
  ])
  func `a tag is found in a list, strong or weak`(field: String, isNamed: Bool, wouldDo: Bool) {
    let tags = EntityTags(of: [.ifNoneMatch: field])
    #expect(tags.names(#""abc""#) == isNamed)
    #expect(tags.contains(#""abc""#) == wouldDo)
  }

  @Test func `without the field there is none`() {
    #expect(!EntityTags(of: [:]).contains(#""abc""#))
  }
}
