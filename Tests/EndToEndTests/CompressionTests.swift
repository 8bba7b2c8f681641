// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import HTTPClient
import HTTPTypes
import Testing

@testable import EndToEndSupport

/// What web servers do with text on its way to a browser that takes gzip.
@Suite(.serialized)
struct CompressionTests {
  @Test func `text is compressed, a picture is not, and what is known is not sent again`()
    async throws
  {
    let installation = try await Installation.start()
    let visitor = installation.visitor()
    try await visitor.signIn()
    let gzip: HTTPFields = [.acceptEncoding: "gzip"]
    for path in ["/", "/assets/page.css"] {
      let answer = try await visitor.send(path, fields: gzip)
      #expect(answer.fields[.contentEncoding] == "gzip", "\(path)")
      #expect(answer.varies.contains("Accept-Encoding"), "\(path)")
      #expect(answer.body.starts(with: [0x1F, 0x8B]), "\(path)")
      #expect(try await visitor.send(path).fields[.contentEncoding] == nil, "\(path)")
    }

    let style = try await visitor.send("/assets/page.css", fields: gzip)
    var known = gzip
    known[.ifNoneMatch] = style.fields[.eTag]
    #expect(try await visitor.send("/assets/page.css", fields: known).status == .notModified)

    let page = try await visitor.send("/").text
    let picture = try #require(page.firstMatch(of: /"(\/renditions\/[^"]+)"/)?.output.1)
    let rendition = try await visitor.send(String(picture), fields: gzip)
    #expect(rendition.status == .ok)
    #expect(rendition.fields[.contentEncoding] == nil)
    try await installation.stop()
  }
}
