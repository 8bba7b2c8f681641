// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import EventLoop
import FastCGI
import FoundationEssentials
import Gallery
import Glibc
import LogOutput
import Logging
import Sockets

/// Serves until SIGTERM or SIGINT, or answers one CGI request. SIGHUP reads settings, views and words anew.
struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Serve FastCGI on FCGI_SOCKET or a socket passed on, or answer one CGI request.")

  /// How long the last lines of the log may take.
  private static let flushLimit: Duration = .seconds(1)

  @OptionGroup var options: SettingsOptions

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
    let settings = try Settings(environment: environment, file: options.file)
    let configuration = try ServiceConfiguration(settings)
    let mode = try LaunchMode.resolve(
      socket: configuration.socket, environment: environment)
    let loop = try EventLoop()
    let log = try LogWriter(format: configuration.observation.format)
    let logger = Logger(label: "gallery") { _ in
      LineLogHandler(
        level: configuration.observation.level, format: configuration.observation.format,
        order: LogFields.order, writer: log)
    }
    let serving = Serving(
      settings: settings, configuration: configuration, environment: environment,
      file: options.file, loop: loop, logger: logger, log: log)
    switch mode {
    case .fastCGI(let listener, let kept):
      try await serving.serve(at: listener, adopting: kept)
    case .child(let generation):
      let socket = try ListeningSocket.openForRequests(.inherited(descriptor: STDIN_FILENO))
      let relaying = Relaying(settings: settings, loop: loop, logger: logger)
      do throws(RendezvousSocket.Failure) {
        try await relaying.run(at: socket, generation)
      } catch {
        guard !error.mayPass else { throw error }
        logger.warning("answering for this process alone, which shares no index: \(error)")
        try await serving.serve(childAt: socket)
      }
    case .relayed(let descriptor):
      try await serving.serve(relaysAt: descriptor)
    case .cgi:
      let service = try Service(
        configuration, from: settings, loop: loop, logger: logger, endsWithAnswer: true)
      try await CGIProcess.respond(
        environment: environment, application: service.application, limits: .service(configuration))
    case .usage:
      throw ValidationError(
        "There is nothing to answer: set FCGI_SOCKET, pass a listening socket, or run as CGI.")
    }
    await log.flush(within: Self.flushLimit)
  }
}
