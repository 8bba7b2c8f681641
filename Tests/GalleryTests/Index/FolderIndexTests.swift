// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Dropbox
import Testing

@testable import Gallery

struct FolderIndexTests {
  @Test(arguments: [
    (["a.jpg", "b.PNG", "c.txt", "d.jpg/"], "a.jpg b.PNG"), (["a.jpg", "A.jpg"], "A.jpg"),
    (["a.jpg", "-a.jpg"], ""), (["A.jpg", "-a.JPG"], ""), (["-a.jpg", "a.jpg"], "a.jpg"),
    (["a.jpg", "a.jpg/"], ""), (["-b.jpg"], ""),
  ])
  func `entries are applied in order`(names: [String], expected: String) throws {
    var index = FolderIndex()
    for name in names { index.apply(try .made(name)) }
    #expect(
      index.pictures(0..<index.count, in: .name).map(\.name).joined(separator: " ") == expected)
  }

  @Test func `what was added and is gone weighs nothing`() throws {
    var index = FolderIndex()
    let empty = index.bytes
    index.apply(try .made("a.jpg", "b.jpg", "a.jpg"))
    #expect(index.bytes > empty + 2 * MemoryLayout<Picture>.size)
    index.apply(try .made("-a.jpg", "-b.jpg", "-a.jpg"))
    #expect(index.bytes == empty)
  }

  @Test func `an index is complete after the last page, and stays so while changes come`() throws {
    var index = FolderIndex()
    index.apply(try .made("a.jpg", hasMore: true))
    #expect(!index.isComplete)
    index.apply(try .made(hasMore: false))
    #expect(index.isComplete)
    index.apply(try .made("b.jpg", hasMore: true))
    #expect(index.isComplete)
  }
}
