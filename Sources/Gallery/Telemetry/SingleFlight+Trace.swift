// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import TaskCoordination

extension SingleFlight {
  /// Joins or starts a call, and counts the time of a caller that joined as waiting for a peer.
  ///
  /// The caller that started the call counts nothing here, because the call records its own requests.
  func run(
    _ key: Key, waitingFor peer: RequestTrace.Peer,
    _ call: @escaping @Sendable () async throws(Failure) -> Value
  ) async -> Outcome {
    let start = ContinuousClock.now
    let outcome = await run(key, call)
    if outcome.hasJoined { RequestTrace.current?.wait(peer, since: start) }
    return outcome
  }
}
