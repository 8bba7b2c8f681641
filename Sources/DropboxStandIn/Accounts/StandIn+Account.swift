// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

extension StandIn {
  /// One person's Dropbox: its files, and the faults, the latency and the calls of this account alone.
  public final class Account: Sendable {
    public let person: Person
    let api: API
    let faults = FaultScript()
    let log = CallLog()
    let hangs = Hangs()
    private let currentLatency = Mutex(Duration.zero)

    init(api: API) {
      person = api.person
      self.api = api
    }

    var latency: Duration { currentLatency.withLock { $0 } }

    /// Waited before each answer to a call of this account, on top of the stand-in's own latency.
    public func setLatency(_ latency: Duration) { currentLatency.withLock { $0 = latency } }

    /// Plans a fault for the next calls of a route that this account makes, after those planned before. It goes before a
    /// fault of the whole stand-in.
    /// - Parameters:
    ///   - route: `files/list_folder`, `oauth2/token`, `links`, or `*` for all.
    ///   - times: how often; nothing for always.
    public func inject(_ fault: Fault, into route: String, times: Int? = 1) {
      faults.add(fault, route: route, times: times)
    }

    /// Calls of this account since its start or its last reset, the first 10,000 of them.
    public var calls: [RecordedCall] { log.calls }

    /// How many calls of a route this account made since its start or its last reset.
    public func count(of route: String) -> Int { log.counts[route] ?? 0 }

    /// Returns once this account called a route so often, or when the stand-in stops.
    public func waitForCalls(of route: String, count: Int = 1) async {
      await log.wait(for: route, count: count)
    }

    /// The `id:…` of a file or folder, which it keeps when it is moved; `nil` if there is none at this path.
    public func fileID(ofPath path: String) async -> String? {
      let folder = api.folder
      return await OffPool.disk { folder.entry(at: path)?.id }
    }

    /// Faults, calls and latency of this account as at its start; grants stay.
    public func reset() {
      faults.clear()
      log.clear()
      hangs.release()
      setLatency(.zero)
    }

    /// Answers calls that hang, and ends waits for calls.
    func stop() {
      hangs.release()
      log.endWaits()
    }
  }
}
