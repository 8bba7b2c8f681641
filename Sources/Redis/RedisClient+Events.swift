// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import EventLoop

/// What the connection has to tell, and the question whether it is still alive.
extension RedisClient {
  func ready(_ readiness: Readiness, of ready: UInt64) {
    guard ready == attempt else { return }
    connection?.handle(readiness)
    settle()
  }

  func endConnection(_ error: RedisError) {
    connection?.close(error)
    settle()
  }

  /// To be called after each use of the connection.
  func settle() {
    while let connection {
      let events = connection.takeEvents()
      if events.isEmpty { break }
      for event in events { handle(event) }
    }
  }

  private func handle(_ event: RedisConnection.Event) {
    switch event {
    case .reply(let purpose, let reply):
      receive(reply, for: purpose)
    case .ended(let error, let unanswered):
      for case .call(let id) in unanswered { finish(id, .failure(error)) }
      lost(error)
    }
  }

  private func receive(_ reply: Reply, for purpose: RedisConnection.Purpose) {
    if isOutOfStep {
      if case .call(let id) = purpose { finish(id, .failure(Self.outOfStep)) }
      return
    }
    heardSinceHealthCheck = true
    switch purpose {
    case .handshake(let step):
      if let failure = step.failure(in: reply) { return distrust(failure) }
      handshakeRepliesMissing -= 1
      if handshakeRepliesMissing == 0 { established() }
    case .healthCheck:
      isHealthCheckUnderWay = false
      _ = state.handle(.replyArrived)
    case .call(let id):
      _ = state.handle(.replyArrived)
      if !deliver(reply, to: id) { distrust(Self.outOfStep) }
      if case .error(.readOnly, _) = reply { leaveReplica() }
    case .location: break
    }
  }

  /// A master that has become a replica; the sentinels know who is master now.
  private func leaveReplica() {
    guard case .sentinel = address.transport else { return }
    connection?.close(.unavailable("the master has become a replica"))
  }

  private static var outOfStep: RedisError {
    .unexpectedReply("replies and commands are out of step")
  }

  private func distrust(_ error: RedisError) {
    isOutOfStep = true
    connection?.close(error)
  }

  // MARK: Signs of life

  func scheduleHealthCheck() {
    let attempt = attempt
    let delay = isHealthCheckUnderWay ? limits.command : limits.silence
    loop.after(delay) { [weak self] in
      self?.assumeIsolated { $0.checkHealth(attempt) }
    }
  }

  private func checkHealth(_ checked: UInt64) {
    guard checked == attempt, let connection else { return }
    if isHealthCheckUnderWay {
      return endConnection(.unavailable("no sign of life"))
    }
    if !heardSinceHealthCheck {
      isHealthCheckUnderWay = connection.send([Array("PING".utf8)], for: .healthCheck)
      settle()
    }
    heardSinceHealthCheck = false
    scheduleHealthCheck()
  }
}
