// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import EventLoop

/// How a connection comes to be: a name, an address, the handshake; and the pause when it does not.
extension RedisClient {
  /// A place that is to be reached.
  struct Wanted {
    let place: RedisAddress.Place
    /// Calls the actor with a numeric address or with what went wrong.
    let completion: @Sendable (isolated RedisClient, Result<String, RedisError>) -> Void
  }

  func connect() {
    attempt += 1
    if case .sentinel = address.transport { return searchMaster() }
    startAttemptDeadline()
    switch address.transport {
    case .unix(let path): open(.unix(path: path))
    case .tcp(let place): reach(place)
    case .sentinel: break
    }
  }

  private func startAttemptDeadline() {
    let attempt = attempt
    attemptDeadline = loop.after(limits.connect) { [weak self] in
      self?.assumeIsolated { $0.attemptFailed(attempt, .timedOut) }
    }
  }

  /// Connects to the master that a sentinel has named.
  func connect(toMaster place: RedisAddress.Place) {
    startAttemptDeadline()
    reach(place)
  }

  private func reach(_ place: RedisAddress.Place) {
    let attempt = attempt
    resolve(place) { client, result in
      switch result {
      case .success(let numeric): client.open(client.target(place, at: numeric))
      case .failure(let error): client.attemptFailed(attempt, error)
      }
    }
  }

  /// Turns the name of a place into one of its addresses, unless it is none. Only the last call is answered.
  func resolve(
    _ place: RedisAddress.Place,
    completion: @escaping @Sendable (isolated RedisClient, Result<String, RedisError>) -> Void
  ) {
    let host = place.host
    wanted = nil
    if NameLookup.isNumeric(host) { return completion(self, .success(host)) }
    wanted = Wanted(place: place, completion: completion)
    // A lookup that outlived its attempt serves the next one: a stuck resolver holds one thread, not many.
    guard lookUps.insert(host).inserted else { return }
    let started = Result { () throws(SystemError) in
      try NameLookup.start(host) { [weak self, loop] result in
        loop.after(.zero) { [weak self] in self?.assumeIsolated { $0.lookedUp(host, result) } }
      }
    }
    guard case .failure(let error) = started else { return }
    lookUps.remove(host)
    wanted = nil
    completion(self, .failure(.unavailable("\(error)")))
  }

  private func lookedUp(_ host: String, _ result: Result<[String], NameLookup.Failure>) {
    lookUps.remove(host)
    guard let wanted, wanted.place.host == host, state.phase == .connecting else { return }
    self.wanted = nil
    switch result {
    case .success(let addresses):
      wanted.completion(self, .success(addresses[state.failures % addresses.count]))
    case .failure(let failure):
      wanted.completion(self, .failure(.unavailable("\(host): \(failure)")))
    }
  }

  func target(_ place: RedisAddress.Place, at numeric: String) -> RedisConnection.Target {
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

  func attemptFailed(_ failed: UInt64, _ error: RedisError) {
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
    wanted = nil
    if let attemptDeadline { loop.cancel(attemptDeadline) }
    // Whoever sent us here may know no better; the next may.
    if state.phase == .connecting, let first = sentinels.first {
      sentinels = sentinels.dropFirst() + [first]
    }
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
