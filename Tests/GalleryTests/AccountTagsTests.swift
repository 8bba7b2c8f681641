// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Gallery

struct AccountTagsTests {
  @Test func `an account has one tag, others have others, and another secret gives another`() {
    let tags = AccountTags(secrets: SessionSecrets.made("a"))
    #expect(tags.tag(of: "dbid:Ana") == tags.tag(of: "dbid:Ana"))
    #expect(tags.tag(of: "dbid:Ana") != tags.tag(of: "dbid:Bea"))
    let others = AccountTags(secrets: SessionSecrets.made("b"))
    #expect(tags.tag(of: "dbid:Ana") != others.tag(of: "dbid:Ana"))
    #expect(tags.tag(of: "dbid:Ana").count == 12)
  }
}
