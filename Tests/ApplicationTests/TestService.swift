// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Dropbox
import DropboxStandIn
import EventLoop
import Foundation
import Gallery
import GalleryTestSupport
import HTTP
import HTTPClient
import HTTPTypes
import Logging
import Redis
import TaskCoordination
import TestSupport

/// The application in this process, with a real Redis and the stand-in for Dropbox: no web server,
/// no socket for FastCGI.
///
/// Each test starts its own. Everything ends with `stop()`; what a failed test leaves ends with the
/// last reference.
///
/// At most eight run at once, and `start()` waits for its turn. A stand-in blocks one thread for each
/// of its five hosts, and libdispatch starts no more than 256 threads for this.
final class TestService: Sendable {
  private static let limiter = KeyedLimiter<String>(limit: 8)

  static let site = "https://photos.example"

  /// The same as in production: the site speaks TLS.
  let site = TestService.site
  let application: Application
  let dropbox: StandIn
  let redis: RedisServer
  let log: CollectedLog
  /// Decides when sessions end and listings are read again.
  let clock: TestClock
  /// Waits between attempts of a Dropbox call take no time, and are recorded.
  let retryClock: SkippingClock
  /// The folder of the first account.
  let photos: String
  /// The folder of the second account, which exists if it has photos.
  var photosOfBen: String { folder.path(of: "photos-of-ben") }
  let folder: TemporaryFolder
  private let permit: KeyedLimiter<String>.Permit
  private let http: HTTPClient
  private let redisClient: RedisClient
  private let transport: InProcessTransport

  /// - Parameters:
  ///   - pictures: paths in the folder of the first account, each a copy of a real photograph.
  ///   - picturesOfBen: the same for a second account.
  ///   - syntheticPictures: how many more there are, without a file behind them.
  ///   - folder: the app folder, as `DBX_APP_FOLDER` names it.
  ///   - observing: what is counted, and how requests are named.
  ///   - logger: `log` by default, which stays empty with another logger.
  ///   - configure: changes the options of the stand-in.
  static func start(
    pictures: [String] = ["Harbour.jpg", "Hills.jpg", "Lake.jpg"], picturesOfBen: [String] = [],
    syntheticPictures: Int = 0, appFolder: AppFolder = AppFolder(),
    secrets: [String] = [String(repeating: "s", count: 48)],
    assets: Assets = Assets(), observing: Observing = Observing(), showsCauses: Bool = false,
    logger: Logger? = nil, redisOptions: [String] = [],
    configure: (inout StandIn.Options) -> Void = { _ in }
  ) async throws -> TestService {
    guard let permit = await limiter.acquire("service") else { throw CancellationError() }
    let folder = try TemporaryFolder()
    var options = StandIn.Options(
      photos: try folder.makeFolder("photos"), redirectURIs: [site + "/oauthredirect"])
    for name in pictures { try Photographs.copy(to: folder.path(of: "photos/" + name)) }
    if !picturesOfBen.isEmpty {
      options.photosOfBen = try folder.makeFolder("photos-of-ben")
      for name in picturesOfBen {
        try Photographs.copy(to: folder.path(of: "photos-of-ben/" + name))
      }
    }
    options.syntheticPictures = syntheticPictures
    configure(&options)
    return try await TestService(
      folder: folder, dropbox: StandIn.start(options), redis: RedisServer(options: redisOptions),
      options: options, telemetry: observing.telemetry, permit: permit
    ) { parts in
      guard let site = Site(redirectURL: Self.site + "/oauthredirect", allowsPlainHTTP: false),
        let secrets = SessionSecrets(list: secrets.joined(separator: ","))
      else { throw TestFailure("settings that the service refuses") }
      return Application(
        site: site, folder: appFolder, secrets: secrets, redis: parts.redis,
        dropbox: parts.dropboxClient,
        views: try Views(folder: Self.root + "/views", assets: assets),
        logger: logger ?? parts.log.logger(), observing: observing, showsCauses: showsCauses,
        clock: ServiceClock(
          now: { UnixTime(seconds: parts.clock.seconds) }, instant: { parts.clock.instant }))
    }
  }

  private init(
    folder: TemporaryFolder, dropbox: StandIn, redis: RedisServer, options: StandIn.Options,
    telemetry: Telemetry, permit: KeyedLimiter<String>.Permit,
    makeApplication: (Parts) throws -> Application
  ) async throws {
    self.folder = folder
    self.dropbox = dropbox
    self.redis = redis
    self.permit = permit
    photos = folder.path(of: "photos")
    let parts = try Parts(dropbox: dropbox, redis: redis, options: options, telemetry: telemetry)
    log = parts.log
    clock = parts.clock
    retryClock = parts.retryClock
    http = parts.http
    redisClient = parts.redis
    application = try makeApplication(parts)
    transport = InProcessTransport(application: application, site: Self.site, http: parts.http)
  }

  /// A client with an empty cookie jar.
  func client(_ person: Person = .ana) -> TestClient {
    TestClient(site: site, dropbox: dropbox, person: person) { [transport] in
      try await transport.send($0)
    }
  }

  /// A client with a session.
  func signedIn(_ person: Person = .ana) async throws -> TestClient {
    let client = client(person)
    try await client.signIn()
    return client
  }

  func stop() async throws {
    await redisClient.close()
    try await redis.stop()
    await dropbox.stop()
    await http.close()
    permit.release()
  }

  /// How often the service has looked for a session.
  func sessionLookups() async throws -> Int {
    try await redis.command("INFO", "commandstats")
      .matches(of: /cmdstat_(get|getex|mget):calls=(\d+)/).reduce(0) {
        $0 + (Int($1.output.2) ?? 0)
      }
  }

  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path
}

extension TestService {
  /// What an `Application` is made of.
  private struct Parts {
    let log = CollectedLog()
    let clock = TestClock()
    let retryClock = SkippingClock()
    let http: HTTPClient
    let redis: RedisClient
    private let origins: DropboxOrigins
    private let app: DropboxApp
    private let telemetry: Telemetry

    init(
      dropbox: StandIn, redis: RedisServer, options: StandIn.Options, telemetry: Telemetry
    ) throws {
      self.telemetry = telemetry
      var configuration = HTTPClient.Configuration()
      configuration.allowsPlainHTTP = true
      http = try HTTPClient(loop: TestLoop.shared, configuration: configuration)
      self.redis = RedisClient(
        loop: TestLoop.shared, address: try RedisAddress(parsing: redis.url)
      ) { telemetry.observe($0) }
      origins = DropboxOrigins(
        authorize: dropbox.origins.www, api: dropbox.origins.api,
        content: dropbox.origins.content)
      app = DropboxApp(
        key: options.appKey, secret: Secret(options.appSecret),
        redirectURL: TestService.site + "/oauthredirect")
    }

    var dropboxClient: Dropbox {
      Dropbox(
        app: app, origins: origins, http: http, clock: retryClock,
        now: { [clock] in UnixTime(seconds: clock.seconds) },
        observe: { [telemetry] in telemetry.observe($0) })
    }
  }
}
