// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Gallery

struct SummaryTests {
  struct Case: Sendable {
    let pictures, albums: Int
    let isComplete: Bool
    let english, german: String
  }

  @Test(arguments: [
    Case(pictures: 0, albums: 0, isComplete: true, english: "0 pictures", german: "0 Bilder"),
    Case(pictures: 1, albums: 0, isComplete: true, english: "One picture", german: "Ein Bild"),
    Case(pictures: 0, albums: 1, isComplete: true, english: "One album", german: "Ein Album"),
    Case(pictures: 0, albums: 3, isComplete: false, english: "3 albums", german: "3 Alben"),
    Case(
      pictures: 1204, albums: 2, isComplete: true, english: "1,204 pictures · 2 albums",
      german: "1.204 Bilder · 2 Alben"),
    Case(
      pictures: 2000, albums: 0, isComplete: false, english: "2,000 pictures and more",
      german: "Mindestens 2.000 Bilder"),
  ])
  func `an album says what lies in it`(each: Case) throws {
    let count = AlbumCount(
      count: each.pictures, albums: each.albums, isComplete: each.isComplete)
    #expect(try Words.ours(.english).summary(of: count) == each.english)
    #expect(try Words.ours(.german).summary(of: count) == each.german)
  }
}
