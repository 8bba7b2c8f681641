// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import Dropbox

struct PictureDetailsTests {
  private static let file = """
    ".tag":"file","name":"a.jpg","id":"id:AbCdEfGhIjkAAAAAAAAABQ","rev":"0161a2b3c4d5e6f0","size":3,
    "client_modified":"2026-01-02T03:04:05Z","server_modified":"2026-01-02T03:04:05Z"
    """

  @Test func `what Dropbox found in a picture is read`() throws {
    let details = try read(
      """
      {".tag":"metadata","metadata":{".tag":"photo","dimensions":{"height":3000,"width":4000},
      "time_taken":"2025-07-08T09:10:11Z","location":{"latitude":1,"longitude":2}}}
      """)
    #expect(details.width == 4000)
    #expect(details.height == 3000)
    #expect(details.taken == UnixTime(parsing: "2025-07-08T09:10:11Z"))
    #expect(!details.isPending)
    #expect(details.file.name == "a.jpg")
  }

  @Test(arguments: [
    "null", "{}", "7", #"{".tag":"new"}"#, #"{".tag":"metadata"}"#,
    #"{".tag":"metadata","metadata":{"dimensions":{"height":-1,"width":1e99},"time_taken":"soon"}}"#,
    #"{".tag":"metadata","metadata":{"dimensions":[],"time_taken":0}}"#,
  ])
  func `what is missing or garbled is absent`(info: String) throws {
    let details = try read(info)
    #expect(details.width == nil && details.height == nil && details.taken == nil)
    #expect(!details.isPending)
  }

  @Test func `a picture that Dropbox has not looked into says so`() throws {
    #expect(try read(#"{".tag":"pending"}"#).isPending)
  }

  @Test func `a folder has no details`() {
    let folder = #"{".tag":"folder","name":"a","id":"id:AbCdEfGhIjkAAAAAAAAABQ"}"#
    #expect(throws: (any Error).self) {
      try JSONDecoder().decode(PictureDetails.self, from: Data(folder.utf8))
    }
  }

  private func read(_ info: String) throws -> PictureDetails {
    let text = "{\(Self.file),\"media_info\":\(info)}"
    return try JSONDecoder().decode(PictureDetails.self, from: Data(text.utf8))
  }
}
