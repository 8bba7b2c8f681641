// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
import EventLoop
import Foundation
import HTTPClient
import HTTPTypes
import TestSupport

/// The whole of it, of real processes: Redis, the service, a web server in front; and a stand-in for Dropbox.
///
/// Everything it starts listens on loopback or on Unix sockets in a folder of its own, and ends with `stop()`.
final class Installation: Sendable {
  let site: String
  let web: Web
  let dropbox: StandIn
  let redis: RedisServer
  let http: HTTPClient
  let photos: String
  /// The folder of the second person.
  var photosOfBen: String { folder.path(of: "photos-of-ben") }
  let folder: TemporaryFolder
  /// What the service was started with, `FCGI_SOCKET` apart.
  let settings: [String: String]
  /// Where it listens; nobody does behind mod_fcgid.
  let socket: String
  /// Absent behind mod_fcgid, where Apache starts it.
  let service: ChildProcess?
  /// Who keeps the service running, where one was asked for.
  let supervisor: Supervisor?
  /// Absent if requests reach the service without one.
  let webServer: ChildProcess?
  /// Sends requests as the front does.
  let transport: TestClient.Transport

  private init(
    web: Web, dropbox: StandIn, redis: RedisServer, http: HTTPClient, photos: String,
    folder: TemporaryFolder, settings: [String: String], socket: String, service: ChildProcess?,
    supervisor: Supervisor?, webServer: ChildProcess?
  ) {
    site = web.site
    self.web = web
    self.dropbox = dropbox
    self.redis = redis
    self.http = http
    self.photos = photos
    self.folder = folder
    self.settings = settings
    self.socket = socket
    self.service = service
    self.supervisor = supervisor
    self.webServer = webServer
    if let gateway = CGIClient(web.front, socket: socket, settings: settings) {
      transport = { try await gateway.send($0) }
    } else {
      transport = { try await http.send($0) }
    }
  }

  /// - Parameters:
  ///   - pictures: names of pictures in the folder, or paths below it; each is a real one.
  ///   - picturesOfBen: the same of a second person, who is not there without any.
  ///   - syntheticPictures: how many more there are, `Picture 000001.jpg` and so on, without a file behind them.
  ///   - settings: of the service, on top of what it needs.
  ///   - isSupervised: the service is started with a socket passed on, as systemd does it.
  ///   - command: words before the supervised program.
  ///   - slowness: how long a client may take to send a request, in seconds; nil for as long as in production.
  ///   - isBehindProxy: the web server takes visitors' addresses from `X-Forwarded-For`.
  ///   - certificate: of another installation; one of its own unless given.
  ///   - inFlightLimit: requests of one client that may be in flight at nginx; `nil` for as many as in production.
  ///   - webServerArguments: of the web server's script `serve`.
  ///   - configure: changes what the stand-in does.
  static func start(
    _ front: Front = .nginxSite, pictures: [String] = ["Harbour.jpg", "Hills.jpg", "Lake.jpg"],
    picturesOfBen: [String] = [], syntheticPictures: Int = 0,
    settings extra: [String: String] = [:], isSupervised: Bool = false, command: [String] = [],
    slowness: Int? = nil, isBehindProxy: Bool = false, inFlightLimit: Int? = nil,
    webServerArguments: [String] = [], certificate: Certificate? = nil,
    configure: (inout StandIn.Options) -> Void = { _ in }
  ) async throws -> Installation {
    let folder = try TemporaryFolder()
    try Project.openToAll(folder.path)
    let photos = try folder.makeFolder("photos")
    for name in pictures { try Photographs.copy(to: photos + "/" + name) }
    let web = try await Web.prepare(
      front, folder, limit: slowness, isBehindProxy: isBehindProxy, inFlightLimit: inFlightLimit,
      certificate: certificate)
    let redis = try await RedisServer()
    try Project.openToAll((redis.path as NSString).deletingLastPathComponent)
    var options = StandIn.Options(photos: photos, redirectURIs: [web.site + "/oauthredirect"])
    options.syntheticPictures = syntheticPictures
    if !picturesOfBen.isEmpty {
      let path = try folder.makeFolder("photos-of-ben")
      for name in picturesOfBen { try Photographs.copy(to: path + "/" + name) }
      options.photosOfBen = path
    }
    configure(&options)
    let standIn = try await StandIn.start(options)
    let socket = folder.path(of: "fcgi.sock")
    var settings = [
      "DBX_APP_KEY": "standin-app-key", "DBX_APP_SECRET": "standin-app-secret",
      "SESSION_ID_SECRET": String(repeating: "s", count: 48), "REDIS_URL": redis.url,
      "DBX_OAUTH_DOMAIN": standIn.origins.www, "DBX_API_DOMAIN": standIn.origins.api,
      "DBX_CONTENT_DOMAIN": standIn.origins.content,
    ]
    settings.merge(web.settings) { $1 }
    settings.merge(extra) { $1 }
    let supervisor =
      isSupervised
      ? try Supervisor(socket: socket, settings: settings, command: command) : nil
    try await supervisor?.start()
    let service =
      front.hasDaemon && !isSupervised ? try await startService(front, socket, settings) : nil
    let webServer =
      front.isDirect ? nil : try await web.start(socket: socket, settings, webServerArguments)
    let installation = Installation(
      web: web, dropbox: standIn, redis: redis, http: try Self.client(web.certificate),
      photos: photos, folder: folder, settings: settings, socket: socket, service: service,
      supervisor: supervisor, webServer: webServer)
    try await installation.waitUntilItAnswers()
    return installation
  }

