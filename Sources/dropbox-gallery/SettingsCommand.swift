// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import SystemPackage

/// Prints the settings of the file, each as `NAME=value` and ended by NUL, as `env -0` does.
///
/// For `make run`, which has settings of its own in the same file. Values are printed, secrets too, so the command is
/// not listed.
struct SettingsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "settings", abstract: "Print the settings of the file, for make run.",
    shouldDisplay: false)

  @OptionGroup var options: SettingsOptions

  func run() {
    do {
      let values = try Settings.values(of: options.file).sorted { $0.key < $1.key }
      let text = values.map { "\($0.key)=\($0.value)\0" }.joined()
      try FileDescriptor.standardOutput.writeAll(text.utf8)
    } catch {
      Main.exit(withError: error)
    }
  }
}
