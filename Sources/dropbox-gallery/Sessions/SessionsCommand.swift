// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import EventLoop
import FoundationEssentials
import Gallery
import Redis

/// Counts sessions, and ends those of an account or all of them.
struct SessionsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sessions",
    abstract: "Count the sessions in Redis, and end those of an account or all.",
    discussion: """
      An account is named by its tag, 12 hexadecimal digits, which stand in each line of the log \
      as account. Nobody but the browser can open a session.
      """)

  /// The most accounts that are listed.
  private static let listLimit = 50

  @OptionGroup var options: SettingsOptions

  @Option(help: ArgumentHelp("End the sessions of one account.", valueName: "account"))
  var end: String?

  @Flag(help: "End all sessions and the sign-ins under way; needs --yes.")
  var endAll = false

  @Flag(help: "Confirm --end-all.")
  var yes = false

  func validate() throws {
    if let end, SessionRegister.AccountTag(end) == nil {
      throw ValidationError("--end takes an account of the log: 12 hexadecimal digits.")
    }
    guard end == nil || !endAll else {
      throw ValidationError("--end and --end-all exclude each other.")
    }
    guard endAll == yes else {
      throw ValidationError(
        endAll ? "--end-all signs everybody out; confirm it with --yes." : "--yes is for --end-all."
      )
    }
  }

  func run() async throws {
    do {
      try await act()
    } catch let error as RedisError {
      Main.exit(
        withError: Settings.Failure(
          name: "redis",
          problem:
            "\(RedisCheck.text(of: error, at: "a command")). To do: \(RedisCheck.advice(error))."))
    } catch let exit as ExitCode {
      throw exit
    } catch {
      Main.exit(withError: error)
    }
  }

  private func act() async throws {
    let configuration = try ServiceConfiguration(
      try Settings(environment: ProcessInfo.processInfo.environment, file: options.file))
    let redis = RedisClient(
      loop: try EventLoop(), address: configuration.redis, tls: configuration.redisTLS)
    let register = SessionRegister(redis: redis)
    if endAll {
      print("ended \(Self.text(try await register.endAll(), "session"))")
    } else if let account = end.flatMap({ SessionRegister.AccountTag($0) }) {
      let ended = try await register.end(account)
      print("ended \(Self.text(ended, "session")) of \(account)")
      if ended == 0 { throw ExitCode(1) }
    } else {
      show(try await register.census())
    }
  }

  private func show(_ census: SessionRegister.Census) {
    let accounts = census.sessions.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    print(
      "\(Self.text(census.total, "session")) of \(Self.text(accounts.count, "account")), "
        + "\(Self.text(census.pending, "sign-in")) under way")
    for (account, count) in accounts.prefix(Self.listLimit) {
      print("\(account)  \(Self.text(count, "session"))")
    }
    let others = accounts.count - Self.listLimit
    if others > 0 { print("and \(Self.text(others, "account")) more") }
    if census.unreadable > 0 {
      print("\(Self.text(census.unreadable, "session")) of no known account")
    }
  }

  private static func text(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}
