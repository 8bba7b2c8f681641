// SPDX-FileCopyrightText: 2026 the Dropbox Gallery authors
// SPDX-License-Identifier: Apache-2.0

import DropboxStandIn
@_exported import GalleryTestSupport
import HTTPClient
import HTTPTypes

typealias Visitor = TestClient

extension TestClient {
  /// A client that reaches the service through its web server.
  ///
  /// - Parameter address: `X-Forwarded-For` of requests to the site; a web server behind a proxy counts them by it.
  convenience init(
    site: String, http: HTTPClient, dropbox: StandIn, person: Person = .ana,
    address: String? = nil
  ) {
    self.init(site: site, dropbox: dropbox, person: person) { request in
      var request = request
      if let address, request.url.hasPrefix(site), let name = HTTPField.Name("X-Forwarded-For") {
        request.fields[name] = address
      }
      return try await http.send(request)
    }
  }
}
