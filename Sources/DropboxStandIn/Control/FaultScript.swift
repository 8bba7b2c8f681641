// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Which faults are still to come, in order, for each route.
final class FaultScript: Sendable {
  private struct Line {
    let fault: Fault
    /// Nothing: always.
    var times: Int?
  }

  private let lines = Mutex<[String: [Line]]>([:])

  func add(_ fault: Fault, route: String, times: Int?) {
    guard times ?? 1 > 0 else { return }
    lines.withLock { $0[route, default: []].append(Line(fault: fault, times: times)) }
  }

  /// Takes the next fault of a route, else the next of `*`.
  func next(for route: String) -> Fault? {
    lines.withLock { lines in
      for name in [route, "*"] {
        guard var line = lines[name]?.first else { continue }
        if let times = line.times {
          line.times = times - 1
          if times == 1 { lines[name]?.removeFirst() } else { lines[name]?[0] = line }
        }
        return line.fault
      }
      return nil
    }
  }

  func clear() {
    lines.withLock { $0 = [:] }
  }
}
