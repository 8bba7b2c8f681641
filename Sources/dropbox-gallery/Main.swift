// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import EventLoop
import Foundation
import Glibc

@main
enum Main {
  /// Signals are taken one by one by the loop, so they are blocked before any other thread begins.
  static func main() async {
    do {
      try EventLoop.block(signals: Supervision.stopSignals + Supervision.reloadSignals)
    } catch {
      exit(withError: error)
    }
    await DropboxGallery.main()
  }

  /// One line on standard error, without values of settings; status 1.
  static func exit(withError error: some Error) -> Never {
    // Where it cannot be written, the status says it.
    try? FileHandle.standardError.write(contentsOf: Data("dropbox-gallery: \(error)\n".utf8))
    Glibc.exit(1)
  }
}

struct DropboxGallery: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dropbox-gallery",
    abstract: "Shows a person the pictures in their own Dropbox folder, behind nginx or Apache.",
    discussion: """
      Settings come from the environment and from .env in the working directory; see README.md.
      """,
    subcommands: [Serve.self], defaultSubcommand: Serve.self)
}
