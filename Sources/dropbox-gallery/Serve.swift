// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Dropbox
import EventLoop
import FastCGI
import Foundation
import Gallery
import HTTPClient
import Logging
import Redis

/// Serves until SIGTERM or SIGINT, or answers one CGI request.
struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Serve FastCGI on FCGI_SOCKET or a socket passed on, or answer one CGI request.")

  static let stopSignals = [SIGTERM, SIGINT]
  /// How long requests in flight may take once the service is to stop.
  private static let stopLimit: Duration = .seconds(35)

  func run() async throws {
    do {
      try await serve(environment: ProcessInfo.processInfo.environment)
    } catch let usage as ValidationError {
      throw usage
    } catch {
      Main.exit(withError: error)
    }
  }

  private func serve(environment: [String: String]) async throws {
    let configuration = try ServiceConfiguration(try await Settings(environment: environment))
    let invocation = try Invocation.resolve(
      socket: configuration.socket, environment: environment)
    let loop = try EventLoop()
    let logger = Logger(label: "gallery") { StreamLogHandler.standardError(label: $0) }
    let application = try application(
      configuration, loop: loop, logger: logger, endsWithAnswer: invocation == .cgi)
    switch invocation {
    case .fastCGI(let listener):
      try await serve(listener, configuration, application, loop: loop, logger: logger)
    case .cgi:
      try await CGIProcess.respond(environment: environment, application: application)
    case .usage:
      throw ValidationError(
        "There is nothing to answer: set FCGI_SOCKET, pass a listening socket, or run as CGI.")
    }
  }

  private func application(
    _ configuration: ServiceConfiguration, loop: EventLoop, logger: Logger, endsWithAnswer: Bool
  ) throws -> Application {
    var client = HTTPClient.Configuration()
    client.allowsPlainHTTP = true
    let http = try HTTPClient(loop: loop, configuration: client)
    return Application(
      site: configuration.site, folder: configuration.folder, secrets: configuration.secrets,
      redis: RedisClient(loop: loop, address: configuration.redis, tls: configuration.redisTLS),
      dropbox: Dropbox(app: configuration.app, origins: configuration.origins, http: http),
      views: try Views(
        folder: configuration.views, isRereading: configuration.mode == .development),
      logger: logger, showsCauses: configuration.mode == .development,
      endsWithAnswer: endsWithAnswer)
  }

  private func serve(
    _ listener: Listener, _ configuration: ServiceConfiguration, _ application: Application,
    loop: EventLoop, logger: Logger
  ) async throws {
    var limits = Limits()
    limits.inFlight = configuration.maxInFlight
    // A loop of its own: a thousand answers from Dropbox at once must not keep a visitor waiting at the door.
    let door = try EventLoop()
    let server = try FastCGIServer(
      listening: try ListeningSocket.open(listener), loop: door, application: application,
      limits: limits, log: { logger.warning("\($0)") })
    try loop.onSignal(Self.stopSignals) { _ in server.stop(deadline: Self.stopLimit) }
    logger.info("listening")
    try await server.run()
  }
}
