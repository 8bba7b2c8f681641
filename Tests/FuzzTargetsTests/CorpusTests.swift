// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import FuzzTargets
import Testing

@Suite(.timeLimit(.minutes(1))) struct CorpusTests {
  @Test(arguments: FuzzTarget.all.map(\.name))
  func `a fuzz target accepts every input of its seed corpus`(name: String) throws {
    let target = try #require(FuzzTarget.named(name))
    let corpus = try target.corpus()
    #expect(corpus.count > 3)
    for (file, bytes) in corpus {
      #expect(throws: Never.self, "\(file)") { try target.run(bytes) }
    }
    #expect(throws: Never.self) { try target.run([]) }
  }
}
