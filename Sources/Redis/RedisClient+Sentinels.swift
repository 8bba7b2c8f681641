// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

internal import EventLoop

/// Asking sentinels where the master is: before each connection, as it may be another each time.
///
/// When sentinels appoint a new master, they make the old one hang up, so no news have to be waited for.
extension RedisClient {
  func searchMaster() {
    search = SentinelSearch(sentinels)
    askNextSentinel()
  }

  private func askNextSentinel() {
    guard case .sentinel(_, let master, _) = address.transport, var search else { return }
    guard let place = search.remaining.popFirst() else {
      let failures = search.failures.joined(separator: "; ")
      self.search = nil
      return attemptFailed(
        attempt, .unavailable("no sentinel says where the master \(master) is: \(failures)"))
    }
    search.asked = place
    self.search = search
    let attempt = attempt
    sentinelDeadline = loop.after(limits.sentinel) { [weak self] in
      self?.assumeIsolated { $0.sentinelFailed(place, attempt, .timedOut) }
    }
    resolve(place) { client, result in
      switch result {
      case .success(let numeric): client.ask(place, at: numeric, attempt)
      case .failure(let error): client.sentinelFailed(place, attempt, error)
      }
    }
  }

  private func ask(_ place: RedisAddress.Place, at numeric: String, _ attempt: UInt64) {
    guard case .sentinel(_, let master, let signIn) = address.transport else { return }
    do throws(RedisError) {
      let connection = try RedisConnection(
        to: target(place, at: numeric), tls: tls, maximumReplyBytes: 4_096, loop: loop
      ) { [weak self] readiness in
        self?.assumeIsolated { $0.sentinelReady(place, attempt, readiness) }
      }
      search?.connection = connection
      if let signIn {
        _ = connection.send(signIn.words.map { Array($0.utf8) }, for: .handshake(.authenticate))
      }
      let question = ["SENTINEL", "GET-MASTER-ADDR-BY-NAME", master]
      _ = connection.send(question.map { Array($0.utf8) }, for: .location)
      settleSearch(place, attempt)
    } catch {
      sentinelFailed(place, attempt, error)
    }
  }

  private func sentinelReady(
    _ place: RedisAddress.Place, _ attempt: UInt64, _ readiness: Readiness
  ) {
    guard attempt == self.attempt, search?.asked == place else { return }
    search?.connection?.handle(readiness)
    settleSearch(place, attempt)
  }

  private func settleSearch(_ place: RedisAddress.Place, _ attempt: UInt64) {
    for event in search?.connection?.takeEvents() ?? [] {
      do throws(RedisError) {
        switch event {
        case .reply(.handshake(let step), let reply):
          if let failure = step.failure(in: reply) { throw failure }
        case .reply(_, let reply):
          guard let master = try SentinelSearch.place(in: reply) else {
            throw .unavailable("knows no master of that name")
          }
          return found(master, by: place)
        case .ended(let error, _): throw error
        }
      } catch {
        return sentinelFailed(place, attempt, error)
      }
    }
  }

  private func found(_ master: RedisAddress.Place, by place: RedisAddress.Place) {
    endSearch()
    sentinels.removeAll { $0 == place }
    sentinels.insert(place, at: 0)
    connect(toMaster: master)
  }

  private func sentinelFailed(
    _ place: RedisAddress.Place, _ attempt: UInt64, _ error: RedisError
  ) {
    guard attempt == self.attempt, search?.asked == place else { return }
    search?.note(error)
    endQuestion()
    askNextSentinel()
  }

  private func endQuestion() {
    if let sentinelDeadline { loop.cancel(sentinelDeadline) }
    search?.connection?.close(.closed)
    search?.connection = nil
    search?.asked = nil
  }

  func endSearch() {
    endQuestion()
    search = nil
  }
}
