// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Dropbox
import EventLoop
import Gallery
import HTTPClient
import Logging
import Redis

/// What the process holds for as long as it runs, and the application made of it, which a reload replaces.
actor Service {
  /// What a reload takes over. Everything else that has changed refuses it: the service is never half of one and half of
  /// the other.
  static let reloadable: Set = [
    "DBX_APP_FOLDER", "DBX_APP_SECRET", "OAUTH_REDIRECT_URL", "PUBLIC", "SESSION_ID_SECRET",
    "VIEWS",
  ]

  nonisolated let application: CurrentApplication
  nonisolated let logger: Logger
  private let http: HTTPClient
  private let redis: RedisClient
  private let throttles = AccountThrottles()
  private let observing: Observing
  private let endsWithAnswer: Bool
  private var settings: Settings

  /// - Parameter endsWithAnswer: whether the process answers one request only.
  init(
    _ configuration: ServiceConfiguration, from settings: Settings, loop: EventLoop,
    logger: Logger, endsWithAnswer: Bool
  ) throws {
    self.settings = settings
    self.logger = logger
    self.endsWithAnswer = endsWithAnswer
    var client = HTTPClient.Configuration()
    client.allowsPlainHTTP = true
    http = try HTTPClient(loop: loop, configuration: client)
    observing = configuration.observation.observing
    let telemetry = observing.telemetry
    redis = RedisClient(
      loop: loop, address: configuration.redis, tls: configuration.redisTLS,
      observe: { telemetry.observe($0) })
    application = CurrentApplication(
      try Self.application(
        configuration, redis: redis, http: http, throttles: throttles, logger: logger,
        observing: observing,
        endsWithAnswer: endsWithAnswer, continuing: nil))
  }

  /// Reads settings, views and words anew, and takes them in the place of the old once all of it is known to be good.
  ///
  /// - Returns: what was wrong, in one line; then everything is as it was.
  func reload(_ read: () throws(Settings.Failure) -> Settings) -> String? {
    do {
      let fresh = try read()
      let configuration = try ServiceConfiguration(fresh)
      let fixed = fresh.changes(since: settings).filter { !Self.reloadable.contains($0) }
      if let name = fixed.first {
        throw Settings.Failure(name: name, problem: "has changed, which takes a restart")
      }
      application.now = try Self.application(
        configuration, redis: redis, http: http, throttles: throttles, logger: logger,
        observing: observing,
        endsWithAnswer: endsWithAnswer, continuing: application.now)
      settings = fresh
      return nil
    } catch {
      return "\(error)"
    }
  }

  private static func application(
    _ configuration: ServiceConfiguration, redis: RedisClient, http: HTTPClient,
    throttles: AccountThrottles, logger: Logger, observing: Observing, endsWithAnswer: Bool,
    continuing former: Application?
  ) throws -> Application {
    let telemetry = observing.telemetry
    return Application(
      site: configuration.site, folder: configuration.folder, secrets: configuration.secrets,
      redis: redis,
      dropbox: Dropbox(
        app: configuration.app, origins: configuration.origins, http: http,
        observe: { telemetry.observe($0) }, throttles: throttles),
      views: try Views(
        folder: configuration.views, assets: try assets(configuration),
        isRereading: configuration.mode == .development),
      logger: logger, observing: observing, showsCauses: configuration.mode == .development,
      endsWithAnswer: endsWithAnswer, continuing: former)
  }

  private static func assets(_ configuration: ServiceConfiguration) throws -> Assets {
    guard let folder = configuration.publicFolder else { return Assets() }
    do throws(Assets.Failure) {
      return try Assets(folder: folder)
    } catch {
      throw Settings.Failure(name: "PUBLIC", problem: error.description)
    }
  }
}
