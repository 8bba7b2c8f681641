// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import HeapModule

/// Names one entry of `Deadlines`, so that it can be taken back.
public struct DeadlineID: Hashable, Sendable {
  let number: UInt64
}

/// Actions in the order of the moments they are due; knows no clock.
///
/// Taking one back costs a dictionary look-up; its place in the heap stays until its moment has come, or
/// until such places outnumber the others. So memory follows the number of deadlines that stand.
struct Deadlines<Action> {
  private struct Entry: Comparable {
    let moment: ContinuousClock.Instant
    let id: DeadlineID

    static func < (left: Entry, right: Entry) -> Bool {
      left.moment == right.moment
        ? left.id.number < right.id.number : left.moment < right.moment
    }
  }

  private var heap = Heap<Entry>()
  private var actions: [DeadlineID: Action] = [:]
  private var lastNumber: UInt64 = 0

  /// The places in the heap, of actions that stand and of those taken back.
  var places: Int { heap.count }

  /// The moment of the earliest action that was not taken back.
  var next: ContinuousClock.Instant? {
    mutating get {
      while let entry = heap.min, actions[entry.id] == nil { heap.removeMin() }
      return heap.min?.moment
    }
  }

  mutating func insert(_ action: Action, at moment: ContinuousClock.Instant) -> DeadlineID {
    lastNumber += 1
    let id = DeadlineID(number: lastNumber)
    actions[id] = action
    heap.insert(Entry(moment: moment, id: id))
    return id
  }

  /// Takes an action back and returns it, to be let go outside of locks; nil for one that ran or was taken
  /// back before.
  @discardableResult
  mutating func remove(_ id: DeadlineID) -> Action? {
    let action = actions.removeValue(forKey: id)
    if heap.count > 2 * actions.count + 64 {
      heap = Heap(heap.unordered.filter { actions[$0.id] != nil })
    }
    return action
  }

  /// Takes out and returns the earliest action due at `now`.
  mutating func popDue(at now: ContinuousClock.Instant) -> Action? {
    guard let next, next <= now, let entry = heap.popMin() else { return nil }
    return actions.removeValue(forKey: entry.id)
  }
}
