// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import EventLoop
import FoundationEssentials
import HTTPClient
import Redis

/// Looks whether the service can work here, and says what to do where it cannot. Starts nothing.
struct Check: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Look whether the service can work with these settings, and what to do if not.",
    discussion: """
      Prints a line for each thing it looked at, which begins with ok, warning or failure. \
      The exit status is 0 without a failure, 1 with one, 2 for a mistake in the command line.
      """)

  @OptionGroup var options: SettingsOptions

  func run() async throws {
    var hasFailed = false
    for await finding in findings() {
      print(finding.line)
      hasFailed = hasFailed || finding.level == .failure
    }
    if hasFailed { throw ExitCode(1) }
  }

  /// The findings in the order of what depends on what. Each comes when it is there: a host may take seconds.
  private func findings() -> AsyncStream<Finding> {
    AsyncStream { stream in
      let task = Task {
        await look { stream.yield($0) }
        stream.finish()
      }
      stream.onTermination = { _ in task.cancel() }
    }
  }

  private func look(_ report: (Finding) -> Void) async {
    let settings: Settings
    do {
      settings = try Settings(
        environment: ProcessInfo.processInfo.environment, file: options.file)
    } catch {
      return report(.failure("settings", error.description, do: "correct the file"))
    }
    // The files do not depend on the other settings.
    report(ViewsCheck.look(settings))
    report(PublicFilesCheck.look(settings))
    let configuration: ServiceConfiguration
    do {
      configuration = try ServiceConfiguration(settings)
    } catch {
      report(
        .failure(
          "settings", error.description, do: "set it as dropbox-gallery(1) says; check again"))
      return report(
        .warning(
          "redis, dropbox, site", "not tried without settings", do: "first correct the settings"))
    }
    report(settingsFinding(configuration))
    do {
      try await look(configuration, report)
    } catch {
      report(.failure("process", "\(error)", do: "give the process memory and descriptors"))
    }
  }

  private func look(
    _ configuration: ServiceConfiguration, _ report: (Finding) -> Void
  ) async throws {
    let loop = try EventLoop()
    let redis = RedisClient(loop: loop, address: configuration.redis, tls: configuration.redisTLS)
    report(await RedisCheck(redis: redis).look())
    await redis.close()
    var client = HTTPClient.Configuration()
    client.allowsPlainHTTP = true
    for origin in configuration.origins.distinct {
      report(await ServerCheck(configuration: client).lookAtDropbox(origin))
    }
    report(await ServerCheck(configuration: client).lookAtSite(configuration))
  }

  private func settingsFinding(_ configuration: ServiceConfiguration) -> Finding {
    switch configuration.mode {
    case .production: .ok("settings", "complete")
    case .development:
      .warning(
        "settings", "APP_ENV is development: causes of errors are shown to everybody",
        do: "unset APP_ENV where others come")
    }
  }
}
