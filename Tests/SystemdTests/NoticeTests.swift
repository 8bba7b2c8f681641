// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Systemd

@Suite struct NoticeTests {
  @Test(
    arguments: [
      (.ready, "READY=1"), (.stopping, "STOPPING=1"), (.watchdog, "WATCHDOG=1"),
      (.reloading(microseconds: 17), "RELOADING=1\nMONOTONIC_USEC=17"),
      (.status("serving"), "STATUS=serving"), (.barrier, "BARRIER=1"),
      (.store(name: "kept"), "FDSTORE=1\nFDNAME=kept"),
      (.forget(name: "kept"), "FDSTOREREMOVE=1\nFDNAME=kept"),
    ] as [(Notice, String)])
  func `a notice is a line for each assignment`(notice: Notice, text: String) {
    #expect(notice.text == text)
  }

  @Test func `a status cannot begin another assignment, and is short`() {
    #expect(Notice.status("a\nWATCHDOG=1\u{2028}b\0").text == "STATUS=aWATCHDOG=1b")
    #expect(Notice.status(String(repeating: "a", count: 5000)).text.utf8.count == 407)
  }
}
