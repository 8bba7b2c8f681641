// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Where a command finds its settings, beside the environment.
struct SettingsOptions: ParsableArguments {
  @Option(
    name: .customLong("settings"),
    help: ArgumentHelp(
      "A file of settings, NAME=value on each line; .env in the working directory without it.",
      valueName: "file"))
  var file: String?
}
