// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import EventLoop

/// How a connection comes to be: a name, an address, the handshake; and the pause when it does not.
extension RedisClient {
  func connect() {
    attempt += 1
    let attempt = attempt
    attemptDeadline = loop.after(limits.connect) { [weak self] in
      self?.assumeIsolated { $0.attemptFailed(attempt, .timedOut) }
    }
    switch address.transport {
    case .unix(let path):
      open(.unix(path: path))
    case .tcp(let place) where NameLookup.isNumeric(place.host):
      open(target(place, at: place.host))
    case .tcp(let place):
      lookUp(place.host)
    case .sentinel: break
    }
  }

  private func lookUp(_ host: String) {
    // A lookup that outlived its attempt serves the next one: a stuck resolver holds one thread, not many.
    guard !isLookingUp else { return }
    let started = Result { () throws(SystemError) in
      try NameLookup.start(host) { [weak self, loop] result in
        loop.after(.zero) { [weak self] in self?.assumeIsolated { $0.lookedUp(result) } }
      }
    }
    switch started {
    case .success: isLookingUp = true
    case .failure(let error): attemptFailed(attempt, .unavailable("\(error)"))
    }
  }

  private func lookedUp(_ result: Result<[String], NameLookup.Failure>) {
    isLookingUp = false
    guard state.phase == .connecting, connection == nil,
      case .tcp(let place) = address.transport
    else { return }
    switch result {
    case .success(let addresses):
      let address = addresses[state.failures % addresses.count]
      open(target(place, at: address))
    case .failure(let failure):
      attemptFailed(attempt, .unavailable("\(place.host): \(failure)"))
    }
  }

  private func target(_ place: RedisAddress.Place, at numeric: String) -> RedisConnection.Target {
    address.isEncrypted
      ? .tls(host: place.host, address: numeric, port: place.port)
      : .tcp(address: numeric, port: place.port)
  }

  private func open(_ target: RedisConnection.Target) {
    let attempt = attempt
    do throws(RedisError) {
      let connection = try RedisConnection(
        to: target, tls: tls, maximumReplyBytes: limits.replyBytes, loop: loop
      ) { [weak self] readiness in
        self?.assumeIsolated { $0.ready(readiness, of: attempt) }
      }
      self.connection = connection
      isOutOfStep = false
      let steps = Handshake.steps(for: address)
      handshakeRepliesMissing = steps.count
      for (step, words) in steps {
        _ = connection.send(words.map { Array($0.utf8) }, for: .handshake(step))
      }
      settle()
    } catch {
      attemptFailed(attempt, error)
    }
  }

  private func attemptFailed(_ failed: UInt64, _ error: RedisError) {
    guard failed == attempt, state.phase == .connecting else { return }
    if connection == nil { lost(error) } else { endConnection(error) }
  }

  func established() {
    if let attemptDeadline { loop.cancel(attemptDeadline) }
    guard state.handle(.established) == .sendWaiting else { return }
    sendWaiting()
    isHealthCheckUnderWay = false
    heardSinceHealthCheck = true
    scheduleHealthCheck()
  }

  func lost(_ error: RedisError) {
    connection = nil
    if let attemptDeadline { loop.cancel(attemptDeadline) }
    guard case .backOff(let failures) = state.handle(.lost(error)) else { return }
    failWaiting(error)
    let attempt = attempt
    let delay = BackOff.delay(afterFailures: failures, chance: .random(in: 0...1))
    loop.after(delay) { [weak self] in
      self?.assumeIsolated { $0.backOffEnded(attempt) }
    }
  }

  private func backOffEnded(_ ended: UInt64) {
    if ended == attempt { _ = state.handle(.backOffEnded) }
  }
}
