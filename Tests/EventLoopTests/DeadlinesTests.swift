// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import EventLoop

@Suite struct DeadlinesTests {
  private let start = ContinuousClock.now

  private func moment(_ milliseconds: Int) -> ContinuousClock.Instant {
    start + .milliseconds(milliseconds)
  }

  /// The actions due at a moment, in order.
  private func due(_ deadlines: inout Deadlines<String>, at milliseconds: Int) -> [String] {
    var actions: [String] = []
    while let action = deadlines.popDue(at: moment(milliseconds)) { actions.append(action) }
    return actions
  }

  @Test func `nothing is due and nothing is next at first`() {
    var deadlines = Deadlines<String>()
    #expect(deadlines.next == nil)
    #expect(due(&deadlines, at: 1000) == [])
  }

  @Test func `what is due comes in the order of its moments, and of insertion at the same`() {
    var deadlines = Deadlines<String>()
    for (action, milliseconds) in [("c", 30), ("a", 10), ("b1", 20), ("b2", 20), ("d", 31)] {
      _ = deadlines.insert(action, at: moment(milliseconds))
    }
    #expect(deadlines.next == moment(10))
    #expect(due(&deadlines, at: 9) == [])
    #expect(due(&deadlines, at: 30) == ["a", "b1", "b2", "c"])
    #expect(deadlines.next == moment(31))
    #expect(due(&deadlines, at: 31) == ["d"])
  }

  @Test func `an action taken back is neither due nor next`() {
    var deadlines = Deadlines<String>()
    let first = deadlines.insert("first", at: moment(1))
    _ = deadlines.insert("second", at: moment(2))
    #expect(deadlines.remove(first) == "first")
    #expect(deadlines.next == moment(2))
    #expect(due(&deadlines, at: 5) == ["second"])
  }

  @Test func `taking back twice, or what has run, changes nothing`() {
    var deadlines = Deadlines<String>()
    let first = deadlines.insert("first", at: moment(1))
    let second = deadlines.insert("second", at: moment(2))
    #expect(due(&deadlines, at: 1) == ["first"])
    #expect(deadlines.remove(first) == nil)
    #expect(deadlines.remove(second) == "second")
    #expect(deadlines.remove(second) == nil)
    #expect(deadlines.next == nil)
  }

  @Test func `ids are never used twice`() {
    var deadlines = Deadlines<String>()
    let ids = (0..<100).map { _ in
      let id = deadlines.insert("", at: moment(0))
      deadlines.remove(id)
      return id
    }
    #expect(Set(ids).count == 100)
  }

  @Test func `memory follows the deadlines that stand, not those taken back`() {
    var deadlines = Deadlines<String>()
    _ = deadlines.insert("stands", at: moment(86_400_000))
    for number in 0..<10_000 {
      deadlines.remove(deadlines.insert("\(number)", at: moment(3_600_000 + number)))
    }
    #expect(deadlines.places < 100)
    #expect(due(&deadlines, at: 86_400_000) == ["stands"])
  }
}
