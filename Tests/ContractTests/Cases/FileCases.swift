// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import HTTPClient
import HTTPTypes
import Testing

@testable import EndToEndSupport

extension ContractCase {
  static let files = [
    ContractCase("a file is served with its type, and 304 when it is known", needs: .files) {
      contract async throws in
      let visitor = contract.installation.visitor()
      for (path, type) in [
        ("/assets/page.css", "text/css"), ("/assets/gallery/list.js", "text/javascript"),
        ("/robots.txt", "text/plain"), ("/assets/icons/icon-64.png", "image/png"),
      ] {
        let answer = try await visitor.send(path)
        #expect(answer.status == .ok, "\(path)")
        #expect(answer.fields[.contentType]?.hasPrefix(type) == true, "\(path)")
        let known = try await visitor.send(
          path, fields: [.ifNoneMatch: try #require(answer.fields[.eTag])])
        #expect(known.status == .notModified, "\(path)")
      }
      #expect(try await visitor.send("/favicon.ico").status == .ok)
    },
    ContractCase("a file that does not exist is our page", needs: .files) { contract async throws in
      for path in [
        "/assets/nothing.css", "/assets/", "/assets/galleria/9.9/nothing.js",
        "/assets/v-00/none.js", "/assets/v-00/", "/assets/v-xyz/page.css",
      ] {
        let answer = try await contract.installation.curl(path)
        #expect(answer.status == 404, "\(path)")
        #expect(answer.body.contains("There is nothing here"), "\(path)")
      }
    },
    ContractCase("text is compressed, a picture is not", needs: .compression) {
      contract async throws in
      let gzip: HTTPFields = [.acceptEncoding: "gzip"]
      for path in ["/", "/assets/page.css"] {
        let answer = try await contract.client.send(path, fields: gzip)
        #expect(answer.fields[.contentEncoding] == "gzip", "\(path)")
        #expect(answer.varies.contains("Accept-Encoding"), "\(path)")
        #expect(answer.body.starts(with: [0x1F, 0x8B]), "\(path)")
        #expect(try await contract.client.send(path).fields[.contentEncoding] == nil, "\(path)")
      }
      let style = try await contract.client.send("/assets/page.css", fields: gzip)
      var known = gzip
      known[.ifNoneMatch] = style.fields[.eTag]
      #expect(
        try await contract.client.send("/assets/page.css", fields: known).status == .notModified)
      let picture = try await contract.client.send(
        try contract.rendition(1024), fields: gzip)
      #expect(picture.status == .ok)
      #expect(picture.fields[.contentEncoding] == nil)
    },
  ]
}
