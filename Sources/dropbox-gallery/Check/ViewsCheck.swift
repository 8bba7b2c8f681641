// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Gallery

/// Reads the templates and the words as the start does.
enum ViewsCheck {
  static func look(_ settings: Settings) -> Finding {
    do {
      let folder = try settings.value("VIEWS") ?? "views"
      _ = try Views(folder: folder)
      return .ok("views", "\(folder): templates and words fit")
    } catch let failure as Settings.Failure {
      return .failure("views", failure.description, do: "correct this setting")
    } catch {
      return .failure(
        "views", "\(error)",
        do: "install views/ of this version again, or let VIEWS name where it is")
    }
  }
}
