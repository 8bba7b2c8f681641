// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

/// A master, a replica that follows it, and sentinels who watch both and agree on who is the master.
///
/// They take a master for dead after two seconds, which a busy machine does not make it, and then appoint the replica.
public final class SentinelGroup: Sendable {
  public static let name = "gallery-master"

  public let master: RedisServer
  public let replica: RedisServer
  /// On 127.0.0.1.
  public let ports: [UInt16]
  private let sentinels: [ChildProcess]
  private let folder: TemporaryFolder
  /// Who signed what all of them show; nil where they speak no TLS.
  private let authority: CertificateAuthority?

  /// Starts all of them and waits until the sentinels could appoint a new master.
  ///
  /// - Parameters:
  ///   - sentinels: how many; the more, the longer it takes until they know each other.
  ///   - options: words for the command line of master and replica.
  ///   - password: that the sentinels ask their clients for; empty for none.
  ///   - authority: signs a certificate for 127.0.0.1, and then all of them speak TLS only, with each other as well.
  public static func start(
    sentinels count: Int = 3, options extra: [String] = [], password: String = "",
    authority: CertificateAuthority? = nil
  ) async throws(TestFailure) -> SentinelGroup {
    let certificate = try await authority?.certificate(for: "IP:127.0.0.1")
    let options = extra + replicationOptions(authority)
    let master = try await RedisServer(
      options: options, withPort: certificate == nil, certificate: certificate)
    let port = master.tlsPort ?? master.port ?? 0
    let replica = try await RedisServer(
      options: options + [
        "--replicaof", "127.0.0.1 \(port)", "--repl-diskless-sync-delay", "0",
      ], withPort: certificate == nil, certificate: certificate)
    try await until("the replica follows") { () throws(TestFailure) in
      try await master.command("INFO", "replication").contains("state=online")
    }
    let folder = try TemporaryFolder()
    var ports: [UInt16] = []
    var sentinels: [ChildProcess] = []
    for number in 0..<count {
      let own = try FreePort.find()
      let file = try folder.write(
        configuration(
          port: own, master: port, quorum: count / 2 + 1, password: password,
          tls: authority.flatMap { authority in certificate.map { (authority, $0) } }),
        to: "sentinel-\(number).conf")
      ports.append(own)
      sentinels.append(try await ChildProcess.start("redis-server", [file, "--sentinel"]))
    }
    let group = SentinelGroup(master, replica, ports, sentinels, folder, authority)
    try await group.waitUntilReady(password)
    return group
  }

  private init(
    _ master: RedisServer, _ replica: RedisServer, _ ports: [UInt16], _ sentinels: [ChildProcess],
    _ folder: TemporaryFolder, _ authority: CertificateAuthority?
  ) {
    self.master = master
    self.replica = replica
    self.ports = ports
    self.sentinels = sentinels
    self.folder = folder
    self.authority = authority
  }

  /// The address for `REDIS_URL`.
  public var url: String { url(ports: ports) }

  /// The same with other sentinels.
  public func url(ports: [UInt16], master: String = SentinelGroup.name) -> String {
    let places = ports.map { "127.0.0.1:\($0)" }.joined(separator: ",")
    return "redis\(authority == nil ? "" : "s")+sentinel://\(places)/\(master)"
  }

  public func stop() async throws(TestFailure) {
    for sentinel in sentinels { try await sentinel.terminate() }
    try await replica.stop()
    try await master.stop()
  }

  /// Redis copies after it has answered.
  public func waitUntilReplicaHolds(_ keys: Int) async throws(TestFailure) {
    try await Self.until("the replica holds \(keys) keys") { () throws(TestFailure) in
      try await replica.command("DBSIZE") == "\(keys)"
    }
  }

  private func waitUntilReady(_ password: String) async throws(TestFailure) {
    var signIn = password.isEmpty ? [] : ["--no-auth-warning", "-a", password]
    if let authority { signIn += ["--tls", "--cacert", authority.path] }
    for port in ports {
      for (question, answer) in [("CKQUORUM", "OK \(ports.count) usable"), ("REPLICAS", "slave")] {
        try await Self.until("sentinel \(port) knows the others") { () throws(TestFailure) in
          try await ChildProcess.run(
            "redis-cli", ["-p", "\(port)"] + signIn + ["SENTINEL", question, Self.name]
          ).text.contains(answer)
        }
      }
    }
  }

  private static func until(
    _ what: String, _ isSo: () async throws(TestFailure) -> Bool
  ) async throws(TestFailure) {
    let end = ContinuousClock.now + .seconds(30)
    while try await !isSo() {
      guard ContinuousClock.now < end else { throw TestFailure("not in time: \(what)") }
      await TestLoop.pause(.milliseconds(50))
    }
  }

  /// Master and replica are each the other's client, too.
  private static func replicationOptions(_ authority: CertificateAuthority?) -> [String] {
    authority.map { ["--tls-replication", "yes", "--tls-ca-cert-file", $0.path] } ?? []
  }

  private static func configuration(
    port: UInt16, master: UInt16, quorum: Int, password: String,
    tls: (CertificateAuthority, CertificateAuthority.Certificate)?
  ) -> String {
    let listening =
      tls.map { authority, certificate in
        """
        port 0
        tls-port \(port)
        tls-replication yes
        tls-auth-clients no
        tls-cert-file \(certificate.path)
        tls-key-file \(certificate.keyPath)
        tls-ca-cert-file \(authority.path)
        """
      } ?? "port \(port)"
    return """
      bind 127.0.0.1
      \(listening)
      \(password.isEmpty ? "" : "requirepass \(password)")
      sentinel monitor \(name) 127.0.0.1 \(master) \(quorum)
      sentinel down-after-milliseconds \(name) 2000
      sentinel failover-timeout \(name) 5000

      """
  }
}
