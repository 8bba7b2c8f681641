// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// How many there are of what at a moment, for who watches the service.
public struct Census: Sendable, Equatable {
  /// Open ones, whatever they do.
  public var connections = 0
  /// Requests being received, answered or written.
  public var inFlight = 0
  /// Connections kept open on which no request is.
  public var idle = 0
  /// Kept connections whose next request waits, since the limit of requests in flight is reached.
  public var waiting = 0
  /// How long ago the oldest request in flight arrived; nil where there is none.
  public var oldest: Duration?

  public init() {}
}

extension FastCGIServer {
  /// Counts. Connections come and go meanwhile, so the numbers need not belong together to the last one.
  public var census: Census {
    let now = ContinuousClock.now
    let (connections, inFlight, waiting) = state.withLock { state in
      (Array(state.connections.values), state.inFlight, state.deferred.count)
    }
    var census = Census()
    census.connections = connections.count
    census.inFlight = inFlight
    census.waiting = waiting
    for connection in connections {
      let (isIdle, age) = connection.control.withLock { control in
        (
          control.phase == .resting && control.isKept && control.stage == .idle,
          control.isCounted ? now - control.arrived : nil
        )
      }
      if isIdle { census.idle += 1 }
      if let age { census.oldest = max(census.oldest ?? .zero, age) }
    }
    return census
  }
}
