// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
@_exported import GalleryTestSupport
import HTTPClient

typealias Visitor = TestClient

extension TestClient {
  /// A client that reaches the service through its web server.
  convenience init(
    site: String, http: HTTPClient, dropbox: StandIn, person: Person = .ana
  ) {
    self.init(site: site, dropbox: dropbox, person: person) { try await http.send($0) }
  }
}
