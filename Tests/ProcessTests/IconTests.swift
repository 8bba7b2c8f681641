// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPClient
import HTTPTypes
import Testing

@testable import EndToEndSupport

/// The face of the gallery in tabs, on telephones and at Dropbox.
@Suite(.serialized)
struct IconTests {
  /// Width and height of a PNG, from its first chunk.
  private func size(ofPNG bytes: [UInt8]) throws -> [Int] {
    try #require(bytes.count > 24 && bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]))
    return [16, 20].map { start in
      bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
    }
  }

  @Test func `what a page and the manifest name is there`() async throws {
    let installation = try await Installation.start()
    let visitor = installation.visitor()
    let page = try await visitor.send("/welcome").text
    let links = page.matches(of: /<link rel="(?:icon|apple-touch-icon|manifest)" href="([^"]+)"/)
      .map { String($0.output.1) }
    #expect(links.count == 4)
    for link in links { #expect(try await visitor.send(link).status == .ok, "\(link)") }
    let place = try #require(links.last.flatMap { URL(string: $0) })
    let manifest = try JSONDecoder().decode(
      JSONValue.self, from: Data(try await visitor.send(place.path).body))
    let icons = manifest["icons"]?.array ?? []
    #expect(icons.count == 3)
    for icon in icons {
      let source = try #require(URL(string: icon["src"]?.string ?? "", relativeTo: place))
      let answer = try await visitor.send(source.path)
      #expect(answer.status == .ok)
      #expect(answer.fields[.contentType] == icon["type"]?.string)
      guard icon["type"] == "image/png" else { continue }
      let side = try size(ofPNG: answer.body)
      #expect(icon["sizes"]?.string == "\(side[0])x\(side[1])")
    }
    try await installation.stop()
  }
}