  func stop() async throws {
    try await webServer?.terminate()
    if web.front == .apacheFcgid { try await waitForEnd(of: processes()) }
    try await service?.terminate()
    try await supervisor?.stop()
    try await redis.stop()
    await dropbox.stop()
    await http.close()
  }

  func visitor(_ person: Person = .ana) -> Visitor {
    Visitor(site: site, dropbox: dropbox, person: person, transport: transport)
  }

  /// How often the service has looked for a session.
  func lookUps() async throws -> Int {
    try await redis.command("INFO", "commandstats")
      .matches(of: /cmdstat_(get|getex|mget):calls=(\d+)/).reduce(0) {
        $0 + (Int($1.output.2) ?? 0)
      }
  }

  /// Of tests that talk to servers on this machine.
  ///
  /// - Parameter certificate: what it trusts.
  static func client(_ certificate: Certificate? = nil) throws -> HTTPClient {
    var configuration = HTTPClient.Configuration()
    configuration.certificateAuthorities = certificate?.chain
    configuration.allowsPlainHTTP = true
    return try HTTPClient(loop: TestLoop.shared, configuration: configuration)
  }

  private static func startService(
    _ front: Front, _ socket: String, _ settings: [String: String]
  ) async throws -> ChildProcess {
    let service: ChildProcess
    if front == .spawnFCGI {
      service = try await ChildProcess.start(
        "spawn-fcgi", ["-n", "-s", socket, "--", Project.program], environment: settings)
    } else {
      let environment = settings.merging(["FCGI_SOCKET": socket]) { $1 }
      service = try await ChildProcess.start(Project.program, environment: environment)
    }
    _ = try await service.line(containing: "listening")
    // Apache, started by root, connects as www-data.
    try Project.openToAll(socket)
    return service
  }

  /// A web server does not say when it has begun to listen; its port does.
  func waitUntilItAnswers() async throws {
    let visitor = visitor()
    let end = ContinuousClock.now + .seconds(20)
    while true {
      if let answer = try? await visitor.send("/readyz"), answer.status == .ok { return }
      guard ContinuousClock.now < end else {
        let told = [webServer?.text, (service ?? supervisor?.service)?.text, web.errors]
        throw TestFailure(
          "no answer from \(site): \(told.compactMap(\.self).joined(separator: " "))")
      }
      await TestLoop.pause(.milliseconds(20))
    }
  }
}
