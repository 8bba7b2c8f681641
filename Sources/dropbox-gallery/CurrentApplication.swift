// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import Gallery
import HTTP
import Synchronization

/// The application of the moment. Requests that have begun end with the one they began with.
final class CurrentApplication: Responder {
  private let application: Mutex<Application>

  init(_ application: Application) {
    self.application = Mutex(application)
  }

  func respond(to request: Request) async -> Response {
    await now.respond(to: request)
  }

  var now: Application {
    get { application.withLock { $0 } }
    set { application.withLock { $0 = newValue } }
  }
}
