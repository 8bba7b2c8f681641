// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import EventLoop
import FoundationEssentials
import Glibc
import SystemPackage

@main
enum Main {
  /// Blocks the signals that the event loop handles before any other thread starts. The main thread
  /// unblocks them when it waits, so that they end a command that does not handle them.
  static func main() async {
    do {
      try EventLoop.block(signals: Supervision.stopSignals + Supervision.reloadSignals)
    } catch {
      exit(withError: error)
    }
    await run()
  }

  /// Runs the command that the arguments name. A usage error exits with status 2, as is usual on
  /// Unix; the parser's default would be 64.
  ///
  /// A CGI program ignores its arguments, because the client chooses them. See `LaunchMode.isCGI`.
  @concurrent private static func run() async {
    let isCGI = LaunchMode.isCGI(ProcessInfo.processInfo.environment)
    do {
      var command = try DropboxGallery.parseAsRoot(isCGI ? [] : nil)
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      guard DropboxGallery.exitCode(for: error) == .validationFailure else {
        DropboxGallery.exit(withError: error)
      }
      _ = try? FileDescriptor.standardError.writeAll(
        "\(DropboxGallery.fullMessage(for: error))\n".utf8)
      Glibc.exit(2)
    }
  }

  /// One line on standard error, without values of settings; status 1.
  static func exit(withError error: some Error) -> Never {
    // Where it cannot be written, the status says it.
    _ = try? FileDescriptor.standardError.writeAll("dropbox-gallery: \(error)\n".utf8)
    Glibc.exit(1)
  }
}

struct DropboxGallery: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dropbox-gallery",
    abstract: "Shows a person the pictures in their own Dropbox folder, behind nginx or Apache.",
    discussion: """
      Settings come from the environment and from .env in the working directory; see \
      dropbox-gallery(1). The exit status is 0, 1 after a failure, 2 for a mistake in the command line.
      """,
    version: Version.current,
    subcommands: [Serve.self, Check.self, SessionsCommand.self, SettingsCommand.self],
    defaultSubcommand: Serve.self)
}
