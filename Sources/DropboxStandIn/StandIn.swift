// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import FlyingFox
import Foundation

/// A local Dropbox: authorize page, token endpoint, the file routes of the API and temporary links
/// over a folder of pictures, on loopback ports, with faults on demand.
///
/// It refuses what Dropbox refuses. Ana has an account, and Ben when he has a folder; tests add others. Texts of refusals follow what was
/// recorded from Dropbox where a record is known.
/// Source: Dropbox for HTTP Developers; dropbox/dropbox-api-spec.
public final class StandIn: Sendable {
  /// Where the hosts listen, such as `http://127.0.0.1:41001`, without a slash at the end.
  public let origins: Origins

  private let controls: Controls
  private let servers: [HostServer]
  private let desk: FrontDesk

  private init(
    origins: Origins, controls: Controls, servers: [HostServer], desk: FrontDesk
  ) {
    self.origins = origins
    self.controls = controls
    self.servers = servers
    self.desk = desk
  }

  /// Starts all hosts; they answer once this returns.
  /// - Throws: `cannotListen` when a port is taken, `noSuchFolder` when `photos`, `photosOfBen` or `samples` names none.
  public static func start(_ options: Options) async throws(StandInError) -> StandIn {
    DescriptorLimit.raise()
    let clock = SettableClock()
    let authorizations = Authorizations(clock: clock)
    let accounts = Accounts()
    let controls = Controls(
      options: options, clock: clock, authorizations: authorizations, accounts: accounts)
    let desk = FrontDesk(
      controls: controls,
      authorizePage: AuthorizePage(
        options: options, accounts: accounts, authorizations: authorizations),
      tokenEndpoint: TokenEndpoint(options: options, authorizations: authorizations),
      links: TemporaryLinks(clock: clock, accounts: accounts), thumbnails: Thumbnails())
    for (person, content) in options.accounts { try await desk.addAccount(person, content) }
    return try await start(options.ports, controls, desk)
  }

  private static func start(
    _ ports: Options.Ports, _ controls: Controls, _ desk: FrontDesk
  ) async throws(StandInError) -> StandIn {
    let control = ControlEndpoint(controls: controls)
    var servers: [HostServer] = []
    do throws(StandInError) {
      for (host, port) in [
        (Host.www, ports.www), (.api, ports.api), (.content, ports.content),
        (.links, ports.links),
      ] {
        servers.append(try await HostServer(host: host, port: port) { try await desk.answer($0) })
      }
      servers.append(
        try await HostServer(host: .control, port: ports.control) { control.answer($0) })
    } catch {
      for server in servers { await server.stop() }
      throw error
    }
    let origins = Origins(servers.map(\.origin))
    desk.links.setOrigin(origins.links)
    return StandIn(origins: origins, controls: controls, servers: servers, desk: desk)
  }

  /// Ends all hosts and connections. Calls under way get no answer.
  public func stop() async {
    controls.hangs.release()
    controls.log.endWaits()
    for account in controls.accounts.all { account.stop() }
    for server in servers { await server.stop() }
  }

  // MARK: Accounts

  /// Adds an account, in place of an older one of the same person.
  /// - Throws: `noSuchFolder` when `photos` or `samples` names none.
  @discardableResult
  public func addAccount(
    _ person: Person, _ content: AccountContent
  ) async throws(StandInError) -> Account {
    try await desk.addAccount(person, content)
  }

  /// Removes an account, its grants and its temporary links. Calls of it that hang are answered.
  public func removeAccount(_ person: Person) { controls.removeAccount(person) }

  /// The account of a person, with faults and calls of its own; `nil` if there is none.
  public func account(of person: Person) -> Account? { controls.accounts[person] }

  // MARK: Faults, clock, log

  /// Plans a fault for the next calls of a route, after those planned before.
  /// - Parameters:
  ///   - route: `files/list_folder`, `oauth2/token`, `oauth2/authorize`, `links`, or `*` for all.
  ///   - times: how often; nothing for always.
  public func inject(_ fault: Fault, into route: String, times: Int? = 1) {
    controls.faults.add(fault, route: route, times: times)
  }

  /// Moves the clock forward: tokens expire after 4 h, codes after 10 min, links after 4 h.
  public func advanceClock(by duration: Duration) {
    let (seconds, attoseconds) = duration.components
    controls.clock.advance(seconds: Double(seconds) + Double(attoseconds) / 1e18)
  }

  public func setLatency(_ latency: Duration) { controls.setLatency(latency) }

  /// Makes every access token given out so far an expired one; refresh tokens stay good.
  public func expireAccessTokens() { controls.authorizations.expireAccessTokens() }

  /// Ends all grants, as when a person disconnects the app.
  public func revokeGrants() { controls.authorizations.revokeAll() }

  /// Makes each cursor given out so far answer `reset`.
  public func resetCursors() { controls.resetCursors() }

  /// Calls since the start or the last reset, the first 10,000 of them.
  public var calls: [RecordedCall] { controls.log.calls }

  /// How many calls of a route came since the start or the last reset.
  public func count(of route: String) -> Int { controls.log.counts[route] ?? 0 }

  /// Calls that are not answered yet.
  public var inFlight: Int { controls.log.inFlight }

  /// Returns once a route was called so often, or when the stand-in stops.
  public func waitForCalls(of route: String, count: Int = 1) async {
    await controls.log.wait(for: route, count: count)
  }

  /// Faults, calls, clock and latency as at the start, those of each account included; grants stay.
  public func reset() { controls.reset() }

  // MARK: Grants

  /// A grant without the authorize page; all scopes of the app unless told otherwise.
  public func grant(scopes: [String]? = nil, of person: Person = .ana) -> Grant {
    controls.authorizations.issue(
      scopes: (scopes ?? controls.options.scopes).sorted(), isOffline: true, of: person)
  }

  /// Presses Allow (or Deny) on the authorize page of this URL, as a person.
  /// - Returns: where the page redirects to; nothing when it shows an error instead.
  public func decide(_ url: String, allow: Bool = true, as person: Person = .ana) -> String? {
    let parts = url.split(separator: "?", maxSplits: 1)
    let call = Call(
      host: .www, method: "POST", path: "/oauth2/authorize",
      query: FormPairs(parsing: parts.dropFirst().first.map(String.init) ?? ""), fields: [:],
      body: Data("decision=\(allow ? "allow" : "deny")&person=\(person.id)".utf8))
    let answer = desk.authorizePage.answer(call)
    return answer.fields.first { $0.name == "Location" }?.value
  }
}
